import BigInt

extension GoFormat {
    mutating func writeInteger(_ number: Int64, _ verb: Unicode.Scalar) {
        switch verb {
        case "v", "d": writeDigits(number, radix: 10, verb)
        case "b": writeDigits(number, radix: 2, verb)
        case "o", "O": writeDigits(number, radix: 8, verb)
        case "x", "X": writeDigits(number, radix: 16, verb)
        case "c":
            let mark = out.count
            out.append(Self.scalar(number))
            pad(since: mark, withZeros: flags.zero)
        case "q":
            let mark = out.count
            out.append(UInt8(ascii: "'"))
            GoQuote.writeEscaped(Self.scalar(number), quote: UInt8(ascii: "'"), asciiOnly: flags.plus, to: &out)
            out.append(UInt8(ascii: "'"))
            pad(since: mark, withZeros: flags.zero)
        case "U": writeCodePoint(number)
        default: reportBadVerb(verb, .integer(number))
        }
    }

    /// The code point, or the replacement character if there is none.
    private static func scalar(_ number: Int64) -> Unicode.Scalar {
        UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    }

    /// Digits with sign and prefix; a precision or a zero-padded width asks for leading zeros.
    private mutating func writeDigits(_ number: Int64, radix: Int, _ verb: Unicode.Scalar) {
        let mark = out.count
        if number == 0, flags.precision == 0 {
            return out.append(repeating: UInt8(ascii: " "), count: flags.width ?? 0)
        }
        let hasSign = number < 0 || flags.plus || flags.space
        if hasSign { out.append(UInt8(ascii: number < 0 ? "-" : flags.plus ? "+" : " ")) }
        var least = flags.precision ?? 0
        if flags.precision == nil, flags.zero, !flags.minus, let width = flags.width {
            least = width - (hasSign ? 1 : 0)
        }
        let digits = String(number.magnitude, radix: radix, uppercase: verb == "X")
        let zeros = max(0, least - digits.utf8.count)
        if verb == "O" { out.append("0o") }
        if flags.sharp { writePrefix(radix, verb, isOctalZero: zeros > 0 || number == 0) }
        out.append(repeating: UInt8(ascii: "0"), count: zeros)
        out.append(digits)
        pad(since: mark, withZeros: false)
    }

    private mutating func writePrefix(_ radix: Int, _ verb: Unicode.Scalar, isOctalZero: Bool) {
        switch radix {
        case 2: out.append("0b")
        case 8: if !isOctalZero { out.append("0") }
        case 16: out.append(verb == "X" ? "0X" : "0x")
        default: break
        }
    }

    /// `%U`: `U+0041`, with `#` followed by the character.
    private mutating func writeCodePoint(_ number: Int64) {
        let mark = out.count
        let digits = String(UInt64(bitPattern: number), radix: 16, uppercase: true)
        out.append("U+")
        out.append(repeating: UInt8(ascii: "0"), count: max(4, flags.precision ?? 4) - digits.utf8.count)
        out.append(digits)
        if flags.sharp, let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init), GoQuote.isPrintable(scalar) {
            out.append(" '")
            out.append(scalar)
            out.append("'")
        }
        pad(since: mark, withZeros: false)
    }

    /// As `big.Int` formats itself.
    mutating func writeBig(_ number: BigInt, _ verb: Unicode.Scalar) {
        let radix: Int
        switch verb {
        case "b": radix = 2
        case "o", "O": radix = 8
        case "d", "s", "v": radix = 10
        case "x", "X": radix = 16
        default:
            out.append("%!")
            out.append(verb)
            out.append("(big.Int=")
            out.append(String(number))
            return out.append(")")
        }
        let mark = out.count
        let digits = String(number.magnitude, radix: radix, uppercase: verb == "X")
        let hasPlus = flags.plus || flags.plusV
        if number < 0 || hasPlus || flags.space { out.append(UInt8(ascii: number < 0 ? "-" : hasPlus ? "+" : " ")) }
        if verb == "O" { out.append("0o") } else if flags.sharp { writePrefix(radix, verb, isOctalZero: false) }
        var zeros = max(0, (flags.precision ?? 0) - digits.utf8.count)
        if flags.precision == nil, flags.zero, !flags.minus, let width = flags.width {
            zeros = max(0, width - (out.count - mark) - digits.utf8.count)
        }
        out.append(repeating: UInt8(ascii: "0"), count: zeros)
        out.append(digits)
        pad(since: mark, withZeros: false)
    }
}
