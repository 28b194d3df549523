public import Documents
public import RegoRuntime

/// Why a JSON schema cannot serve the type checker.
public struct SchemaProblem: Error, Hashable, Sendable {
    public var message: String
}

/// Reads JSON schemas as Rego types (OPA documentation, "Using schemas to enhance the Rego type checker"): properties that
/// are not listed do not exist unless `additionalProperties` asks for them, `anyOf` and `oneOf` are unions, `allOf` merges.
public struct SchemaTypes {
    private let root: Value
    /// References being followed: a recursive one is `any`.
    private var open: [String] = []
    private static let maximumDepth = 64

    /// The type of a schema document.
    /// - Throws: `SchemaProblem` when the schema is malformed.
    public static func type(of schema: Value) throws(SchemaProblem) -> RegoType {
        var reader = SchemaTypes(root: schema)
        return try reader.type(schema, depth: 0)
    }

    private init(root: Value) { self.root = root }

    private mutating func type(_ schema: Value, depth: Int) throws(SchemaProblem) -> RegoType {
        guard schema.kind == .object, depth < Self.maximumDepth else { return .any }
        if let reference = schema.field("$ref").stringValue { return try resolve(reference, depth) }
        var options: [RegoType] = []
        for name in ["anyOf", "oneOf"] {
            for option in list(schema.field(named: name)) { options.append(try type(option, depth: depth + 1)) }
        }
        let parts = list(schema.field("allOf"))
        var core = try own(schema, depth)
        for part in parts { core = try Self.merged(core, type(part, depth: depth + 1)) }
        if options.isEmpty || options.contains(.any) { return core }
        if case .object(let properties, nil) = core, !properties.isEmpty { options.append(core) }
        return .oneOf(options)
    }

    private func list(_ value: Value) -> [Value] { value.kind == .array ? Array(value.elements) : [] }

    /// The type that `type`, `properties` and `items` of a schema describe.
    private mutating func own(_ schema: Value, _ depth: Int) throws(SchemaProblem) -> RegoType {
        let names = schema.field("type")
        if let name = names.stringValue { return try single(name, schema, depth) }
        var types: [RegoType] = []
        for name in list(names) { types.append(try single(name.stringValue ?? "", schema, depth)) }
        if !types.isEmpty { return .oneOf(types) }
        if schema.field("properties").isDefined { return try object(schema, depth) }
        return schema.field("items").isDefined ? try array(schema, depth) : .any
    }

    private mutating func single(_ name: String, _ schema: Value, _ depth: Int) throws(SchemaProblem) -> RegoType {
        switch name {
        case "null": return .null
        case "boolean": return .boolean
        case "number", "integer": return .number
        case "string": return .string
        case "array": return try array(schema, depth)
        case "object": return try object(schema, depth)
        default: throw SchemaProblem(message: "unable to compile the schema: has a type that is NOT VALID: \(name)")
        }
    }

    private mutating func array(_ schema: Value, _ depth: Int) throws(SchemaProblem) -> RegoType {
        let items = schema.field("items")
        guard items.kind == .array else { return .array(of: try type(items, depth: depth + 1)) }
        var leading: [RegoType] = []
        for item in items.elements { leading.append(try type(item, depth: depth + 1)) }
        return .array(static: leading, dynamic: nil)
    }

    private mutating func object(_ schema: Value, _ depth: Int) throws(SchemaProblem) -> RegoType {
        let members = schema.field("properties")
        var properties: [RegoType.Property] = []
        if members.kind == .object {
            for (key, value) in zip(members.keys, members.values) {
                properties.append(.init(key.string, try type(value, depth: depth + 1)))
            }
        }
        let more = schema.field("additionalProperties")
        if more.isFalse || more.isUndefined && !properties.isEmpty { return .object(static: properties, dynamic: nil) }
        let others = more.kind == .object ? try type(more, depth: depth + 1) : .any
        return .object(static: properties, dynamic: .init(more.kind == .object ? .string : .any, others))
    }

    private mutating func resolve(_ reference: String, _ depth: Int) throws(SchemaProblem) -> RegoType {
        guard reference.utf8.first == UInt8(ascii: "#") else {
            throw SchemaProblem(message: "unable to compile the schema: remote reference loading disabled: \(reference)")
        }
        if open.contains(reference) { return .any }
        var found = root
        for part in reference.dropFirst().split(separator: "/") {
            let key = String(part.replacing("~1", with: "/").replacing("~0", with: "~"))
            found = found.kind == .array ? Int(key).map { found.member(.int(Int64($0))) } ?? .undefined : found.field(named: key)
        }
        guard found.isDefined else {
            throw SchemaProblem(message: "unable to compile the schema: Object has no key '\(reference)'")
        }
        open.append(reference)
        defer { open.removeLast() }
        return try type(found, depth: depth + 1)
    }

    /// The type of what has both types, as `allOf` asks.
    private static func merged(_ left: RegoType, _ right: RegoType) throws(SchemaProblem) -> RegoType {
        switch (left, right) {
        case (.any, let other), (let other, .any): return other
        case (.object(let a, let aRest), .object(let b, let bRest)):
            var properties = a
            for property in b {
                if let index = properties.firstIndex(where: { $0.key == property.key }) {
                    properties[index].type = try merged(properties[index].type, property.type)
                } else {
                    properties.append(property)
                }
            }
            return .object(
                static: properties,
                dynamic: properties.isEmpty ? aRest ?? bRest : a.isEmpty ? bRest : b.isEmpty ? aRest : aRest ?? bRest)
        case (.array(let a, let aRest), .array(let b, let bRest)) where a.isEmpty && b.isEmpty:
            return .array(of: try merged(aRest ?? .any, bRest ?? .any))
        default:
            if left == right { return left }
            let common = left.members.filter(right.members.contains)
            if common.isEmpty {
                throw SchemaProblem(message: "unable to merge these schemas: type mismatch: \(left) and \(right)")
            }
            return .oneOf(common)
        }
    }
}
