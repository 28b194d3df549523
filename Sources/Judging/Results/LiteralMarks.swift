/// The texts that a pattern of alternatives stands for, looked for all at once: most texts hold none of them, which shows with
/// one look at every second byte.
package struct LiteralMarks: Sendable {
    package let texts: [[UInt8]]
    /// What each text begins with.
    private let heads: [UInt32]
    /// A bit for each pair of bytes that a text begins with or has behind its first byte: wherever a text stands, one of the two
    /// begins at an even place.
    private let pairs: [UInt64]
    /// A bit for each beginning, by `place`; set for a few beginnings that no text has.
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
        var pairs = [UInt64](repeating: 0, count: (1 << 16) / 64)
        for pair in heads.flatMap({ [$0 & 0xFFFF, $0 >> 8] }) { pairs[Int(pair) / 64] |= 1 << UInt64(pair % 64) }
        self.pairs = pairs
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
        return pairs.withUnsafeBufferPointer { pairs in
            var place = 0
            while place + 1 < text.count {
                let pair = Int(text[place]) | Int(text[place + 1]) << 8
                if pairs[pair / 64] >> UInt64(pair % 64) & 1 == 1, stand(around: place, in: text) { return true }
                place += 2
            }
            return false
        }
    }

    /// Whether one of them begins at a place or right before it.
    @inline(never)
    private func stand(around place: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        for start in max(0, place - 1)...place where start + Self.beginning <= text.count {
            let head = UInt32(text[start]) | UInt32(text[start + 1]) << 8 | UInt32(text[start + 2]) << 16
            let bit = Self.place(head)
            if beginnings[bit / 64] >> UInt64(bit % 64) & 1 == 1, stand(at: start, head, in: text) { return true }
        }
        return false
    }

    private func stand(at start: Int, _ head: UInt32, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in heads.indices where heads[index] == head {
            let mark = texts[index]
            if mark.count <= text.count - start, text[start..<start + mark.count].elementsEqual(mark) { return true }
        }
        return false
    }
}
