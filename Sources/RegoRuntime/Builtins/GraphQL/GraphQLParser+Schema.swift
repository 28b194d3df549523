import Documents

/// Type system documents (GraphQL specification, section 3).
extension GraphQLParser {
    private static let typeKeywords = [
        "scalar": "SCALAR", "type": "OBJECT", "interface": "INTERFACE", "union": "UNION", "enum": "ENUM",
        "input": "INPUT_OBJECT",
    ]

    private static let directiveLocations: Set<String> = [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
        "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ]

    mutating func schemaDocument() -> Value {
        let start = peek()
        var schemas: [Value] = [], schemaExtensions: [Value] = [], directives: [Value] = []
        var definitions: [Value] = [], extensions: [Value] = []
        while problem == nil, peek().kind != .end {
            let description = description()
            let token = peek()
            guard token.kind == .name else {
                unexpected()
                break
            }
            switch token.text {
            case "schema": schemas.append(schemaDefinition(description))
            case "directive": directives.append(directiveDefinition(description))
            case "extend":
                if description.count > 0 { unexpected(last) }
                next()
                if peek().kind == .name, peek().text == "schema" {
                    schemaExtensions.append(schemaDefinition(text(""), isExtension: true))
                } else {
                    extensions.append(typeDefinition(text(""), isExtension: true))
                }
            default: definitions.append(typeDefinition(description, isExtension: false))
            }
        }
        return node(
            start,
            [
                "Schema": arena.array(schemas), "SchemaExtension": arena.array(schemaExtensions),
                "Directives": arena.array(directives), "Definitions": arena.array(definitions),
                "Extensions": arena.array(extensions),
            ])
    }

    private mutating func description() -> Value {
        peek().kind == .string || peek().kind == .blockString ? text(next().text) : text("")
    }

    private mutating func schemaDefinition(_ description: Value, isExtension: Bool = false) -> Value {
        next()
        let start = peek()
        let directives = directives()
        let operations = list(.openBrace, .closeBrace) { parser in
            let start = parser.peek()
            let operation = parser.expect(.name)
            if !["query", "mutation", "subscription"].contains(operation.text) { parser.unexpected(operation) }
            parser.expect(.colon)
            return parser.node(start, ["Operation": parser.text(operation.text), "Type": parser.name()])
        }
        if isExtension, directives.count == 0, operations.isUndefined { unexpected() }
        return node(
            start, ["Description": description, "Directives": directives, "OperationTypes": operations])
    }

    private mutating func typeDefinition(_ description: Value, isExtension: Bool) -> Value {
        guard peek().kind == .name, let kind = Self.typeKeywords[peek().text] else {
            unexpected()
            return .undefined
        }
        next()
        let start = peek()
        let name = name()
        let interfaces = kind == "OBJECT" || kind == "INTERFACE" ? interfaces() : .undefined
        let directives = directives()
        var fields = Value.undefined, types = Value.undefined, values = Value.undefined
        switch kind {
        case "OBJECT", "INTERFACE": fields = self.fields(haveArguments: true)
        case "INPUT_OBJECT": fields = self.fields(haveArguments: false)
        case "UNION": types = unionTypes()
        case "ENUM": values = enumValues()
        default: break
        }
        if isExtension, directives.count == 0, [fields, types, values].allSatisfy(\.isUndefined),
            kind != "OBJECT" || interfaces.isUndefined
        {
            unexpected()
        }
        return node(
            start,
            [
                "Kind": text(kind), "Description": description, "Name": name, "Directives": directives,
                "Interfaces": interfaces, "Fields": fields, "Types": types, "EnumValues": values,
                "BuiltIn": .false,
            ])
    }

    private mutating func interfaces() -> Value {
        guard peek().kind == .name, peek().text == "implements" else { return .undefined }
        next()
        return separated(by: .ampersand)
    }

    private mutating func unionTypes() -> Value { skip(.equals) ? separated(by: .pipe) : .undefined }

    /// Names between separators, of which one may lead.
    private mutating func separated(by separator: GraphQLLexer.Kind) -> Value {
        _ = skip(separator)
        var names = [name()]
        while skip(separator) { names.append(name()) }
        return arena.array(names)
    }

    private mutating func fields(haveArguments: Bool) -> Value {
        list(.openBrace, .closeBrace) { parser in
            guard haveArguments else { return parser.inputValue() }
            let description = parser.description()
            let start = parser.peek()
            let name = parser.name()
            let arguments = parser.argumentDefinitions()
            parser.expect(.colon)
            return parser.node(
                start,
                [
                    "Description": description, "Name": name, "Arguments": arguments, "Type": parser.type(),
                    "Directives": parser.directives(),
                ])
        }
    }

    private mutating func argumentDefinitions() -> Value {
        list(.openParen, .closeParen) { $0.inputValue() }
    }

    private mutating func inputValue() -> Value {
        let description = description()
        let start = peek()
        let name = name()
        expect(.colon)
        let type = type()
        let defaultValue = skip(.equals) ? value(isConstant: true) : .undefined
        return node(
            start,
            [
                "Description": description, "Name": name, "Type": type, "DefaultValue": defaultValue,
                "Directives": directives(),
            ])
    }

    private mutating func enumValues() -> Value {
        list(.openBrace, .closeBrace) { parser in
            let description = parser.description()
            let start = parser.peek()
            return parser.node(
                start,
                ["Description": description, "Name": parser.name(), "Directives": parser.directives()])
        }
    }

    private mutating func directiveDefinition(_ description: Value) -> Value {
        next()
        expect(.at)
        let start = peek()
        let name = name()
        let arguments = argumentDefinitions()
        var isRepeatable = false
        if peek().kind == .name, peek().text == "repeatable" {
            next()
            isRepeatable = true
        }
        expectKeyword("on")
        _ = skip(.pipe)
        var locations: [Value] = []
        repeat {
            let location = expect(.name)
            if !Self.directiveLocations.contains(location.text) { unexpected(location) }
            locations.append(text(location.text))
        } while skip(.pipe)
        return node(
            start,
            [
                "Description": description, "Name": name, "Arguments": arguments,
                "Locations": arena.array(locations), "IsRepeatable": .bool(isRepeatable),
            ])
    }
}
