import Documents

/// Texts and numbers (JSON Schema validation, sections 6.2 and 6.3).
extension SchemaValidator {
    func validateString(_ value: Value, _ schema: Value, _ path: [String], _ result: inout Result) {
        let length = Int64(value.string.unicodeScalars.count)
        if let least = schema.field("minLength").integerValue, length < least {
            result.add("string_gte", path, "String length must be greater than or equal to \(least)")
        }
        if let most = schema.field("maxLength").integerValue, length > most {
            result.add("string_lte", path, "String length must be less than or equal to \(most)")
        }
        let pattern = schema.field("pattern")
        if pattern.kind == .string, !texts.matches(pattern, value) {
            result.add("pattern", path, "Does not match pattern '\(pattern.string)'")
        }
        if let format = schema.field("format").stringValue, !texts.accepts(value, format: format) {
            result.add("format", path, "Does not match format '\(format)'")
        }
        result.score += 1
    }

    func validateNumber(_ value: Value, _ schema: Value, _ path: [String], _ result: inout Result) {
        func text(_ bound: Value) -> String { texts.shown(bound) }
        let multiple = schema.field("multipleOf")
        if multiple.isNumber, !Self.isMultiple(value, multiple) {
            result.add("multiple_of", path, "Must be a multiple of \(text(multiple))")
        }
        let least = schema.field("minimum")
        let most = schema.field("maximum")
        let aboveLeast = schema.field("exclusiveMinimum")
        let belowMost = schema.field("exclusiveMaximum")
        // Draft 4 marks the bound as exclusive, later drafts give another bound.
        if least.isNumber {
            let order = ValueOrder.compare(value, least)
            if aboveLeast.isTrue {
                if order <= 0 { result.add("number_gt", path, "Must be greater than \(text(least))") }
            } else if order < 0 {
                result.add("number_gte", path, "Must be greater than or equal to \(text(least))")
            }
        }
        if aboveLeast.isNumber, ValueOrder.compare(value, aboveLeast) <= 0 {
            result.add("number_gt", path, "Must be greater than \(text(aboveLeast))")
        }
        if most.isNumber {
            let order = ValueOrder.compare(value, most)
            if belowMost.isTrue {
                if order >= 0 { result.add("number_lt", path, "Must be less than \(text(most))") }
            } else if order > 0 {
                result.add("number_lte", path, "Must be less than or equal to \(text(most))")
            }
        }
        if belowMost.isNumber, ValueOrder.compare(value, belowMost) >= 0 {
            result.add("number_lt", path, "Must be less than \(text(belowMost))")
        }
        result.score += 1
    }

    /// Whether the quotient is an integer, computed on the decimal digits.
    private static func isMultiple(_ value: Value, _ divisor: Value) -> Bool {
        let (dividend, unit) = (NumberText.Decimal(value), NumberText.Decimal(divisor))
        if dividend.digits.isEmpty { return true }
        let scale = min(dividend.exponent - dividend.digits.count, unit.exponent - unit.digits.count)
        func zeros(_ number: NumberText.Decimal) -> Int { number.exponent - number.digits.count - scale }
        guard zeros(dividend) < 4096, zeros(unit) < 4096 else { return false }
        let top = dividend.digits + [UInt8](repeating: 0, count: zeros(dividend))
        let bottom = unit.digits + [UInt8](repeating: 0, count: zeros(unit))
        guard bottom.count <= 18 else { return top == bottom }
        let modulus = bottom.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
        var rest: UInt64 = 0
        for digit in top {
            let (high, low) = rest.multipliedFullWidth(by: 10)
            let (sum, carry) = low.addingReportingOverflow(UInt64(digit))
            rest = modulus.dividingFullWidth((high + (carry ? 1 : 0), sum)).remainder
        }
        return rest == 0
    }
}
