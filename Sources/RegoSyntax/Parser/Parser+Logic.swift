/// `not`, `and` and `or`; the last two and `not { … }` come with `future.keywords`.
///
/// Binding, tightest first: any other expression, `not`, `and`, `or`, `with`.
extension Parser {
    private var hasLogicalOperators: Bool { !keywords.isDisjoint(with: [.of(.and), .of(.or)]) }

    mutating func parseDisjunction() throws(Failure) -> Expr {
        guard hasLogicalOperators else { return try parseSimpleLiteral() }
        let start = token.start
        return try expr(of: try parseDisjunctionOperand(start), start)
    }

    private mutating func parseDisjunctionOperand(_ start: UInt32) throws(Failure) -> Body {
        var left = try parseConjunction()
        var chain = 0
        while kind == .or, !isKeywordUsedAsName {
            try checkOperand(left, of: .or)
            advance()
            let right = try parseConjunction(isRight: true)
            try refusePrints(right, of: .or)
            left = Body([Expr(.logicalOr(left, right), location: location(from: start))], isImplicit: true)
            chain += 1
            guard depth + chain <= options.maximumDepth else { throw fail("max parsing recursion depth exceeded") }
        }
        return left
    }

    private mutating func parseConjunction(isRight: Bool = false) throws(Failure) -> Body {
        let start = token.start
        var left = try parseOperand(isRight: isRight)
        var chain = 0
        while kind == .and, !isKeywordUsedAsName {
            try checkOperand(left, of: .and)
            advance()
            let right = try parseOperand(isRight: true)
            try refusePrints(right, of: .and)
            left = Body([Expr(.logicalAnd(left, right), location: location(from: start))], isImplicit: true)
            chain += 1
            guard depth + chain <= options.maximumDepth else { throw fail("max parsing recursion depth exceeded") }
        }
        return left
    }

    /// The single expression of a body that turned out to be no operand.
    private mutating func expr(of body: Body, _ start: UInt32) throws(Failure) -> Expr {
        guard body.isImplicit, let expr = body.exprs.first, body.exprs.count == 1 else { throw unexpected() }
        return expr
    }

    /// `some` and `every` cannot be operands.
    private mutating func checkOperand(_ body: Body, of operation: TokenKind) throws(Failure) {
        try refusePrints(body, of: operation)
        guard body.isImplicit, let expr = body.exprs.first else { return }
        switch expr.kind {
        case .someDecl, .every: throw unexpected()
        default: return
        }
    }

    /// An operand that only prints holds always.
    private mutating func refusePrints(_ body: Body, of operation: TokenKind) throws(Failure) {
        guard let first = body.exprs.first, body.exprs.allSatisfy(\.isPrint) else { return }
        throw fail(
            "operand of `\(operation.description)` cannot consist only of calls to `print`", at: first.location,
            hint: "`print` always holds: move it out of the operand, or put a condition beside it")
    }

    private mutating func parseOperand(isRight: Bool) throws(Failure) -> Body {
        if kind == .leftBrace, isRight || closesBeforeLogicalOperator() { return try parseExplicitOperand() }
        if kind == .leftParen, isGroup(isOperand: isRight) { return Body([try parseGroup()], isImplicit: true) }
        if isRight, kind == .some || kind == .every, !isKeywordUsedAsName { throw unexpected() }
        let startsWithBrace = kind == .leftBrace
        let expr = try parseSimpleLiteral()
        if startsWithBrace, kind.isLogicalOperator, !isKeywordUsedAsName {
            throw fail(
                "operand of `\(kind.description)` cannot begin with `{` unless the braces hold a body",
                at: expr.location, hint: "wrap the operand in `(...)`")
        }
        return Body([expr], isImplicit: true)
    }

    /// `(a or b)`, `(a with input as x)`: a whole statement in parentheses.
    private mutating func parseGroup() throws(Failure) -> Expr {
        try enter()
        advance()
        if kind == .some || kind == .every, !isKeywordUsedAsName { throw unexpected() }
        let expr = try parseLiteral()
        guard kind == .rightParen else { throw fail("non-terminated expression") }
        advance()
        depth -= 1
        return expr
    }

    /// True when the braces at the current token end before `and` or `or`, so that they hold a body.
    func closesBeforeLogicalOperator() -> Bool {
        guard hasLogicalOperators else { return false }
        var open = 0
        var next = index
        while next < tokens.count - 1 {
            switch tokens[next].kind {
            case .leftBrace: open += 1
            case .rightBrace: open -= 1
            default: break
            }
            next += 1
            if open == 0 { return effectiveKind(at: next).isLogicalOperator }
        }
        return false
    }

    /// True when the parentheses at the current token hold what no term can: `and`, `or`, `not` or `with`.
    ///
    /// `with` alone counts only for an operand: `(a with input as x)` by itself is no statement in OPA.
    private func isGroup(isOperand: Bool) -> Bool {
        var open = 0
        var brackets = 0
        var hasWith = false
        var next = index
        while next < tokens.count - 1 {
            switch effectiveKind(at: next) {
            case .leftParen where brackets == 0:
                let isCall = next > index && !tokens[next].spaceBefore && isNameOrBracket(tokens[next - 1].kind)
                if isCall { brackets += 1 } else { open += 1 }
            case .leftParen, .leftBrace, .leftBracket: brackets += 1
            case .rightParen where brackets == 0:
                open -= 1
                if open == 0 { return hasWith && (isOperand || effectiveKind(at: next + 1).isLogicalOperator) }
            case .rightParen, .rightBrace, .rightBracket: brackets -= 1
            case .with where brackets == 0 && open == 1: hasWith = true
            case .and, .or, .not:
                if brackets == 0, tokens[next - 1].kind != .dot, !isRefHead(next) { return true }
            default: break
            }
            next += 1
        }
        return false
    }

    /// True for tokens after which an adjacent parenthesis is a call.
    private func isNameOrBracket(_ kind: TokenKind) -> Bool {
        kind == .identifier || kind == .rightBracket || kind == .contains
    }

    private func isRefHead(_ index: Int) -> Bool {
        let following = tokens[min(index + 1, tokens.count - 1)]
        return !following.spaceBefore && (following.kind == .dot || following.kind == .leftBracket)
    }

    /// `not` and what it negates.
    mutating func parseNegation() throws(Failure) -> Expr {
        let start = token.start
        advance()
        switch kind {
        case .some: throw unexpected("illegal negation of 'some'")
        case .every: throw unexpected("illegal negation of 'every'")
        default: break
        }
        guard keywords.contains(.futureNot) else {
            var expr = try parseExpr()
            expr.negated = true
            expr.location = location(from: start)
            return expr
        }
        try enter()
        let body = try parseNegatedBody()
        depth -= 1
        return Expr(.not(body), location: location(from: start))
    }

    private mutating func parseNegatedBody() throws(Failure) -> Body {
        if kind == .leftBrace { return try parseExplicitOperand() }
        if kind == .leftParen, isGroup(isOperand: true) { return Body([try parseGroup()], isImplicit: true) }
        return Body([try parseExpr()], isImplicit: true)
    }

    /// A body in braces; what could as well be a set, object or comprehension is refused, as OPA does.
    private mutating func parseExplicitOperand() throws(Failure) -> Body {
        let start = index
        try enter()
        var comprehension: Term?
        if let term = attempt({ parser throws(Failure) in try parser.parseTerm() }) {
            switch term.value {
            case .object(let items) where !items.isEmpty:
                let text = text(from: term.location.start, to: term.location.end)
                throw fail(
                    "`{...}` in an operand position must contain expression(s), got: object", at: term.location,
                    hint: "write `(\(text))` for the value, or `{\(text)}` for a body holding it")
            case .setComprehension, .objectComprehension: comprehension = term
            default: break
            }
            move(to: start)
        }
        advance()
        let isGrouped = kind == .leftParen || kind == .or
        let body: Body
        do {
            body = try parseBody(until: .rightBrace)
        } catch {
            guard let comprehension else { throw error }
            throw fail(
                "an operand cannot begin with `{` unless the braces hold a body", at: comprehension.location,
                hint:
                    "write `(\(text(from: comprehension.location.start, to: comprehension.location.end)))` for the comprehension")
        }
        if !isGrouped, case .call(let union)? = body.exprs.first?.kind, union.infix == .or {
            throw fail(
                "ambiguous `{ ... | ... }` operand: read as a body holding a set-union expression, not as a comprehension",
                at: body.exprs[0].location,
                hint: "write `({ ... | ... })` for the comprehension, or `{(... | ...)}` for the set union")
        }
        depth -= 1
        return body
    }
}

extension Expr {
    fileprivate var isPrint: Bool {
        let call: Call
        switch kind {
        case .call(let called): call = called
        case .term(let term): if case .call(let called) = term.value { call = called } else { return false }
        default: return false
        }
        return !negated && call.operator.builtinName == "print"
    }
}

extension TokenKind {
    /// True for the words `and` and `or` where they are keywords.
    var isLogicalOperator: Bool { self == .and || self == .or }
}

extension KeywordSet {
    /// `import future.keywords.not`; the word itself is always a keyword.
    static let futureNot = KeywordSet(rawValue: 1 << 31)
}
