/// Base64 as Go's standard decoder takes it: padded, line breaks allowed.
enum Base64Rule {
    /// The offset of the first byte that does not belong; nil for sound text.
    static func firstBadByte(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var count = 0
        var padding = 0
        for (index, byte) in text.enumerated() {
            if byte == 0x0A || byte == 0x0D { continue }
            if byte == 0x3D {
                padding += 1
                if padding > 2 || count % 4 < 2 && padding == 1 || (count + padding) % 4 == 1 { return index }
                continue
            }
            if padding > 0 { return index }
            let isDigit = NameRule.isAlphanumeric(byte) || byte == 0x2B || byte == 0x2F
            if !isDigit { return index }
            count += 1
        }
        return (count + padding) % 4 == 0 ? nil : text.count
    }
}

extension Base64Rule {
    /// The bytes; nil for text that is not sound.
    static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard firstBadByte(text) == nil else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in text {
            let digit: UInt8
            switch byte {
            case 0x41...0x5A: digit = byte - 0x41
            case 0x61...0x7A: digit = byte - 0x61 + 26
            case 0x30...0x39: digit = byte - 0x30 + 52
            case 0x2B: digit = 62
            case 0x2F: digit = 63
            default: continue
            }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
