import Documents
import GoLibrary

/// Messages that need a look at the schema.
enum GraphQLMessages {
    static func unknownField(
        _ name: String, of type: GraphQLSchema.TypeDefinition, _ schema: GraphQLSchema
    ) -> String {
        let start = "Cannot query field \"\(name)\" on type \"\(type.name)\"."
        let owners = typesWithField(name, below: type, schema)
        if !owners.isEmpty { return start + GraphQLSuggestions.sentence("Did you mean to use an inline fragment on", owners) }
        guard type.kind == "OBJECT" || type.kind == "INTERFACE" else { return start }
        let near = GraphQLSuggestions.near(name, type.fields.map { $0.word("Name") })
        return start + GraphQLSuggestions.sentence("Did you mean", near)
    }

    /// The possible types of an abstract type that have the field, and their interfaces that have it.
    private static func typesWithField(
        _ name: String, below type: GraphQLSchema.TypeDefinition, _ schema: GraphQLSchema
    ) -> [String] {
        guard type.kind == "INTERFACE" || type.kind == "UNION" else { return [] }
        var objects: [String] = []
        var interfaces: [String: Int] = [:]
        for candidate in schema.order where schema.possible(type).contains(candidate.name) {
            guard candidate.field(name) != nil else { continue }
            objects.append(candidate.name)
            for interface in candidate.interfaces where schema.types[interface]?.field(name) != nil {
                interfaces[interface, default: 0] += 1
            }
        }
        return interfaces.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key) + objects
    }

    /// The message for a value of the wrong kind.
    static func wrongValue(_ text: String, for type: GraphQLType, _ definition: GraphQLSchema.TypeDefinition) -> String {
        switch definition.name {
        case "Int": return "Int cannot represent non-integer value: \(text)"
        case "Float": return "Float cannot represent non numeric value: \(text)"
        case "String": return "String cannot represent a non string value: \(text)"
        case "Boolean": return "Boolean cannot represent a non boolean value: \(text)"
        case "ID": return "ID cannot represent a non-string and non-integer value: \(text)"
        default: break
        }
        if definition.kind == "ENUM" { return "Enum \"\(definition.name)\" cannot represent non-enum value: \(text)." }
        return "Expected value of type \"\(type.text)\", found \(text)."
    }

    /// A value as it is written.
    static func text(of value: GraphQLNode) -> String {
        let raw = value.word("Raw")
        switch value.field("Kind").integerValue {
        case 0: return "$" + raw
        case 3, 4: return GoText.quoted(raw)
        case 8: return "[" + value.list("Children").map { text(of: $0.field("Value")) }.joined(separator: ",") + "]"
        case 9:
            let members = value.list("Children").map { $0.word("Name") + ":" + text(of: $0.field("Value")) }
            return "{" + members.joined(separator: ",") + "}"
        default: return raw
        }
    }
}
