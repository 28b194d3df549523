import Documents

/// A node of a YAML tree under construction: mutable, shared where kustomize shares, with the place of its text.
///
/// The rules of matching and setting fields follow kustomize's `kyaml/yaml` (RNode, FieldSetter, FieldMatcher,
/// ElementSetter), because the order and the sharing of its mutations are visible in results.
final class Node {
    enum Kind: UInt8 { case scalar, mapping, sequence }

    /// What a scalar was read as, or shall be written as; `unset` leaves it to the text.
    enum Tag: UInt8 { case unset, null, bool, int, float, string, timestamp, binary, merge, map, sequence, custom }

    /// How a scalar is written, as far as it decides what the text means.
    enum Style: UInt8 { case plain, quoted, single, literal, folded }

    var kind: Kind
    var tag: Tag
    var style: Style
    /// Whether the tag was written in the source.
    var hasExplicitTag = false
    /// The text of a scalar.
    var text: String
    /// Keys and values in turn, or elements.
    var content: [Node]
    var origin: Origin
    var notes: Notes?

    init(
        _ kind: Kind, tag: Tag = .unset, style: Style = .plain, text: String = "", content: [Node] = [],
        origin: Origin = .none
    ) {
        self.kind = kind
        self.tag = tag
        self.style = style
        self.text = text
        self.content = content
        self.origin = origin
    }

    /// A scalar whose type follows from its text.
    static func scalar(_ text: String, tag: Tag = .unset, origin: Origin = .none) -> Node {
        Node(.scalar, tag: tag, text: text, origin: origin)
    }

    /// A scalar that is a string whatever its text looks like.
    static func string(_ text: String, origin: Origin = .none) -> Node {
        Node(.scalar, tag: .string, style: isQuotedInYAML11(text) ? .quoted : .plain, text: text, origin: origin)
    }

    /// The style in which go-yaml writes a string.
    static func writtenStyle(_ text: String) -> Style {
        var text = text
        return text.withUTF8 { bytes in
            if bytes.contains(0x0A) { return .literal }
            guard let first = bytes.first, let last = bytes.last, YAMLWriter.isPlainString(bytes) else { return .quoted }
            func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 <= 9 || byte >= 0x80 }
            guard isWord(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "."), last != UInt8(ascii: ":"),
                last != 0x20, bytes.allSatisfy({ isWord($0) || 0x20...0x7E ~= $0 })
            else { return .quoted }
            let hasSign = zip(bytes, bytes.dropFirst()).contains { left, right in
                left == UInt8(ascii: ":") && right == 0x20 || left == 0x20 && right == UInt8(ascii: "#")
            }
            return hasSign ? .quoted : .plain
        }
    }

    /// Gives all strings here and below the style in which they are written and read again.
    func restyleAsWritten() {
        if kind == .scalar, tag == .string { style = Self.writtenStyle(text) }
        for child in content { child.restyleAsWritten() }
    }

    /// Words that YAML 1.1 reads as booleans; kustomize writes them quoted.
    private static func isQuotedInYAML11(_ text: String) -> Bool {
        guard text.utf8.count <= 3 else { return false }
        switch text {
        case "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF":
            return true
        default: return false
        }
    }

    /// Whether the node is a null, or a mapping or sequence without content.
    var isNullOrEmpty: Bool { isNull || (kind != .scalar && content.isEmpty) }

    var isNull: Bool { tag == .null }

    /// Whether a reader of untyped text takes it as a string.
    var isStringLike: Bool { kind == .scalar && (tag == .string || tag == .unset) }

    /// The text of a scalar; empty for a null.
    var valueText: String { isNull ? "" : text }

    /// A copy that shares nothing with this node.
    func copy() -> Node {
        let result = Node(kind, tag: tag, style: style, text: text, content: content.map { $0.copy() }, origin: origin)
        result.hasExplicitTag = hasExplicitTag
        if let notes { result.notes = Notes(parts: notes.parts, history: notes.history) }
        return result
    }

    /// The number of nodes here and below; nil when there are more, or when they nest deeper.
    func count(upTo most: Int, deepest: Int) -> Int? {
        var count = 0
        var waiting = [(node: self, depth: 1)]
        while let (node, depth) = waiting.popLast() {
            count += 1
            if count > most || depth > deepest { return nil }
            for child in node.content { waiting.append((child, depth + 1)) }
        }
        return count
    }

    /// Becomes the other node, whose children it then shares; remembers what it was.
    func assign(_ other: Node) {
        if other === self { return }
        remember(other)
        kind = other.kind
        tag = other.tag
        style = other.style
        hasExplicitTag = other.hasExplicitTag
        text = other.text
        content = other.content
        origin = other.origin
    }

    /// Gives a scalar another text and the place that it came from.
    func setText(_ text: String, origin: Origin, parts: [Origin] = []) {
        if self.text != text || origin != self.origin { keepHistory(parts: parts) }
        self.text = text
        self.origin = origin
    }

    private func remember(_ other: Node) {
        guard kind == .scalar, other.kind == .scalar else {
            notes = other.notes
            return
        }
        if origin.isKnown, other.origin.isKnown, origin != other.origin { keepHistory(parts: other.notes?.parts ?? []) }
    }

    private func keepHistory(parts: [Origin]) {
        let former = Notes.Former(text: text, origin: origin, parts: notes?.parts ?? [])
        notes = Notes(parts: parts, history: (notes?.history ?? []) + [former])
    }

    /// Notes that another text takes part in the value.
    func addPart(_ part: Origin) {
        guard part.isKnown else { return }
        if notes == nil { notes = Notes() }
        notes?.parts.append(part)
    }

    /// Marks the node and all below as written by something.
    func mark(_ cause: Origin.Cause) {
        origin.cause = cause
        for child in content { child.mark(cause) }
    }
}
