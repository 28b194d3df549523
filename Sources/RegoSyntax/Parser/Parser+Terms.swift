/// Terms: infix operators, refs and calls.
extension Parser {
    /// How tightly an infix operator binds; higher is tighter. OPA's order.
    private static func precedence(_ kind: TokenKind) -> Int {
        switch kind {
        case .star, .slash, .percent: 5
        case .plus, .minus: 4
        case .ampersand: 3
        case .pipe: 2
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 1
        default: 0
        }
    }

    /// A term with infix operators and `in`; `allowsKey` admits `k, v in xs`.
    mutating func parseInfix(allowsKey: Bool) throws(Failure) -> Term {
        try enter()
        let start = token.start
        let left = try parseOperators(above: 0)
        let result = try parseMembership(left, start: start, allowsKey: allowsKey)
        depth -= 1
        return result
    }

    /// Goes on with a term whose first operand has been read.
    mutating func continueInfix(_ first: consuming Term, start: UInt32) throws(Failure) -> Term {
        try enter()
        let left = try parseOperators(first, start: start, above: 0)
        let result = try parseMembership(left, start: start, allowsKey: false)
        depth -= 1
        return result
    }

    private mutating func parseMembership(_ left: consuming Term, start: UInt32, allowsKey: Bool) throws(Failure) -> Term {
        var left = left
        var chain = 0
        while true {
            if allowsKey, kind == .comma, let call = parseKeyedMembership(key: left, start: start) {
                left = call
            } else if kind == .in, !isKeywordUsedAsName {
                let operatorLocation = tokenLocation
                advance()
                let domain = try parseOperators(above: 0)
                left = call(.member, at: operatorLocation, [left, domain], start: start)
            } else {
                return left
            }
            chain += 1
            guard depth + chain <= options.maximumDepth else { throw fail("max parsing recursion depth exceeded") }
            guard kind == .in else { return left }
        }
    }

    private mutating func parseKeyedMembership(key: Term, start: UInt32) -> Term? {
        attempt { parser throws(Failure) in
            parser.advance()
            let value = try parser.parseOperators(above: 0)
            guard parser.kind == .in else { return nil }
            let operatorLocation = parser.tokenLocation
            parser.advance()
            let domain = try parser.parseOperators(above: 0)
            return parser.call(.memberWithKey, at: operatorLocation, [key, value, domain], start: start)
        }
    }

    private mutating func parseOperators(above minimum: Int) throws(Failure) -> Term {
        let start = token.start
        let first = try parseTerm()
        return try parseOperators(first, start: start, above: minimum)
    }

    /// Operators that bind tighter than `minimum`, all left-associative.
    private mutating func parseOperators(_ first: consuming Term, start: UInt32, above minimum: Int) throws(Failure) -> Term {
        var left = first
        var chain = 0
        while true {
            let precedence = Self.precedence(kind)
            guard precedence > minimum, let name = Operator(infix: kind) else { return left }
            chain += 1
            guard depth + chain <= options.maximumDepth else { throw fail("max parsing recursion depth exceeded") }
            let operatorLocation = tokenLocation
            advance()
            let right = try parseOperators(above: precedence)
            left = call(name, at: operatorLocation, [left, right], start: start)
        }
    }

    private func call(_ name: Operator, at place: Location, _ args: [Term], start: UInt32) -> Term {
        Term(.call(Call(operator: name.ref(at: place), args: args)), location: location(from: start))
    }

    /// A term without operators at its top.
    mutating func parseTerm() throws(Failure) -> Term {
        try enter()
        defer { depth -= 1 }
        if attempts > 0, kind == .leftBrace || kind == .leftBracket { return try parseMemoizedTerm() }
        return try parsePostfix(try parsePrimary())
    }

    /// Attempts may read the same bracketed term again; the second time it is looked up.
    private mutating func parseMemoizedTerm() throws(Failure) -> Term {
        let start = index
        if let entry = memo[start] {
            move(to: entry.next)
            nextWildcard = entry.nextWildcard
            guard let term = entry.term else {
                lastFailure = entry.failure
                throw Failure()
            }
            return term
        }
        do {
            let term = try parsePostfix(try parsePrimary())
            memo[start] = MemoEntry(term: term, next: index, nextWildcard: nextWildcard)
            return term
        } catch {
            memo[start] = MemoEntry(term: nil, next: index, nextWildcard: nextWildcard, failure: lastFailure)
            throw error
        }
    }

    private mutating func parsePrimary() throws(Failure) -> Term {
        let location = tokenLocation
        switch kind {
        case .identifier, .contains: return parseVar()
        case .and, .or:
            // `or(a, b)` calls the function of that name where the word is a keyword, too.
            let next = tokens[min(index + 1, tokens.count - 1)]
            guard next.kind == .leftParen, !next.spaceBefore else { throw unexpected() }
            return parseVar()
        case .null:
            advance()
            return Term(.null, location: location)
        case .true, .false:
            let value = kind == .true
            advance()
            return Term(.bool(value), location: location)
        case .number, .minus, .dot: return try parseNumber()
        case .string, .rawString: return parseString()
        case .templatePart, .templateEnd, .rawTemplatePart, .rawTemplateEnd:
            guard !continuesTemplate else { throw unexpected() }
            return try parseTemplateString()
        case .leftBracket: return try parseArray()
        case .leftBrace: return try parseSetOrObject()
        case .leftParen: return try parseParenthesized()
        default: throw unexpected()
        }
    }

    private mutating func parseParenthesized() throws(Failure) -> Term {
        advance()
        let term = try parseInfix(allowsKey: true)
        guard kind == .rightParen else { throw fail("non-terminated expression") }
        advance()
        return term
    }

    mutating func parseVar() -> Term {
        let location = tokenLocation
        if location.end - location.start == 1, bytes[Int(location.start)] == UInt8(ascii: "_") {
            advance()
            return Term(.var(newWildcard()), location: location)
        }
        let name = tokenText
        advance()
        return Term(.var(name), location: location)
    }

    mutating func newWildcard() -> String {
        nextWildcard += 1
        return "$" + String(nextWildcard - 1)
    }

    /// What touches a term: `.name`, `[…]`, `(…)`.
    mutating func parsePostfix(_ head: consuming Term) throws(Failure) -> Term {
        if !token.spaceBefore, kind == .dot || kind == .leftBracket || kind == .leftParen {
            return try parseRef(head)
        }
        let location = head.location
        if location.end - location.start == 4 || location.end - location.start == 5,
            case .var(let name) = head.value, name == "data" || name == "input"
        {
            return Term(.ref(Ref([head])), location: location)
        }
        return head
    }

    /// A ref or call from its head on; the current token opens the first further part, which need not touch the head.
    mutating func parseRef(_ head: consuming Term) throws(Failure) -> Term {
        switch head.value {
        case .var, .array, .object, .set, .call, .arrayComprehension, .setComprehension, .objectComprehension: break
        default: throw fail("illegal ref (head cannot be \(head.value.kindName))", at: head.location)
        }
        let start = head.location.start
        var terms: [Term] = []
        terms.reserveCapacity(countOfParts() + 1)
        terms.append(head)
        var calls = 0
        while true {
            let touches = !token.spaceBefore || (terms.count == 1 && calls == 0)
            switch kind {
            case .dot where touches:
                terms.append(try parseDotPart())
            case .leftBracket where touches:
                terms.append(try parseBracketPart())
            case .leftParen where touches && (terms.count > 1 || calls == 0):
                calls += 1
                guard depth + calls <= options.maximumDepth else { throw fail("max parsing recursion depth exceeded") }
                let args = try parseArguments()
                let place = location(from: start)
                if args.isEmpty, terms.count == 1, case .var("set") = terms[0].value {
                    terms = [Term(.set([]), location: place)]
                } else {
                    terms = [Term(.call(Call(operator: Ref(terms), args: args)), location: place)]
                }
            default:
                return finishRef(terms, calls: calls, start: start)
            }
        }
    }

    /// How many parts the ref at the current token has at least, so that it is allocated once.
    private func countOfParts() -> Int {
        var count = 0
        var next = index
        while tokens[next].kind == .dot, next + 2 < tokens.count {
            count += 1
            next += 2
        }
        return tokens[next].kind == .leftBracket ? count + 1 : count
    }

    private func finishRef(_ terms: [Term], calls: Int, start: UInt32) -> Term {
        if calls > 0, terms.count == 1 { return terms[0] }
        return Term(.ref(Ref(terms)), location: location(from: start))
    }

    private mutating func parseDotPart() throws(Failure) -> Term {
        advance()
        let isName = kind == .identifier || (kind.isKeyword && options.allowsKeywordsInRefs)
        guard isName, !token.spaceBefore else {
            guard kind == .endOfFile || !token.spaceBefore else {
                throw fail("unexpected whitespace token: expected identifier", at: location(from: previousEnd))
            }
            throw unexpected("expected identifier")
        }
        let term = Term(.string(tokenText), location: tokenLocation)
        advance()
        return term
    }

    private mutating func parseBracketPart() throws(Failure) -> Term {
        advance()
        let term = try parseInfix(allowsKey: true)
        guard kind == .rightBracket else { throw unexpected("expected ]") }
        advance()
        return term
    }

    private mutating func parseArguments() throws(Failure) -> [Term] {
        advance()
        let args = try parseTermList(until: .rightParen)
        advance()
        return args
    }

    /// Terms separated by commas up to a closing token, which stays current; a trailing comma is fine.
    mutating func parseTermList(until end: TokenKind, startingWith first: Term? = nil) throws(Failure) -> [Term] {
        if kind == end { return first.map { [$0] } ?? [] }
        var terms: [Term] = []
        terms.reserveCapacity(4)
        if let first { terms.append(first) }
        while kind != end {
            terms.append(try parseInfix(allowsKey: false))
            if kind == end { break }
            guard kind == .comma else { throw unexpected("expected \",\" or \"\(end.description)\"") }
            advance()
        }
        return terms
    }
}

extension Operator {
    init?(infix kind: TokenKind) {
        switch kind {
        case .plus: self = .plus
        case .minus: self = .minus
        case .star: self = .mul
        case .slash: self = .div
        case .percent: self = .rem
        case .ampersand: self = .and
        case .pipe: self = .or
        case .equal: self = .equal
        case .notEqual: self = .neq
        case .less: self = .lt
        case .lessOrEqual: self = .lte
        case .greater: self = .gt
        case .greaterOrEqual: self = .gte
        case .assign: self = .assign
        case .unify: self = .eq
        default: return nil
        }
    }

    /// The operator ref of a call, at the place of the symbol.
    func ref(at place: Location) -> Ref {
        switch self {
        case .member: Ref([Term(.var("internal"), location: place), Term(.string("member_2"), location: place)])
        case .memberWithKey: Ref([Term(.var("internal"), location: place), Term(.string("member_3"), location: place)])
        default: Ref([Term(.var(rawValue), location: place)])
        }
    }
}
