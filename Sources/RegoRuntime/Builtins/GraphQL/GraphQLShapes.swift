import Documents

/// The members of the trees that OPA reads GraphQL documents given as objects into: others are dropped, and members of
/// another type are refused.
enum GraphQLShape {
    indirect enum Form: Sendable {
        case text
        case flag
        case integer
        case list(Form)
        case node(Kind)
        /// A field, the spread of a fragment or an inline fragment.
        case selection

        /// What Go writes for a member without a value; nil for what OPA leaves out then.
        func emptyValue(_ arena: Arena) -> Value? {
            switch self {
            case .text: arena.string("")
            case .flag: .false
            case .integer: .int(0)
            case .list, .node, .selection: nil
            }
        }
    }

    enum Kind: Sendable {
        case query, operation, variable, type, value, childValue, directive, argument, field, spread, inline, fragment
        case schema, schemaDefinition, operationType, definition, fieldDefinition, argumentDefinition, enumValue
        case directiveDefinition
    }

    /// The object with the members of its kind; nil when one has another type.
    static func conformed(_ value: Value, to kind: Kind, in arena: Arena, depth: Int = 0) -> Value? {
        guard value.kind == .object, depth < 500 else { return nil }
        let members = members(of: kind)
        var entries: [ObjectEntry] = []
        for (key, member) in zip(value.keys, value.values) where key.kind == .string {
            // Go's JSON reader does not insist on the case of names.
            let name = key.string
            guard
                let found = members.first(where: { $0.0 == name })
                    ?? members.first(where: { $0.0.lowercased() == name.lowercased() })
            else { continue }
            if member.kind == .null { continue }
            guard let conformed = conformed(member, to: found.1, in: arena, depth: depth + 1) else { return nil }
            entries.append(ObjectEntry(key: arena.string(found.0), value: conformed))
        }
        // Go's structures have all their members.
        for (name, form) in members where !entries.contains(where: { $0.key.string == name }) {
            if let empty = form.emptyValue(arena) { entries.append(ObjectEntry(key: arena.string(name), value: empty)) }
        }
        return arena.object(entries)
    }

    private static func conformed(_ value: Value, to form: Form, in arena: Arena, depth: Int) -> Value? {
        switch form {
        case .text: return value.kind == .string ? value : nil
        case .flag: return value.kind == .bool ? value : nil
        case .integer: return value.kind == .int ? value : nil
        case .node(let kind): return conformed(value, to: kind, in: arena, depth: depth)
        case .selection:
            let isInline = value.field("TypeCondition").isDefined
            let isField = value.field("Alias").isDefined || value.field("Arguments").isDefined
            return conformed(value, to: isInline ? .inline : isField ? .field : .spread, in: arena, depth: depth)
        case .list(let element):
            guard value.kind == .array || value.kind == .set else { return nil }
            var elements: [Value] = []
            for item in value.elements {
                guard let conformed = conformed(item, to: element, in: arena, depth: depth) else { return nil }
                elements.append(conformed)
            }
            return arena.array(elements)
        }
    }

    private static let name = ("Name", Form.text)
    private static let description = ("Description", Form.text)
    private static let directives = ("Directives", Form.list(.node(.directive)))
    private static let selections = ("SelectionSet", Form.list(.selection))
    private static let arguments = ("Arguments", Form.list(.node(.argument)))
    private static let parameters = ("Arguments", Form.list(.node(.argumentDefinition)))

    private static func members(of kind: Kind) -> [(String, Form)] {
        switch kind {
        case .query: [("Operations", .list(.node(.operation))), ("Fragments", .list(.node(.fragment)))]
        case .operation:
            [("Operation", .text), name, ("VariableDefinitions", .list(.node(.variable))), directives, selections]
        case .variable:
            [("Variable", .text), ("Type", .node(.type)), ("DefaultValue", .node(.value)), directives, ("Used", .flag)]
        case .type: [("NamedType", .text), ("Elem", .node(.type)), ("NonNull", .flag)]
        case .value:
            [("Raw", .text), ("Children", .list(.node(.childValue))), ("Kind", .integer), ("ExpectedTypeHasDefault", .flag)]
        case .childValue: [name, ("Value", .node(.value))]
        case .directive: [name, arguments, ("Location", .text)]
        case .argument: [name, ("Value", .node(.value))]
        case .field: [("Alias", .text), name, arguments, directives, selections]
        case .spread: [name, directives]
        case .inline: [("TypeCondition", .text), directives, selections]
        case .fragment:
            [name, ("VariableDefinition", .list(.node(.variable))), ("TypeCondition", .text), directives, selections]
        case .schema:
            [
                ("Schema", .list(.node(.schemaDefinition))), ("SchemaExtension", .list(.node(.schemaDefinition))),
                ("Directives", .list(.node(.directiveDefinition))), ("Definitions", .list(.node(.definition))),
                ("Extensions", .list(.node(.definition))),
            ]
        case .schemaDefinition: [description, directives, ("OperationTypes", .list(.node(.operationType)))]
        case .operationType: [("Operation", .text), ("Type", .text)]
        case .definition:
            [
                ("Kind", .text), description, name, directives, ("Interfaces", .list(.text)),
                ("Fields", .list(.node(.fieldDefinition))), ("Types", .list(.text)),
                ("EnumValues", .list(.node(.enumValue))), ("BuiltIn", .flag),
            ]
        case .fieldDefinition:
            [description, name, parameters, ("DefaultValue", .node(.value)), ("Type", .node(.type)), directives]
        case .argumentDefinition: [description, name, ("DefaultValue", .node(.value)), ("Type", .node(.type)), directives]
        case .enumValue: [description, name, directives]
        case .directiveDefinition:
            [description, name, parameters, ("Locations", .list(.text)), ("IsRepeatable", .flag)]
        }
    }
}
