import Documents

/// Compares schemas by what they say of values: descriptions, titles and examples do not count.
enum SchemaLikeness {
    static func isAlike(_ schema: Value, _ other: Value) -> Bool {
        guard schema.kind == .object, other.kind == .object else { return schema == other }
        let keys = indices(of: schema), others = indices(of: other)
        return keys.count == others.count
            && zip(keys, others).allSatisfy { first, second in
                let key = schema.keys[first]
                return key == other.keys[second] && isAlike(schema.values[first], other.values[second], under: key.string)
            }
    }

    /// The members that say something of values, by key.
    private static func indices(of schema: Value) -> [Int] {
        (0..<schema.count).filter { !["description", "title", "example", "externalDocs"].contains(schema.keys[$0].string) }
    }

    private static func isAlike(_ value: Value, _ other: Value, under key: String) -> Bool {
        switch key {
        case "properties", "patternProperties", "definitions", "dependencies":
            guard value.kind == .object, other.kind == .object else { return value == other }
            return value.count == other.count
                && (0..<value.count).allSatisfy {
                    value.keys[$0] == other.keys[$0] && isAlike(value.values[$0], other.values[$0])
                }
        case "items", "additionalItems", "additionalProperties", "not", "allOf", "anyOf", "oneOf":
            guard value.kind == .array, other.kind == .array else { return isAlike(value, other) }
            return value.count == other.count && zip(value.elements, other.elements).allSatisfy { isAlike($0, $1) }
        default: return value == other
        }
    }
}
