import BigInt

extension ExtendedFloat {
    /// The shortest decimal text that reads back as this number at `precision` bits: plain digits for integers, else
    /// as Go's `%g` (exponent form below 1e-4 and, for numbers with a fraction, from 1e6).
    func text(precision: Int = fullPrecision) -> String {
        let sign = isNegative ? "-" : ""
        if isZero { return sign + "0" }
        if isInteger, exponent <= 0, precision == Self.fullPrecision { return sign + String(mantissa >> -exponent) }
        let (digits, point) = shortestDigits(precision: precision)
        if isInteger { return sign + Self.text(digits) + String(repeating: "0", count: max(0, point - digits.count)) }
        if point - 1 < -4 || point - 1 >= 6 { return sign + Self.exponentText(digits, exponent: point - 1) }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + Self.text(digits) }
        return sign + Self.text(digits[..<point]) + "." + Self.text(digits[point...])
    }

    private static func text(_ digits: some Sequence<UInt8>) -> String {
        String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    }

    private static func exponentText(_ digits: [UInt8], exponent: Int) -> String {
        let fraction = digits.count > 1 ? "." + text(digits[1...]) : ""
        let power = String(abs(exponent))
        let padding = power.utf8.count < 2 ? "0" : ""
        return text(digits[..<1]) + fraction + "e" + (exponent < 0 ? "-" : "+") + padding + power
    }

    /// Digits d₁d₂… and the place p of the point with number = 0.d₁d₂… × 10^p, as short as the half unit of the last
    /// place allows on both sides.
    private func shortestDigits(precision: Int) -> (digits: [UInt8], point: Int) {
        let unit = exponent + 64 - precision
        let significand = mantissa >> UInt64(64 - precision)
        let isInclusive = significand & 1 == 0
        let scale = 1 - unit
        if scale >= 1, scale <= 120 { return fixedDigits(significand, scale: scale, isInclusive: isInclusive) }
        return bigDigits(significand, unit: unit, isInclusive: isInclusive)
    }

    /// The digits of 2 × significand / 2^scale, half a unit being 1 / 2^scale.
    private func fixedDigits(_ significand: UInt64, scale: Int, isInclusive: Bool) -> (digits: [UInt8], point: Int) {
        let one = UInt128(1) << UInt128(scale)
        var fraction = (UInt128(significand) << 1) & (one - 1)
        let whole = UInt64(truncatingIfNeeded: (UInt128(significand) << 1) >> UInt128(scale))
        var digits = whole == 0 ? [] : String(whole).utf8.map { $0 - 0x30 }
        var point = digits.count
        var half = UInt128(1)
        while fraction != 0 {
            fraction *= 10
            half *= 10
            let digit = UInt8(truncatingIfNeeded: fraction >> UInt128(scale))
            fraction &= one - 1
            if digits.isEmpty, digit == 0 {
                point -= 1
                continue
            }
            digits.append(digit)
            let above = one - fraction
            let canDrop = fraction < half || (fraction == half && isInclusive)
            let canRaise = above < half || (above == half && isInclusive)
            if !canDrop, !canRaise { continue }
            let isRaised = canDrop && canRaise ? fraction > above || (fraction == above && digit & 1 == 1) : canRaise
            if isRaised { Self.raise(&digits, &point) }
            break
        }
        return Self.trimmed(digits, point)
    }

    /// The digits through exact decimal integers, for very large and very small numbers.
    private func bigDigits(_ significand: UInt64, unit: Int, isInclusive: Bool) -> (digits: [UInt8], point: Int) {
        let power = max(0, 1 - unit)
        let scale = BigUInt(5).power(power) << max(0, unit - 1)
        let doubled = BigUInt(significand) * 2
        let exact = Self.digits((doubled) * scale)
        let pad = { (digits: [UInt8]) in [UInt8](repeating: 0, count: max(0, exact.count - digits.count)) + digits }
        let lower = pad(Self.digits((doubled - 1) * scale))
        var upper = pad(Self.digits((doubled + 1) * scale))
        var digits = exact
        var point = digits.count - power
        if upper.count > exact.count {
            digits.insert(0, at: 0)
            point += 1
            return Self.shorten(digits, lower: [0] + lower, upper: upper, point: point, isInclusive)
        }
        upper = pad(upper)
        return Self.shorten(digits, lower: lower, upper: upper, point: point, isInclusive)
    }

    private static func shorten(
        _ exact: [UInt8], lower: [UInt8], upper: [UInt8], point: Int, _ isInclusive: Bool
    ) -> (digits: [UInt8], point: Int) {
        let lowerEnd = lower.lastIndex { $0 != 0 } ?? 0
        let upperEnd = upper.lastIndex { $0 != 0 } ?? 0
        var place = point
        for index in exact.indices {
            let canDrop = lower[index] != exact[index] || (isInclusive && index >= lowerEnd)
            let canRaise =
                exact[index] != upper[index] && (isInclusive || exact[index] + 1 < upper[index] || index < upperEnd)
            if !canDrop, !canRaise { continue }
            var digits = Array(exact[...index])
            let isRaised = canDrop && canRaise ? isAboveHalf(exact, after: index) : canRaise
            if isRaised { raise(&digits, &place) }
            return trimmed(digits, place)
        }
        return trimmed(exact, place)
    }

    /// Whether the digits after `index` round its digit up, halves to even.
    private static func isAboveHalf(_ digits: [UInt8], after index: Int) -> Bool {
        guard index + 1 < digits.count else { return false }
        if digits[index + 1] != 5 { return digits[index + 1] > 5 }
        return digits[(index + 2)...].contains { $0 != 0 } || digits[index] & 1 == 1
    }

    private static func digits(_ number: BigUInt) -> [UInt8] { String(number).utf8.map { $0 - 0x30 } }

    private static func raise(_ digits: inout [UInt8], _ point: inout Int) {
        while let last = digits.last, last == 9 { digits.removeLast() }
        if digits.isEmpty {
            digits = [1]
            point += 1
        } else {
            digits[digits.count - 1] += 1
        }
    }

    private static func trimmed(_ digits: [UInt8], _ point: Int) -> (digits: [UInt8], point: Int) {
        let zeros = digits.prefix { $0 == 0 }.count
        var result = Array(digits[zeros...])
        while result.last == 0 { result.removeLast() }
        return (result, point - zeros)
    }
}
