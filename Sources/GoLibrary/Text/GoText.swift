/// Takes the bytes of a text under construction.
package protocol ByteSink {
    mutating func append(_ byte: UInt8)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>)
}

extension [UInt8]: ByteSink {
    @inlinable
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) { append(contentsOf: bytes) }
}

/// Text as Go's `strconv` and `unicode` see it.
package enum GoText {
    /// The text as a Go string literal (`strconv.Quote`).
    package static func quoted(_ text: some StringProtocol) -> String { quoted(Array(text.utf8)) }

    /// The bytes as a Go string literal.
    package static func quoted(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        quote(bytes, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The text between quotation marks as Go's `time` package shows it: bytes beyond ASCII and control characters as `\\x..`.
    package static func timeQuoted(_ bytes: some Sequence<UInt8>) -> String {
        var output: [UInt8] = [UInt8(ascii: "\"")]
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0x20..<0x80: output.append(byte)
            default:
                write("\\x", to: &output)
                writeHex(UInt32(byte), digits: 2, to: &output)
            }
        }
        return String(decoding: output + [UInt8(ascii: "\"")], as: UTF8.self)
    }

    package static func quote(_ bytes: [UInt8], asciiOnly: Bool = false, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { quote($0, asciiOnly: asciiOnly, to: &output) }
    }

    /// Appends the bytes as a Go string literal; those that are not UTF-8 become `\x..`.
    /// - Parameter asciiOnly: whether all other characters are escaped (`strconv.QuoteToASCII`).
    @inlinable
    package static func quote<Output: ByteSink>(_ bytes: UTF8Bytes.Bytes, asciiOnly: Bool = false, to output: inout Output) {
        let mark = UInt8(ascii: "\"")
        output.append(mark)
        var start = 0, index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F, byte != mark, byte != UInt8(ascii: "\\") {
                index &+= 1
                continue
            }
            output.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
            start = index
            let scalar = UTF8Bytes.scalar(bytes, at: &index)
            if byte >= 0x80, index == start + 1 {
                write("\\x", to: &output)
                writeHex(UInt32(byte), digits: 2, to: &output)
            } else {
                escape(scalar, mark: mark, asciiOnly: asciiOnly, to: &output)
            }
            start = index
        }
        output.append(UnsafeBufferPointer(rebasing: bytes[start...]))
        output.append(mark)
    }

    /// Appends a character as it stands in a literal between two marks.
    @inlinable
    package static func escape<Output: ByteSink>(
        _ scalar: Unicode.Scalar, mark: UInt8, asciiOnly: Bool, to output: inout Output
    ) {
        switch scalar {
        case "\\": return write("\\\\", to: &output)
        case "\u{07}": return write("\\a", to: &output)
        case "\u{08}": return write("\\b", to: &output)
        case "\u{0C}": return write("\\f", to: &output)
        case "\n": return write("\\n", to: &output)
        case "\r": return write("\\r", to: &output)
        case "\t": return write("\\t", to: &output)
        case "\u{0B}": return write("\\v", to: &output)
        default: break
        }
        let value = scalar.value
        if value == UInt32(mark) {
            output.append(UInt8(ascii: "\\"))
            output.append(mark)
        } else if value < 0x80 ? value >= 0x20 && value < 0x7F : !asciiOnly && isPrintable(scalar) {
            for unit in UTF8.encode(scalar)! { output.append(unit) }
        } else if value < 0x20 || value == 0x7F {
            write("\\x", to: &output)
            writeHex(value, digits: 2, to: &output)
        } else {
            write(value < 0x10000 ? "\\u" : "\\U", to: &output)
            writeHex(value, digits: value < 0x10000 ? 4 : 8, to: &output)
        }
    }

    @inlinable
    static func write<Output: ByteSink>(_ text: StaticString, to output: inout Output) {
        output.append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable
    static func writeHex<Output: ByteSink>(_ value: UInt32, digits: Int, to output: inout Output) {
        for place in (0..<digits).reversed() {
            let digit = UInt8((value >> UInt32(place * 4)) & 15)
            output.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
        }
    }

    /// The scalar at a place and its bytes; nil for what is not UTF-8.
    package static func scalar(_ bytes: [UInt8], _ index: Int) -> (Unicode.Scalar, Int)? {
        bytes.withUnsafeBufferPointer { bytes in
            var end = index
            let scalar = UTF8Bytes.scalar(bytes, at: &end)
            return end == index + 1 && bytes[index] >= 0x80 ? nil : (scalar, end - index)
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
