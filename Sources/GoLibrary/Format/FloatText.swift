#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Doubles as Go's `strconv.FormatFloat` writes them.
package enum FloatText {
    /// Text of a number that is not negative; without precision the shortest that reads back the same.
    package static func digits(_ number: Double, _ verb: Unicode.Scalar, precision: Int?) -> String {
        switch verb {
        case "b":
            let exponent = number == 0 ? -1074 : max(Int(number.exponent), -1022) - 52
            return "\(number.significandWithHiddenBit)p\(exponent < 0 ? "" : "+")\(exponent)"
        case "x", "X": return hex(number, isUpper: verb == "X", precision: precision)
        case "g", "G":
            guard let precision else { return shortest(number, isUpper: verb == "G") }
            return printed(number, verb, precision)
        default: return printed(number, verb, precision ?? 6)
        }
    }

    /// The C library rounds exactly, as Go does.
    private static func printed(_ number: Double, _ verb: Unicode.Scalar, _ precision: Int) -> String {
        let capacity = precision + 330
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            let length = withVaList([Int32(clamping: precision), number]) {
                vsnprintf(buffer.baseAddress!, capacity, "%.*\(verb)", $0)
            }
            return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// The shortest digits without an exponent (`'f'` with precision -1) of a number that is not negative.
    package static func decimal(_ number: Double) -> String { shortest(number, isUpper: false, hasExponent: false) }

    private static func shortest(_ number: Double, isUpper: Bool, hasExponent: Bool = true) -> String {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        let text = Array("\(number)".utf8)
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            } else {
                digits.append(byte)
            }
        }
        var place = (point ?? digits.count) + exponent
        while digits.count > 1, digits.first == 0x30 {
            digits.removeFirst()
            place -= 1
        }
        while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
        if digits == [0x30] { return "0" }
        let shown = { (part: ArraySlice<UInt8>) in String(decoding: part, as: UTF8.self) }
        let scale = place - 1
        if hasExponent, scale < -4 || scale >= 6 {
            let fraction = digits.count > 1 ? "." + shown(digits[1...]) : ""
            let power = abs(scale) < 10 ? "0\(abs(scale))" : "\(abs(scale))"
            return shown(digits[..<1]) + fraction + (isUpper ? "E" : "e") + (scale < 0 ? "-" : "+") + power
        }
        if place <= 0 { return "0." + String(repeating: "0", count: -place) + shown(digits[...]) }
        if digits.count <= place { return shown(digits[...]) + String(repeating: "0", count: place - digits.count) }
        return shown(digits[..<place]) + "." + shown(digits[place...])
    }

    /// `0x1.8p+00`, the precision counting hexadecimal digits behind the point.
    private static func hex(_ number: Double, isUpper: Bool, precision: Int?) -> String {
        var exponent = number == 0 ? 0 : Int(number.exponent)
        var significand = number == 0 ? 0 : UInt64(number.significand.bitPattern & (1 << 52 - 1)) | 1 << 52
        if let precision, precision < 13 {
            let shift = UInt64(52 - 4 * precision)
            let rest = significand & (1 << shift - 1)
            significand >>= shift
            if rest > 1 << (shift - 1) || (rest == 1 << (shift - 1) && significand & 1 == 1) { significand += 1 }
            significand <<= shift
            if significand >> 53 != 0 {
                significand >>= 1
                exponent += 1
            }
        }
        let padded = String(significand & (1 << 52 - 1) | 1 << 52, radix: 16).dropFirst()
        var fraction = String(padded)
        if let precision {
            fraction = String((fraction + String(repeating: "0", count: max(0, precision - 13))).prefix(precision))
        } else {
            while fraction.hasSuffix("0") { fraction.removeLast() }
        }
        let power = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
        let text =
            "0x\(significand >> 52)" + (fraction.isEmpty ? "" : "." + fraction) + "p"
            + (exponent < 0 ? "-" : "+") + power
        return isUpper ? text.uppercased() : text
    }
}

extension Double {
    /// The 53 bits of the significand as an integer.
    fileprivate var significandWithHiddenBit: UInt64 {
        isSubnormal || self == 0 ? significandBitPattern : significandBitPattern | 1 << 52
    }
}

extension FloatText {
    /// The `#` flag: always a point, and for `%g` the zeros up to the precision.
    package static func withPoint(_ text: String, _ verb: Unicode.Scalar, precision: Int?) -> String {
        let isHex = verb == "x" || verb == "X"
        var missing = verb == "g" || verb == "G" || verb == "x" ? precision ?? 6 : 0
        var number: [UInt8] = []
        var tail: [UInt8] = []
        var sawNonzero = false
        for byte in text.utf8 {
            let isMark = byte | 0x20 == UInt8(ascii: "p") || (byte | 0x20 == UInt8(ascii: "e") && !isHex)
            if !tail.isEmpty || isMark {
                tail.append(byte)
                continue
            }
            number.append(byte)
            if byte == UInt8(ascii: ".") { continue }
            sawNonzero = sawNonzero || byte != UInt8(ascii: "0")
            if sawNonzero { missing -= 1 }
        }
        if !number.contains(UInt8(ascii: ".")) {
            if number == [UInt8(ascii: "0")] { missing -= 1 }
            number.append(UInt8(ascii: "."))
        }
        number += [UInt8](repeating: UInt8(ascii: "0"), count: max(0, missing))
        return String(decoding: number + tail, as: UTF8.self)
    }

    /// As Go's `%v`: the shortest digits, with an exponent when it is shorter.
    package static func plain(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        return (number.sign == .minus ? "-" : "") + digits(number.magnitude, "g", precision: nil)
    }
}
