/// Bodies and the statements in them.
extension Parser {
    /// Statements up to a closing token, which is consumed.
    mutating func parseBody(until end: TokenKind) throws(Failure) -> Body {
        try enter()
        let body = try parseQuery(until: end)
        advance()
        depth -= 1
        return body
    }

    /// Statements separated by `;` or line breaks up to a token, which stays current.
    mutating func parseQuery(until end: TokenKind) throws(Failure) -> Body {
        guard kind != end else { throw fail("found empty body") }
        var exprs: [Expr] = []
        exprs.reserveCapacity(2)
        while true {
            exprs.append(try parseLiteral())
            if kind == .semicolon {
                advance()
                // OPA's own formatter ends queries without one; a last `;` is a mistake.
                continue
            }
            if kind == end { return Body(exprs) }
            guard token.newlineBefore else {
                throw unexpected("expected \\n or ; or \(end.description)", hint: hintForMissingKeyword(after: exprs))
            }
        }
    }

    /// What to import when `in` or `every` was meant but is no keyword yet.
    private func hintForMissingKeyword(after exprs: [Expr]) -> String? {
        guard kind == .identifier, version == .v0, let last = exprs.last else { return nil }
        if token.kind == .in { return "`import future.keywords.in` for `some x in xs` expressions" }
        if case .term(let term) = last.kind, case .var("every") = term.value {
            return "`import future.keywords.every` for `every x in xs { ... }` expressions"
        }
        return nil
    }

    /// One statement with its `with` modifiers.
    mutating func parseLiteral() throws(Failure) -> Expr {
        let start = token.start
        var expr = try parseDisjunction()
        if kind == .with, !isKeywordUsedAsName {
            if case .someDecl(.vars) = expr.kind { return expr }
            expr.with += try parseWith()
            expr.location = location(from: start)
            if kind.isLogicalOperator, !isKeywordUsedAsName {
                throw fail(
                    "`with` modifier is not allowed on operand of `\(kind.description)`", at: expr.with[0].location,
                    hint: "wrap the operand in `(...)` or `{...}`, or move `with` after the `\(kind.description)` expression")
            }
        }
        return expr
    }

    /// A statement without modifiers and logical operators.
    mutating func parseSimpleLiteral() throws(Failure) -> Expr {
        if isKeywordUsedAsName {
            kind = .identifier
            return try parseExpr()
        }
        if kind.isLogicalOperator, tokens[min(index + 1, tokens.count - 1)].kind == .leftParen { kind = .identifier }
        switch kind {
        case .not: return try parseNegation()
        case .some: return try parseSome()
        case .every: return try parseEvery()
        default: return try parseExpr()
        }
    }

    mutating func parseExpr() throws(Failure) -> Expr {
        let start = token.start
        let left = try parseInfix(allowsKey: true)
        if kind == .assign || kind == .unify, let name = Operator(infix: kind) {
            let place = tokenLocation
            advance()
            let right = try parseInfix(allowsKey: true)
            let call = Call(operator: name.ref(at: place), args: [left, right])
            return Expr(.call(call), location: location(from: start))
        }
        if case .call(let call) = left.value { return Expr(.call(call), location: location(from: start)) }
        return Expr(.term(left), location: location(from: start))
    }

    mutating func parseWith() throws(Failure) -> [With] {
        var modifiers: [With] = []
        while kind == .with {
            let start = token.start
            advance()
            if isKeywordUsedAsName { kind = .identifier }
            guard kind == .identifier else { throw unexpected("expected ident") }
            let target = try parseTerm()
            switch target.value {
            case .ref, .var: break
            default: throw unexpected("expected with target path")
            }
            guard kind == .as else { throw unexpected("expected as keyword") }
            advance()
            let value = try parseInfix(allowsKey: true)
            modifiers.append(With(target: target, value: value, location: location(from: start)))
        }
        return modifiers
    }

    private mutating func parseSome() throws(Failure) -> Expr {
        let start = token.start
        advance()
        guard !isListOfVars() else { return try parseSomeVars(start) }
        let first = index
        let term = try parseInfix(allowsKey: true)
        guard case .call(let call) = term.value else {
            move(to: first)
            throw unexpected("expected var")
        }
        switch (call.infix, call.args.count) {
        case (.member, 2):
            let decl = SomeDecl.membership(key: nil, value: call.args[0], domain: call.args[1])
            return Expr(.someDecl(decl), location: location(from: start))
        case (.memberWithKey, 3):
            let decl = SomeDecl.membership(key: call.args[0], value: call.args[1], domain: call.args[2])
            return Expr(.someDecl(decl), location: location(from: start))
        default:
            throw unexpected("expected `x in xs` or `x, y in xs` expression")
        }
    }

    /// True for `x, y` that no `in` follows.
    private func isListOfVars() -> Bool {
        var next = index
        while effectiveKind(at: next) == .identifier {
            next += 1
            guard effectiveKind(at: next) == .comma else { break }
            next += 1
        }
        guard next > index, effectiveKind(at: next - 1) == .identifier else { return false }
        switch effectiveKind(at: next) {
        case .rightBrace, .rightBracket, .semicolon, .endOfFile, .identifier, .with: return true
        default: return tokens[next].newlineBefore && effectiveKind(at: next) != .in
        }
    }

    private mutating func parseSomeVars(_ start: UInt32) throws(Failure) -> Expr {
        var vars: [Term] = []
        while true {
            guard kind == .identifier else { throw unexpected("expected var") }
            vars.append(parseVar())
            guard kind == .comma else { break }
            advance()
        }
        return Expr(.someDecl(.vars(vars)), location: location(from: start))
    }

    private mutating func parseEvery() throws(Failure) -> Expr {
        let start = token.start
        advance()
        let term = try parseInfix(allowsKey: true)
        guard case .call(let call) = term.value, call.infix == .member || call.infix == .memberWithKey else {
            throw unexpected("expected `x[, y] in xs { ... }` expression")
        }
        let value = call.args[call.args.count - 2]
        for arg in call.args.dropLast() where !arg.value.isVar {
            let name = arg.location == value.location ? "value" : "key"
            throw fail("expected \(name) to be a variable", at: arg.location)
        }
        guard kind == .leftBrace else { throw unexpected("missing body") }
        advance()
        let body = try parseBody(until: .rightBrace)
        let key = call.args.count == 3 ? call.args[0] : nil
        let every = Every(
            key: key, value: value, domain: call.args[call.args.count - 1], body: body)
        return Expr(.every(every), location: location(from: start))
    }
}
