import Diagnostics

/// Statements of bodies.
extension FormatWriter {
    /// A statement, copied from the source when a comment in it has no place.
    mutating func writeStatement(_ expr: Expr) throws(Misplaced) {
        try writeOrCopy(expr.location) { writer throws(Misplaced) in try writer.writeExpr(expr) }
    }

    mutating func writeExpr(_ expr: Expr) throws(Misplaced) {
        if expr.negated { write("not ") }
        switch expr.kind {
        case .term(let term): try writeTerm(term)
        case .call(let call): try writeTopCall(call)
        case .someDecl(let decl): try writeSome(decl)
        case .every(let every): try writeEvery(every, expr)
        case .not(let body):
            write("not ")
            try writeOperand(body, of: nil, isRight: true)
        case .logicalAnd: try writeLogical(operands(of: expr, isAnd: true), isAnd: true)
        case .logicalOr: try writeLogical(operands(of: expr, isAnd: false), isAnd: false)
        }
        try writeModifiers(expr)
    }

    /// A call as a statement: its operands need parentheses only where precedence asks for them.
    private mutating func writeTopCall(_ call: Call) throws(Misplaced) {
        guard let name = infix(call) else { return try writePlainCall(call) }
        let keepsFirst = call.args.first.map(mustStayParenthesized) ?? false
        if name == .or { write("(") }
        // What is asked to be in a collection, and the collection, are written as inside of terms.
        let isMembership = name == .member || name == .memberWithKey
        try writeInfix(name, call.args, wrapsFirst: keepsFirst) { _, _ in isMembership }
        if name == .or { write(")") }
    }

    /// Whether the first operand of a statement needs its parentheses: `{a | b < c` would begin a comprehension, and
    /// `-1 + 2 < c` would go on with the statement on the line before.
    private func mustStayParenthesized(_ operand: Term) -> Bool {
        switch operand.value {
        case .number(let text): return text.hasPrefix("-")
        case .call(let call):
            guard let name = infix(call), let first = call.args.first else { return false }
            return name == .or || mustStayParenthesized(first)
        default: return false
        }
    }

    private mutating func writeSome(_ decl: SomeDecl) throws(Misplaced) {
        write("some ")
        switch decl {
        case .membership(let key, let value, let domain):
            try writeInfix(key == nil ? .member : .memberWithKey, (key.map { [$0] } ?? []) + [value, domain]) { _, _ in true }
        case .vars(let vars):
            level += 1
            for (index, term) in vars.enumerated() {
                if index > 0 {
                    write(",")
                    if row(term.location.start) > row(vars[index - 1].location.start) {
                        endLine(before: term.location.start)
                        try placeComments(before: term.location.start)
                    } else {
                        write(" ")
                    }
                }
                try writeTerm(term)
            }
            level -= 1
        }
    }

    private mutating func writeEvery(_ every: Every, _ expr: Expr) throws(Misplaced) {
        write("every ")
        if let key = every.key {
            try writeTerm(key)
            write(", ")
        }
        try writeInfix(.member, [every.value, every.domain]) { _, _ in false }
        write(" ")
        try writeBraced(every.body, from: expr.location.start)
    }

    /// A body in braces, on one line when it starts on the line of its statement and has one line.
    mutating func writeBraced(_ body: Body, from start: UInt32) throws(Misplaced) {
        let close = closer(after: body.exprs[body.exprs.count - 1].location.end)
        let breaks = body.exprs.contains { row($0.location.start) > row(start) } || hasComment(in: body, close: close)
        guard breaks else {
            write("{ ")
            try writeInline(body)
            guard comment(before: close) == nil else { throw Misplaced() }
            return write(" }")
        }
        write("{")
        try writeBlock(body, close: close)
        write("}")
    }

    /// `with` modifiers: on the line of the statement's end, or each on the line it has in the source.
    private mutating func writeModifiers(_ expr: Expr) throws(Misplaced) {
        guard let first = expr.with.first else { return }
        var end = first.location.start
        while end > expr.location.start, [9, 10, 13, 32].contains(byte(at: end - 1)) { end -= 1 }
        var lastRow = row(end > 0 ? end - 1 : 0)
        var isIndented = false
        for (index, modifier) in expr.with.enumerated() {
            if row(modifier.location.start) > lastRow {
                if !isIndented { level += 1 }
                isIndented = true
                endLine(before: modifier.location.start)
                try placeComments(before: modifier.location.start)
                lastRow = row(modifier.location.start)
            } else {
                write(" ")
                if index == 0 { lastRow = row(modifier.location.start) }
            }
            write("with ")
            try writeTerm(modifier.target)
            write(" as ")
            try writeTerm(modifier.value)
        }
        if isIndented { level -= 1 }
    }

    // MARK: and, or, not

    /// The operands of a chain of one operator, which associates to the left.
    private func operands(of expr: Expr, isAnd: Bool) -> [Body] {
        switch (expr.kind, isAnd) {
        case (.logicalAnd(let left, let right), true), (.logicalOr(let left, let right), false):
            guard left.isImplicit, let first = left.exprs.first, first.with.isEmpty else { return [left, right] }
            let earlier = operands(of: first, isAnd: isAnd)
            return (earlier.isEmpty ? [left] : earlier) + [right]
        default: return []
        }
    }

    /// Operands on the lines they have in the source, later lines indented once.
    private mutating func writeLogical(_ operands: [Body], isAnd: Bool) throws(Misplaced) {
        var isIndented = false
        for (index, operand) in operands.enumerated() {
            if index > 0 {
                let (end, start) = sides(ofOperatorAfter: operands[index - 1], isAnd ? "and" : "or")
                write(isAnd ? " and" : " or")
                if row(start) > row(end) {
                    if !isIndented { level += 1 }
                    isIndented = true
                    endLine(before: start)
                    try placeComments(before: start)
                } else {
                    write(" ")
                }
            }
            try writeOperand(operand, of: isAnd, isRight: index > 0)
        }
        if isIndented { level -= 1 }
    }

    /// Where an operand ends, with the bracket that closes it, and where the one behind the operator begins.
    private func sides(ofOperatorAfter operand: Body, _ word: String) -> (end: UInt32, start: UInt32) {
        let last = operand.exprs[operand.exprs.count - 1].location
        let behind = tokenIndex(at: last.end)
        guard
            let operation = tokens[behind...].indices.first(where: {
                text(Location(start: tokens[$0].start, end: tokens[$0].end)) == word
            }),
            operation > 0, operation + 1 < tokens.count
        else { return (last.end, last.end) }
        return (tokens[operation - 1].end, tokens[operation + 1].start)
    }

    /// The brace that opens a body.
    private func opener(of body: Body) -> UInt32 {
        let first = body.exprs[0].location.start
        return tokens[..<tokenIndex(at: first)].last { $0.kind == .leftBrace }?.start ?? first
    }

    /// An operand; `operation` is true in `and`, false in `or`, nil after `not`.
    private mutating func writeOperand(_ body: Body, of operation: Bool?, isRight: Bool) throws(Misplaced) {
        guard body.isImplicit, let expr = body.exprs.first else {
            return try writeBraced(body, from: opener(of: body))
        }
        guard needsParentheses(expr, of: operation, isRight: isRight) else { return try writeExpr(expr) }
        write("(")
        try writeExpr(expr)
        write(")")
    }

    private func needsParentheses(_ expr: Expr, of operation: Bool?, isRight: Bool) -> Bool {
        if !expr.with.isEmpty || startsWithBrace(expr) { return true }
        switch (expr.kind, operation) {
        case (.logicalOr, false): return isRight
        case (.logicalOr, _): return true
        case (.logicalAnd, nil): return true
        case (.logicalAnd, true): return isRight
        case (.not, nil): return true
        default: return false
        }
    }

    /// True when the text of a statement begins with a brace, which would read as a body.
    func startsWithBrace(_ expr: Expr) -> Bool {
        guard !expr.negated else { return false }
        switch expr.kind {
        case .term(let term): return startsWithBrace(term)
        case .call(let call): return infix(call) == nil ? false : call.args.first.map(startsWithBrace) ?? false
        case .logicalAnd(let left, _), .logicalOr(let left, _):
            return !left.isImplicit || left.exprs.first.map(startsWithBrace) ?? false
        default: return false
        }
    }

    private func startsWithBrace(_ term: Term) -> Bool {
        switch term.value {
        case .set(let terms): return !terms.isEmpty
        case .object, .setComprehension, .objectComprehension: return true
        case .ref(let ref): return ref.terms.first.map(startsWithBrace) ?? false
        case .call(let call):
            return infix(call) == nil
                ? call.operator.terms.first.map(startsWithBrace) ?? false : call.args.first.map(startsWithBrace) ?? false
        default: return false
        }
    }
}
