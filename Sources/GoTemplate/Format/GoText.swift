/// Text as Go's `strconv` and `unicode` see it.
package enum GoText {
    /// The text as a Go string literal (`strconv.Quote`).
    package static func quoted(_ text: some StringProtocol) -> String {
        var output: [UInt8] = []
        quote(Array(text.utf8), to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    package static func quote(_ bytes: [UInt8], asciiOnly: Bool = false, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                output.append(byte)
                index += 1
                continue
            }
            guard let (scalar, width) = scalar(bytes, index) else {
                output += "\\x".utf8
                hex(UInt32(byte), 2, to: &output)
                index += 1
                continue
            }
            escape(scalar, quote: "\"", asciiOnly: asciiOnly, to: &output)
            index += width
        }
        output.append(UInt8(ascii: "\""))
    }

    /// The scalar at a place and its bytes; nil for what is not UTF-8.
    package static func scalar(_ bytes: [UInt8], _ index: Int) -> (Unicode.Scalar, Int)? {
        let first = bytes[index]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let width = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
        guard width > 0, index + width <= bytes.count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(width))
        for place in 1..<width {
            guard bytes[index + place] & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(bytes[index + place] & 0x3F)
        }
        let least: UInt32 = width == 2 ? 0x80 : width == 3 ? 0x800 : 0x10000
        guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, width)
    }

    static func escape(_ scalar: Unicode.Scalar, quote: Unicode.Scalar, asciiOnly: Bool, to output: inout [UInt8]) {
        switch scalar {
        case "\\": output += "\\\\".utf8
        case "\u{07}": output += "\\a".utf8
        case "\u{08}": output += "\\b".utf8
        case "\u{0C}": output += "\\f".utf8
        case "\n": output += "\\n".utf8
        case "\r": output += "\\r".utf8
        case "\t": output += "\\t".utf8
        case "\u{0B}": output += "\\v".utf8
        case quote: output += "\\\(scalar)".utf8
        default:
            let value = scalar.value
            if value < 0x80 ? value >= 0x20 && value < 0x7F : !asciiOnly && isPrintable(scalar) {
                output += String(scalar).utf8
            } else if value < 0x20 || value == 0x7F {
                output += "\\x".utf8
                hex(value, 2, to: &output)
            } else {
                output += (value < 0x10000 ? "\\u" : "\\U").utf8
                hex(value, value < 0x10000 ? 4 : 8, to: &output)
            }
        }
    }

    private static func hex(_ value: UInt32, _ digits: Int, to output: inout [UInt8]) {
        for place in (0..<digits).reversed() {
            let digit = UInt8((value >> UInt32(place * 4)) & 15)
            output.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
        }
    }

    /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
    package static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}
