/// Writes doubles as Go does, because that is how Kubernetes tools turn YAML numbers into JSON.
package enum GoFloat {
    /// The shortest decimal digits that read back as the number: 0.d₁d₂… × 10^exponent.
    private struct Shortest {
        var digits: [UInt8]
        var exponent: Int

        init(_ text: String) {
            let decimal = NumberText.Decimal(Array(text.utf8))
            digits = decimal.digits.map { $0 + 0x30 }
            exponent = decimal.exponent
        }
    }

    /// As `encoding/json` writes a float64; nil for infinities and NaN.
    package static func json(_ number: Double) -> [UInt8]? {
        guard number.isFinite else { return nil }
        let isScientific = number != 0 && (abs(number) < 1e-6 || abs(number) >= 1e21)
        let parts = Shortest("\(abs(number))")
        let sign: [UInt8] = number.sign == .minus ? [UInt8(ascii: "-")] : []
        if !isScientific { return sign + positional(parts) }
        return sign + scientific(parts, exponentDigits: number.magnitude < 1 ? 1 : 2)
    }

    /// As `strconv.FormatFloat(number, 'g', -1, 64)`, in YAML's words for infinities and NaN.
    package static func general(_ number: Double) -> [UInt8] { general(number, text: "\(number.magnitude)") }

    /// As `strconv.FormatFloat(number, 'g', -1, 32)`, in YAML's words for infinities and NaN.
    static func generalSinglePrecision(_ number: Double) -> [UInt8] {
        let single = Float(number)
        return general(Double(single), text: "\(single.magnitude)")
    }

    private static func general(_ number: Double, text: String) -> [UInt8] {
        if number.isNaN { return Array(".nan".utf8) }
        if number.isInfinite { return Array((number < 0 ? "-.inf" : ".inf").utf8) }
        let parts = Shortest(text)
        let sign: [UInt8] = number.sign == .minus ? [UInt8(ascii: "-")] : []
        let isScientific = number != 0 && (parts.exponent - 1 < -4 || parts.exponent - 1 >= 6)
        return sign + (isScientific ? scientific(parts, exponentDigits: 2) : positional(parts))
    }

    private static func scientific(_ parts: Shortest, exponentDigits: Int) -> [UInt8] {
        var text = [parts.digits[0]]
        if parts.digits.count > 1 { text += [UInt8(ascii: ".")] + parts.digits[1...] }
        let exponent = parts.exponent - 1
        text += [UInt8(ascii: "e"), UInt8(ascii: exponent < 0 ? "-" : "+")]
        let digits = Array(String(exponent.magnitude).utf8)
        return text + [UInt8](repeating: 0x30, count: max(0, exponentDigits - digits.count)) + digits
    }

    private static func positional(_ parts: Shortest) -> [UInt8] {
        if parts.digits.isEmpty { return [0x30] }
        let (digits, point) = (parts.digits, parts.exponent)
        if point <= 0 { return Array("0.".utf8) + [UInt8](repeating: 0x30, count: -point) + digits }
        if digits.count <= point { return digits + [UInt8](repeating: 0x30, count: point - digits.count) }
        return digits[..<point] + [UInt8(ascii: ".")] + digits[point...]
    }
}
