import Documents
import GoLibrary

/// Values of the right type (GraphQL specification, section 5.6) and the variables in them (section 5.8).
extension GraphQLValidator {
    /// Judges a value and what it holds; `type` is nil where nothing is known about it.
    mutating func walk(value node: GraphQLNode, type: GraphQLType?, hasDefault: Bool) {
        let definition = type.flatMap { schema.types[$0.name] }
        switch node.field("Kind").integerValue {
        case 8:
            let element: GraphQLType? = if case .list(let element, _) = type { element } else { type }
            for child in node.list("Children") { walk(value: child.field("Value"), type: element, hasDefault: false) }
        case 9:
            for child in node.list("Children") {
                let field = definition?.field(child.word("Name"))
                walk(
                    value: child.field("Value"), type: field.map { GraphQLType($0.field("Type")) },
                    hasDefault: field?.field("DefaultValue").isDefined ?? false)
            }
        case 0: use(variable: node, type: type, hasDefault: hasDefault)
        default: break
        }
        checkUniqueFields(node)
        if let type, let definition { check(node, type, definition) }
    }

    private mutating func use(variable node: GraphQLNode, type: GraphQLType?, hasDefault: Bool) {
        guard let operation else { return }
        let name = node.word("Raw")
        usedVariables.insert(name)
        guard
            let variable = operation.list("VariableDefinitions").first(where: { $0.word("Variable") == name })
        else {
            let place = operation.word("Name").isEmpty ? "" : " by operation \"\(operation.word("Name"))\""
            report("Variable \"$\(name)\" is not defined\(place).", node)
            return
        }
        guard let type else { return }
        let defaultKind = variable.field("DefaultValue").field("Kind")
        let mayBeNull = hasDefault || defaultKind.isDefined && defaultKind != .int(6)
        let given = GraphQLType(variable.field("Type"))
        if !given.isCompatible(with: mayBeNull ? type.nullable : type) {
            report(
                "Variable \"$\(name)\" of type \"\(given.text)\" used in position expecting type \"\(type.text)\".", node)
        }
    }

    private mutating func checkUniqueFields(_ node: GraphQLNode) {
        guard node.field("Kind").integerValue == 9 else { return }
        var seen: Set<String> = []
        for child in node.list("Children") where !seen.insert(child.word("Name")).inserted {
            report("There can be only one input field named \"\(child.word("Name"))\".", child)
        }
    }

    private mutating func check(
        _ node: GraphQLNode, _ type: GraphQLType, _ definition: GraphQLSchema.TypeDefinition
    ) {
        let kind = node.field("Kind").integerValue
        let raw = node.word("Raw"), name = definition.name
        if kind == 6 {
            if type.isRequired { report("Expected value of type \"\(type.text)\", found null.", node) }
            return
        }
        let builtInScalars = ["Int", "Float", "String", "Boolean", "ID"]
        if definition.kind == "SCALAR", !builtInScalars.contains(name) { return }
        func accepts(_ names: String...) -> Bool { names.contains(name) }
        let isRight: Bool
        switch kind {
        case 0: return
        case 1: isRight = accepts("Int", "Float", "ID")
        case 2: isRight = accepts("Float")
        case 3, 4:
            if definition.kind == "ENUM" {
                let hint = enumHint(raw, definition)
                report("Enum \"\(name)\" cannot represent non-enum value: \(GoText.quoted(raw)).\(hint)", node)
                return
            }
            isRight = accepts("String", "ID")
        case 5: isRight = accepts("Boolean")
        case 7:
            isRight = definition.kind == "ENUM"
            if isRight, GraphQLNode.named(raw, in: definition.enumValues) == nil {
                report("Value \"\(raw)\" does not exist in \"\(name)\" enum.\(enumHint(raw, definition))", node)
                return
            }
        case 8: if case .list = type { isRight = true } else { isRight = false }
        case 9:
            checkObject(node, definition)
            return
        default: return
        }
        if !isRight {
            report(GraphQLMessages.wrongValue(GraphQLMessages.text(of: node), for: type, definition), node)
        }
    }

    private func enumHint(_ raw: String, _ definition: GraphQLSchema.TypeDefinition) -> String {
        let near = GraphQLSuggestions.near(raw, definition.enumValues.map { $0.word("Name") })
        return GraphQLSuggestions.sentence("Did you mean the enum value", near)
    }

    private mutating func checkObject(_ node: GraphQLNode, _ definition: GraphQLSchema.TypeDefinition) {
        let children = node.list("Children")
        for field in definition.fields {
            let type = GraphQLType(field.field("Type"))
            guard type.isRequired, field.field("DefaultValue").isUndefined,
                GraphQLNode.named(field.word("Name"), in: children) == nil
            else { continue }
            report(
                "Field \"\(definition.name).\(field.word("Name"))\" of required type \"\(type.text)\" was not provided.",
                node)
        }
        for child in children where definition.field(child.word("Name")) == nil {
            let near = GraphQLSuggestions.near(child.word("Name"), definition.fields.map { $0.word("Name") })
            let hint = GraphQLSuggestions.sentence("Did you mean", near)
            report("Field \"\(child.word("Name"))\" is not defined by type \"\(definition.name)\".\(hint)", child)
        }
    }
}
