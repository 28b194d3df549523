/// White space as Go's `strings.TrimSpace` has it, in bytes of UTF-8.
enum GoSpace {
    /// Where what is no white space begins, at a place or behind it.
    static func start(of bytes: [UInt8], from place: Int) -> Int {
        var index = place
        while index < bytes.count, let length = length(bytes, index) { index += length }
        return index
    }

    /// Where white space at the end begins.
    static func end(of bytes: [UInt8]) -> Int {
        var end = bytes.count
        while end > 0 {
            var start = end - 1
            while start > 0, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
            guard length(bytes, start) == end - start else { break }
            end = start
        }
        return end
    }

    /// How many bytes the white space at an index has; nil where there is none.
    private static func length(_ bytes: [UInt8], _ index: Int) -> Int? {
        let first = bytes[index]
        if first < 0x80 { return first == 0x20 || first >= 0x09 && first <= 0x0D ? 1 : nil }
        let second = index + 1 < bytes.count ? bytes[index + 1] : 0
        if first == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : nil }
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch (first, second, third) {
        case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
            (0xE3, 0x80, 0x80):
            return 3
        default: return nil
        }
    }
}
