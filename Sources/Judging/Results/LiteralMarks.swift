/// The texts that a pattern of alternatives stands for, looked for all at once: most texts hold none of them, which shows with
/// one look at each byte.
package struct LiteralMarks: Sendable {
    package let texts: [[UInt8]]
    /// What each text begins with.
    private let heads: [UInt32]
    /// A bit for each of them, by `place`; set for a few beginnings that no text has.
    private let beginnings: [UInt64]

    private static let placeBits: UInt32 = 13
    private static let beginning = 3

    /// - Parameter pattern: alternatives of at least three bytes, which may have classes such as `[ab]` and escaped bytes.
    package init(alternatives pattern: String) {
        texts = pattern.split(separator: "|").flatMap { Self.texts(of: Array($0.utf8)) }
        var beginnings = [UInt64](repeating: 0, count: (1 << Int(Self.placeBits)) / 64)
        heads = texts.map { text in
            precondition(text.count >= Self.beginning, "a mark is too short")
            return text.prefix(Self.beginning).reduce(0) { $0 >> 8 | UInt32($1) << 16 }
        }
        for place in heads.map(Self.place) { beginnings[place / 64] |= 1 << UInt64(place % 64) }
        self.beginnings = beginnings
    }

    /// All texts that one alternative stands for.
    private static func texts(of pattern: [UInt8]) -> [[UInt8]] {
        var found: [[UInt8]] = [[]], rest = pattern[...]
        while let byte = rest.popFirst() {
            var choices = [byte]
            if byte == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
                choices = Array(rest[..<end])
                rest = rest[(end + 1)...]
            } else if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() {
                choices = [escaped]
            }
            found = found.flatMap { text in choices.map { text + [$0] } }
        }
        return found
    }

    @inline(__always)
    private static func place(_ beginning: UInt32) -> Int { Int((beginning &* 0x9E37_79B1) >> (32 - placeBits)) }

    /// Whether one of them stands in a text.
    package func stand(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= Self.beginning else { return false }
        return beginnings.withUnsafeBufferPointer { beginnings in
            var last = UInt32(text[0]) << 8 | UInt32(text[1]) << 16
            for end in 2..<text.count {
                last = last >> 8 | UInt32(text[end]) << 16
                let place = Self.place(last)
                if beginnings[place / 64] >> UInt64(place % 64) & 1 == 1, stand(at: end - 2, last, in: text) { return true }
            }
            return false
        }
    }

    @inline(never)
    private func stand(at start: Int, _ head: UInt32, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in heads.indices where heads[index] == head {
            let mark = texts[index]
            if mark.count <= text.count - start, text[start..<start + mark.count].elementsEqual(mark) { return true }
        }
        return false
    }
}
