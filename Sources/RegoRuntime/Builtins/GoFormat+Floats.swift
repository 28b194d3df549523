import GoTemplate

extension GoFormat {
    mutating func writeFloat(_ number: Double, _ verb: Unicode.Scalar) {
        switch verb {
        case "v": writeFloat(number, "g", precision: nil)
        case "b", "g", "G", "x", "X": writeFloat(number, verb, precision: nil)
        case "f", "F", "e", "E": writeFloat(number, verb == "F" ? "f" : verb, precision: 6)
        default: reportBadVerb(verb, .float(number))
        }
    }

    private mutating func writeFloat(_ number: Double, _ verb: Unicode.Scalar, precision standard: Int?) {
        let precision = flags.precision ?? standard
        var digits = FloatText.digits(number.magnitude, verb, precision: precision)
        if flags.sharp, verb != "b" { digits = FloatText.withPoint(digits, verb, precision: precision) }
        let isNegative = number.sign == .minus
        let mark = out.count
        let hasSign = isNegative || flags.plus || flags.space
        if hasSign { out.append(UInt8(ascii: isNegative ? "-" : flags.plus ? "+" : " ")) }
        let length = digits.utf8.count + (hasSign ? 1 : 0)
        if hasSign, flags.zero, !flags.minus, let width = flags.width, width > length {
            out.append(repeating: UInt8(ascii: "0"), count: width - length)
        }
        out.append(digits)
        pad(since: mark, withZeros: flags.zero)
    }
}
