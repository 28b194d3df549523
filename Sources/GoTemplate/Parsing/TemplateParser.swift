import GoLibrary

/// Parses templates with the grammar and the messages of Go's `text/template/parse`.
struct TemplateParser {
    typealias Problem = TemplateProblem

    private let source: TemplateSource
    private let functions: [String: TemplateFunction]
    private let keepsOrigins: Bool
    private let maximumNesting: Int
    private let tokens: [TemplateToken]
    private var index = 0
    /// The token read last, whose line messages show.
    private var last = 0
    private var variables = ["$"]
    private var rangeDepth = 0
    private var depth = 0
    private var actionLine = 0
    private var bodies: [TemplateBody] = []

    init(_ source: TemplateSource, _ set: TemplateSet) {
        (self.source, functions, keepsOrigins) = (source, set.functions, set.keepsOrigins)
        maximumNesting = set.maximumNesting
        tokens = TemplateLexer(source.bytes).tokens
    }

    /// The templates of the text, the one of the whole last.
    mutating func parse() throws(Problem) -> [TemplateBody] {
        var nodes: [TemplateNode] = []
        while peek().kind != .end {
            if peek().kind == .leftDelimiter {
                let mark = index
                _ = next()
                let token = nextNonSpace()
                if token.isKeyword("define") {
                    try definition(token.position)
                    continue
                }
                index = mark
            }
            switch try textOrAction() {
            case .node(let node): nodes.append(node)
            case .closing(let word, _): throw problem("unexpected {{\(word)}}")
            }
        }
        try add(source.name, nodes)
        return bodies
    }

    // MARK: Tokens

    private mutating func next() -> TemplateToken {
        last = index
        if index < tokens.count - 1 { index += 1 }
        return tokens[last]
    }

    private mutating func peek() -> TemplateToken {
        last = index
        return tokens[index]
    }

    private mutating func skipSpace() { while tokens[index].kind == .space { index += 1 } }

    private mutating func nextNonSpace() -> TemplateToken {
        skipSpace()
        return next()
    }

    private mutating func peekNonSpace() -> TemplateToken {
        skipSpace()
        return peek()
    }

    private func problem(_ text: String) -> Problem {
        let token = tokens[last]
        let place = Problem.Place(
            template: source.name, line: token.line, column: nil, file: source.file, offset: token.position)
        return Problem(message: "template: \(source.name):\(token.line): \(text)", places: [place], reason: text)
    }

    private func unexpected(_ token: TemplateToken, _ context: String) -> Problem {
        guard token.kind == .error else { return problem("unexpected \(token.shown) in \(context)") }
        guard actionLine != 0, actionLine != token.line else { return problem(token.shown) }
        let place = "started at \(source.name):\(actionLine)"
        return problem(token.shown + (token.shown.hasSuffix(" action") ? " \(place)" : " in action \(place)"))
    }

    private mutating func expectEnd(_ context: String) throws(Problem) {
        let token = nextNonSpace()
        if token.kind != .rightDelimiter { throw unexpected(token, context) }
    }

    private mutating func deepen() throws(Problem) {
        depth += 1
        if depth > maximumNesting { throw problem("the template nests too deeply") }
    }

    // MARK: Nodes

    private enum Item {
        case node(TemplateNode)
        /// `{{end}}` or `{{else}}`, and where the word stands.
        case closing(String, Int)
    }

    /// Nodes up to `{{end}}` or `{{else}}`.
    private mutating func list() throws(Problem) -> (nodes: [TemplateNode], closing: String, place: Int) {
        try deepen()
        defer { depth -= 1 }
        var nodes: [TemplateNode] = []
        while peekNonSpace().kind != .end {
            switch try textOrAction() {
            case .node(let node): nodes.append(node)
            case .closing(let word, let place): return (nodes, word, place)
            }
        }
        throw problem("unexpected EOF")
    }

    private mutating func textOrAction() throws(Problem) -> Item {
        let token = nextNonSpace()
        switch token.kind {
        case .text: return .node(.text(token.text, position: token.text.startIndex))
        case .leftDelimiter:
            actionLine = token.line
            defer { actionLine = 0 }
            return try action()
        default: throw unexpected(token, "input")
        }
    }

    private mutating func action() throws(Problem) -> Item {
        let mark = index
        let token = nextNonSpace()
        if token.kind == .keyword {
            let word = token.string
            switch word {
            case "if", "range", "with":
                return .node(.branch(try control(BranchNode.Word(rawValue: word) ?? .if, at: token.position)))
            case "block": return .node(try block(token.position))
            case "template": return .node(try call())
            case "break", "continue":
                try expectEnd("{{\(word)}}")
                if rangeDepth == 0 { throw problem("{{\(word)}} outside {{range}}") }
                return .node(word == "break" ? .breakLoop : .continueLoop)
            case "end":
                try expectEnd(word)
                return .closing(word, token.position)
            case "else":
                let next = peekNonSpace()
                if !next.isKeyword("if"), !next.isKeyword("with") { try expectEnd(word) }
                return .closing(word, token.position)
            default: break
            }
        }
        index = mark
        return .node(.output(try pipeline("command", end: .rightDelimiter)))
    }

    private mutating func control(
        _ word: BranchNode.Word, at position: Int, isElse: Bool = false
    ) throws(Problem) -> BranchNode {
        let scope = variables.count
        defer { variables.removeLast(variables.count - scope) }
        let pipeline = try pipeline(word.rawValue, end: .rightDelimiter)
        rangeDepth += word == .range ? 1 : 0
        let (body, closing, place) = try list()
        rangeDepth -= word == .range ? 1 : 0
        var places = BranchNode.Places(word: position, end: place, isElse: isElse)
        if closing == "end" { return BranchNode(word, pipeline, body, otherwise: nil, places) }
        places.otherwise = place
        if word != .range, peek().isKeyword(word.rawValue) {
            let token = next()
            try deepen()
            defer { depth -= 1 }
            let inner = try control(word, at: token.position, isElse: true)
            places.end = inner.places.end
            return BranchNode(word, pipeline, body, otherwise: [.branch(inner)], places)
        }
        let (otherwise, end, last) = try list()
        if end != "end" { throw problem("expected end; found {{\(end)}}") }
        places.end = last
        return BranchNode(word, pipeline, body, otherwise: otherwise, places)
    }

    // MARK: Templates in the template

    private mutating func definition(_ position: Int) throws(Problem) {
        let name = try templateName("define clause")
        try expectEnd("define clause")
        try body(of: name, at: position, "define clause")
    }

    private mutating func block(_ start: Int) throws(Problem) -> TemplateNode {
        let position = peekNonSpace().position
        let name = try templateName("block clause")
        let pipeline = try pipeline("block clause", end: .rightDelimiter)
        try body(of: name, at: start, "block clause")
        return .template(CallNode(position: position, name: name, argument: pipeline))
    }

    /// The body of a template, which sees none of the variables around it.
    private mutating func body(of name: String, at position: Int, _ context: String) throws(Problem) {
        let (outer, loops) = (variables, rangeDepth)
        (variables, rangeDepth) = (["$"], 0)
        let (nodes, closing, end) = try list()
        if closing != "end" { throw problem("unexpected {{\(closing)}} in \(context)") }
        (variables, rangeDepth) = (outer, loops)
        try add(name, nodes, position..<end)
    }

    private mutating func add(_ name: String, _ nodes: [TemplateNode], _ extent: Range<Int>? = nil) throws(Problem) {
        let body = TemplateBody(name: name, nodes: nodes, source: source, extent: extent)
        if let place = bodies.firstIndex(where: { $0.name == name }), !bodies[place].isEmpty {
            if body.isEmpty { return }
            throw problem("template: multiple definition of template \(GoText.quoted(name))")
        }
        bodies.removeAll { $0.name == name }
        bodies.append(body)
    }

    private mutating func call() throws(Problem) -> TemplateNode {
        let position = peekNonSpace().position
        let name = try templateName("template clause")
        if peekNonSpace().kind == .rightDelimiter {
            _ = next()
            return .template(CallNode(position: position, name: name))
        }
        let pipeline = try pipeline("template clause", end: .rightDelimiter)
        return .template(CallNode(position: position, name: name, argument: pipeline))
    }

    private mutating func templateName(_ context: String) throws(Problem) -> String {
        let token = nextNonSpace()
        guard token.kind == .string || token.kind == .rawString else { throw unexpected(token, context) }
        guard let text = TemplateLiteral.string(token.text) else { throw problem("invalid syntax") }
        return String(decoding: text, as: UTF8.self)
    }

    // MARK: Pipelines

    private mutating func pipeline(_ context: String, end: TemplateToken.Kind) throws(Problem) -> Pipeline {
        try deepen()
        defer { depth -= 1 }
        let pipeline = Pipeline(position: peekNonSpace().position)
        try declarations(pipeline, context)
        while true {
            let mark = index
            let token = nextNonSpace()
            if token.kind == end { break }
            switch token.kind {
            case .bool, .characterConstant, .dot, .field, .identifier, .number, .rawString, .string, .variable,
                .openParenthesis:
                break
            case .keyword where token.isKeyword("nil"): break
            default: throw unexpected(token, context)
            }
            index = mark
            pipeline.commands.append(try command())
        }
        if pipeline.commands.isEmpty { throw problem("missing value for \(context)") }
        for (number, command) in pipeline.commands.enumerated().dropFirst() {
            switch command.operands[0].kind {
            case .bool, .dot, .null, .constant, .hugeInteger:
                throw problem("non executable command in pipeline stage \(number + 1)")
            default: break
            }
        }
        return pipeline
    }

    private mutating func declarations(_ pipeline: Pipeline, _ context: String) throws(Problem) {
        while true {
            let mark = index
            let variable = peekNonSpace()
            guard variable.kind == .variable else { return }
            _ = next()
            let token = peekNonSpace()
            let isComma = token.kind == .character && token.string == ","
            guard token.kind == .assign || token.kind == .declare || isComma else {
                index = mark
                return
            }
            _ = next()
            pipeline.variables.append(variable.string)
            variables.append(variable.string)
            if !isComma {
                pipeline.assigns = token.kind == .assign
                return
            }
            guard context == "range", pipeline.variables.count < 2 else {
                throw problem("too many declarations in \(context)")
            }
            switch peekNonSpace().kind {
            case .variable, .rightDelimiter, .closeParenthesis: continue
            default: throw problem("range can only initialize variables")
            }
        }
    }

    private mutating func command() throws(Problem) -> Command {
        let command = Command(position: peekNonSpace().position)
        while true {
            skipSpace()
            if let operand = try operand() { command.operands.append(operand) }
            let mark = index
            let token = next()
            switch token.kind {
            case .space: continue
            case .rightDelimiter, .closeParenthesis: index = mark
            case .pipe: break
            default: throw unexpected(token, "operand")
            }
            break
        }
        if command.operands.isEmpty { throw problem("empty command") }
        return command
    }

    private mutating func operand() throws(Problem) -> TemplateOperand? {
        guard let node = try term() else { return nil }
        guard peek().kind == .field else { return node }
        let position = peek().position
        var names: [String] = []
        while peek().kind == .field { names.append(String(next().string.dropFirst())) }
        switch node.kind {
        case .field(let first): return TemplateOperand(position: position, kind: .field(first + names))
        case .variable(let name, let first): return TemplateOperand(position: position, kind: .variable(name, first + names))
        case .function, .pipeline, .chain: return TemplateOperand(position: position, kind: .chain(node, names))
        default: throw problem("unexpected . after term \(GoText.quoted(node.text))")
        }
    }

    private mutating func term() throws(Problem) -> TemplateOperand? {
        let mark = index
        let token = nextNonSpace()
        func operand(_ kind: TemplateOperand.Kind) -> TemplateOperand {
            TemplateOperand(position: token.position, kind: kind, source: token.string)
        }
        switch token.kind {
        case .identifier:
            guard let function = functions[token.string] else {
                throw problem("function \(GoText.quoted(token.string)) not defined")
            }
            return operand(.function(function))
        case .dot: return operand(.dot)
        case .keyword where token.isKeyword("nil"): return operand(.null)
        case .variable:
            guard variables.contains(token.string) else {
                throw problem("undefined variable \(GoText.quoted(token.string))")
            }
            return operand(.variable(token.string, []))
        case .field: return operand(.field([String(token.string.dropFirst())]))
        case .bool: return operand(.bool(constant(.bool(token.string == "true"), token)))
        case .number: return operand(try number(token))
        case .characterConstant:
            guard let scalar = TemplateLiteral.character(token.text) else {
                let isMalformed = token.text.count > 3
                throw problem(isMalformed ? "malformed character constant: \(token.string)" : "invalid syntax")
            }
            return operand(.constant(constant(.integer(Int64(scalar), .int), token)))
        case .openParenthesis: return operand(.pipeline(try pipeline("parenthesized pipeline", end: .closeParenthesis)))
        case .string, .rawString:
            guard let text = TemplateLiteral.string(token.text) else { throw problem("invalid syntax") }
            return operand(.constant(constant(GoValue.text(text).content, token)))
        default:
            index = mark
            return nil
        }
    }

    private func constant(_ content: GoValue.Content, _ token: TemplateToken) -> GoValue {
        guard keepsOrigins, source.file >= 0 else { return GoValue(content) }
        let place = TextPlace(file: source.file, offset: Int32(token.position))
        return GoValue(content, trace: Trace([TraceSegment(start: 0, place: place)]))
    }

    private func number(_ token: TemplateToken) throws(Problem) -> TemplateOperand.Kind {
        let text = token.string
        if text.hasSuffix("i") {
            guard let number = TemplateLiteral.complex(text) else {
                throw problem("illegal number syntax: \(GoText.quoted(text))")
            }
            return .constant(constant(.complex(number), token))
        }
        let isFractional = text.utf8.contains { ".eEpP".utf8.contains($0) }
        let isHexadecimal = text.lowercased().drop { $0 == "+" || $0 == "-" }.hasPrefix("0x")
        if !isFractional || isHexadecimal && !text.utf8.contains(where: { ".pP".utf8.contains($0) }) {
            switch TemplateLiteral.integer(text) {
            case .value(let integer): return .constant(constant(.integer(Int64(integer), .int), token))
            case .unsigned: return .hugeInteger
            case .overflow: throw problem("integer overflow: \(GoText.quoted(text))")
            case .malformed: throw problem("illegal number syntax: \(GoText.quoted(text))")
            }
        }
        guard let float = TemplateLiteral.float(text) else {
            throw problem("illegal number syntax: \(GoText.quoted(text))")
        }
        return .constant(constant(.float(float), token))
    }
}
