import Diagnostics

/// Rules.
extension FormatWriter {
    /// A rule with its `else` branches; never fails, as a rule can be copied whole.
    mutating func writeRule(_ rule: Rule, nextStart: UInt32) {
        let chained = isChained(rule)
        try? writeOrCopy(rule.location) { writer throws(Misplaced) in
            if rule.isDefault { writer.write("default ") }
            try writer.writeParts(rule, isChained: chained)
        }
        endLine(before: nextStart)
    }

    /// True for a v0 body `{ … }` that shares the head before it.
    private func isChained(_ rule: Rule) -> Bool { byte(at: rule.location.start) == UInt8(ascii: "{") }

    private mutating func writeParts(_ rule: Rule, isChained: Bool) throws(Misplaced) {
        try writeHead(rule)
        var hasBlock = false
        if !isConstant(rule) { hasBlock = try writeBody(of: rule) }
        for branch in rule.elseRules {
            let start = branch.location.start
            if hasBlock, !tokens[tokenIndex(at: start)].newlineBefore, comment(before: start) == nil {
                write(" ")
            } else {
                endLine(before: start)
                blankLine()
                try placeComments(before: start)
            }
            write("else")
            try writeValue(branch.head, isRequired: branch.isBodyGenerated)
            hasBlock = branch.isBodyGenerated ? false : try writeBody(of: branch)
        }
    }

    /// True when a body `true` can be left out; comments in it keep it.
    func isConstant(_ rule: Rule) -> Bool {
        if rule.isBodyGenerated { return true }
        guard rule.elseRules.isEmpty, rule.body.exprs.count == 1, let expr = rule.body.exprs.first, !expr.negated,
            expr.with.isEmpty, case .term(let term) = expr.kind, case .bool(true) = term.value
        else { return false }
        return !hasComment(from: rule.head.location.end, to: rule.location.end)
    }

    private func hasComment(from start: UInt32, to end: UInt32) -> Bool {
        module.comments[nextComment...].contains { $0.location.start >= start && $0.location.start < end }
    }

    // MARK: Heads

    private mutating func writeHead(_ rule: Rule) throws(Misplaced) {
        let head = rule.head
        // The head of a chained body stands elsewhere in the source; its own location is the body.
        let place = Location(start: head.ref.terms[0].location.start, end: max(head.location.end, head.ref.terms[0].location.end))
        let copies = !isChained(rule) && (head.key == nil || head.usesContains || !style.writesContains)
        guard copies else { return try writeHeadParts(rule) }
        try writeOrCopy(place) { writer throws(Misplaced) in try writer.writeHeadParts(rule) }
    }

    private mutating func writeHeadParts(_ rule: Rule) throws(Misplaced) {
        let head = rule.head
        try writeRef(head.ref, keepsBrackets: head.ref.terms.count == 2)
        if head.isFunction {
            let open = head.ref.terms[head.ref.terms.count - 1].location.end
            try writeArguments(head.args, from: open)
        }
        if let key = head.key { return try writeKey(key) }
        let isFunctionOfTrue = head.isFunction && isTrue(head.value)
        let isRequired = rule.isDefault || (isConstant(rule) && !(isFunctionOfTrue && !isWritten(head)))
        try writeValue(head, isRequired: isRequired)
    }

    private mutating func writeKey(_ key: Term) throws(Misplaced) {
        if style.writesContains {
            write(" contains ")
            return try writeTerm(key)
        }
        write("[")
        try writeTerm(key)
        write("]")
    }

    private func isTrue(_ value: Term?) -> Bool {
        if case .bool(true) = value?.value { return true }
        return false
    }

    /// True when the value stands in the source; a lone `f(x)` has one that is not generated either.
    private func isWritten(_ head: Head) -> Bool {
        guard let value = head.value, !head.isValueGenerated else { return false }
        return value.location.start >= (head.args.last?.location.end ?? head.ref.terms[head.ref.terms.count - 1].location.end)
    }

    /// `:= value`; the value `true` is left out before a body.
    private mutating func writeValue(_ head: Head, isRequired: Bool) throws(Misplaced) {
        guard let value = head.value else { return }
        if isTrue(value), !isRequired,
            head.ref.terms.allSatisfy({ $0.value.isVar == false }) || head.ref.terms.count == 1 || !isWritten(head)
        {
            return
        }
        write(head.assign || style.writesAssign || !isWritten(head) && style.writesIf ? " := " : " = ")
        try writeTerm(value)
    }

    // MARK: Bodies

    /// The body of a rule or branch; true when it ends in a brace.
    private mutating func writeBody(of rule: Rule) throws(Misplaced) -> Bool {
        if style.writesIf { write(" if") }
        let exprs = rule.body.exprs
        let end = exprs[exprs.count - 1].location.end
        let close = hasBraces(rule) ? closer(after: end) : end
        if style.writesIf, exprs.count == 1, staysOnLine(exprs[0], of: rule) {
            write(" ")
            try writeStatement(exprs[0])
            return false
        }
        write(" {")
        try writeBlock(rule.body, close: close)
        write("}")
        return true
    }

    /// True when the only statement of a body can follow `if` on the line.
    func staysOnLine(_ expr: Expr, of rule: Rule) -> Bool {
        let headEnd = rule.head.location.end
        let start = isChained(rule) ? rule.location.start : headEnd
        guard row(expr.location.start) == row(start), !hasComment(from: start, to: expr.location.start) else { return false }
        if case .term(let term) = expr.kind, !expr.negated, case .set = term.value { return false }
        if hasBraces(rule) {
            let close = closer(after: expr.location.end)
            if module.comments[nextComment...].contains(where: {
                $0.location.start > expr.location.end && $0.location.start < close && !isBehindCode($0)
            }) {
                return false
            }
            return !startsWithBrace(expr)
        }
        return true
    }

    /// True when the source has the body in braces, not as a literal after `if`.
    private func hasBraces(_ rule: Rule) -> Bool {
        guard let first = rule.body.exprs.first else { return false }
        var index = tokenIndex(at: first.location.start) - 1
        while index > 0, tokens[index].kind == .leftParen { index -= 1 }
        return index > 0 && tokens[index].kind == .leftBrace
    }

    /// The lines of a body in braces; the opening brace is written, the closing one is not.
    mutating func writeBlock(_ body: Body, close: UInt32) throws(Misplaced) {
        endLine(before: body.exprs[0].location.start)
        level += 1
        for (index, expr) in body.exprs.enumerated() {
            if index > 0, row(expr.location.start) > row(endOf(body.exprs[index - 1])) + 1 { blankLine() }
            try placeComments(before: expr.location.start)
            try writeStatement(expr)
            endLine(before: index + 1 < body.exprs.count ? body.exprs[index + 1].location.start : close)
        }
        try placeComments(before: close)
        level -= 1
    }

    private func endOf(_ expr: Expr) -> UInt32 { max(expr.location.start, expr.location.end) }
}
