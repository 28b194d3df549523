#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbers that are not 64-bit integers are kept as the decimal text they were written in and compared exactly.
public enum NumberText {
    /// The number written as `text` (JSON or Rego grammar), as an integer if it is written as one that fits.
    public static func value(_ text: UnsafeBufferPointer<UInt8>, in arena: Arena) -> Value {
        if let integer = integer(text) { return .int(integer) }
        let target = arena.allocateText(text.count)
        _ = UnsafeMutableBufferPointer(start: target, count: text.count).initialize(from: text)
        return .storage(.decimal, count: text.count, at: target)
    }

    /// The number written as `text`, as an integer if it is written as one that fits.
    public static func value(_ text: String, in arena: Arena) -> Value {
        var copy = text
        return copy.withUTF8 { value($0, in: arena) }
    }

    /// A number from a double: an integer when it is one, else its shortest decimal text.
    public static func value(_ number: Double, in arena: Arena) -> Value {
        if number == number.rounded(), abs(number) < 9.2e18 { return .int(Int64(number)) }
        return value("\(number)", in: arena)
    }

    /// A double after Go's `encoding/json` has written it and read it again, as Kubernetes tools do with each number that is
    /// no 64-bit integer: an integer when it is one of those then. Nil for infinities and NaN.
    static func asGoDecodes(_ number: Double, in arena: Arena) -> Value? {
        if number == number.rounded(), abs(number) < 1e15 { return .int(Int64(number)) }
        return GoFloat.json(number).map { json in json.withUnsafeBufferPointer { value($0, in: arena) } }
    }

    /// The integer written as plain digits with an optional minus sign, if it fits 64 bits.
    @inlinable
    public static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let first = text.first else { return nil }
        let isNegative = first == 0x2D
        var index = isNegative ? 1 : 0
        let digits = text.count - index
        guard digits >= 1, digits <= 19 else { return nil }
        if digits > 1, text[index] == 0x30 { return nil }
        var magnitude: UInt64 = 0
        while index < text.count {
            let digit = text[index] &- 0x30
            guard digit <= 9 else { return nil }
            magnitude = magnitude &* 10 &+ UInt64(digit)
            index &+= 1
        }
        if isNegative {
            if magnitude == 0 { return nil }  // "-0" keeps its text
            return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return magnitude <= UInt64(Int64.max) ? Int64(magnitude) : nil
    }

    /// The nearest double of a number.
    public static func double(_ value: Value) -> Double {
        if value.kind == .int { return Double(value.rawInt) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: value.count + 1) { buffer in
            for (index, byte) in value.utf8.enumerated() { buffer[index] = CChar(bitPattern: byte) }
            buffer[value.count] = 0
            return strtod(buffer.baseAddress!, nil)
        }
    }

    /// A hash that equal numbers share.
    @inlinable
    public static func hash(_ number: Double) -> UInt32 {
        let mixed = StringHash.mix((number == 0 ? 0 : number.bitPattern) ^ 0x9E37_79B9_7F4A_7C15)
        return UInt32(truncatingIfNeeded: mixed)
    }

    /// Compares two numbers by exact value.
    public static func compare(_ left: Value, _ right: Value) -> Int {
        if left.kind == .int, right.kind == .int {
            return left.rawInt < right.rawInt ? -1 : left.rawInt == right.rawInt ? 0 : 1
        }
        return Decimal(left).compare(Decimal(right))
    }

    /// The parts of a decimal: sign × 0.d₁d₂d₃… × 10^exponent, without leading and trailing zero digits.
    public struct Decimal {
        public var isNegative = false
        /// Digits 0 to 9, most significant first; empty for zero.
        public var digits: [UInt8] = []
        public var exponent = 0

        /// The parts of a number value.
        public init(_ value: Value) {
            if value.kind == .int {
                self.init(Array(String(value.rawInt).utf8))
            } else {
                self.init(Array(value.utf8))
            }
        }

        /// The parts of a number's text.
        public init(_ text: [UInt8]) {
            var sawPoint = false
            var index = 0
            if text.first == 0x2D { isNegative = true }
            if text.first == 0x2D || text.first == 0x2B { index = 1 }
            while index < text.count {
                let byte = text[index]
                if byte == 0x2E {
                    sawPoint = true
                } else if byte == 0x65 || byte == 0x45 {
                    let written = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                    exponent += max(-1_000_000_000, min(1_000_000_000, written))
                    break
                } else {
                    if !(digits.isEmpty && byte == 0x30) { digits.append(byte &- 0x30) }
                    if !sawPoint, !digits.isEmpty { exponent += 1 }
                    if sawPoint, digits.isEmpty { exponent -= 1 }
                }
                index += 1
            }
            while digits.last == 0 { digits.removeLast() }
            if digits.isEmpty { (exponent, isNegative) = (0, false) }
        }

        /// Negative, zero or positive as this is less than, equal to or greater than `other`.
        public func compare(_ other: Decimal) -> Int {
            if digits.isEmpty || other.digits.isEmpty {
                let left = digits.isEmpty ? 0 : isNegative ? -1 : 1
                let right = other.digits.isEmpty ? 0 : other.isNegative ? -1 : 1
                return left - right
            }
            if isNegative != other.isNegative { return isNegative ? -1 : 1 }
            let sign = isNegative ? -1 : 1
            if exponent != other.exponent { return exponent < other.exponent ? -sign : sign }
            for (a, b) in zip(digits, other.digits) where a != b { return a < b ? -sign : sign }
            return sign * (digits.count - other.digits.count).signum()
        }

        /// The value as a 64-bit integer if it is one.
        public var integer: Int64? {
            if digits.isEmpty { return 0 }
            guard exponent >= digits.count, exponent <= 19 else { return nil }
            var magnitude: UInt64 = 0
            for index in 0..<exponent {
                let digit = index < digits.count ? UInt64(digits[index]) : 0
                let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(digit)
                if overflow || carry { return nil }
                magnitude = sum
            }
            if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
            return magnitude <= UInt64(Int64.max) ? Int64(magnitude) : nil
        }

        /// Whether the value has no fraction.
        public var isInteger: Bool { digits.isEmpty || exponent >= digits.count }
    }
}

extension Value {
    /// The 64-bit integer that this number equals (`1`, `1.0`, `1e0`), or nil.
    @inlinable
    public var integerValue: Int64? { kind == .int ? rawInt : decimalIntegerValue }

    @usableFromInline
    var decimalIntegerValue: Int64? { kind == .decimal ? NumberText.Decimal(self).integer : nil }

    /// The integer that selects an element of an array: `1` and `1.0`, but as in OPA not `1e0`.
    @inlinable
    public var indexValue: Int64? { kind == .int ? rawInt : decimalIndexValue }

    @usableFromInline
    var decimalIndexValue: Int64? {
        kind == .decimal && !utf8.contains { $0 | 0x20 == UInt8(ascii: "e") } ? decimalIntegerValue : nil
    }

    /// The nearest double of a number, or nil for any other kind.
    public var doubleValue: Double? { isNumber ? NumberText.double(self) : nil }
}
