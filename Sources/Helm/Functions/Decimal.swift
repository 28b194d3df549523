import BigInt
import GoLibrary
import GoTemplate

/// A decimal number without rounding, as the functions on fractions calculate.
struct Decimal {
    var digits: BigInt
    /// The power of ten that the digits count.
    var exponent: Int

    static let zero = Decimal(digits: 0, exponent: 0)
    static let one = Decimal(digits: 1, exponent: 0)

    /// Digits behind the point that a division gives.
    private static let precision = 16

    static func of(_ value: GoValue) throws -> Decimal {
        let number = Cast.double(value)
        guard number.isFinite else { throw FunctionFailure("cannot calculate with \(FloatText.plain(number))") }
        var text = "\(abs(number))"
        var exponent = 0
        if let mark = text.firstIndex(of: "e") {
            exponent = Int(text[text.index(after: mark)...]) ?? 0
            text = String(text[..<mark])
        }
        if let dot = text.firstIndex(of: ".") {
            exponent -= text.distance(from: dot, to: text.endIndex) - 1
            text.remove(at: dot)
        }
        let digits = BigInt(text) ?? 0
        return Decimal(digits: number < 0 ? -digits : digits, exponent: exponent)
    }

    private func scaled(to other: Int) -> BigInt { digits * BigInt(10).power(exponent - other) }

    func adding(_ other: Decimal) throws -> Decimal {
        let common = min(exponent, other.exponent)
        return Decimal(digits: scaled(to: common) + other.scaled(to: common), exponent: common)
    }

    var negated: Decimal { Decimal(digits: -digits, exponent: exponent) }

    func multiplied(by other: Decimal) -> Decimal {
        Decimal(digits: digits * other.digits, exponent: exponent + other.exponent)
    }

    func divided(by other: Decimal) throws -> Decimal {
        if other.digits == 0 { throw FunctionFailure("decimal division by 0") }
        // The quotient counts 10^-16; what is half or more is rounded away from zero.
        let shift = exponent - other.exponent + Self.precision
        let dividend = shift >= 0 ? digits * BigInt(10).power(shift) : digits
        let divisor = shift >= 0 ? other.digits : other.digits * BigInt(10).power(-shift)
        var (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        if remainder.magnitude * 2 >= divisor.magnitude {
            quotient += (digits < 0) != (other.digits < 0) ? -1 : 1
        }
        remainder = 0
        return Decimal(digits: quotient, exponent: -Self.precision)
    }

    var double: Double { Double("\(digits)e\(exponent)") ?? 0 }
}
