import Documents

/// Executable documents (GraphQL specification, sections 2.3 to 2.12).
extension GraphQLParser {
    mutating func queryDocument() -> Value {
        let start = peek()
        var operations: [Value] = [], fragments: [Value] = []
        while problem == nil, peek().kind != .end {
            let token = peek()
            switch (token.kind, token.text) {
            case (.openBrace, _), (.name, "query"), (.name, "mutation"), (.name, "subscription"):
                operations.append(operation())
            case (.name, "fragment"): fragments.append(fragmentDefinition())
            default: unexpected()
            }
        }
        return node(start, ["Operations": arena.array(operations), "Fragments": arena.array(fragments)])
    }

    private mutating func operation() -> Value {
        let start = peek()
        if start.kind == .openBrace {
            return node(
                start, ["Operation": text("query"), "Name": text(""), "SelectionSet": requiredSelections()])
        }
        let kind = text(next().text)
        let name = text(peek().kind == .name ? next().text : "")
        return node(
            start,
            [
                "Operation": kind, "Name": name, "VariableDefinitions": variableDefinitions(),
                "Directives": directives(), "SelectionSet": requiredSelections(),
            ])
    }

    private mutating func variableDefinitions() -> Value {
        list(.openParen, .closeParen) { parser in
            let start = parser.peek()
            parser.expect(.dollar)
            let name = parser.name()
            parser.expect(.colon)
            let type = parser.type()
            let defaultValue = parser.skip(.equals) ? parser.value(isConstant: true) : .undefined
            return parser.node(
                start,
                [
                    "Variable": name, "Type": type, "DefaultValue": defaultValue, "Used": .false,
                    "Directives": parser.directives(),
                ])
        }
    }

    private mutating func requiredSelections() -> Value {
        if peek().kind != .openBrace {
            fail("Expected {, found \(peek().kind.rawValue)", at: peek())
            return .undefined
        }
        return selections()
    }

    private mutating func selections() -> Value {
        list(.openBrace, .closeBrace) { $0.peek().kind == .spread ? $0.fragment() : $0.field() }
    }

    private mutating func field() -> Value {
        let start = peek()
        let alias = name()
        let name = skip(.colon) ? name() : alias
        return node(
            start,
            [
                "Alias": alias, "Name": name, "Arguments": arguments(), "Directives": directives(),
                "SelectionSet": peek().kind == .openBrace ? selections() : .undefined,
            ])
    }

    private mutating func fragment() -> Value {
        expect(.spread)
        let token = peek()
        if token.kind == .name, token.text != "on" {
            return node(token, ["Name": name(), "Directives": directives()])
        }
        var condition = text("")
        if token.kind == .name {
            next()
            condition = name()
        }
        return node(
            token,
            ["TypeCondition": condition, "Directives": directives(), "SelectionSet": requiredSelections()])
    }

    private mutating func fragmentDefinition() -> Value {
        let start = next()
        if peek().text == "on" { unexpected() }
        let name = name()
        let variables = variableDefinitions()
        expectKeyword("on")
        return node(
            start,
            [
                "Name": name, "VariableDefinition": variables, "TypeCondition": self.name(),
                "Directives": directives(), "SelectionSet": requiredSelections(),
            ])
    }
}
