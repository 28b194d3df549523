import GoTemplate

/// The lines that a template writes before a place, as far as they stand in it.
///
/// A list whose beginnings are shared, so that each branch can go on from the same lines.
final class BlockLine {
    enum Content {
        /// Text; where actions write in it, bytes that no text has.
        case text(ArraySlice<UInt8>)
        /// Lines that are not known: those of a branch, or of an action.
        case unknown
        /// A list or mapping that an action writes at a column, always or where a condition holds.
        case block(column: Int)
    }

    let content: Content
    private(set) var previous: BlockLine?

    init(_ content: Content, after previous: BlockLine?) { (self.content, self.previous) = (content, previous) }

    deinit {
        // One after the other: a long list ended by recursion would need a stack as long.
        var next = previous
        previous = nil
        while isKnownUniquelyReferenced(&next) {
            let after = next?.previous
            next?.previous = nil
            next = after
        }
    }
}

/// A line of a block: how far it is indented, its key, and what follows.
struct BlockText {
    /// Stands for what an action writes.
    static let mark: UInt8 = 0xFF

    /// Spaces before the first other byte.
    let indent: Int
    /// Spaces and dashes of lists before the key or value.
    let column: Int
    let text: ArraySlice<UInt8>

    /// Nil for a line that is blank or a comment.
    init?(_ line: ArraySlice<UInt8>) {
        var text = line
        while let last = text.last, last == 0x20 || last == 0x0D || last == 0x09 { text.removeLast() }
        let start = text.firstIndex { $0 != 0x20 } ?? text.endIndex
        indent = start - text.startIndex
        var inner = text[start...]
        if inner.isEmpty || inner.first == UInt8(ascii: "#") { return nil }
        while inner.first == UInt8(ascii: "-"), inner.count == 1 || inner[inner.startIndex + 1] == 0x20 {
            inner = inner.dropFirst().drop { $0 == 0x20 }
        }
        column = inner.startIndex - text.startIndex
        self.text = inner
    }

    var isItem: Bool { column > indent }
    var isLiteral: Bool { !text.contains(Self.mark) }

    /// The key of `key:` or `key: value`; nil without one.
    var key: ArraySlice<UInt8>? {
        guard let colon = colon else { return nil }
        return text[..<colon]
    }

    private var colon: Int? {
        if let first = text.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            guard let end = text.dropFirst().firstIndex(of: first), end + 1 < text.endIndex, text[end + 1] == UInt8(ascii: ":")
            else { return nil }
            return end + 1
        }
        return text.indices.first { index in
            text[index] == UInt8(ascii: ":") && (index + 1 == text.endIndex || text[index + 1] == 0x20)
        }
    }

    /// What stands behind the key; nil without a key.
    var value: ArraySlice<UInt8>? {
        guard let colon else { return nil }
        return Self.withoutComment(text[(colon + 1)...].drop { $0 == 0x20 })
    }

    /// A value without the comment behind it and the blanks before that.
    private static func withoutComment(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var quote: UInt8?
        for index in value.indices {
            let byte = value[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "#"), index == value.startIndex || value[index - 1] == 0x20 {
                var kept = value[..<index]
                while kept.last == 0x20 { kept.removeLast() }
                return kept
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), beginsToken(value, index) {
                quote = byte
            }
        }
        return value
    }

    /// Whether a quote at a place begins a quoted text, rather than being a part of a word.
    private static func beginsToken(_ value: ArraySlice<UInt8>, _ index: Int) -> Bool {
        index == value.startIndex || " [{,:".utf8.contains(value[index - 1])
    }

    /// Whether the lines below are the text of a value.
    var opensText: Bool {
        let end = value ?? (isItem ? text : nil)
        guard let first = end?.first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") else { return false }
        return end?.dropFirst().prefix { $0 != 0x20 }.allSatisfy { $0 == 0x2B || $0 == 0x2D || $0 >= 0x30 && $0 <= 0x39 } ?? false
    }

    /// The column that the text it opens must be deeper than: that of its key, or of the dash before it.
    var textColumn: Int { key == nil && isItem ? max(indent, column - 2) : column }

    /// Whether it is a key whose value begins in the next line.
    var isOpen: Bool { value?.isEmpty ?? false }

    /// Whether it is a key with a value that ends in the line.
    var isClosed: Bool {
        guard let value, let first = value.first, isLiteral else { return false }
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return value.count > 1 && value.last == first
        case UInt8(ascii: "["), UInt8(ascii: "{"): return value.last == UInt8(ascii: "]") || value.last == UInt8(ascii: "}")
        case UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"): return false
        default: return true
        }
    }
}
