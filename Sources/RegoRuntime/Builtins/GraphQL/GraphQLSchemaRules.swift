import Documents
import GoLibrary

/// What a schema must obey (GraphQL specification, section 3), in the order and words of OPA's validator.
struct GraphQLSchemaRules {
    let schema: GraphQLSchema

    func check(_ document: GraphQLNode) throws(GraphQLProblem) {
        for definition in Array(document.list("Schema")) + Array(document.list("SchemaExtension")) {
            try check(directives: definition.list("Directives"), location: "SCHEMA")
        }
        for type in schema.order { try check(type) }
        for directive in schema.directives.values.sorted(by: { $0.word("Name") < $1.word("Name") }) {
            try check(name: directive)
            try check(arguments: directive.list("Arguments"), of: directive.word("Name"))
        }
    }

    private func fail(_ message: String, _ node: GraphQLNode) -> GraphQLProblem {
        GraphQLSchema.problem(message, node)
    }

    private func check(_ type: GraphQLSchema.TypeDefinition) throws(GraphQLProblem) {
        for field in type.fields {
            if !type.isBuiltIn { try check(name: field) }
            try check(reference: field.field("Type"))
            try check(arguments: field.list("Arguments"), of: nil)
            let location = type.kind == "INPUT_OBJECT" ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION"
            try check(directives: field.list("Directives"), location: location)
        }
        for member in type.members {
            guard let definition = schema.types[member] else {
                throw fail("Undefined type \(GoText.quoted(member)).", type.node)
            }
            if definition.kind != "OBJECT" {
                throw fail("\(type.kind) type \(GoText.quoted(member)) must be OBJECT.", type.node)
            }
        }
        for interface in type.interfaces { try check(type, implements: interface) }
        try checkParts(of: type)
        for (index, field) in type.fields.enumerated() {
            for other in type.fields[(index + 1)...] where other.word("Name") == field.word("Name") {
                throw fail("Field \(type.name).\(field.word("Name")) can only be defined once.", other)
            }
        }
        if !type.isBuiltIn { try check(name: type.node) }
        try check(directives: type.directives, location: type.kind)
    }

    private func checkParts(of type: GraphQLSchema.TypeDefinition) throws(GraphQLProblem) {
        func require(_ condition: Bool, _ rule: String) throws(GraphQLProblem) {
            if !condition { throw fail("\(type.kind) \(type.name): \(rule).", type.node) }
        }
        switch type.kind {
        case "OBJECT", "INTERFACE":
            try require(!type.fields.isEmpty, "must define one or more fields")
            for field in type.fields where schema.types[GraphQLType(field.field("Type")).name]?.kind == "INPUT_OBJECT" {
                throw fail(
                    "\(type.kind) \(type.name): field must be one of SCALAR, OBJECT, INTERFACE, UNION, ENUM.", field)
            }
        case "ENUM":
            try require(!type.enumValues.isEmpty, "must define one or more unique enum values")
            for value in type.enumValues {
                let name = value.word("Name")
                try require(!["true", "false", "null"].contains(name), "non-enum value \(name)")
            }
            for (index, value) in type.enumValues.enumerated() {
                for other in type.enumValues[(index + 1)...] where other.word("Name") == value.word("Name") {
                    throw fail("Enum value \(type.name).\(value.word("Name")) can only be defined once.", other)
                }
            }
        case "INPUT_OBJECT":
            try require(!type.fields.isEmpty, "must define one or more input fields")
            for field in type.fields {
                guard let definition = schema.types[GraphQLType(field.field("Type")).name], !definition.isInput
                else { continue }
                throw fail(
                    "\(definition.kind) \(field.word("Name")): field must be one of SCALAR, ENUM, INPUT_OBJECT.", field)
            }
        default: break
        }
    }

    private func check(name node: GraphQLNode) throws(GraphQLProblem) {
        let name = node.word("Name")
        if name.hasPrefix("__") {
            throw fail(
                "Name \(GoText.quoted(name)) must not begin with \"__\", which is reserved by GraphQL introspection.", node)
        }
    }

    private func check(reference node: GraphQLNode) throws(GraphQLProblem) {
        let name = GraphQLType(node).name
        if schema.types[name] == nil { throw fail("Undefined type \(name).", node) }
    }

    private func check(
        arguments: some Sequence<GraphQLNode>, of directive: String?
    ) throws(GraphQLProblem) {
        for argument in arguments {
            try check(name: argument)
            let node = argument.field("Type")
            try check(reference: node)
            let type = GraphQLType(node)
            if let definition = schema.types[type.name], !definition.isInput {
                throw fail(
                    "cannot use \(type.text) as argument \(argument.word("Name")) because \(definition.kind) "
                        + "is not a valid input type", argument)
            }
            try check(directives: argument.list("Directives"), location: "ARGUMENT_DEFINITION", inside: directive)
        }
    }

    private func check(
        directives: some Sequence<GraphQLNode>, location: String, inside current: String? = nil
    ) throws(GraphQLProblem) {
        for directive in directives {
            try check(name: directive)
            let name = directive.word("Name")
            if name == current { throw fail("Directive \(name) cannot refer to itself.", directive) }
            guard let definition = schema.directives[name] else { throw fail("Undefined directive \(name).", directive) }
            guard definition.list("Locations").contains(where: { $0.stringValue == location }) else {
                throw fail("Directive \(name) is not applicable on \(location).", directive)
            }
            let declared = definition.list("Arguments")
            for argument in directive.list("Arguments")
            where GraphQLNode.named(argument.word("Name"), in: declared) == nil {
                throw fail("Undefined argument \(argument.word("Name")) for directive \(name).", argument)
            }
            for argument in declared {
                guard argument.field("Type").field("NonNull").isTrue, argument.field("DefaultValue").isUndefined
                else { continue }
                let given = GraphQLNode.named(argument.word("Name"), in: directive.list("Arguments"))
                if given == nil || given?.field("Value").field("Kind") == .int(6) {
                    throw fail("Argument \(argument.word("Name")) for directive \(name) cannot be null.", directive)
                }
            }
        }
    }

    // MARK: Interfaces

    private func check(
        _ type: GraphQLSchema.TypeDefinition, implements name: String
    ) throws(GraphQLProblem) {
        guard let interface = schema.types[name] else { throw fail("Undefined type \(GoText.quoted(name)).", type.node) }
        if interface.kind != "INTERFACE" {
            throw fail("\(GoText.quoted(name)) is a non interface type \(interface.kind).", type.node)
        }
        for wanted in interface.fields {
            let field = wanted.word("Name")
            let start = "For \(type.name) to implement \(name) "
            guard let found = type.field(field) else {
                throw fail(start + "it must have a field called \(field).", type.node)
            }
            if !isCovariant(GraphQLType(wanted.field("Type")), GraphQLType(found.field("Type"))) {
                throw fail(start + "the field \(field) must have type \(GraphQLType(wanted.field("Type")).text).", found)
            }
            try check(arguments: found, against: wanted, start)
        }
        for ancestor in interface.interfaces where !type.interfaces.contains(ancestor) {
            throw fail(
                type.name == ancestor
                    ? "Type \(type.name) cannot implement \(name) because it would create a circular reference."
                    : "Type \(type.name) must implement \(ancestor) because it is implemented by \(name).", type.node)
        }
    }

    private func check(
        arguments found: GraphQLNode, against wanted: GraphQLNode, _ start: String
    ) throws(GraphQLProblem) {
        let field = found.word("Name")
        for argument in wanted.list("Arguments") {
            let name = argument.word("Name")
            let rule = start + "the field \(field) must have the same arguments but "
            guard let own = GraphQLNode.named(name, in: found.list("Arguments")) else {
                throw fail(rule + "it is missing \(name).", found)
            }
            if !GraphQLType(argument.field("Type")).isCompatible(with: GraphQLType(own.field("Type"))) {
                throw fail(rule + "\(name) has the wrong type.", own)
            }
        }
        for argument in found.list("Arguments")
        where GraphQLNode.named(argument.word("Name"), in: wanted.list("Arguments")) == nil
            && argument.field("Type").field("NonNull").isTrue && argument.field("DefaultValue").isUndefined
        {
            throw fail(
                start + "any additional arguments on \(field) must be optional or have a default value but "
                    + "\(argument.word("Name")) is required.", argument)
        }
    }

    /// Whether a field of type `actual` may stand where `wanted` is promised.
    private func isCovariant(_ wanted: GraphQLType, _ actual: GraphQLType) -> Bool {
        if wanted.isRequired, !actual.isRequired { return false }
        switch (wanted, actual) {
        case (.list(let left, _), .list(let right, _)): return isCovariant(left, right)
        case (.named(let left, _), .named(let right, _)):
            if left == right || schema.possibleTypes[left]?.contains(right) == true { return true }
            return schema.types[right]?.interfaces.contains(left) == true
        default: return false
        }
    }
}
