import Diagnostics
import Documents
package import Inputs
import Text

/// What of an object no report shows: the values of a Secret, and credentials recognised by name or shape.
///
/// Everything that checks say about an object passes here before any surface sees it: messages and details come out with
/// `•••` in place of what is hidden, places with the parts of their text that must not be shown.
package final class SecretScreen {
    /// What stands for a hidden value.
    package static let mark = "•••"

    private struct Finds {
        var isInSecret = false
        /// Texts that are hidden in messages, longest first.
        var values: [[UInt8]] = []
        /// Lists whose names every report shows: a value that is one of them is hidden in no message, which would not be
        /// understood.
        var lists: [Value] = []
        /// Where they are written, by file.
        private var spans: [(file: SourceFile, bytes: [Range<Int>])] = []

        mutating func hide(_ range: SourceRange) {
            let bytes = Int(range.start)..<Int(range.end)
            if let index = spans.firstIndex(where: { $0.file === range.file }) {
                spans[index].bytes.append(bytes)
            } else {
                spans.append((range.file, [bytes]))
            }
        }

        func hidden(in file: SourceFile) -> [Range<Int>] { spans.first { $0.file === file }?.bytes ?? [] }
    }

    let resource: Resource
    private(set) lazy var isInSecret = resource.type.kind == "Secret" && resource.type.group.isEmpty
    private lazy var finds = find()

    package init(_ resource: Resource) { self.resource = resource }

    /// Shorter values are not looked for in messages, where they would be everywhere.
    private static let shortestValue = 4
    /// Values of so many bytes are hidden wherever they stand.
    private static let longValue = 8
    static let copy = "kubectl.kubernetes.io/last-applied-configuration"

    /// Whether a letter or digit stands before or behind a part of a text.
    private static func isInWord(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
        func isWord(_ index: Int) -> Bool {
            guard bytes.indices.contains(index) else { return false }
            let byte = bytes[index]
            return byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
        }
        return isWord(range.lowerBound - 1) || isWord(range.upperBound)
    }

    /// A message or details without hidden values.
    package func screened(_ text: String) -> String {
        let own = Self.withoutTokens(text)
        if finds.values.isEmpty { return own }
        var bytes = Array(own.utf8)
        var isChanged = false
        for value in finds.values where bytes.count >= value.count {
            var start = 0
            while let found = ByteSearch.first(value, in: bytes, from: start) {
                // A short value inside of a word is no value: `pass` of `smtp_auth_password`.
                if value.count < Self.longValue, Self.isInWord(found, of: bytes) {
                    start = found.upperBound
                    continue
                }
                bytes.replaceSubrange(found, with: Self.mark.utf8)
                start = found.lowerBound + Self.mark.utf8.count
                isChanged = true
            }
        }
        return isChanged ? String(decoding: bytes, as: UTF8.self) : own
    }

    /// A text without the credentials that are recognisable by themselves.
    package static func withoutTokens(_ text: String) -> String {
        var text = text
        let parts = text.withUTF8(CredentialShapes.parts)
        if parts.isEmpty { return text }
        return text.withUTF8 { bytes in
            var result: [UInt8] = [], end = 0
            for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) where part.lowerBound >= end {
                result += bytes[end..<part.lowerBound]
                result += mark.utf8
                end = part.upperBound
            }
            result += bytes[end...]
            return String(decoding: result, as: UTF8.self)
        }
    }

    /// The place with what of its lines is hidden.
    func screened(_ place: SourcePlace) -> SourcePlace {
        guard let range = place.range else { return place }
        var place = place
        if place.isSecret { place.hidden.append(Int(range.start)..<Int(range.end)) }
        // All of the file: reports show lines around a place too.
        let hidden = finds.hidden(in: range.file)
        place.hidden = place.hidden.isEmpty ? hidden : place.hidden + hidden
        return place
    }

    // MARK: Finding

    private func find() -> Finds {
        var finds = Finds()
        finds.isInSecret = isInSecret
        let root = resource.value
        let isSecret = root.field("kind").stringValue == "Secret" && resource.type.group.isEmpty
        walk(root, isHidden: false, atRootOfSecret: isSecret, into: &finds)
        if finds.values.isEmpty { return finds }
        let names =
            finds.lists.flatMap { $0.elements.compactMap { $0.field("name").stringValue.map { Array($0.utf8) } } }
            + [resource.name, resource.namespace ?? "", resource.type.kind].map { Array($0.utf8) }
        finds.values = Array(Set(finds.values.filter { $0.count >= Self.shortestValue && !names.contains($0) }))
            .sorted { left, right in
                left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count > right.count
            }
        return finds
    }

    private func walk(_ value: Value, isHidden: Bool, atRootOfSecret: Bool, into finds: inout Finds) {
        switch value.kind {
        case .object:
            for index in 0..<value.count {
                let (key, child) = (value.keys[index], value.values[index])
                let name = key.kind == .string ? key.utf8 : UnsafeBufferPointer(start: nil, count: 0)
                let isData = atRootOfSecret && (key.isText("data") || key.isText("stringData"))
                let isCopy = finds.isInSecret && name.elementsEqual(Self.copy.utf8)
                if child.kind == .array,
                    key.isText("containers") || key.isText("initContainers") || key.isText("ephemeralContainers")
                {
                    finds.lists.append(child)
                }
                if child.isCollection {
                    walk(child, isHidden: isHidden || isData, atRootOfSecret: false, into: &finds)
                } else if isHidden || isData || isCopy || hides(name, child)
                    || key.isText("value") && nameOfVariable(value) && hasText(child)
                {
                    add(child, Self.span(of: index, in: value), isEncoded: isHidden, to: &finds)
                } else if child.kind == .string {
                    addParts(of: child, at: index, in: value, to: &finds)
                }
            }
        case .array:
            for index in 0..<value.count {
                let child = value.elements[index]
                if child.isCollection {
                    walk(child, isHidden: isHidden, atRootOfSecret: false, into: &finds)
                } else if isHidden {
                    add(child, Self.span(of: index, in: value), isEncoded: true, to: &finds)
                } else if child.kind == .string {
                    addParts(of: child, at: index, in: value, to: &finds)
                }
            }
        default: break
        }
    }

    private static func span(of index: Int, in value: Value) -> ByteSpan? {
        value.hasPositions ? value.valueSpan(at: index) : nil
    }

    /// Whether this is `{name: DB_PASSWORD, value: …}`.
    func nameOfVariable(_ object: Value) -> Bool {
        guard object.count <= 8 else { return false }
        var name = Value.undefined, value = Value.undefined
        // Objects are many and most have neither.
        for (index, key) in object.keys.enumerated() {
            if key.isText("name") {
                name = object.values[index]
            } else if key.isText("value") {
                value = object.values[index]
            }
        }
        return name.kind == .string && value.kind == .string && CredentialShapes.isCredential(name.utf8, value.utf8)
    }

    /// Whether a member of this name is a credential written as text.
    func hides(_ name: UnsafeBufferPointer<UInt8>, _ value: Value) -> Bool {
        value.kind == .string && CredentialShapes.isCredential(name, value.utf8) && hasText(value)
    }

    /// Whether a value may be a credential: text that is no reference to one.
    func hasText(_ value: Value) -> Bool {
        guard value.kind == .string, value.count >= 3 else { return false }
        let text = value.string
        if ["true", "false", "null", "none"].contains(text.lowercased()) { return false }
        return !["$(", "${", "{{"].contains { text.hasPrefix($0) }
    }

    private func add(_ value: Value, _ span: ByteSpan?, isEncoded: Bool, to finds: inout Finds) {
        if let span, let range = resource.document.range(span), range.start < range.end { finds.hide(range) }
        guard value.kind == .string else { return }
        let text = Array(value.utf8)
        finds.values.append(text)
        let escaped = Array(JSONWriter.string(value).utf8.dropFirst().dropLast())
        if escaped != text { finds.values.append(escaped) }
        if isEncoded, let plain = try? Base64.decode(text), !plain.isEmpty { finds.values.append(plain) }
        for line in text.split(separator: 0x0A) where line.count < text.count { finds.values.append(Array(line)) }
    }

    /// A text that holds a token is hidden as far as the token goes where it stands as it is, else whole.
    private func addParts(of value: Value, at index: Int, in outer: Value, to finds: inout Finds) {
        for part in CredentialShapes.parts(of: value.utf8) {
            let bytes = Array(value.utf8[part])
            finds.values.append(bytes)
            guard let span = Self.span(of: index, in: outer), let range = resource.document.range(span) else { continue }
            let written = Int(range.start)..<min(Int(range.end), range.file.bytes.count)
            guard !written.isEmpty else { continue }
            if let found = ByteSearch.first(bytes, in: range.file.bytes[written]) {
                finds.hide(
                    SourceRange(file: range.file, start: UInt32(found.lowerBound), end: UInt32(found.upperBound)))
            } else {
                finds.hide(range)
            }
        }
    }
}
