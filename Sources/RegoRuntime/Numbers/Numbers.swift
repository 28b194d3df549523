import BigInt
package import Documents
import Text

/// Why an arithmetic operation has no result.
package enum NumberFault: Error, Sendable {
    case divisionByZero
    case moduloByZero
    case moduloOnFloat
    /// The exponent is out of bounds.
    case tooLarge

    /// OPA's text for it.
    package var message: String {
        switch self {
        case .divisionByZero: "divide by zero"
        case .moduloByZero: "modulo by zero"
        case .moduloOnFloat: "modulo on floating-point number"
        case .tooLarge: "number too big"
        }
    }
}

/// Rego's arithmetic: exact on integers of any size, 64 bits of mantissa on all other numbers, as OPA does it.
/// Operands must be numbers.
package enum Numbers {
    package static func plus(_ left: Value, _ right: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if let x = left.intValue, let y = right.intValue {
            let (sum, overflow) = x.addingReportingOverflow(y)
            if !overflow { return .int(sum) }
        }
        if let x = integer(left), let y = integer(right) { return value(x + y, arena) }
        return value(.sum(try float(left), try float(right)), arena)
    }

    package static func minus(_ left: Value, _ right: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if let x = left.intValue, let y = right.intValue {
            let (difference, overflow) = x.subtractingReportingOverflow(y)
            if !overflow { return .int(difference) }
        }
        if let x = integer(left), let y = integer(right) { return value(x - y, arena) }
        return value(.sum(try float(left), try float(right).negated), arena)
    }

    package static func times(_ left: Value, _ right: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if let x = left.intValue, let y = right.intValue {
            let (product, overflow) = x.multipliedReportingOverflow(by: y)
            if !overflow { return .int(product) }
        }
        if let x = integer(left), let y = integer(right) {
            guard x.bitWidth + y.bitWidth <= maximumBits else { throw .tooLarge }
            charge(x, y)
            return value(x * y, arena)
        }
        return value(.product(try float(left), try float(right)), arena)
    }

    /// As OPA, exact for 64-bit integers, else from the first 64 bits of both numbers.
    package static func divided(_ left: Value, _ right: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if let x = left.intValue, let y = right.intValue {
            if y == 0 { throw .divisionByZero }
            let (quotient, overflow) = x.dividedReportingOverflow(by: y)
            if !overflow, x != 0, quotient &* y == x { return .int(quotient) }
        }
        let divisor = try float(right)
        if divisor.isZero { throw .divisionByZero }
        return value(.quotient(try float(left), divisor), arena)
    }

    package static func remainder(_ left: Value, _ right: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if let x = left.intValue, let y = right.intValue {
            if y == 0 { throw .moduloByZero }
            return .int(y == -1 ? 0 : x % y)
        }
        guard let x = integer(left), let y = integer(right) else { throw .moduloOnFloat }
        if y == 0 { throw .moduloByZero }
        charge(x, y)
        return value(x % y, arena)
    }

    // MARK: One operand
    // As in OPA these keep the first 64 bits of a number.

    static func absolute(_ number: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if let x = number.intValue, x != .min { return .int(abs(x)) }
        var result = try float(number)
        result.isNegative = false
        return value(result, arena)
    }

    /// Halves are rounded away from zero.
    static func rounded(_ number: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if number.kind == .int { return number }
        let exact = try float(number)
        let half = ExtendedFloat(isNegative: exact.isNegative, mantissa: 1 << 63, exponent: -64)
        return value(ExtendedFloat.sum(exact, half).truncated, arena)
    }

    /// As OPA 1.20: numbers between -1 and 0 give 1.
    static func ceiling(_ number: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if number.kind == .int { return number }
        let exact = try float(number)
        let whole = exact.truncated
        return value(exact.isInteger || whole < 0 ? whole : whole + 1, arena)
    }

    /// As OPA 1.20: numbers between -1 and 0 give 0.
    static func floor(_ number: Value, _ arena: Arena) throws(NumberFault) -> Value {
        if number.kind == .int { return number }
        let exact = try float(number)
        let whole = exact.truncated
        return value(exact.isInteger || whole >= 0 ? whole : whole - 1, arena)
    }

    // MARK: Conversions

    /// Integers beyond this many bits are refused.
    static let maximumBits = 1 << 16

    /// The exact integer that a number is, of any size; nil for fractions and numbers out of bounds.
    static func integer(_ number: Value) -> BigInt? {
        if number.kind == .int { return BigInt(number.rawInt) }
        if let short = ShortDecimal(number), short.power < 0, short.digits != 0 { return nil }
        guard mayConvert(number.count) else { return nil }
        let decimal = NumberText.Decimal(number)
        guard decimal.isInteger, decimal.exponent <= ExtendedFloat.exponentLimit else { return nil }
        if let small = decimal.integer { return BigInt(small) }
        var text = decimal.digits.map { $0 + 0x30 }
        text += [UInt8](repeating: 0x30, count: decimal.exponent - decimal.digits.count)
        guard mayConvert(text.count) else { return nil }
        guard let magnitude = BigUInt(String(decoding: text, as: UTF8.self)) else { return nil }
        return BigInt(sign: decimal.isNegative ? .minus : .plus, magnitude: magnitude)
    }

    /// Charges the conversion of so many digits, whose work grows with their square; false when the evaluation must end.
    static func mayConvert(_ digits: Int) -> Bool {
        digits < 40 || WorkMeter.charge(digits >> 1 &+ (min(digits, 1 << 20) &* min(digits, 1 << 20)) >> 11)
    }

    /// Charges a multiplication or division of long numbers.
    private static func charge(_ left: BigInt, _ right: BigInt) {
        _ = WorkMeter.charge(((left.bitWidth >> 6) &* (right.bitWidth >> 6)) >> 3)
    }

    static func float(_ number: Value) throws(NumberFault) -> ExtendedFloat {
        guard let result = ExtendedFloat(number) else { throw .tooLarge }
        return result
    }

    static func value(_ integer: BigInt, _ arena: Arena) -> Value {
        if let small = Int64(exactly: integer) { return .int(small) }
        guard mayConvert(integer.bitWidth / 3) else { return .int(0) }
        return NumberText.value(String(integer), in: arena)
    }

    static func value(
        _ number: ExtendedFloat, _ arena: Arena, precision: Int = ExtendedFloat.fullPrecision
    ) -> Value {
        NumberText.value(number.text(precision: precision), in: arena)
    }
}
