/// Rules and their heads.
extension Parser {
    /// A rule, with chained bodies as rules of their own.
    mutating func parseRules() throws(Failure) -> [Rule] {
        let start = token.start
        var isDefault = false
        if isKeywordUsedAsName {
            kind = .identifier
        } else if kind == .default {
            isDefault = true
            advance()
            if isKeywordUsedAsName { kind = .identifier }
            if kind != .identifier, !kind.isLogicalOperator {
                move(to: index - 1)
                throw unexpected()
            }
        }
        if kind.isLogicalOperator { kind = .identifier }
        guard kind == .identifier else { return [try parseStatementAsRule(start)] }
        let touches = !tokens[min(index + 1, tokens.count - 1)].spaceBefore
        var head = try parseHead(isDefault: isDefault)
        if isDefault { return [try finishDefault(head, start)] }
        let hasIf = kind == .if && !isKeywordUsedAsName
        guard hasIf || kind == .leftBrace else {
            if !touches, !head.usesContains, head.ref.terms.count > 1 || head.isFunction {
                // OPA tolerates `p [x]` only before a body.
                throw fail("var cannot be used for rule name", at: head.ref.terms[0].location)
            }
            return [try finishWithoutBody(head, start)]
        }
        head.usesIf = hasIf
        completeHead(&head, isV0PartialSet: !hasIf)
        let body = try parseRuleBody(hasIf: hasIf)
        var rule = Rule(head: head, body: body, location: location(from: start))
        if kind == .else, !isKeywordUsedAsName { rule.elseRules = try parseElse(of: head) }
        rule.location = location(from: start)
        return try parseChainedBodies(rule)
    }

    /// Fills in `true`, or turns `p[x]` without `if` and value into a partial set, as v0 has it.
    private func completeHead(_ head: inout Head, isV0PartialSet: Bool) {
        guard head.value == nil, head.key == nil else { return }
        if isV0PartialSet, head.args.isEmpty, head.ref.terms.count == 2 {
            head.key = head.ref.terms.removeLast()
        } else {
            head.value = Term(.bool(true), location: head.location)
            head.isValueGenerated = true
        }
    }

    private func generatedBody(at place: Location) -> Body {
        Body([Expr(.term(Term(.bool(true), location: place)), location: place)])
    }

    private mutating func finishDefault(_ head: Head, _ start: UInt32) throws(Failure) -> Rule {
        let place = location(from: start)
        var head = head
        if head.value == nil {
            guard head.ref.terms.count != 2, head.key == nil else {
                throw fail("illegal default rule (must have a value)", at: place)
            }
            completeHead(&head, isV0PartialSet: false)
        }
        let rule = Rule(
            head: head, body: generatedBody(at: place), isBodyGenerated: true, isDefault: true, location: place)
        if let problem = DefaultRuleCheck.problem(of: rule) {
            throw fail("illegal default rule (\(problem.message))", at: problem.location)
        }
        return rule
    }

    private mutating func finishWithoutBody(_ head: Head, _ start: UInt32) throws(Failure) -> Rule {
        var head = head
        let place = location(from: start)
        if kind == .with, !isKeywordUsedAsName {
            throw fail("expressions using with keyword cannot be used for rule head")
        }
        if kind == .semicolon {
            advance()
            guard kind != .endOfFile else { throw unexpected() }
            throw fail("multiple expressions cannot be used for rule head", at: place)
        }
        if head.value == nil, head.key == nil {
            if head.args.isEmpty, head.ref.terms.count == 1 {
                throw fail(
                    "\(head.ref.terms[0].value.kindName) cannot be used for rule name", at: place,
                    hint: tokenText == "if" || tokenText == "contains" ? "`import rego.v1` for the keyword \(tokenText)" : nil)
            }
            let isCall = !head.args.isEmpty
            completeHead(&head, isV0PartialSet: true)
            // OPA takes a lone `f(x)` for a definition with the value `true`.
            if isCall { head.isValueGenerated = false }
        }
        return Rule(head: head, body: generatedBody(at: place), isBodyGenerated: true, location: place)
    }

    /// A statement that cannot begin a rule; says what it is instead.
    private mutating func parseStatementAsRule(_ start: UInt32) throws(Failure) -> Rule {
        let expr = try parseLiteral()
        if kind == .semicolon { throw fail("multiple expressions cannot be used for rule head", at: expr.location) }
        throw fail(Self.reasonForNoRule(expr), at: expr.location)
    }

    private static func reasonForNoRule(_ expr: Expr) -> String {
        if !expr.with.isEmpty { return "expressions using with keyword cannot be used for rule head" }
        if expr.negated { return "negated expressions cannot be used for rule head" }
        switch expr.kind {
        case .term(let term): return "\(term.value.kindName) cannot be used for rule name"
        case .someDecl: return "'some' declarations cannot be used for rule head"
        case .call(let call):
            guard call.infix == .assign || call.infix == .eq, let left = call.args.first else {
                return "expression cannot be used for rule head"
            }
            return "\(left.value.kindName) cannot be used for rule name"
        default: return "expression cannot be used for rule head"
        }
    }

    private mutating func parseHead(isDefault: Bool) throws(Failure) -> Head {
        let start = token.start
        let (ref, args) = try parseHeadName()
        var head = Head(ref: ref, args: args ?? [], location: location(from: start))
        let name = ref.builtinName ?? text(from: start, to: previousEnd)
        switch kind {
        case .contains where !isKeywordUsedAsName:
            guard args == nil else {
                throw unexpected(
                    "the contains keyword can only be used with multi-value rule definitions (e.g., \(name) contains <VALUE> { ... })"
                )
            }
            advance()
            head.key = try parseInfix(allowsKey: true)
            head.usesContains = true
        case .unify, .assign:
            head.assign = kind == .assign
            advance()
            guard kind != .endOfFile else { throw unexpected(Self.missingValueNote(head, name, isDefault: isDefault)) }
            head.value = try parseInfix(allowsKey: true)
        default: break
        }
        head.location = location(from: start)
        return head
    }

    private static func missingValueNote(_ head: Head, _ name: String, isDefault: Bool) -> String {
        if !head.assign { return "expected rule value term (e.g., \(name) = <VALUE> { ... })" }
        if head.isFunction { return "expected function value term (e.g., \(name)(...) := <VALUE> { ... })" }
        if isDefault { return "expected default rule value term (e.g., default \(name) := <VALUE>)" }
        return "expected rule value term (e.g., \(name) := <VALUE> { ... })"
    }

    /// The ref and arguments; unlike in other terms, white space may follow the first name.
    private mutating func parseHeadName() throws(Failure) -> (Ref, [Term]?) {
        let first = parseVar()
        if Operator(infix: kind) != nil, kind != .assign, kind != .unify { throw unexpected() }
        guard kind == .dot || kind == .leftBracket || kind == .leftParen else { return (Ref([first]), nil) }
        let term = try parseRef(first)
        switch term.value {
        case .ref(let ref) where ref.terms[0].value.isVar: return (ref, nil)
        case .call(let call) where call.operator.terms[0].value.isVar:
            // OPA takes `f() := 1` for a rule, but refuses a lone `f()`.
            guard !call.args.isEmpty || kind == .assign || kind == .unify || kind == .if || kind == .leftBrace else {
                throw fail("rule argument list must take at least one argument", at: term.location)
            }
            return (call.operator, call.args)
        default: throw fail("invalid rule head: \(text(from: term.location.start, to: term.location.end))", at: term.location)
        }
    }

    private mutating func parseRuleBody(hasIf: Bool) throws(Failure) -> Body {
        guard hasIf else {
            advance()
            return try parseBody(until: .rightBrace)
        }
        advance()
        guard kind == .leftBrace, !closesBeforeLogicalOperator() else { return Body([try parseLiteral()]) }
        guard mayBeLiteral() else {
            advance()
            return try parseBody(until: .rightBrace)
        }
        // A set is never false or undefined, so OPA reads `if { x }` as a body; other literals stay literals.
        let literal = attempt { parser throws(Failure) -> Expr? in
            let expr = try parser.parseLiteral()
            if case .term(let term) = expr.kind, case .set = term.value { return nil }
            return expr
        }
        if let literal { return Body([literal]) }
        advance()
        return try parseBody(until: .rightBrace)
    }

    /// False when the braces at the current token can only hold a body: the usual case, decided without trying.
    private func mayBeLiteral() -> Bool {
        var open = 0
        var next = index
        while next < tokens.count - 1 {
            let kind = tokens[next].kind
            switch kind {
            case .leftBrace, .leftBracket, .leftParen: open += 1
            case .rightBrace, .rightBracket, .rightParen:
                open -= 1
                if open == 0 { return next == index + 1 || Self.canFollowLiteral(tokens[next + 1]) }
            case .assign, .unify, .semicolon, .some, .every, .not, .with:
                if open == 1, kind == .assign || kind == .unify || kind == .semicolon || next == index + 1 { return false }
            case .comma, .pipe, .colon:
                if open == 1 { return true }
            default: break
            }
            next += 1
        }
        return false
    }

    /// True for what can go on with an expression that began with braces.
    private static func canFollowLiteral(_ token: Token) -> Bool {
        switch token.kind {
        case .dot, .leftBracket, .leftParen: !token.spaceBefore
        case .in, .with: true
        default: Operator(infix: token.kind) != nil
        }
    }

    private mutating func parseChainedBodies(_ rule: Rule) throws(Failure) -> [Rule] {
        var rules = [rule]
        while kind == .leftBrace {
            guard rule.elseRules.isEmpty else { throw fail("expected else keyword") }
            let start = token.start
            advance()
            let body = try parseBody(until: .rightBrace)
            var head = rule.head
            head.args = freshWildcards(head.args)
            head.location = location(from: start)
            rules.append(Rule(head: head, body: body, location: location(from: start)))
        }
        return rules
    }

    private mutating func freshWildcards(_ args: [Term]) -> [Term] {
        var args = args
        for index in args.indices where args[index].value.isWildcard { args[index].value = .var(newWildcard()) }
        return args
    }

    private mutating func parseElse(of head: Head) throws(Failure) -> [Rule] {
        if head.ref.terms.dropFirst().contains(where: { !$0.value.isGround }) {
            throw fail("else keyword cannot be used on rules with variables in head")
        }
        if head.isPartialSet { throw fail("else keyword cannot be used on multi-value rules") }
        var branches: [Rule] = []
        while kind == .else, !isKeywordUsedAsName {
            // Readers of the tree nest branches in one another.
            guard branches.count < options.maximumDepth else { throw fail("max parsing recursion depth exceeded") }
            branches.append(try parseElseBranch(of: head))
        }
        return branches
    }

    private mutating func parseElseBranch(of head: Head) throws(Failure) -> Rule {
        let start = token.start
        var head = Head(ref: head.ref, args: freshWildcards(head.args), location: tokenLocation)
        advance()
        switch kind {
        case .leftBrace, .if:
            head.value = Term(.bool(true), location: head.location)
            head.isValueGenerated = true
        case .assign, .unify:
            head.assign = kind == .assign
            advance()
            head.value = try parseInfix(allowsKey: true)
            head.location = location(from: start)
        default: throw unexpected("expected else value term or rule body")
        }
        head.usesIf = kind == .if
        guard head.usesIf || kind == .leftBrace else {
            let place = location(from: start)
            return Rule(head: head, body: generatedBody(at: place), isBodyGenerated: true, location: place)
        }
        if head.usesIf { advance() }
        guard kind != .endOfFile else { throw unexpected("rule body expected") }
        let body: Body
        if kind == .leftBrace, !closesBeforeLogicalOperator() {
            advance()
            body = try parseBody(until: .rightBrace)
        } else {
            body = Body([try parseLiteral()])
        }
        return Rule(head: head, body: body, location: location(from: start))
    }
}

/// What a default rule must not have.
enum DefaultRuleCheck {
    static func problem(of rule: Rule) -> (message: String, location: Location)? {
        if let value = rule.head.value, let name = firstVariablePart(of: value) {
            return ("value cannot contain \(name)", rule.location)
        }
        var names: Set<String> = []
        for arg in rule.head.args {
            guard case .var(let name) = arg.value else {
                return ("arguments cannot contain \(arg.value.kindName)", arg.location)
            }
            guard names.insert(name).inserted else { return ("arguments cannot be repeated \(name)", arg.location) }
        }
        return nil
    }

    /// The kind of the first ref, var or call outside comprehensions.
    private static func firstVariablePart(of term: Term) -> String? {
        switch term.value {
        case .ref, .var, .call: return term.value.kindName
        case .array(let terms), .set(let terms): return terms.lazy.compactMap(firstVariablePart).first
        case .object(let items):
            return items.lazy.compactMap { firstVariablePart(of: $0.key) ?? firstVariablePart(of: $0.value) }.first
        case .templateString(let template):
            for case .expr(let expr) in template.parts {
                if case .term(let term) = expr.kind {
                    if let name = firstVariablePart(of: term) { return name }
                } else {
                    return "call"
                }
            }
            return nil
        default: return nil
        }
    }
}
