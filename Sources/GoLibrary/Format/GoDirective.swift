/// One directive of a format of Go's `fmt`, such as `%-5.2f`, and how plain values look under it.
package struct GoDirective {
    package var plus = false, minus = false, sharp = false, space = false, zero = false
    /// `%+v` and `%#v`.
    package var plusV = false, sharpV = false
    package var width: Int?
    package var precision: Int?
    package var verb: Unicode.Scalar = "v"

    package init() {}

    /// The same directive with another verb.
    package func with(verb: Unicode.Scalar) -> GoDirective {
        var copy = self
        copy.verb = verb
        return copy
    }

    /// Fills what was written since `mark` up to the width.
    package func pad(_ output: inout [UInt8], since mark: Int, withZeros: Bool) {
        guard let width, width > 0 else { return }
        let written = output.withUnsafeBufferPointer { UTF8Bytes.count(UnsafeBufferPointer(rebasing: $0[mark...])) }
        guard written < width else { return }
        let filling = repeatElement(UInt8(ascii: withZeros && !minus ? "0" : " "), count: width - written)
        output.insert(contentsOf: filling, at: minus ? output.count : mark)
    }

    /// Writes a word, of which no precision takes anything away.
    package func write(word: String, to output: inout [UInt8]) {
        let mark = output.count
        output += word.utf8
        pad(&output, since: mark, withZeros: zero)
    }
}

// MARK: Text

extension GoDirective {
    /// Writes text; false for a verb that no text has.
    package func write(text bytes: UTF8Bytes.Bytes, to output: inout [UInt8]) -> Bool {
        let mark = output.count
        switch verb {
        case "v" where sharpV, "q": writeQuoted(truncated(bytes), to: &output)
        case "v", "s": output.append(truncated(bytes))
        case "x", "X": writeHex(bytes, to: &output)
        default: return false
        }
        pad(&output, since: mark, withZeros: zero)
        return true
    }

    /// The text cut to the precision in code points.
    private func truncated(_ bytes: UTF8Bytes.Bytes) -> UTF8Bytes.Bytes {
        guard let precision else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes[..<UTF8Bytes.offset(of: precision, in: bytes)])
    }

    private func writeQuoted(_ bytes: UTF8Bytes.Bytes, to output: inout [UInt8]) {
        guard sharp, Self.canBackquote(bytes) else { return GoText.quote(bytes, asciiOnly: plus, to: &output) }
        output.append(UInt8(ascii: "`"))
        output.append(bytes)
        output.append(UInt8(ascii: "`"))
    }

    /// Go's `strconv.CanBackquote`.
    private static func canBackquote(_ bytes: UTF8Bytes.Bytes) -> Bool {
        var index = 0
        while index < bytes.count {
            let start = index
            let scalar = UTF8Bytes.scalar(bytes, at: &index)
            if bytes[start] >= 0x80 ? index == start + 1 || scalar == "\u{FEFF}" : bytes[start] == 0x60 || bytes[start] == 0x7F {
                return false
            }
            if bytes[start] < 0x20, bytes[start] != 0x09 { return false }
        }
        return true
    }

    /// `%x` of text: two digits for each byte, up to the precision in bytes.
    private func writeHex(_ bytes: UTF8Bytes.Bytes, to output: inout [UInt8]) {
        let isUpper = verb == "X"
        let letter = UInt8(ascii: isUpper ? "A" : "a")
        for (index, byte) in bytes.prefix(precision ?? bytes.count).enumerated() {
            if space, index > 0 { output.append(UInt8(ascii: " ")) }
            if sharp, index == 0 || space { output += (isUpper ? "0X" : "0x").utf8 }
            for digit in [byte >> 4, byte & 15] { output.append(digit < 10 ? 0x30 + digit : letter + digit - 10) }
        }
    }
}

// MARK: Whole numbers

extension GoDirective {
    /// Writes a whole number; false for a verb that none has.
    package func write(integer number: Int64, to output: inout [UInt8]) -> Bool {
        switch verb {
        case "v", "d": writeDigits(number, radix: 10, to: &output)
        case "b": writeDigits(number, radix: 2, to: &output)
        case "o", "O": writeDigits(number, radix: 8, to: &output)
        case "x", "X": writeDigits(number, radix: 16, to: &output)
        case "c": write(word: String(Self.scalar(number)), to: &output)
        case "q":
            let mark = output.count
            output.append(UInt8(ascii: "'"))
            GoText.escape(Self.scalar(number), mark: UInt8(ascii: "'"), asciiOnly: plus, to: &output)
            output.append(UInt8(ascii: "'"))
            pad(&output, since: mark, withZeros: zero)
        case "U": writeCodePoint(number, to: &output)
        default: return false
        }
        return true
    }

    /// The code point, or the replacement character if there is none.
    private static func scalar(_ number: Int64) -> Unicode.Scalar {
        UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    }

    /// Digits with sign and prefix; a precision or a zero-padded width asks for leading zeros.
    private func writeDigits(_ number: Int64, radix: Int, to output: inout [UInt8]) {
        if number == 0, precision == 0 {
            output += repeatElement(UInt8(ascii: " "), count: width ?? 0)
            return
        }
        let mark = output.count
        let hasSign = number < 0 || plus || space
        if hasSign { output.append(UInt8(ascii: number < 0 ? "-" : plus ? "+" : " ")) }
        var least = precision ?? 0
        if precision == nil, zero, !minus, let width { least = width - (hasSign ? 1 : 0) }
        let digits = String(number.magnitude, radix: radix, uppercase: verb == "X")
        let zeros = max(0, least - digits.utf8.count)
        if verb == "O" { output += "0o".utf8 }
        if sharp { output += prefix(radix: radix, hasZero: zeros > 0 || number == 0).utf8 }
        output += repeatElement(UInt8(ascii: "0"), count: zeros)
        output += digits.utf8
        pad(&output, since: mark, withZeros: false)
    }

    /// What `#` puts before digits of a radix.
    /// - Parameter hasZero: whether the digits begin with a zero.
    package func prefix(radix: Int, hasZero: Bool) -> String {
        switch radix {
        case 2: "0b"
        case 8: hasZero ? "" : "0"
        case 16: verb == "X" ? "0X" : "0x"
        default: ""
        }
    }

    /// `%U`: `U+0041`, with `#` followed by the character.
    private func writeCodePoint(_ number: Int64, to output: inout [UInt8]) {
        let mark = output.count
        let digits = String(UInt64(bitPattern: number), radix: 16, uppercase: true)
        output += "U+".utf8
        output += repeatElement(UInt8(ascii: "0"), count: max(0, max(4, precision ?? 4) - digits.utf8.count))
        output += digits.utf8
        if sharp, let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init), GoText.isPrintable(scalar) {
            output += " '\(scalar)'".utf8
        }
        pad(&output, since: mark, withZeros: false)
    }
}

// MARK: Fractions

extension GoDirective {
    /// Writes a finite number as `float64`; false for a verb that none has.
    package func write(float number: Double, to output: inout [UInt8]) -> Bool {
        switch verb {
        case "v": write(number, "g", precision: nil, to: &output)
        case "b", "g", "G", "x", "X": write(number, verb, precision: nil, to: &output)
        case "f", "F", "e", "E": write(number, verb == "F" ? "f" : verb, precision: 6, to: &output)
        default: return false
        }
        return true
    }

    private func write(_ number: Double, _ verb: Unicode.Scalar, precision standard: Int?, to output: inout [UInt8]) {
        let precision = precision ?? standard
        var digits = FloatText.digits(number.magnitude, verb, precision: precision)
        if sharp, verb != "b" { digits = FloatText.withPoint(digits, verb, precision: precision) }
        let isNegative = number.sign == .minus
        let mark = output.count
        let hasSign = isNegative || plus || space
        if hasSign { output.append(UInt8(ascii: isNegative ? "-" : plus ? "+" : " ")) }
        let length = digits.utf8.count + (hasSign ? 1 : 0)
        if hasSign, zero, !minus, let width, width > length {
            output += repeatElement(UInt8(ascii: "0"), count: width - length)
        }
        output += digits.utf8
        pad(&output, since: mark, withZeros: zero)
    }
}
