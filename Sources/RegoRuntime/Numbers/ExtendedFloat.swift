import BigInt
import Documents

/// A binary floating-point number of up to 64 bits of mantissa and practically unbounded exponent, rounded to nearest
/// even: the arithmetic that OPA does on numbers that are not integers (Go's `big.Float` at its default precision).
struct ExtendedFloat: Sendable {
    /// Bits of mantissa of numbers read from text and of most results.
    static let fullPrecision = 64
    /// Decimal exponents beyond this are refused, so that conversions stay cheap.
    static let exponentLimit = 10_000

    var isNegative: Bool
    /// The mantissa with its highest bit set, or 0 for zero.
    var mantissa: UInt64
    /// The number is ± mantissa × 2^exponent.
    var exponent: Int

    static let zero = ExtendedFloat(isNegative: false, mantissa: 0, exponent: 0)

    init(isNegative: Bool, mantissa: UInt64, exponent: Int) {
        (self.isNegative, self.mantissa, self.exponent) = (isNegative, mantissa, exponent)
    }

    init(_ integer: Int64) {
        self.init(isNegative: integer < 0, bits: UInt128(integer.magnitude), exponent: 0)
    }

    /// Rounds `bits` × 2^exponent; `hasRest` tells that the exact number is a little more than that.
    init(isNegative: Bool, bits: UInt128, exponent: Int, hasRest: Bool = false, precision: Int = fullPrecision) {
        self.isNegative = isNegative
        guard bits != 0 else {
            (mantissa, self.exponent) = (0, 0)
            return
        }
        let shift = bits.leadingZeroBitCount
        let normal = bits << UInt128(shift)
        var kept = normal >> UInt128(128 - precision)
        let rest = normal << UInt128(precision)
        let half = UInt128(1) << 127
        if rest > half || (rest == half && (hasRest || kept & 1 == 1)) { kept += 1 }
        var scale = exponent - shift + 64
        if kept >> UInt128(precision) != 0 {
            kept >>= 1
            scale += 1
        }
        mantissa = UInt64(truncatingIfNeeded: kept) << UInt64(64 - precision)
        self.exponent = scale
    }

    var isZero: Bool { mantissa == 0 }

    /// Whether the number has no fraction.
    var isInteger: Bool { mantissa == 0 || exponent >= 0 || mantissa.trailingZeroBitCount >= -exponent }

    /// The number without its fraction.
    var truncated: BigInt {
        let magnitude = BigUInt(mantissa)
        let whole = exponent >= 0 ? magnitude << exponent : exponent > -64 ? magnitude >> -exponent : 0
        return BigInt(sign: isNegative ? .minus : .plus, magnitude: whole)
    }

    var negated: ExtendedFloat { ExtendedFloat(isNegative: !isNegative, mantissa: mantissa, exponent: exponent) }

    // MARK: Arithmetic

    static func sum(_ left: ExtendedFloat, _ right: ExtendedFloat) -> ExtendedFloat {
        if left.isZero { return right.isZero ? .zero : right }
        if right.isZero { return left }
        let isLeftLarger = (left.exponent, left.mantissa) >= (right.exponent, right.mantissa)
        let (large, small) = isLeftLarger ? (left, right) : (right, left)
        let distance = large.exponent - small.exponent
        let a = UInt128(large.mantissa) << 63
        var b = UInt128(small.mantissa) << 63
        var hasRest = false
        if distance >= 127 {
            (b, hasRest) = (0, true)
        } else if distance > 0 {
            hasRest = b.trailingZeroBitCount < distance
            b >>= UInt128(distance)
        }
        if large.isNegative == small.isNegative {
            return ExtendedFloat(
                isNegative: large.isNegative, bits: a + b, exponent: large.exponent - 63, hasRest: hasRest)
        }
        let difference = a - b - (hasRest ? 1 : 0)
        if difference == 0 { return .zero }
        return ExtendedFloat(
            isNegative: large.isNegative, bits: difference, exponent: large.exponent - 63, hasRest: hasRest)
    }

    static func product(
        _ left: ExtendedFloat, _ right: ExtendedFloat, precision: Int = fullPrecision
    ) -> ExtendedFloat {
        ExtendedFloat(
            isNegative: left.isNegative != right.isNegative,
            bits: UInt128(left.mantissa) * UInt128(right.mantissa),
            exponent: left.exponent + right.exponent, precision: precision)
    }

    /// The quotient; `right` must not be zero.
    static func quotient(_ left: ExtendedFloat, _ right: ExtendedFloat) -> ExtendedFloat {
        let divisor = UInt128(right.mantissa)
        let high = (UInt128(left.mantissa) << 64).quotientAndRemainder(dividingBy: divisor)
        let low = (high.remainder << 63).quotientAndRemainder(dividingBy: divisor)
        return ExtendedFloat(
            isNegative: left.isNegative != right.isNegative, bits: high.quotient << 63 | low.quotient,
            exponent: left.exponent - right.exponent - 127, hasRest: low.remainder != 0)
    }
}

// MARK: From text

extension ExtendedFloat {
    /// The number nearest to a Rego number; nil when its exponent is out of bounds.
    init?(_ value: Value) {
        if value.kind == .int {
            self.init(value.rawInt)
        } else if let short = ShortDecimal(value), abs(short.power) <= 27 {
            self.init(isNegative: short.isNegative, whole: short.digits, smallPower: short.power)
        } else {
            self.init(NumberText.Decimal(value), isNegative: value.utf8.first == UInt8(ascii: "-"))
        }
    }

    private init?(_ decimal: NumberText.Decimal, isNegative: Bool) {
        let digits = decimal.digits
        let power = decimal.exponent - digits.count
        guard abs(power) <= Self.exponentLimit, digits.count <= Self.exponentLimit else { return nil }
        guard Numbers.mayConvert(abs(power) + digits.count) else { return nil }
        if digits.isEmpty {
            self.init(isNegative: isNegative, mantissa: 0, exponent: 0)
        } else {
            let whole = BigUInt(String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)) ?? 0
            self.init(isNegative: isNegative, whole: whole, power: power)
        }
    }

    /// `whole` × 10^smallPower, which 128 bits hold exactly.
    private init(isNegative: Bool, whole: UInt64, smallPower: Int) {
        let five = (0..<abs(smallPower)).reduce(UInt128(1)) { power, _ in power * 5 }
        if smallPower >= 0 {
            self.init(isNegative: isNegative, bits: UInt128(whole) * five, exponent: smallPower)
        } else {
            let divisor = ExtendedFloat(isNegative: false, bits: five, exponent: -smallPower)
            let dividend = ExtendedFloat(isNegative: isNegative, bits: UInt128(whole), exponent: 0)
            self = .quotient(dividend, divisor)
        }
    }

    /// `whole` × 10^power through exact integers.
    private init(isNegative: Bool, whole: BigUInt, power: Int) {
        let five = BigUInt(5).power(abs(power))
        if power >= 0 {
            self.init(isNegative: isNegative, magnitude: whole * five, exponent: power)
        } else {
            let shift = max(0, five.bitWidth - whole.bitWidth + 100)
            let result = (whole << shift).quotientAndRemainder(dividingBy: five)
            self.init(
                isNegative: isNegative, magnitude: result.quotient, exponent: power - shift,
                hasRest: result.remainder != 0)
        }
    }

    /// The number nearest to ± magnitude × 2^exponent.
    init(isNegative: Bool, magnitude: BigUInt, exponent: Int, hasRest: Bool = false) {
        let excess = max(0, magnitude.bitWidth - 127)
        let kept = magnitude >> excess
        let lost = hasRest || (excess > 0 && magnitude.trailingZeroBitCount < excess)
        self.init(isNegative: isNegative, bits: UInt128(kept), exponent: exponent + excess, hasRest: lost)
    }
}
