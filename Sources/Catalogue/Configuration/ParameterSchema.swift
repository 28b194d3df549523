import Documents
import Inputs

/// The part of JSON Schema that parameters of policies use: `type`, `items`, `properties`, `additionalProperties`,
/// `enum`, `minimum`, `maximum`.
enum ParameterSchema {
    struct Problem {
        var message: String
        var path: [DocumentPath.Step] = []
    }

    /// The first thing about a value that its schema does not allow.
    static func problem(of value: Value, schema: Value) -> Problem? {
        guard schema.kind == .object else { return nil }
        if let type = schema.field("type").stringValue, !hasType(value, type) {
            return Problem(message: "\(article(type)) is expected, not \(name(of: value))")
        }
        let choices = schema.field("enum").array
        if !choices.isEmpty, !choices.contains(value) {
            return Problem(message: "one of \(choices.map(ScalarText.of).joined(separator: ", ")) is expected")
        }
        if value.isNumber {
            let minimum = schema.field("minimum"), maximum = schema.field("maximum")
            if minimum.isNumber, ValueOrder.compare(value, minimum) < 0 {
                return Problem(message: "at least \(ScalarText.of(minimum)) is expected")
            }
            if maximum.isNumber, ValueOrder.compare(value, maximum) > 0 {
                return Problem(message: "at most \(ScalarText.of(maximum)) is expected")
            }
        }
        return value.kind == .array ? problemOfItems(value, schema) : problemOfMembers(value, schema)
    }

    private static func problemOfItems(_ value: Value, _ schema: Value) -> Problem? {
        for (index, item) in value.elements.enumerated() {
            guard var problem = problem(of: item, schema: schema.field("items")) else { continue }
            problem.path.insert(.index(index), at: 0)
            return problem
        }
        return nil
    }

    private static func problemOfMembers(_ value: Value, _ schema: Value) -> Problem? {
        guard value.kind == .object else { return nil }
        let properties = schema.field("properties"), others = schema.field("additionalProperties")
        for (index, key) in value.keys.enumerated() {
            let known = properties.kind == .object ? properties.member(key) : .undefined
            if known.isUndefined, others.isFalse {
                return Problem(message: "unknown key \"\(key.string)\"", path: [.key(key.string)])
            }
            guard var problem = problem(of: value.values[index], schema: known.isDefined ? known : others) else { continue }
            problem.path.insert(.key(key.string), at: 0)
            return problem
        }
        return nil
    }

    private static func hasType(_ value: Value, _ type: String) -> Bool {
        switch type {
        case "string": value.kind == .string
        case "boolean": value.kind == .bool
        case "integer": value.integerValue != nil
        case "number": value.isNumber
        case "array": value.kind == .array
        case "object": value.kind == .object
        default: true
        }
    }

    private static func article(_ type: String) -> String {
        ["array", "integer", "object"].contains(type) ? "an \(type)" : "a \(type)"
    }

    private static func name(of value: Value) -> String {
        switch value.kind {
        case .null, .undefined, .node: "null"
        case .bool: "a boolean"
        case .int, .decimal: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        case .set: "a set"
        }
    }
}
