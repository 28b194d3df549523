import Documents
import GoLibrary

/// A problem with a GraphQL document.
struct GraphQLProblem: Error {
    var message: String
    var line: Int
    var column: Int
    var description: String { "\(message) in GraphQL string at location \(line):\(column)" }
}

/// Builds the syntax tree of GraphQL documents as objects with the members that OPA shows, and with the place of each
/// node under `Position`, which `GraphQLTree.pruned` removes.
struct GraphQLParser {
    private var lexer: GraphQLLexer
    private var peeked: GraphQLLexer.Token?
    private var previous = GraphQLLexer.Token(kind: .invalid, line: 1, column: 1)
    private(set) var problem: GraphQLProblem?
    let arena: Arena
    private var depth = 0

    init(_ text: String, in arena: Arena) {
        lexer = GraphQLLexer(text)
        self.arena = arena
    }

    /// Runs one of the document rules and gives its tree or the first problem.
    static func parse(
        _ text: String, in arena: Arena, _ rule: (inout GraphQLParser) -> Value
    ) throws(GraphQLProblem) -> Value {
        var parser = GraphQLParser(text, in: arena)
        let tree = rule(&parser)
        if let problem = parser.problem { throw problem }
        return tree
    }

    // MARK: Tokens

    mutating func peek() -> GraphQLLexer.Token {
        if problem != nil { return previous }
        if let peeked { return peeked }
        let token = lexer.next()
        peeked = token
        return token
    }

    @discardableResult
    mutating func next() -> GraphQLLexer.Token {
        if problem != nil { return previous }
        previous = peek()
        peeked = nil
        if let message = previous.problem { fail(message, at: previous) }
        return previous
    }

    mutating func fail(_ message: String, at token: GraphQLLexer.Token) {
        if problem == nil { problem = GraphQLProblem(message: message, line: token.line, column: token.column) }
    }

    mutating func unexpected(_ token: GraphQLLexer.Token? = nil) {
        let token = token ?? peek()
        fail("Unexpected \(token.shown)", at: token)
    }

    /// The token before the next one.
    var last: GraphQLLexer.Token { previous }

    @discardableResult
    mutating func expect(_ kind: GraphQLLexer.Kind) -> GraphQLLexer.Token {
        let token = peek()
        if token.kind == kind { return next() }
        fail("Expected \(kind.rawValue), found \(token.kind.rawValue)", at: token)
        return token
    }

    mutating func expectKeyword(_ word: String) {
        let token = peek()
        if token.kind == .name, token.text == word {
            next()
        } else {
            fail("Expected \(GoText.quoted(word)), found \(token.shown)", at: token)
        }
    }

    mutating func skip(_ kind: GraphQLLexer.Kind) -> Bool {
        guard problem == nil, peek().kind == kind else { return false }
        next()
        return problem == nil
    }

    /// Items between two tokens; none if the first is absent. At least one unless `allowsNone`.
    mutating func list(
        _ open: GraphQLLexer.Kind, _ close: GraphQLLexer.Kind, allowsNone: Bool = false,
        _ item: (inout GraphQLParser) -> Value
    ) -> Value {
        guard skip(open) else { return .undefined }
        depth += 1
        defer { depth -= 1 }
        if depth > 200 { fail("the document nests too deeply", at: peek()) }
        var items: [Value] = []
        while problem == nil, peek().kind != close { items.append(item(&self)) }
        if items.isEmpty, !allowsNone {
            fail("expected at least one definition, found \(peek().kind.rawValue)", at: peek())
        } else {
            next()
        }
        return arena.array(items)
    }

    // MARK: Nodes

    /// An object of the members that are defined and not empty lists, and of the place of `token`.
    func node(_ token: GraphQLLexer.Token, _ members: KeyValuePairs<String, Value>) -> Value {
        var entries = members.compactMap { key, value -> ObjectEntry? in
            if value.isUndefined || value.kind == .array && value.count == 0 { return nil }
            return ObjectEntry(key: arena.string(key), value: value)
        }
        let place = arena.array([.int(token.line), .int(token.column)])
        entries.append(ObjectEntry(key: arena.string("Position"), value: place))
        return arena.object(entries)
    }

    func text(_ text: String) -> Value { arena.string(text) }

    mutating func name() -> Value { text(expect(.name).text) }

    // MARK: What queries and schemas share

    mutating func arguments() -> Value {
        list(.openParen, .closeParen) { parser in
            let start = parser.peek()
            let name = parser.name()
            parser.expect(.colon)
            return parser.node(start, ["Name": name, "Value": parser.value(isConstant: false)])
        }
    }

    mutating func directives() -> Value {
        var items: [Value] = []
        while problem == nil, peek().kind == .at {
            next()
            let start = peek()
            let name = name()
            items.append(node(start, ["Name": name, "Arguments": arguments(), "Location": text("")]))
        }
        return arena.array(items)
    }

    mutating func type() -> Value {
        let start = peek()
        var named = text(""), element = Value.undefined
        if skip(.openBracket) {
            depth += 1
            defer { depth -= 1 }
            if depth > 200 { fail("the document nests too deeply", at: peek()) }
            if problem == nil { element = type() }
            expect(.closeBracket)
        } else {
            named = name()
        }
        return node(start, ["NamedType": named, "Elem": element, "NonNull": .bool(skip(.bang))])
    }

    mutating func value(isConstant: Bool) -> Value {
        let token = peek()
        let kind: Int
        switch token.kind {
        case .openBracket:
            let children = list(.openBracket, .closeBracket, allowsNone: true) { parser in
                let start = parser.peek()
                return parser.node(
                    start, ["Name": parser.text(""), "Value": parser.value(isConstant: isConstant)])
            }
            return literal(token, "", 8, children)
        case .openBrace:
            let children = list(.openBrace, .closeBrace, allowsNone: true) { parser in
                let start = parser.peek()
                let name = parser.name()
                parser.expect(.colon)
                return parser.node(start, ["Name": name, "Value": parser.value(isConstant: isConstant)])
            }
            return literal(token, "", 9, children)
        case .dollar:
            if isConstant {
                unexpected()
                return .undefined
            }
            next()
            return literal(token, expect(.name).text, 0)
        case .int: kind = 1
        case .float: kind = 2
        case .string: kind = 3
        case .blockString: kind = 4
        case .name: kind = token.text == "true" || token.text == "false" ? 5 : token.text == "null" ? 6 : 7
        default:
            unexpected()
            return .undefined
        }
        next()
        return literal(token, token.text, kind)
    }

    private func literal(
        _ token: GraphQLLexer.Token, _ raw: String, _ kind: Int, _ children: Value = .undefined
    ) -> Value {
        node(
            token,
            ["Raw": text(raw), "Kind": .int(kind), "Children": children, "ExpectedTypeHasDefault": .false])
    }
}

/// Trees of GraphQL documents.
enum GraphQLTree {
    /// The tree without the places of nodes.
    static func pruned(_ tree: Value, in arena: Arena) -> Value {
        switch tree.kind {
        case .array: return arena.array(tree.elements.map { pruned($0, in: arena) })
        case .object:
            return arena.object(
                zip(tree.keys, tree.values).compactMap { key, value in
                    key.kind == .string && key.utf8.elementsEqual("Position".utf8)
                        ? nil : ObjectEntry(key: key, value: pruned(value, in: arena))
                })
        default: return tree
        }
    }
}
