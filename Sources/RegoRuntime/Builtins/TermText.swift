import Documents

/// Values as OPA writes terms: `{"a": [1, {2}]}`, strings quoted as Go quotes them.
enum TermText {
    static func write(_ value: Value, to text: inout TextBuilder) {
        switch value.kind {
        case .undefined, .node: text.append("<undefined>")
        case .null: text.append("null")
        case .bool: text.append(value.isTrue ? "true" : "false")
        case .int: text.append(value.rawInt)
        case .decimal: text.append(value.utf8)
        case .string: GoQuote.write(value.utf8, to: &text)
        case .array: writeList(value, "[", "]", to: &text)
        case .set:
            if value.count == 0 { text.append("set()") } else { writeList(value, "{", "}", to: &text) }
        case .object:
            text.append(UInt8(ascii: "{"))
            for index in 0..<value.count where !text.isOverLimit {
                if index > 0 { text.append(", ") }
                write(value.keys[index], to: &text)
                text.append(": ")
                write(value.values[index], to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    /// As `write`, but a string at the top stands without quotes (`print`, template strings).
    static func writePlain(_ value: Value, to text: inout TextBuilder) {
        if value.kind == .string { text.append(value.utf8) } else { write(value, to: &text) }
    }

    private static func writeList(
        _ list: Value, _ open: StaticString, _ close: StaticString, to text: inout TextBuilder
    ) {
        text.append(open)
        for (index, element) in list.elements.enumerated() where !text.isOverLimit {
            if index > 0 { text.append(", ") }
            write(element, to: &text)
        }
        text.append(close)
    }
}

/// Quoted text as Go's `strconv.Quote` writes it.
enum GoQuote {
    static func write(
        _ bytes: UnsafeBufferPointer<UInt8>, quote: UInt8 = UInt8(ascii: "\""), asciiOnly: Bool = false,
        to text: inout TextBuilder
    ) {
        text.append(quote)
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F, byte != quote, byte != UInt8(ascii: "\\") {
                index &+= 1
                continue
            }
            text.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
            let place = index
            let scalar = UTF8Bytes.scalar(bytes, at: &index)
            if bytes[place] >= 0x80, index == place + 1 {
                // A byte that is part of no character.
                text.append("\\x")
                appendHex(UInt32(bytes[place]), digits: 2, to: &text)
            } else {
                writeEscaped(scalar, quote: quote, asciiOnly: asciiOnly, to: &text)
            }
            start = index
        }
        text.append(UnsafeBufferPointer(rebasing: bytes[start...]))
        text.append(quote)
    }

    static func writeEscaped(
        _ scalar: Unicode.Scalar, quote: UInt8, asciiOnly: Bool, to text: inout TextBuilder
    ) {
        switch scalar {
        case "\\": return text.append("\\\\")
        case "\u{07}": return text.append("\\a")
        case "\u{08}": return text.append("\\b")
        case "\u{0C}": return text.append("\\f")
        case "\n": return text.append("\\n")
        case "\r": return text.append("\\r")
        case "\t": return text.append("\\t")
        case "\u{0B}": return text.append("\\v")
        default: break
        }
        let value = scalar.value
        if value == UInt32(quote) {
            text.append(UInt8(ascii: "\\"))
            text.append(quote)
        } else if value < 0x80 ? value >= 0x20 && value < 0x7F : !asciiOnly && isPrintable(scalar) {
            text.append(scalar)
        } else if value < 0x20 || value == 0x7F {
            text.append("\\x")
            appendHex(value, digits: 2, to: &text)
        } else if value < 0x10000 {
            text.append("\\u")
            appendHex(value, digits: 4, to: &text)
        } else {
            text.append("\\U")
            appendHex(value, digits: 8, to: &text)
        }
    }

    private static func appendHex(_ value: UInt32, digits: Int, to text: inout TextBuilder) {
        for place in (0..<digits).reversed() {
            let digit = UInt8((value >> UInt32(place * 4)) & 15)
            text.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
        }
    }

    /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}
