/// Hexadecimal text as Go's `encoding/hex` reads and writes it.
public enum Hex {
    /// Why a text is not hexadecimal, in Go's words.
    public struct InvalidText: Error {
        public var message: String
    }

    /// Two lower-case digits a byte.
    public static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            for nibble in [byte >> 4, byte & 15] { output.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
        }
        return output
    }

    /// The bytes that pairs of digits stand for.
    public static func decode(_ text: some Collection<UInt8>) throws(InvalidText) -> [UInt8] {
        let text = Array(text)
        var output: [UInt8] = []
        for index in stride(from: 0, to: text.count - 1, by: 2) {
            guard let high = digit(text[index]) else { throw invalid(text[index]) }
            guard let low = digit(text[index + 1]) else { throw invalid(text[index + 1]) }
            output.append(high << 4 | low)
        }
        guard text.count % 2 == 0 else {
            if digit(text[text.count - 1]) == nil { throw invalid(text[text.count - 1]) }
            throw InvalidText(message: "encoding/hex: odd length hex string")
        }
        return output
    }

    /// The value of a digit.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 0x57
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 0x37
        default: nil
        }
    }

    private static func invalid(_ byte: UInt8) -> InvalidText {
        let code = String(byte, radix: 16, uppercase: true)
        let shown = byte >= 0x20 && byte < 0x7F || byte > 0xA0 ? " '\(Unicode.Scalar(byte))'" : ""
        return InvalidText(
            message: "encoding/hex: invalid byte: U+" + String(repeating: "0", count: 4 - code.count) + code + shown)
    }
}
