package import Diagnostics
import Documents
import Inputs

/// The changes of files that replace images: only the text of a name, tag or digest changes.
package struct ImageChanges {
    /// Something that is not changed, with the reason.
    package struct Refusal: Sendable, Hashable {
        package var image: String
        package var use: String
        package var reason: String
    }

    private struct Edit: Hashable {
        var range: Range<Int>
        var text: String
        var isTemplate: Bool
    }

    private var edits: [String: [Edit]] = [:]
    package private(set) var refusals: [Refusal] = []
    /// Who else is named by the text at a place.
    private var readers: [ImagePlace: Set<String>] = [:]

    /// The changes that a plan asks for.
    package init(_ plan: UpgradePlan) {
        for entry in plan.entries {
            for place in entry.image.places + entry.image.uses.compactMap(\.emptyTag) {
                readers[place, default: []].insert(entry.image.title)
            }
        }
        for entry in plan.entries {
            guard let target = entry.target else { continue }
            for use in entry.image.uses {
                guard let image = use.image else { continue }
                do { try add(use, image, target, entry.image.title) } catch {
                    let refusal = Refusal(image: entry.image.title, use: Self.title(use), reason: error.reason)
                    if !refusals.contains(refusal) { refusals.append(refusal) }
                }
            }
        }
    }

    private struct Refused: Error {
        var reason: String
    }

    private static func title(_ use: ImageUse) -> String {
        use.resource.title + (use.container.isEmpty ? " \(use.path.fieldPath)" : " container \"\(use.container)\"")
    }

    private mutating func add(
        _ use: ImageUse, _ image: ImageReference, _ target: ImageTarget, _ title: String
    ) throws(Refused) {
        let suffix = (target.tag.map { $0 } ?? "") + (target.digest.map { "@" + $0 } ?? "")
        if let whole = use.places.first(where: { $0.part == .image }) {
            if image.digest != nil, target.digest == nil {
                throw Refused(reason: "its digest is that of the old tag; name the digest of the new one with --digests")
            }
            return try add(image.text(tag: target.tag, digest: target.digest), at: whole, title)
        }
        let tag = use.places.first { $0.part == .tag }, digest = use.places.first { $0.part == .digest }
        if let digest, digest.range != tag?.range {
            // The digest has a line of its own, which must not stay behind.
            guard let new = target.digest else {
                throw Refused(
                    reason:
                        "its digest is written at \(digest.file):\(digest.line); name the digest of the new tag with --digests")
            }
            let written = digest.text.contains(":") ? new : String(new.drop { $0 != ":" }.dropFirst())
            try add(written, at: digest, title)
            if let tag, let wanted = target.tag { try add(wanted, at: tag, title) }
            if target.tag != image.tag, tag == nil { throw Refused(reason: Self.unreachable(use)) }
            return
        }
        // What the chart's version stands for can be said in the values.
        let own = tag?.kind == .chart ? use.emptyTag ?? tag : tag ?? use.emptyTag
        guard let tag = own, target.tag != nil else { throw Refused(reason: Self.unreachable(use)) }
        try add(suffix, at: tag, title)
    }

    private static func unreachable(_ use: ImageUse) -> String {
        guard let place = use.places.first else { return "where it is written is not known" }
        let at = "\(place.file):\(place.line)"
        switch place.kind {
        case .template: return "the template at \(at) puts it together; change it there"
        case .chart: return "its tag is the chart's appVersion (\(at)); set the tag in the values"
        case .flag: return "it is given on the command line"
        default: return "its tag has no line of its own: \(at) holds a part of the name"
        }
    }

    private mutating func add(_ text: String, at place: ImagePlace, _ title: String) throws(Refused) {
        let at = "\(place.file):\(place.line)"
        switch place.kind {
        case .flag: throw Refused(reason: "it is given on the command line")
        case .chart: throw Refused(reason: "its tag is the chart's appVersion (\(at)); set the tag in the values")
        case .template, .manifest, .kustomization, .values: break
        }
        if place.text == text { return }
        if let others = readers[place]?.subtracting([title]), let other = others.min() {
            throw Refused(reason: "\(at) also says which \(place.part.rawValue) \(other) has")
        }
        guard let range = place.range else { throw Refused(reason: "there is no text to change at \(at)") }
        let edit = Edit(range: range, text: text, isTemplate: place.kind == .template)
        for known in edits[place.file] ?? [] where known.range.overlaps(edit.range) && known != edit {
            throw Refused(reason: "\(at) would get two texts, \(known.text) and \(text)")
        }
        if edits[place.file]?.contains(edit) != true { edits[place.file, default: []].append(edit) }
    }

    /// The files with their new texts, in the order of their names; what cannot be changed is refused.
    package mutating func files() -> [(old: SourceFile, new: SourceFile)] {
        var files: [(old: SourceFile, new: SourceFile)] = []
        for (path, edits) in edits.sorted(by: { $0.key < $1.key }) {
            guard let old = try? FileSystem.read(path) else {
                refusals.append(Refusal(image: "", use: path, reason: "it cannot be read as a file of its own"))
                continue
            }
            let mark: [UInt8] = old.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
            var bytes = Array(old.dropFirst(mark.count))
            do throws(Refused) {
                if old.contains(0) || old.starts(with: [0xFF, 0xFE]) || old.starts(with: [0xFE, 0xFF]) {
                    throw Refused(reason: "the file is not plain UTF-8")
                }
                let old = bytes
                for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
                    // An alias follows its anchor.
                    if !Self.isAlias(edit, old) {
                        try Self.apply(edit, to: &bytes, path)
                    } else if !edits.contains(where: {
                        $0.text == edit.text && Self.anchor(of: $0, old) == Self.alias(of: edit, old)
                    }) {
                        throw Refused(reason: "the value is an alias of an anchor that does not change")
                    }
                }
                files.append((SourceFile(path: path, bytes: mark + old), SourceFile(path: path, bytes: mark + bytes)))
            } catch { refusals.append(Refusal(image: "", use: path, reason: error.reason)) }
        }
        return files
    }

    private static func isAlias(_ edit: Edit, _ bytes: [UInt8]) -> Bool {
        edit.range.upperBound <= bytes.count && bytes[edit.range].first == UInt8(ascii: "*")
    }

    /// The name after `*`.
    private static func alias(of edit: Edit, _ bytes: [UInt8]) -> ArraySlice<UInt8> { bytes[edit.range].dropFirst() }

    /// The name after `&`; nil for a value without an anchor.
    private static func anchor(of edit: Edit, _ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard edit.range.upperBound <= bytes.count, bytes[edit.range].first == UInt8(ascii: "&") else { return nil }
        return bytes[edit.range].dropFirst().prefix { $0 > 0x20 }
    }

    private static func apply(_ edit: Edit, to bytes: inout [UInt8], _ path: String) throws(Refused) {
        var range = edit.range
        if let anchor = anchor(of: edit, bytes) {
            range = anchor.endIndex..<range.upperBound
            while let byte = bytes[range].first, byte <= 0x20 { range = range.lowerBound + 1..<range.upperBound }
        }
        guard range.upperBound <= bytes.count else { throw Refused(reason: "it has changed meanwhile") }
        // A key without a value.
        guard let first = bytes[range].first else {
            bytes.insert(contentsOf: Array(" \"\(edit.text)\"".utf8), at: range.lowerBound)
            return
        }
        if "|>!".utf8.contains(first) { throw Refused(reason: "the value is not written in one word") }
        let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        // A tag such as 1.20 would be read as the number 1.2.
        let needsQuotes = !edit.isTemplate && !isQuoted && readsAsOther(edit.text)
        let quote = isQuoted ? [first] : needsQuotes ? [UInt8(ascii: "\"")] : []
        bytes.replaceSubrange(range, with: quote + Array(edit.text.utf8) + quote)
    }

    /// Whether a plain text is read as something other than itself.
    private static func readsAsOther(_ text: String) -> Bool {
        guard let document = YAMLReader().read(SourceFile(path: "", text: "a: " + text)).documents.first else { return true }
        return document.withRoot { $0.kind != .object || $0.field("a").stringValue != text }
    }
}
