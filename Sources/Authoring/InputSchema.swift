public import Diagnostics
import Documents
public import RegoRuntime

/// The types that JSON schemas describe, for checking references to `input`.
public enum InputSchema {
    public struct Failure: Error {
        public var problems: [Diagnostic]
    }

    /// The type of the schema in a file.
    public static func type(at path: String) -> Result<RegoType, Failure> {
        switch EvaluationSetup.readInput(path) {
        case .success(let document): .success(type(document.root, root: document.root, depth: 0))
        case .failure(let failure): .failure(Failure(problems: failure.problems))
        }
    }

    /// The type of a schema; what cannot be told from it is `any`.
    static func type(_ schema: Value, root: Value, depth: Int) -> RegoType {
        guard schema.kind == .object, depth < 20 else { return .any }
        if let reference = schema.field("$ref").stringValue { return resolve(reference, root, depth) }
        for name in ["anyOf", "oneOf"] {
            let options = schema.field(named: name)
            if options.kind == .array { return union(options.elements.map { type($0, root: root, depth: depth + 1) }) }
        }
        let names = schema.field("type")
        if names.kind == .array { return union(names.elements.map { single($0.string, schema, root, depth) }) }
        if let name = names.stringValue { return single(name, schema, root, depth) }
        return schema.field("properties").isDefined ? single("object", schema, root, depth) : .any
    }

    private static func union(_ types: [RegoType]) -> RegoType { types.contains(.any) ? .any : .union(types) }

    private static func resolve(_ reference: String, _ root: Value, _ depth: Int) -> RegoType {
        guard reference.hasPrefix("#"), let path = DocumentPath(parsing: String(reference.dropFirst())) else { return .any }
        var found = root
        for step in path.steps {
            if case .key(let key) = step { found = found.field(named: key) } else { return .any }
        }
        return type(found, root: root, depth: depth + 1)
    }

    private static func single(_ name: String, _ schema: Value, _ root: Value, _ depth: Int) -> RegoType {
        switch name {
        case "null": return .null
        case "boolean": return .boolean
        case "number", "integer": return .number
        case "string": return .string
        case "array":
            let items = schema.field("items")
            return .array(of: items.kind == .object ? type(items, root: root, depth: depth + 1) : .any)
        case "object":
            let members = schema.field("properties")
            var properties: [RegoType.Property] = []
            if members.kind == .object {
                properties = zip(members.keys, members.values).map { .init($0.string, type($1, root: root, depth: depth + 1)) }
            }
            let more = schema.field("additionalProperties")
            let isOpen = more.isUndefined ? properties.isEmpty : !more.isFalse
            return .object(static: properties, dynamic: isOpen ? .init(.any, .any) : nil)
        default: return .any
        }
    }
}
