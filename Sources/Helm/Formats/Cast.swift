import GoTemplate

/// Numbers made of any value, as the functions of sprig make them: what is no number counts as 0.
enum Cast {
    static func integer(_ value: GoValue) -> Int64 {
        switch value.content {
        case .integer(let number, _): number
        case .float(let number): truncated(number)
        case .bool(let flag): flag ? 1 : 0
        case .string(let text), .numberText(let text): integer(text) ?? 0
        default: 0
        }
    }

    /// Go's conversion of a fraction; what does not fit gives the smallest number as on amd64.
    static func truncated(_ number: Double) -> Int64 {
        Int64(exactly: number.rounded(.towardZero)) ?? Int64.min
    }

    static func double(_ value: GoValue) -> Double {
        switch value.content {
        case .integer(let number, _): Double(number)
        case .float(let number): number
        case .bool(let flag): flag ? 1 : 0
        case .string(let text), .numberText(let text): double(text) ?? 0
        default: 0
        }
    }

    /// `strconv.ParseFloat`.
    static func double(_ text: String) -> Double? {
        let words: [String: Double] = [
            "inf": .infinity, "+inf": .infinity, "-inf": -.infinity, "nan": .nan, "infinity": .infinity,
        ]
        if let word = words[text.lowercased()] { return word }
        guard let first = text.utf8.first, first != 0x20, !text.utf8.contains(where: { $0 == 0x6E || $0 == 0x4E })
        else { return nil }
        // Hexadecimal fractions have an exponent.
        if text.utf8.contains(where: { $0 | 0x20 == 0x78 }), !text.utf8.contains(where: { $0 | 0x20 == 0x70 }) { return nil }
        return Double(text.hasSuffix(".") ? text + "0" : text.hasPrefix(".") ? "0" + text : text)
    }

    /// `strconv.ParseInt` with base 0, after `.0` at the end was taken away.
    private static func integer(_ text: String) -> Int64? {
        var body = text[...]
        if let dot = body.lastIndex(of: "."), body[body.index(after: dot)...].allSatisfy({ $0 == "0" }),
            !body[body.index(after: dot)...].isEmpty
        {
            body = body[..<dot]
        }
        return parse(String(body), radix: 0)
    }

    /// `strconv.ParseInt`; radix 0 reads the prefix.
    static func parse(_ text: String, radix: Int) -> Int64? {
        let isNegative = text.hasPrefix("-")
        var digits = Substring(text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...])
        var base = radix
        if radix == 0 {
            base = 10
            let lower = digits.lowercased()
            if lower.hasPrefix("0x") {
                (base, digits) = (16, digits.dropFirst(2))
            } else if lower.hasPrefix("0b") {
                (base, digits) = (2, digits.dropFirst(2))
            } else if lower.hasPrefix("0o") {
                (base, digits) = (8, digits.dropFirst(2))
            } else if lower.hasPrefix("0"), lower.count > 1 {
                (base, digits) = (8, digits.dropFirst())
            }
            digits = Substring(digits.replacing("_", with: ""))
        }
        guard !digits.isEmpty, digits.first != "+", digits.first != "-" else { return nil }
        return Int64((isNegative ? "-" : "") + digits, radix: base)
    }

    /// What Go's `strconv.Atoi` returns beside its error: the nearest number where the text has one that is too large, which
    /// it sees before it looks at what follows, and 0 for other text.
    static func atoi(_ text: String) -> Int {
        let isNegative = text.hasPrefix("-")
        let limit = isNegative ? Int.min : Int.max
        let digits = isNegative || text.hasPrefix("+") ? text.utf8.dropFirst() : text.utf8[...]
        var magnitude: UInt = 0
        for byte in digits {
            guard let digit = UInt(exactly: byte &- 0x30), digit < 10 else { return 0 }
            let (tens, isOver) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, isOverToo) = tens.addingReportingOverflow(digit)
            if isOver || isOverToo { return limit }
            magnitude = sum
        }
        if magnitude > limit.magnitude { return limit }
        return isNegative ? Int(truncatingIfNeeded: 0 &- magnitude) : Int(magnitude)
    }
}
