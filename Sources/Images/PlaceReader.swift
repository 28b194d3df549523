import Diagnostics
import Documents
import Helm
import Inputs

/// Reads what stands at the places that images come from.
struct PlaceReader {
    /// A file's text and, when it is YAML, its documents.
    private struct Text {
        var bytes: [UInt8]
        var documents: [Document]
    }

    private var texts: [String: Text] = [:]

    /// The place of an image that stands in one piece, or whose origin is known as one place only.
    mutating func places(of range: SourceRange?, _ text: String, _ image: ImageReference?) -> [ImagePlace] {
        guard let range else { return [] }
        let position = range.position
        let name = FilePath.name(of: range.file.path)
        var place = ImagePlace(
            file: range.file.path, line: position.line, column: position.column,
            kind: KustomizationFile.names.contains(String(name)) ? .kustomization : .manifest, part: .other, key: "", text: "",
            range: nil)
        read(Int(range.start), range.file.path, range.file.bytes, text, image, &place)
        return [place]
    }

    /// The places of an image that a chart put together: what can be changed first.
    mutating func places(of origins: [ValueOrigin], _ text: String, _ image: ImageReference?) -> [ImagePlace] {
        var places: [ImagePlace] = []
        for origin in origins where origin.role != .action || origins.allSatisfy({ $0.role == .action }) {
            places.append(place(of: origin, text, image))
        }
        if let tag = image?.tag, !places.contains(where: { [.image, .tag].contains($0.part) || $0.kind == .chart }) {
            for index in places.indices where places[index].kind == .template { findTag(tag, &places[index]) }
        }
        return places.sorted { Self.rank($0) < Self.rank($1) }
    }

    /// Finds the tag in the line of a template that has it as a text: behind a colon, or alone in quotes.
    private mutating func findTag(_ tag: String, _ place: inout ImagePlace) {
        guard let bytes = load(place.file)?.bytes, let start = Self.offset(place.line, 1, bytes) else { return }
        let line = bytes[start..<(bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)], wanted = Array(tag.utf8)
        var found: [Range<Int>] = [], rest = line
        while let next = rest.firstRange(of: wanted) {
            let before = next.lowerBound > line.startIndex ? line[next.lowerBound - 1] : 0
            let after = next.upperBound < line.endIndex ? line[next.upperBound] : 0
            let isWord = before == UInt8(ascii: ":") && !Self.isOfTag(after)
            if isWord || before == after && "\"`'".utf8.contains(before) { found.append(next) }
            rest = line[(next.lowerBound + 1)...]
        }
        guard found.count == 1 else { return }
        (place.part, place.range, place.text) = (.tag, found[0], tag)
    }

    private static func isOfTag(_ byte: UInt8) -> Bool {
        ImageReference.isTag(Substring("a" + String(UnicodeScalar(byte)))) || byte == UInt8(ascii: ":")
    }

    /// The value `tag` beside the name of an image in the values of a chart, when it is empty.
    mutating func emptyTag(beside places: [ImagePlace]) -> ImagePlace? {
        for place in places where place.kind == .values && place.part == .name {
            guard let text = load(place.file), let start = place.range?.lowerBound, let path = DocumentPath(parsing: place.key),
                let document = Self.document(at: start, text.documents)
            else { continue }
            let holder = document.value(at: DocumentPath(Array(path.steps.dropLast())))
            guard holder.kind == .object, holder.hasPositions,
                let index = holder.keys.firstIndex(where: { $0.stringValue == "tag" })
            else { continue }
            let value = holder.values[index], number = index - holder.keys.startIndex
            guard value.kind == .null || value.stringValue == "", let key = document.range(holder.keySpan(at: number)) else {
                continue
            }
            let span = holder.valueSpan(at: number)
            var tag = place
            (tag.line, tag.column, tag.part, tag.text) = (key.position.line, key.position.column, .tag, "")
            tag.key = DocumentPath(Array(path.steps.dropLast()) + [.key("tag")]).fieldPath
            if span.start == span.end {
                guard let colon = text.bytes[Int(key.end)...].firstIndex(of: UInt8(ascii: ":")) else { continue }
                tag.range = colon + 1..<colon + 1
            } else {
                tag.range = Int(span.start)..<Int(span.end)
            }
            return tag
        }
        return nil
    }

    private static func rank(_ place: ImagePlace) -> Int {
        switch place.part {
        case .image: 0
        case .tag: 1
        case .digest: 2
        case .name: 3
        case .other: 4
        }
    }

    private mutating func place(of origin: ValueOrigin, _ text: String, _ image: ImageReference?) -> ImagePlace {
        let name = FilePath.name(of: origin.path)
        let kind: ImagePlace.Kind =
            origin.isFlag
            ? .flag : origin.role != .value ? .template : name == "Chart.yaml" ? .chart : .values
        var place = ImagePlace(
            file: origin.path, line: origin.line, column: origin.column, kind: kind, part: .other, key: "", text: "", range: nil)
        if kind == .flag { return place }
        guard let bytes = load(origin.path)?.bytes, let start = Self.offset(origin.line, origin.column, bytes) else {
            return place
        }
        if kind == .template {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            place.text = String(decoding: bytes[start..<end], as: UTF8.self)
            if bytes[start...].starts(with: text.utf8) {
                (place.part, place.text, place.range) = (.image, text, start..<start + text.utf8.count)
            }
            return place
        }
        read(start, origin.path, bytes, text, image, &place)
        return place
    }

    /// Fills in the scalar at an offset of a file.
    private mutating func read(
        _ start: Int, _ path: String, _ bytes: [UInt8], _ text: String, _ image: ImageReference?, _ place: inout ImagePlace
    ) {
        guard let document = Self.document(at: start, load(path, bytes)?.documents ?? []),
            let found = document.withRoot({ root in Self.scalar(at: UInt32(start), root, document.rootSpan, []) })
        else { return }
        place.key = DocumentPath(found.path).fieldPath
        place.text = found.text
        place.range = Int(found.span.start)..<Int(found.span.end)
        place.part = Self.part(found.text, text, image)
    }

    /// The last document that begins at an offset or before it.
    private static func document(at offset: Int, _ documents: [Document]) -> Document? {
        var low = 0, high = documents.count
        while low < high {
            let middle = (low + high) / 2
            if Int(documents[middle].rootSpan.start) <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? documents[low - 1] : nil
    }

    static func part(_ written: String, _ text: String, _ image: ImageReference?) -> ImagePlace.Part {
        if written == text { return .image }
        guard let image else { return .other }
        if let digest = image.digest, written == digest || written == digest.split(separator: ":").last.map(String.init) {
            return .digest
        }
        if let tag = image.tag, written == tag || written == tag + "@" + (image.digest ?? "") { return .tag }
        if image.writtenName == written { return .name }
        return image.writtenName.hasPrefix(written) || image.writtenName.hasSuffix(written) ? .name : .other
    }

    private static func scalar(
        at start: UInt32, _ value: Value, _ span: ByteSpan, _ path: [DocumentPath.Step]
    ) -> (path: [DocumentPath.Step], text: String, span: ByteSpan)? {
        switch value.kind {
        case .object:
            for entry in value.entries(madeAt: span) where entry.valueSpan.start <= start && start <= entry.valueSpan.end {
                let key = DocumentPath.Step.key(entry.key.stringValue ?? "")
                if let found = scalar(at: start, entry.value, entry.valueSpan, path + [key]) { return found }
            }
            return nil
        case .array:
            for (index, item) in value.items(madeAt: span).enumerated() where item.span.start <= start && start <= item.span.end {
                if let found = scalar(at: start, item.value, item.span, path + [.index(index)]) { return found }
            }
            return nil
        default:
            guard span.start == start else { return nil }
            return (path, value.stringValue ?? JSONWriter.string(value), span)
        }
    }

    private mutating func load(_ path: String, _ bytes: [UInt8]? = nil) -> Text? {
        if let known = texts[path] { return known }
        guard let bytes = bytes ?? (try? FileSystem.read(path)) else { return nil }
        let isYAML = ["yaml", "yml", "json"].contains(FilePath.suffix(of: path)) || path == "-" || !path.contains(".")
        let documents = isYAML ? YAMLReader().read(SourceFile(path: path, bytes: bytes)).documents : []
        let text = Text(bytes: bytes, documents: documents)
        texts[path] = text
        return text
    }

    private static func offset(_ line: Int, _ column: Int, _ bytes: [UInt8]) -> Int? {
        var start = 0
        for _ in 1..<max(line, 1) {
            guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
            start = end + 1
        }
        return start + column - 1 <= bytes.count ? start + column - 1 : nil
    }
}
