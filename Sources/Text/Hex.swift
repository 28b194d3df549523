/// Hexadecimal digits. Texts are read and written as Go's `encoding/hex` reads and writes it.
package enum Hex {
    /// Why a text is not hexadecimal, in Go's words.
    package struct InvalidText: Error {
        package var message: String
    }

    /// Two lower-case digits a byte.
    package static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            output.append(digit(byte >> 4))
            output.append(digit(byte & 15))
        }
        return output
    }

    /// The lower-case digit of a number below 16.
    @inlinable
    package static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble }

    /// Appends the last `digits` lower-case digits of a number.
    package static func append(_ number: UInt64, digits: Int, to output: inout [UInt8]) {
        for shift in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            output.append(digit(UInt8(truncatingIfNeeded: number >> UInt64(shift) & 15)))
        }
    }

    /// A number in at least `digits` digits, with zeros before it.
    package static func text(_ number: some BinaryInteger, digits: Int, isUpper: Bool = false) -> String {
        let text = String(number, radix: 16, uppercase: isUpper)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// Two lower-case digits a byte, as text.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: encode(Array(bytes)), as: UTF8.self)
    }

    /// The bytes that pairs of digits stand for.
    package static func decode(_ text: some Collection<UInt8>) throws(InvalidText) -> [UInt8] {
        let text = Array(text)
        var output: [UInt8] = []
        for index in stride(from: 0, to: text.count - 1, by: 2) {
            guard let high = value(of: text[index]) else { throw invalid(text[index]) }
            guard let low = value(of: text[index + 1]) else { throw invalid(text[index + 1]) }
            output.append(high << 4 | low)
        }
        guard text.count % 2 == 0 else {
            if value(of: text[text.count - 1]) == nil { throw invalid(text[text.count - 1]) }
            throw InvalidText(message: "encoding/hex: odd length hex string")
        }
        return output
    }

    /// The value of a digit.
    package static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 0x57
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 0x37
        default: nil
        }
    }

    private static func invalid(_ byte: UInt8) -> InvalidText {
        let shown = byte >= 0x20 && byte < 0x7F || byte > 0xA0 ? " '\(Unicode.Scalar(byte))'" : ""
        return InvalidText(
            message: "encoding/hex: invalid byte: U+" + text(byte, digits: 4, isUpper: true) + shown)
    }
}
