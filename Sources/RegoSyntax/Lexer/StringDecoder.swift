/// Turns string tokens into their text.
enum StringDecoder {
    /// The text of bytes with JSON escapes and, in templates, `\{`; the lexer has checked the escapes.
    ///
    /// A lone surrogate becomes U+FFFD, as in Go's JSON reader, which OPA uses here.
    static func unescape(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
                result.append(byte)
                index += 1
                continue
            }
            index += 2
            switch bytes[index - 1] {
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "u"): appendScalar(bytes, &index, &result)
            case let other: result.append(other)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The text of a raw template part, where only `\{` is an escape.
    static func unescapeRawTemplate(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.endIndex, bytes[index + 1] == UInt8(ascii: "{") {
                index += 1
            }
            result.append(bytes[index])
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private static func appendScalar(_ bytes: ArraySlice<UInt8>, _ index: inout Int, _ result: inout [UInt8]) {
        var unit = codeUnit(bytes, at: index)
        index += 4
        if (0xD800..<0xDC00).contains(unit), index + 6 <= bytes.endIndex, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        {
            let low = codeUnit(bytes, at: index + 2)
            if (0xDC00..<0xE000).contains(low) {
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                index += 6
            }
        }
        result.append(contentsOf: String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
    }

    private static func codeUnit(_ bytes: ArraySlice<UInt8>, at index: Int) -> UInt32 {
        (index..<min(index + 4, bytes.endIndex)).reduce(0) { $0 << 4 | (hexValue(bytes[$1]) ?? 0) }
    }
}
