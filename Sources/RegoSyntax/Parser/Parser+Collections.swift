/// Arrays, sets, objects and comprehensions.
///
/// `{a | b}` could be a set of a union; OPA reads it as a comprehension and falls back to a union
/// only where a comma shows that it was a list.
extension Parser {
    mutating func parseArray() throws(Failure) -> Term {
        let start = token.start
        advance()
        if kind == .rightBracket { return close(.array([]), start) }
        let mayBeComprehension = !skipLeadingComma()
        let elementStart = token.start
        let first = try parseTerm()
        if kind == .pipe, mayBeComprehension, let body = try parseComprehensionBody(until: .rightBracket) {
            return close(.arrayComprehension(Comprehension(head: first, body: body)), start)
        }
        let elements = try parseElements(first, elementStart, until: .rightBracket)
        return close(.array(elements), start)
    }

    mutating func parseSetOrObject() throws(Failure) -> Term {
        let start = token.start
        advance()
        if kind == .rightBrace { return close(.object([]), start) }
        let mayBeComprehension = !skipLeadingComma()
        let elementStart = token.start
        let first = try parseTerm()
        if kind == .pipe, mayBeComprehension, let body = try parseComprehensionBody(until: .rightBrace) {
            return close(.setComprehension(Comprehension(head: first, body: body)), start)
        }
        let head = try continueInfix(first, start: elementStart)
        switch kind {
        case .colon:
            advance()
            return try parseObject(key: head, mayBeComprehension: mayBeComprehension, start: start)
        case .rightBrace: return close(.set([head]), start)
        case .comma:
            advance()
            return close(.set(try parseTermList(until: .rightBrace, startingWith: head)), start)
        default: throw unexpected("non-terminated set")
        }
    }

    private mutating func close(_ value: TermValue, _ start: UInt32) -> Term {
        advance()
        return Term(value, location: location(from: start))
    }

    /// OPA accepts `[, 1]` and `{, 1}`.
    private mutating func skipLeadingComma() -> Bool {
        guard kind == .comma else { return false }
        advance()
        return true
    }

    private mutating func parseElements(_ first: Term, _ start: UInt32, until end: TokenKind) throws(Failure) -> [Term] {
        let head = try continueInfix(first, start: start)
        if kind == end { return [head] }
        guard kind == .comma else { throw unexpected("expected \",\" or \"\(end.description)\"") }
        advance()
        return try parseTermList(until: end, startingWith: head)
    }

    /// The body after `|`, up to its closing token; nil, with the position back at `|`, when a comma shows that this is no comprehension.
    private mutating func parseComprehensionBody(until end: TokenKind) throws(Failure) -> Body? {
        let start = index
        let wildcard = nextWildcard
        let outerDepth = depth
        attempts += 1
        do {
            advance()
            try enter()
            let body = try parseQuery(until: end)
            depth -= 1
            attempts -= 1
            return body
        } catch {
            attempts -= 1
            guard kind == .comma else {
                if attempts == 0, let lastFailure { diagnostics.append(lastFailure) }
                throw error
            }
            move(to: start)
            nextWildcard = wildcard
            depth = outerDepth
            return nil
        }
    }

    private mutating func parseObject(key: Term, mayBeComprehension: Bool, start: UInt32) throws(Failure) -> Term {
        let valueStart = token.start
        let first = try parseTerm()
        if kind == .pipe, mayBeComprehension, let body = try parseComprehensionBody(until: .rightBrace) {
            return close(.objectComprehension(ObjectComprehension(key: key, value: first, body: body)), start)
        }
        var items: [ObjectItem] = []
        let value = try continueInfix(first, start: valueStart)
        if kind == .comma { items.reserveCapacity(4) }
        items.append(ObjectItem(key: key, value: value))
        while kind == .comma {
            advance()
            if kind == .rightBrace { break }
            let key = try parseInfix(allowsKey: false)
            guard kind == .colon else { throw unexpected("expected \":\"") }
            advance()
            items.append(ObjectItem(key: key, value: try parseInfix(allowsKey: false)))
        }
        guard kind == .rightBrace else { throw unexpected("non-terminated object") }
        return close(.object(items), start)
    }
}
