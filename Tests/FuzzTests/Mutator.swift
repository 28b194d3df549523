/// Changes text at the seams of its tokens: cuts, doubles, swaps and splices with other text, odd scalars and bytes.
struct Mutator {
    var random: SeededRandom
    private static let pieces = [
        "{", "}", "[", "]", "(", ")", "x", ":=", "=", "==", "|", "&", ",", ":", ".", "\n", " ", "if", "not", "some", "in",
        "every", "with",
        "as", "else", "default", "contains", "\"", "`", "$\"", "#", "1", "-", "_", "\\", "{x}", "import", "package", "é", "\u{0}",
        "\t", "- ", "  ", "|-\n", "|+\n", "''", "\n\n", ": ", " #", "&a", "*a", "|\n", ">-\n", "---\n", "<<: ", "!!str ", "null",
        "true",
        "# METADATA\n# schemas:\n#   - input: {}\n",
        "and", "or", "\r\n", "\u{2028}", "[_]", "set()", "input", "data", "%", "?",
    ]

    mutating func mutated(_ text: String, with other: String) -> String {
        var bytes = Array(text.utf8)
        let donor = Array(other.utf8)
        for _ in 0..<(1 + random.below(4)) { mutate(&bytes, donor) }
        if bytes.count > 1 << 16 { bytes.removeLast(bytes.count - 1 << 16) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func mutate(_ bytes: inout [UInt8], _ donor: [UInt8]) {
        let range = span(of: bytes)
        switch random.below(9) {
        case 0: bytes.removeSubrange(range)
        case 1: bytes.insert(contentsOf: bytes[range], at: range.lowerBound)
        case 2: bytes.replaceSubrange(range, with: donor[span(of: donor)])
        case 3: bytes.insert(contentsOf: random.pick(Self.pieces).utf8, at: range.lowerBound)
        case 4: bytes.replaceSubrange(range, with: random.pick(Self.pieces).utf8)
        case 5: bytes.replaceSubrange(range, with: random.pick(OddScalars.numbers).utf8)
        case 6: if !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
        case 7:
            let deep = random.pick([40, 600, 3000]), open = random.pick(["[", "{", "(", "f(", "not ", "- ", "{\"a\":"])
            bytes.insert(contentsOf: String(repeating: open, count: deep).utf8, at: range.lowerBound)
        default: bytes.removeLast(bytes.count - range.lowerBound)
        }
    }

    /// From the start of one token to the start of a near one.
    private mutating func span(of bytes: [UInt8]) -> Range<Int> {
        guard !bytes.isEmpty else { return 0..<0 }
        func isSeam(_ index: Int) -> Bool {
            index == bytes.count || !Self.isWord(bytes[index]) || index == 0 || !Self.isWord(bytes[index - 1])
        }
        var start = random.below(bytes.count)
        while start > 0, !isSeam(start) { start -= 1 }
        var end = min(bytes.count, start + 1 + random.below(random.once(in: 4) ? 200 : 12))
        while end < bytes.count, !isSeam(end) { end += 1 }
        return start..<end
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F
    }
}
