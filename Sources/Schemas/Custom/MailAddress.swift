/// Addresses as Go's `mail.ParseAddress` takes them: `a@b.org`, `Name <a@b.org>`, with comments in parentheses.
struct MailAddress {
    typealias Bytes = UnsafeBufferPointer<UInt8>
    private var rest: ArraySlice<UInt8>

    static func isOne(_ text: Bytes) -> Bool {
        guard String(validating: text, as: UTF8.self) != nil else { return false }
        var address = MailAddress(rest: Array(text)[...])
        return address.takeAddress() && address.skipSpace() && address.rest.isEmpty
    }

    private mutating func takeAddress() -> Bool {
        guard skipSpace() else { return false }
        var plain = self
        if plain.takeSpecification(), plain.skipSpace(), plain.rest.isEmpty {
            self = plain
            return true
        }
        // What is no address alone is a name, and the address stands in angles.
        while rest.first != 0x3C {
            guard takeWord() else { return false }
            guard skipSpace() else { return false }
        }
        rest.removeFirst()
        guard takeSpecification(), skipSpace(), rest.first == 0x3E else { return false }
        rest.removeFirst()
        return true
    }

    /// A word of a name; dots may stand in it anywhere.
    private mutating func takeWord() -> Bool {
        if rest.first == 0x22 { return takeQuoted() != nil }
        let word = rest.prefix { Self.isAtomText($0) || $0 == 0x2E }
        rest = rest.dropFirst(word.count)
        return !word.isEmpty
    }

    /// `local@domain`.
    private mutating func takeSpecification() -> Bool {
        guard skipSpace() else { return false }
        if rest.first == 0x22 {
            guard let text = takeQuoted(), !text.isEmpty else { return false }
        } else if !takeAtoms() {
            return false
        }
        guard rest.first == 0x40 else { return false }
        rest.removeFirst()
        guard skipSpace() else { return false }
        if rest.first == 0x5B { return takeLiteral() }
        return takeAtoms()
    }

    /// Atoms with single dots between them.
    private mutating func takeAtoms() -> Bool {
        let text = rest.prefix { Self.isAtomText($0) || $0 == 0x2E }
        rest = rest.dropFirst(text.count)
        return !text.isEmpty && text.first != 0x2E && text.last != 0x2E
            && !zip(text, text.dropFirst()).contains { $0 == 0x2E && $1 == 0x2E }
    }

    /// An address in brackets.
    private mutating func takeLiteral() -> Bool {
        guard let end = rest.firstIndex(of: 0x5D) else { return false }
        let address = Array(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
        return address.withUnsafeBufferPointer { IPText.family($0) } != nil
    }

    /// Text in quotes without them; nil where it does not end or has control characters.
    private mutating func takeQuoted() -> [UInt8]? {
        rest.removeFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case 0x22: return text
            case 0x5C:
                guard let next = rest.popFirst(), next >= 0x20 || next == 0x09, next != 0x7F else { return nil }
                text.append(next)
            default:
                if byte < 0x20 && byte != 0x09 || byte == 0x7F { return nil }
                text.append(byte)
            }
        }
        return nil
    }

    /// Skips white space and comments; false where a comment does not end.
    private mutating func skipSpace() -> Bool {
        while let byte = rest.first {
            if byte == 0x20 || byte == 0x09 {
                rest.removeFirst()
            } else if byte == 0x28 {
                guard skipComment() else { return false }
            } else {
                return true
            }
        }
        return true
    }

    private mutating func skipComment() -> Bool {
        var depth = 0
        while let byte = rest.popFirst() {
            if byte == 0x5C { _ = rest.popFirst() }
            if byte == 0x28 { depth += 1 }
            if byte == 0x29 { depth -= 1 }
            if depth == 0 { return true }
        }
        return false
    }

    private static let marks = Array("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isAtomText(_ byte: UInt8) -> Bool {
        byte >= 0x80 || NameRule.isAlphanumeric(byte) || marks.contains(byte)
    }
}
