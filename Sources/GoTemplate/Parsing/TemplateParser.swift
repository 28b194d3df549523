import GoLibrary
import Text

/// Parses templates with the grammar and the messages of Go's `text/template/parse`.
struct TemplateParser {
    typealias Problem = TemplateProblem

    private let source: TemplateSource
    private let functions: [String: TemplateFunction]
    private let keepsOrigins: Bool
    private let maximumNesting: Int
    private let tokens: [TemplateToken]
    /// What is wrong where the tokens end with an error.
    private let lexicalProblem: String?
    private var index = 0
    /// The token read last, whose line messages show.
    private var last = 0
    private var variables = ["$"]
    private var rangeDepth = 0
    private var depth = 0
    /// Where the action begins that is read; nil between actions.
    private var actionStart: Int?
    private var bodies: [TemplateBody] = []

    init(_ source: TemplateSource, _ set: TemplateSet) {
        (self.source, functions, keepsOrigins) = (source, set.functions, set.keepsOrigins)
        maximumNesting = set.maximumNesting
        (tokens, lexicalProblem) = TemplateLexer.tokens(of: source.bytes)
    }

    /// The templates of the text, the one of the whole last.
    mutating func parse() throws(Problem) -> [TemplateBody] {
        var nodes: [TemplateNode] = []
        while peek().kind != .end {
            if peek().kind == .leftDelimiter {
                let mark = index
                _ = next()
                let token = nextNonSpace()
                if token.keyword == .define {
                    try definition(token.position)
                    continue
                }
                index = mark
            }
            switch try textOrAction() {
            case .node(let node): nodes.append(node)
            case .closing(let closing): throw problem("unexpected {{\(closing.name)}}")
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

    /// The text of a token.
    private func text(_ token: TemplateToken) -> ArraySlice<UInt8> { source.bytes[token.position..<token.end] }

    private func string(_ token: TemplateToken) -> String { String(decoding: text(token), as: UTF8.self) }

    private func line(_ position: Int) -> Int { source.bytes[..<position].count { $0 == 0x0A } + 1 }

    private func problem(_ text: String) -> Problem {
        let token = tokens[last], line = line(token.position)
        let place = Problem.Place(
            template: source.name, line: line, column: nil, file: source.file, offset: token.position)
        return Problem(message: "template: \(source.name):\(line): \(text)", places: [place], reason: text)
    }

    /// The token as messages show it.
    private func shown(_ token: TemplateToken) -> String {
        let string = string(token)
        switch token.kind {
        case .end: return "EOF"
        case .error: return lexicalProblem ?? string
        case .keyword, .dot: return "<\(string)>"
        default:
            if token.end - token.position <= 10 { return GoText.quoted(string) }
            return GoText.quoted(String(String.UnicodeScalarView(string.unicodeScalars.prefix(10)))) + "..."
        }
    }

    private func unexpected(_ token: TemplateToken, _ context: String) -> Problem {
        let shown = shown(token)
        guard token.kind == .error else { return problem("unexpected \(shown) in \(context)") }
        guard let actionStart else { return problem(shown) }
        let actionLine = line(actionStart)
        if actionLine == line(token.position) { return problem(shown) }
        let place = "started at \(source.name):\(actionLine)"
        return problem(shown + (shown.hasSuffix(" action") ? " \(place)" : " in action \(place)"))
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

    /// `{{end}}` or `{{else}}`, and where the word stands.
    private struct Closing {
        var isEnd: Bool
        var place: Int

        var name: String { isEnd ? "end" : "else" }
    }

    private enum Item {
        case node(TemplateNode)
        case closing(Closing)
    }

    /// Nodes up to `{{end}}` or `{{else}}`.
    private mutating func list() throws(Problem) -> (nodes: [TemplateNode], closing: Closing) {
        try deepen()
        defer { depth -= 1 }
        var nodes: [TemplateNode] = []
        while peekNonSpace().kind != .end {
            switch try textOrAction() {
            case .node(let node): nodes.append(node)
            case .closing(let closing): return (nodes, closing)
            }
        }
        throw problem("unexpected EOF")
    }

    private mutating func textOrAction() throws(Problem) -> Item {
        let token = nextNonSpace()
        switch token.kind {
        case .text: return .node(.text(text(token), position: token.position))
        case .leftDelimiter:
            actionStart = token.position
            defer { actionStart = nil }
            return try action()
        default: throw unexpected(token, "input")
        }
    }

    private mutating func action() throws(Problem) -> Item {
        let mark = index
        let token = nextNonSpace()
        switch token.keyword {
        case .if: return .node(.branch(try control(.if, at: token.position)))
        case .range: return .node(.branch(try control(.range, at: token.position)))
        case .with: return .node(.branch(try control(.with, at: token.position)))
        case .block: return .node(try block(token.position))
        case .template: return .node(try call())
        case .break, .continue:
            let word = string(token)
            try expectEnd("{{\(word)}}")
            if rangeDepth == 0 { throw problem("{{\(word)}} outside {{range}}") }
            return .node(token.keyword == .break ? .breakLoop : .continueLoop)
        case .end:
            try expectEnd("end")
            return .closing(Closing(isEnd: true, place: token.position))
        case .else:
            let next = peekNonSpace()
            if next.keyword != .if, next.keyword != .with { try expectEnd("else") }
            return .closing(Closing(isEnd: false, place: token.position))
        case .define, .null, nil: break
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
        let (body, closing) = try list()
        rangeDepth -= word == .range ? 1 : 0
        var places = BranchNode.Places(word: position, end: closing.place, isElse: isElse)
        if closing.isEnd { return BranchNode(word, pipeline, body, otherwise: nil, places) }
        places.otherwise = closing.place
        if word != .range, peek().keyword == (word == .if ? .if : .with) {
            let token = next()
            try deepen()
            defer { depth -= 1 }
            let inner = try control(word, at: token.position, isElse: true)
            places.end = inner.places.end
            return BranchNode(word, pipeline, body, otherwise: [.branch(inner)], places)
        }
        let (otherwise, end) = try list()
        if !end.isEnd { throw problem("expected end; found {{\(end.name)}}") }
        places.end = end.place
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
        let (nodes, closing) = try list()
        if !closing.isEnd { throw problem("unexpected {{\(closing.name)}} in \(context)") }
        (variables, rangeDepth) = (outer, loops)
        try add(name, nodes, position..<closing.place)
    }

    private mutating func add(_ name: String, _ nodes: [TemplateNode], _ extent: Range<Int>? = nil) throws(Problem) {
        let body = TemplateBody(name: name, nodes: nodes, source: source, extent: extent)
        let isIt = { (body: TemplateBody) in ExactText(body.name) == ExactText(name) }
        if let place = bodies.firstIndex(where: isIt), !bodies[place].isEmpty {
            if body.isEmpty { return }
            throw problem("template: multiple definition of template \(GoText.quoted(name))")
        }
        bodies.removeAll(where: isIt)
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
        guard let text = TemplateLiteral.string(text(token)) else { throw problem("invalid syntax") }
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
            case .keyword where token.keyword == .null: break
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
            let isComma = token.kind == .character && source.bytes[token.position] == UInt8(ascii: ",")
            guard token.kind == .assign || token.kind == .declare || isComma else {
                index = mark
                return
            }
            _ = next()
            let name = string(variable)
            pipeline.variables.append(name)
            variables.append(name)
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
        let names = fields()
        switch node.kind {
        case .field(let first): return TemplateOperand(position: position, kind: .field(first + names))
        case .variable(let name, let first): return TemplateOperand(position: position, kind: .variable(name, first + names))
        case .function, .pipeline, .chain: return TemplateOperand(position: position, kind: .chain(node, names))
        default: throw problem("unexpected . after term \(GoText.quoted(node.text))")
        }
    }

    /// The names of the fields that stand here.
    private mutating func fields() -> [String] {
        var names: [String] = []
        while peek().kind == .field { names.append(fieldName(next())) }
        return names
    }

    private func fieldName(_ token: TemplateToken) -> String { String(decoding: text(token).dropFirst(), as: UTF8.self) }

    private mutating func term() throws(Problem) -> TemplateOperand? {
        let mark = index
        let token = nextNonSpace()
        func operand(_ kind: TemplateOperand.Kind) -> TemplateOperand {
            TemplateOperand(position: token.position, kind: kind, source: string(token))
        }
        switch token.kind {
        case .identifier:
            let name = string(token)
            guard let function = functions[name] else { throw problem("function \(GoText.quoted(name)) not defined") }
            return TemplateOperand(position: token.position, kind: .function(function), source: name)
        case .dot: return TemplateOperand(position: token.position, kind: .dot)
        case .keyword where token.keyword == .null: return TemplateOperand(position: token.position, kind: .null)
        case .variable:
            let name = string(token)
            guard variables.contains(name) else { throw problem("undefined variable \(GoText.quoted(name))") }
            return TemplateOperand(position: token.position, kind: .variable(name, []))
        case .field: return field(token)
        case .bool:
            let isTrue = source.bytes[token.position] == UInt8(ascii: "t")
            return operand(.bool(constant(.bool(isTrue), token)))
        case .number: return operand(try number(token))
        case .characterConstant:
            guard let scalar = TemplateLiteral.character(text(token)) else {
                let isMalformed = token.end - token.position > 3
                throw problem(isMalformed ? "malformed character constant: \(string(token))" : "invalid syntax")
            }
            return operand(.constant(constant(.integer(Int64(scalar), .int), token)))
        case .openParenthesis:
            let pipeline = try pipeline("parenthesized pipeline", end: .closeParenthesis)
            return TemplateOperand(position: token.position, kind: .pipeline(pipeline))
        case .string, .rawString:
            guard let text = TemplateLiteral.string(text(token)) else { throw problem("invalid syntax") }
            return operand(.constant(constant(GoValue.text(text).content, token)))
        default:
            index = mark
            return nil
        }
    }

    /// A field with those behind it; it stands where the second begins, if there is one.
    private mutating func field(_ token: TemplateToken) -> TemplateOperand {
        var names = [fieldName(token)]
        guard peek().kind == .field else { return TemplateOperand(position: token.position, kind: .field(names)) }
        let position = peek().position
        names += fields()
        return TemplateOperand(position: position, kind: .field(names))
    }

    private func constant(_ content: GoValue.Content, _ token: TemplateToken) -> GoValue {
        guard keepsOrigins, source.file >= 0 else { return GoValue(content) }
        let place = TextPlace(file: source.file, offset: Int32(token.position))
        return GoValue(content, trace: Trace([TraceSegment(start: 0, place: place)]))
    }

    private func number(_ token: TemplateToken) throws(Problem) -> TemplateOperand.Kind {
        let text = string(token)
        if let integer = TemplateLiteral.plainInteger(text) { return .constant(constant(.integer(integer, .int), token)) }
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
