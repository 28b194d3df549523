import Diagnostics

/// Terms.
extension FormatWriter {
    mutating func writeTerm(_ term: Term) throws(Misplaced) {
        guard comment(before: term.location.start) == nil else { throw Misplaced() }
        switch term.value {
        case .null: write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .number(let text): write(text)
        case .string(let value):
            // The key of v0's `p.foo { … }` is a name without quotes in the source.
            write(isQuoted(term.location) ? text(term.location) : "\"" + value + "\"")
        case .templateString(let template): try writeTemplate(template, term.location)
        case .var(let name): write(term.value.isWildcard ? "_" : name)
        case .ref(let ref): try writeRef(ref)
        case .array(let terms):
            try writeList(terms.map(ListItem.term), open: "[", close: "]", from: term.location.start, to: term.location.end - 1)
        case .set(let terms):
            if terms.isEmpty { return write("set()") }
            try writeList(terms.map(ListItem.term), open: "{", close: "}", from: term.location.start, to: term.location.end - 1)
        case .object(let items):
            try writeList(items.map(ListItem.pair), open: "{", close: "}", from: term.location.start, to: term.location.end - 1)
        case .call(let call): try writeCall(call)
        case .arrayComprehension(let node):
            try writeComprehension("[", nil, node.head, node.body, "]", term.location)
        case .setComprehension(let node):
            try writeComprehension("{", nil, node.head, node.body, "}", term.location)
        case .objectComprehension(let node):
            try writeComprehension("{", node.key, node.value, node.body, "}", term.location)
        }
    }

    // MARK: Refs

    /// A ref; `.name` where a name can stand, unless the source has a keyword in brackets.
    mutating func writeRef(_ ref: Ref, keepsBrackets: Bool = false) throws(Misplaced) {
        guard let head = ref.terms.first else { return }
        if case .call(let call) = head.value, infix(call) != nil {
            write("(")
            try writeTerm(head)
            write(")")
        } else {
            try writeTerm(head)
        }
        for part in ref.terms.dropFirst() {
            guard comment(before: part.location.start) == nil else { throw Misplaced() }
            if case .string(let name) = part.value {
                if isQuoted(part.location), keepsBrackets || !Self.isName(name) || Self.isKeyword(name) {
                    write("[" + text(part.location) + "]")
                } else {
                    write("." + name)
                }
            } else {
                write("[")
                try writeTerm(part)
                write("]")
            }
        }
    }

    private func isQuoted(_ location: Location) -> Bool {
        let first = byte(at: location.start)
        return first == UInt8(ascii: "\"") || first == UInt8(ascii: "`")
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, Lexer.isLetter(first) else { return false }
        return text.utf8.allSatisfy(Lexer.isWordByte)
    }

    private static func isKeyword(_ text: String) -> Bool {
        let lexed = LexedText(Array(text.utf8))
        return lexed.tokens.count == 2 && KeywordSet.v1.contains(.of(lexed.tokens[0].kind))
    }

    // MARK: Calls

    /// The infix operator of a call written as such; `plus(1, 2)` stays a call.
    func infix(_ call: Call) -> Operator? {
        guard let name = call.infix else { return nil }
        let first = byte(at: call.operatorLocation.start)
        let isWord = Lexer.isLetter(first)
        switch name {
        case .member, .memberWithKey: return text(call.operatorLocation) == "in" ? name : nil
        default: return isWord ? nil : name
        }
    }

    /// A call inside a term: every infix operand that is infix itself gets parentheses, as `opa fmt` has it.
    private mutating func writeCall(_ call: Call) throws(Misplaced) {
        guard let name = infix(call) else { return try writePlainCall(call) }
        // Where a list of terms may stand, `k, v in xs` would be read as two elements.
        if name == .memberWithKey { write("(") }
        try writeInfix(name, call.args) { name, argument in name != .member || argument != 0 }
        if name == .memberWithKey { write(")") }
    }

    mutating func writePlainCall(_ call: Call) throws(Misplaced) {
        try writeRef(call.operator)
        try writeArguments(call.args, from: call.operatorLocation.end)
    }

    /// Arguments in the parentheses that open at or after an offset.
    mutating func writeArguments(_ args: [Term], from open: UInt32) throws(Misplaced) {
        let start = tokens[tokenIndex(at: open)...].first { $0.kind == .leftParen }?.start ?? open
        try writeList(args.map(ListItem.term), open: "(", close: ")", from: start, to: closingParenthesis(from: start))
    }

    /// Operands around a symbol; the closure says whether an operand that is itself a call of an infix operator
    /// gets parentheses even where precedence needs none.
    mutating func writeInfix(
        _ name: Operator, _ args: [Term], wrapsFirst: Bool = false, parenthesizes: (Operator, Int) -> Bool
    ) throws(Misplaced) {
        for (index, arg) in args.enumerated() {
            if index > 0 { write(index + 1 < args.count ? ", " : " " + name.symbol + " ") }
            if wrapsFirst, index == 0 {
                write("(")
                try writeTerm(arg)
                write(")")
                continue
            }
            guard case .call(let nested) = arg.value, let inner = infix(nested) else {
                try writeTerm(arg)
                continue
            }
            let isLast = index + 1 == args.count
            let needs = inner.precedence < name.precedence || (inner.precedence == name.precedence && (isLast || args.count == 3))
            if inner != .memberWithKey, needs || parenthesizes(name, index) {
                write("(")
                try writeTerm(arg)
                write(")")
            } else {
                try writeTerm(arg)
            }
        }
    }

    // MARK: Comprehensions

    private mutating func writeComprehension(
        _ open: String, _ key: Term?, _ head: Term, _ body: Body, _ close: String, _ location: Location
    ) throws(Misplaced) {
        write(open)
        if let key {
            try writeHeadTerm(key, isPrimary: false)
            write(": ")
        } else if row(head.location.start) > row(location.start) {
            // What stands on a line of its own keeps it, as deep as the line that the bracket is in.
            endLine(before: head.location.start)
            guard comment(before: head.location.start) == nil else { throw Misplaced() }
        }
        try writeHeadTerm(head, isPrimary: true)
        write(" |")
        // Keys and values move up to the brace, and what is left below it then has lines of its own.
        let start = key == nil ? head.location.start : location.start
        let end = location.end - 1
        let breaks = body.exprs.contains { row($0.location.start) > row(start) } || hasComment(in: body, close: end)
        if breaks {
            try writeBlock(body, close: end)
        } else {
            write(" ")
            try writeInline(body)
            guard comment(before: end) == nil else { throw Misplaced() }
        }
        write(close)
    }

    /// The parser takes a term without operators before `|`, and would read a union key as a comprehension.
    private mutating func writeHeadTerm(_ term: Term, isPrimary: Bool) throws(Misplaced) {
        guard case .call(let call) = term.value, let name = infix(call), name == .or || (isPrimary && name != .memberWithKey)
        else {
            return try writeTerm(term)
        }
        write("(")
        try writeTerm(term)
        write(")")
    }

    func hasComment(in body: Body, close: UInt32) -> Bool {
        guard let first = body.exprs.first else { return false }
        return module.comments[nextComment...].contains { $0.location.start > first.location.start && $0.location.start < close }
    }

    /// Statements on one line, separated by `;`.
    mutating func writeInline(_ body: Body) throws(Misplaced) {
        for (index, expr) in body.exprs.enumerated() {
            if index > 0 { write("; ") }
            try writeExpr(expr)
        }
    }

    // MARK: Template strings

    /// Text from the source, expressions laid out; white space beside the braces goes.
    private mutating func writeTemplate(_ template: TemplateString, _ location: Location) throws(Misplaced) {
        var position = location.start
        for case .expr(let expr) in template.parts {
            let start = expr.location.start
            var end = Int(start)
            while end > 0, Self.isSpace(file.bytes[end - 1]) { end -= 1 }
            guard comment(before: start) == nil, byte(at: UInt32(end - 1)) == UInt8(ascii: "{") else { throw Misplaced() }
            write(file.text(in: Int(position)..<end))
            try writeExpr(expr)
            position = expr.location.end
            while Self.isSpace(byte(at: position)) { position += 1 }
            guard byte(at: position) == UInt8(ascii: "}") else { throw Misplaced() }
        }
        write(file.text(in: Int(position)..<Int(location.end)))
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}

extension Operator {
    /// How tightly it binds; the parser's order.
    var precedence: Int {
        switch self {
        case .assign, .eq: -1
        case .member, .memberWithKey: 0
        case .equal, .neq, .lt, .lte, .gt, .gte: 1
        case .or: 2
        case .and: 3
        case .plus, .minus: 4
        case .mul, .div, .rem: 5
        }
    }

    /// The infix spelling.
    public var symbol: String {
        switch self {
        case .assign: ":="
        case .eq: "="
        case .member, .memberWithKey: "in"
        case .equal: "=="
        case .neq: "!="
        case .lt: "<"
        case .lte: "<="
        case .gt: ">"
        case .gte: ">="
        case .or: "|"
        case .and: "&"
        case .plus: "+"
        case .minus: "-"
        case .mul: "*"
        case .div: "/"
        case .rem: "%"
        }
    }
}
