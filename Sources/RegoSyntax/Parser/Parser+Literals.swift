/// Numbers, strings and template strings.
extension Parser {
    /// A number; the sign and a leading point are tokens of their own and may stand apart from the digits, as in OPA.
    ///
    /// A sign before a name means `0 - name`.
    mutating func parseNumber() throws(Failure) -> Term {
        let start = token.start
        var prefix = ""
        if kind == .minus {
            prefix = "-"
            let sign = tokenLocation
            advance()
            if kind == .identifier { return try parseNegative(from: sign) }
            guard kind == .number || kind == .dot else { throw unexpected("expected number") }
        }
        if kind == .dot {
            prefix += "0."
            advance()
            guard kind == .number else { throw unexpected("expected number") }
        }
        let digits = token.start
        if !prefix.hasSuffix("."), token.end - digits > 1, bytes[Int(digits)] == UInt8(ascii: "0"),
            Lexer.isDigit(bytes[Int(digits) + 1])
        {
            throw unexpected("expected number without leading zero")
        }
        let text = prefix + tokenText
        guard prefix.utf8.count < 2 || !tokenText.utf8.contains(UInt8(ascii: ".")) else { throw unexpected("invalid float") }
        guard NumberSize.isSupported(text) else { throw fail("number too big") }
        advance()
        return Term(.number(text), location: location(from: start))
    }

    private mutating func parseNegative(from sign: Location) throws(Failure) -> Term {
        let operand = try parseTerm()
        let call = Call(operator: Operator.minus.ref(at: sign), args: [Term(.number("0"), location: sign), operand])
        return Term(.call(call), location: location(from: sign.start))
    }

    mutating func parseString() -> Term {
        let token = token
        let start = Int(token.start) + 1
        let end = Int(token.end) - 1
        let text: String
        if token.hasEscape {
            text = StringDecoder.unescape(bytes[start..<end])
        } else {
            text = String(decoding: bytes[start..<end], as: UTF8.self)
        }
        advance()
        return Term(.string(text), location: Location(start: token.start, end: token.end))
    }

    mutating func parseTemplateString() throws(Failure) -> Term {
        let start = token.start
        guard options.allowsTemplateStrings else {
            throw fail("template strings are not supported by current capabilities")
        }
        let isRaw = kind == .rawTemplatePart || kind == .rawTemplateEnd
        var parts: [TemplateString.Part] = []
        var prefix = 2
        while true {
            let text = templateText(skippingFirst: prefix, isRaw: isRaw)
            if !text.isEmpty { parts.append(.literal(text)) }
            let isLast = kind == .templateEnd || kind == .rawTemplateEnd
            advance()
            if isLast { break }
            parts.append(.expr(try parseTemplateExpression()))
            prefix = 1
        }
        return Term(.templateString(TemplateString(parts: parts, isRaw: isRaw)), location: location(from: start))
    }

    private func templateText(skippingFirst count: Int, isRaw: Bool) -> String {
        let bytes = bytes[Int(token.start) + count..<Int(token.end) - 1]
        guard token.hasEscape else { return String(decoding: bytes, as: UTF8.self) }
        return isRaw ? StringDecoder.unescapeRawTemplate(bytes) : StringDecoder.unescape(bytes)
    }

    private mutating func parseTemplateExpression() throws(Failure) -> Expr {
        let expr = try parseLiteral()
        if let problem = Self.problemInTemplate(expr) {
            throw fail("unexpected \(problem) in template-string expression", at: expr.location)
        }
        guard continuesTemplate else {
            throw kind == .illegal ? unexpected() : fail("expected } to end template string expression")
        }
        return expr
    }

    private static func problemInTemplate(_ expr: Expr) -> String? {
        if expr.negated { return "negation ('not')" }
        switch expr.kind {
        case .term: return nil
        case .call(let call):
            switch call.infix {
            case .eq: return "unification ('=')"
            case .assign: return "assignment (':=')"
            default: return nil
            }
        case .every: return "'every'"
        case .someDecl: return "'some'"
        case .not: return "negation ('not')"
        case .logicalAnd, .logicalOr: return nil
        }
    }
}

/// OPA's limit on numbers: a binary exponent beyond ±100,000 is refused, as printing one would cost too much.
enum NumberSize {
    static func isSupported(_ text: String) -> Bool {
        guard text.utf8.count > 6, let magnitude = decimalMagnitude(text) else { return true }
        return Double(magnitude).magnitude * 3.321928094887362 <= 100_000
    }

    private static let tooLarge = 1_000_000

    /// The decimal position of the first digit that is not zero; nil for zero.
    private static func decimalMagnitude(_ text: String) -> Int? {
        let parts = text.utf8.split(maxSplits: 1, whereSeparator: { $0 | 0x20 == UInt8(ascii: "e") })
        let mantissa = parts[0].drop { $0 == UInt8(ascii: "-") }
        let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }.drop { $0 == UInt8(ascii: "0") }
        var magnitude = whole.count
        if whole.isEmpty {
            let fraction = mantissa.drop { $0 != UInt8(ascii: ".") }.dropFirst()
            let zeros = fraction.prefix { $0 == UInt8(ascii: "0") }.count
            guard zeros < fraction.count else { return nil }
            magnitude = -zeros
        }
        guard parts.count == 2 else { return magnitude }
        let exponent = parts[1].drop { $0 == UInt8(ascii: "+") }
        let (sum, isTooLarge) = magnitude.addingReportingOverflow(Int(String(decoding: exponent, as: UTF8.self)) ?? tooLarge)
        return isTooLarge ? tooLarge : sum
    }
}
