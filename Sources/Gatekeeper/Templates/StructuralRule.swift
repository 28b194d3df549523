import Documents

/// What makes a schema structural, which the API server demands of `apiextensions.k8s.io/v1`: each value has a type.
enum StructuralRule {
    private static let types = ["object", "array", "string", "integer", "number", "boolean"]
    private static let mostLevels = 200

    static func problem(in schema: Value) -> (message: String, path: [DocumentPath.Step])? {
        problem(in: schema, at: [])
    }

    private static func problem(in schema: Value, at path: [DocumentPath.Step]) -> (message: String, path: [DocumentPath.Step])? {
        if path.count > mostLevels { return ("the schema has more than \(mostLevels) levels", path) }
        guard schema.kind == .object else { return ("a schema is an object", path) }
        let type = schema.field("type")
        switch type.kind {
        case .string where types.contains(type.string): break
        case .string where !type.string.isEmpty:
            return ("there is no type \"\(type.string)\"; it is \(types.joined(separator: ", "))", path + [.key("type")])
        case .undefined, .null, .string:
            let isOpen =
                schema.field("x-kubernetes-preserve-unknown-fields").isTrue
                || schema.field("x-kubernetes-int-or-string").isTrue
            if !isOpen {
                return ("the schema has no type here: a structural schema says the type of each value", path)
            }
        default: return ("the type is a text", path + [.key("type")])
        }
        let properties = schema.field("properties")
        if properties.kind == .object {
            for index in properties.keys.indices {
                let step: [DocumentPath.Step] = [.key("properties"), .key(properties.keys[index].string)]
                if let found = problem(in: properties.values[index], at: path + step) { return found }
            }
        }
        if schema.field("items").isDefined, let found = problem(in: schema.field("items"), at: path + [.key("items")]) {
            return found
        }
        let additional = schema.field("additionalProperties")
        if additional.kind == .object {
            return problem(in: additional, at: path + [.key("additionalProperties")])
        }
        return nil
    }
}
