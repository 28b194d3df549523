extension GoFormatter {
    mutating func write(_ value: GoValue, _ verb: Unicode.Scalar) {
        if verb == "T" { return word(value.isNil ? "<nil>" : value.typeName(dynamic: true)) }
        switch value.content {
        case .missing, .null:
            if verb == "v" { word("<nil>") } else { append("%!\(verb)(<nil>)") }
        case .bool(let flag):
            if verb == "t" || verb == "v" { word(flag ? "true" : "false") } else { reportBadVerb(verb, value) }
        case .integer(let number, _): integer(number, verb, value)
        case .float(let number): float(number, verb, value)
        case .complex(let number):
            if verb == "v" || verb == "g" { word(GoPrint.complex(number)) } else { reportBadVerb(verb, value) }
        case .string(let text), .numberText(let text): string(Array(text.utf8), verb, value)
        case .bytes(let bytes): string(bytes, verb, value)
        case .list, .map: collection(value, verb)
        case .object(let object):
            if "vsqxX".unicodeScalars.contains(verb) {
                string(Array(object.text.utf8), verb == "v" ? "s" : verb, value)
            } else {
                reportBadVerb(verb, value)
            }
        }
    }

    /// `[a b]` and `map[k:v]`, with `#` as Go source; the verb, width and precision are those of each element.
    private mutating func collection(_ value: GoValue, _ verb: Unicode.Scalar) {
        // Values that hold themselves, or each other many times, are cut off here.
        if depth > 500 || out.count > 64 << 20 { return append("...") }
        depth += 1
        defer { depth -= 1 }
        if verb == "w" || verb == "p" { return reportBadVerb(verb, value) }
        let isSource = verb == "v" && flags.sharpV
        let map = value.asMap
        let list = value.asList
        append(isSource ? value.typeName(dynamic: true) + "{" : map == nil ? "[" : "map[")
        for index in 0..<(map?.count ?? list?.items.count ?? 0) {
            if index > 0 { append(isSource ? ", " : " ") }
            if let map {
                write(.string(map.keys[index]), verb)
                append(":")
            }
            let element = map?.values[index] ?? list?.items[index] ?? .missing
            if isSource, element.isNil { append("interface {}(nil)") } else { write(element, verb) }
        }
        append(isSource ? "}" : "]")
    }

    private mutating func word(_ word: String) {
        let mark = out.count
        append(word)
        pad(since: mark, withZeros: flags.zero)
    }

    /// Fills what was written since `mark` up to the width.
    private mutating func pad(since mark: Int, withZeros: Bool) {
        guard let width = flags.width, width > 0 else { return }
        let written = out[mark...].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
        guard written < width else { return }
        let isLeft = flags.minus
        let filling = [UInt8](repeating: UInt8(ascii: withZeros && !isLeft ? "0" : " "), count: width - written)
        out.insert(contentsOf: filling, at: isLeft ? out.count : mark)
    }

    // MARK: Text

    private mutating func string(_ bytes: [UInt8], _ verb: Unicode.Scalar, _ value: GoValue) {
        switch verb {
        case "v" where flags.sharpV, "q": quoted(truncated(bytes))
        case "v", "s":
            let mark = out.count
            out += truncated(bytes)
            pad(since: mark, withZeros: flags.zero)
        case "x", "X": hex(bytes, isUpper: verb == "X")
        default: reportBadVerb(verb, value)
        }
    }

    private func truncated(_ bytes: [UInt8]) -> [UInt8] {
        guard let precision = flags.precision else { return bytes }
        var index = 0
        var count = 0
        while index < bytes.count, count < precision {
            index += GoText.scalar(bytes, index)?.1 ?? 1
            count += 1
        }
        return Array(bytes[..<min(index, bytes.count)])
    }

    private mutating func quoted(_ bytes: [UInt8]) {
        let mark = out.count
        if flags.sharp, !bytes.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x60 || $0 == 0x7F }) {
            append("`")
            out += bytes
            append("`")
        } else {
            GoText.quote(bytes, asciiOnly: flags.plus, to: &out)
        }
        pad(since: mark, withZeros: flags.zero)
    }

    /// `%x` of text: two digits for each byte, up to the precision in bytes.
    private mutating func hex(_ bytes: [UInt8], isUpper: Bool) {
        let mark = out.count
        let letter = UInt8(ascii: isUpper ? "A" : "a")
        for (index, byte) in bytes.prefix(flags.precision ?? bytes.count).enumerated() {
            if flags.space, index > 0 { append(" ") }
            if flags.sharp, index == 0 || flags.space { append(isUpper ? "0X" : "0x") }
            for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 0x30 + digit : letter + digit - 10) }
        }
        pad(since: mark, withZeros: flags.zero)
    }

    // MARK: Whole numbers

    private mutating func integer(_ number: Int64, _ verb: Unicode.Scalar, _ value: GoValue) {
        switch verb {
        case "v", "d": digits(number, radix: 10, verb)
        case "b": digits(number, radix: 2, verb)
        case "o", "O": digits(number, radix: 8, verb)
        case "x", "X": digits(number, radix: 16, verb)
        case "c": word(String(Self.scalar(number)))
        case "q":
            let mark = out.count
            append("'")
            GoText.escape(Self.scalar(number), quote: "'", asciiOnly: flags.plus, to: &out)
            append("'")
            pad(since: mark, withZeros: flags.zero)
        case "U": codePoint(number)
        default: reportBadVerb(verb, value)
        }
    }

    private static func scalar(_ number: Int64) -> Unicode.Scalar {
        UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    }

    /// Digits with sign and prefix; a precision or a zero-padded width asks for leading zeros.
    private mutating func digits(_ number: Int64, radix: Int, _ verb: Unicode.Scalar) {
        let mark = out.count
        if number == 0, flags.precision == 0 {
            out += [UInt8](repeating: 0x20, count: flags.width ?? 0)
            return
        }
        let hasSign = number < 0 || flags.plus || flags.space
        if hasSign { append(number < 0 ? "-" : flags.plus ? "+" : " ") }
        var least = flags.precision ?? 0
        if flags.precision == nil, flags.zero, !flags.minus, let width = flags.width {
            least = width - (hasSign ? 1 : 0)
        }
        let digits = String(number.magnitude, radix: radix, uppercase: verb == "X")
        let zeros = max(0, least - digits.utf8.count)
        if verb == "O" { append("0o") }
        if flags.sharp {
            switch radix {
            case 2: append("0b")
            case 8: if !(zeros > 0 || number == 0) { append("0") }
            case 16: append(verb == "X" ? "0X" : "0x")
            default: break
            }
        }
        out += [UInt8](repeating: 0x30, count: zeros)
        append(digits)
        pad(since: mark, withZeros: false)
    }

    /// `%U`: `U+0041`, with `#` followed by the character.
    private mutating func codePoint(_ number: Int64) {
        let digits = String(UInt64(bitPattern: number), radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, max(4, flags.precision ?? 4) - digits.utf8.count))
        var text = "U+" + zeros + digits
        if flags.sharp, let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init), GoText.isPrintable(scalar) {
            text += " '\(scalar)'"
        }
        word(text)
    }

    // MARK: Fractions

    private mutating func float(_ number: Double, _ verb: Unicode.Scalar, _ value: GoValue) {
        switch verb {
        case "v": float(number, "g", precision: nil)
        case "b", "g", "G", "x", "X": float(number, verb, precision: nil)
        case "f", "F", "e", "E": float(number, verb == "F" ? "f" : verb, precision: 6)
        default: reportBadVerb(verb, value)
        }
    }

    private mutating func float(_ number: Double, _ verb: Unicode.Scalar, precision standard: Int?) {
        guard number.isFinite else { return word(GoPrint.text(.float(number))) }
        let precision = flags.precision ?? standard
        var digits = FloatText.digits(number.magnitude, verb, precision: precision)
        if flags.sharp, verb != "b" { digits = FloatText.withPoint(digits, verb, precision: precision) }
        let isNegative = number.sign == .minus
        let mark = out.count
        let hasSign = isNegative || flags.plus || flags.space
        if hasSign { append(isNegative ? "-" : flags.plus ? "+" : " ") }
        let length = digits.utf8.count + (hasSign ? 1 : 0)
        if hasSign, flags.zero, !flags.minus, let width = flags.width, width > length {
            out += [UInt8](repeating: 0x30, count: width - length)
        }
        append(digits)
        pad(since: mark, withZeros: flags.zero)
    }
}
