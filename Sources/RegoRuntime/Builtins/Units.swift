import BigInt
import Documents

extension Builtins {
    /// Amounts with units (OPA policy reference, "Units").
    static let units: [Builtin] = [
        Builtin(
            "units.parse", help: "(text) The number that an amount such as \"10Ki\" or \"500m\" stands for.", .string,
            returns: .number, work: .scanning
        ) { $0.parseUnits() },
        Builtin(
            "units.parse_bytes", help: "(text) The bytes that an amount such as \"64Mi\" stands for.", .string, returns: .number,
            work: .scanning
        ) { $0.parseBytes() },
    ]
}

extension BuiltinCall {
    /// SI and binary units; results that are not integers have ten decimals, halves rounded away from zero.
    fileprivate mutating func parseUnits() -> Value {
        guard let text = text(0) else { return .undefined }
        let name = "units.parse"
        guard let (number, unit) = split(text, name, noAmount: "no amount provided") else { return .undefined }
        // OPA keeps the first byte and makes the rest small, which is no text where the first character has several bytes.
        let start = Unicode.UTF8.width(unit.unicodeScalars.first ?? "m")
        let lowered = String(
            String.UnicodeScalarView(
                repeatElement("\u{FFFD}", count: start == 1 ? 0 : start)
                    + unit.unicodeScalars.enumerated().compactMap {
                        $0.offset > 0 ? CaseMapping.lower.map($0.element) : start == 1 ? $0.element : nil
                    }))
        let factor: (numerator: BigInt, bits: Int)
        if lowered == "m" {
            // The double nearest to 0.001, which is what OPA multiplies with.
            factor = (BigInt(1_152_921_504_606_847), 60)
        } else if let size = UnitSize.named(lowered, upper: true) {
            factor = (BigInt(size), 0)
        } else {
            return fail("\(name): unit \(lowered) not recognized")
        }
        let decimal = NumberText.Decimal(Array(number.utf8))
        guard GoNumber.isFloat(number), max(abs(decimal.exponent), decimal.digits.count) <= ExtendedFloat.exponentLimit else {
            return fail("\(name): could not parse amount to a number")
        }
        return amount(decimal, factor.numerator, bits: factor.bits)
    }

    /// decimal × numerator / 2^bits.
    private func amount(_ decimal: NumberText.Decimal, _ numerator: BigInt, bits: Int) -> Value {
        guard Numbers.mayConvert(abs(decimal.exponent) + decimal.digits.count) else { return .undefined }
        let digits = BigInt(String(decoding: decimal.digits.map { $0 + 0x30 }, as: UTF8.self)) ?? 0
        let power = decimal.exponent - decimal.digits.count
        var top = digits * numerator
        var bottom = BigInt(1) << bits
        if power >= 0 { top *= BigInt(10).power(power) } else { bottom *= BigInt(10).power(-power) }
        let sign = decimal.isNegative ? "-" : ""
        let whole = top.quotientAndRemainder(dividingBy: bottom)
        if whole.remainder == 0 { return NumberText.value(whole.quotient == 0 ? "0" : sign + String(whole.quotient), in: arena) }
        let scaled = (top * BigInt(10_000_000_000) * 2 + bottom) / (bottom * 2)
        let text = String(scaled)
        let padded = String(repeating: "0", count: max(0, 11 - text.utf8.count)) + text
        return NumberText.value(sign + padded.dropLast(10) + "." + padded.suffix(10), in: arena)
    }

    /// Bytes, without a fraction.
    fileprivate mutating func parseBytes() -> Value {
        guard let text = text(0) else { return .undefined }
        let name = "units.parse_bytes"
        let lowered = String(String.UnicodeScalarView(text.unicodeScalars.map(CaseMapping.lower.map)))
        guard let (number, unit) = split(lowered, name, noAmount: "no byte amount provided") else { return .undefined }
        let bare = unit.count > 1 && unit.hasSuffix("b") ? String(unit.dropLast()) : unit
        guard let size = UnitSize.named(bare, upper: false) else {
            return fail("\(name): byte unit \(unit) not recognized")
        }
        guard GoNumber.isFloat(number) else {
            return fail("\(name): could not parse byte amount to a number")
        }
        guard let amount = ExtendedFloat(NumberText.value(number, in: arena)) else {
            return fail("\(name): exponent too large")
        }
        let factor = ExtendedFloat(isNegative: false, bits: UInt128(size), exponent: 0)
        return Numbers.value(ExtendedFloat.product(amount, factor).truncated, arena)
    }

    /// The number and the unit behind it, without quotation marks.
    private mutating func split(_ text: String, _ name: String, noAmount: String) -> (number: String, unit: String)? {
        let bytes = text.utf8.filter { $0 != UInt8(ascii: "\"") }
        if bytes.contains(UInt8(ascii: " ")) {
            _ = fail("\(name): spaces not allowed in resource strings")
            return nil
        }
        var index = 0
        while index < bytes.count, case let byte = bytes[index], "0123456789.eE+-".utf8.contains(byte) {
            if byte | 0x20 == UInt8(ascii: "e") {
                guard index + 1 < bytes.count, "0123456789+-".utf8.contains(bytes[index + 1]) else { break }
                if bytes[index + 1] &- 0x30 > 9 { index += 1 }
                if bytes[(index + 1)...].prefix(while: { $0 &- 0x30 <= 9 }).count > 6 {
                    _ = fail("\(name): exponent too large")
                    return nil
                }
            }
            index += 1
        }
        if index == 0 {
            _ = fail("\(name): \(noAmount)")
            return nil
        }
        return (String(decoding: bytes[..<index], as: UTF8.self), String(decoding: bytes[index...], as: UTF8.self))
    }
}

/// How much a unit is.
private enum UnitSize {
    /// - Parameter upper: whether the first letter may be a capital; a small `m` is then not mega.
    static func named(_ unit: String, upper: Bool) -> UInt64? {
        let letters = Array(unit.utf8)
        guard let first = letters.first else { return 1 }
        guard letters.count == 1 || (letters.count == 2 && letters[1] == UInt8(ascii: "i")) else { return nil }
        let small = upper ? first | 0x20 : first
        guard let place = "kmgtpe".utf8.firstIndex(of: small) else { return nil }
        let power = "kmgtpe".utf8.distance(from: "kmgtpe".utf8.startIndex, to: place) + 1
        return (0..<power).reduce(1) { size, _ in size * (letters.count == 2 ? 1024 : 1000) }
    }
}

extension GoNumber {
    fileprivate static func isFloat(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { isFloat($0) }
    }
}
