import Documents

/// Checks that a schema is well formed, with the messages of gojsonschema, which OPA uses.
package struct SchemaChecker {
    package typealias Problem = SchemaReferences.Problem

    private let references: SchemaReferences
    private let texts: any SchemaTexts
    private var visited: Set<UnsafeRawPointer> = []
    private static let types: Set<String> = ["array", "boolean", "integer", "number", "null", "object", "string"]

    /// - Throws: `Problem` with the first mistake.
    package static func check(_ references: SchemaReferences, texts: any SchemaTexts) throws(Problem) {
        var checker = SchemaChecker(references: references, texts: texts)
        if references.root.kind == .bool { return }
        guard references.root.kind == .object else { throw Problem(message: "schema is invalid") }
        try checker.check(references.root, depth: 0)
    }

    private init(references: SchemaReferences, texts: any SchemaTexts) {
        (self.references, self.texts) = (references, texts)
    }

    private func require(_ condition: Bool, _ message: String) throws(Problem) {
        if !condition { throw Problem(message: message) }
    }

    private mutating func check(_ schema: Value, depth: Int) throws(Problem) {
        if schema.kind == .bool { return }
        guard visited.insert(schema.rawPointer).inserted else { return }
        try require(depth < 200, "the schema nests too deeply")
        // In gojsonschema's order, which decides what a schema with several mistakes is told.
        let depth = depth + 1
        let draft = schema.field("$schema")
        try require(draft.isUndefined || draft.kind == .string, "$schema must be of type string")
        try checkTexts(schema, ["$id", "id"])
        try checkMembers(of: schema, "definitions", depth)
        try checkMembers(of: schema, "$defs", depth)
        try checkTexts(schema, ["title", "description", "$ref"])
        if let reference = schema.field("$ref").stringValue {
            let target = try references.target(of: schema, reference)
            try require(target.kind == .object || target.kind == .bool, "schema is invalid")
            try check(target, depth: depth)
        }
        try checkTypes(schema)
        try checkMemberSchemas(schema, depth)
        try checkItems(schema.field("items"), depth)
        try checkChild(schema.field("additionalItems"), Self.neither("additionalItems"), depth)
        try checkScalars(schema)
        try checkChild(schema.field("contains"), "Expected: Valid Schema, given: Invalid JSON", depth)
        try checkList(schema, "enum")
        try checkCombinations(schema, depth)
    }

    private func checkTexts(_ schema: Value, _ names: [String]) throws(Problem) {
        for name in names {
            let value = schema.field(named: name)
            try require(value.isUndefined || value.kind == .string, "Invalid type. Expected: string, given: \(name)")
        }
    }

    /// What bounds numbers, texts, objects and arrays.
    private func checkScalars(_ schema: Value) throws(Problem) {
        try checkNumbers(schema)
        try checkCounts(schema, "minLength", "maxLength", isOrdered: true)
        let pattern = schema.field("pattern")
        if pattern.isDefined {
            try require(pattern.kind == .string, "pattern must be of a string")
            try require(texts.isValid(pattern), "pattern must be a valid regex")
        }
        try checkTexts(schema, ["format"])
        try checkCounts(schema, "minProperties", "maxProperties", isOrdered: true)
        try checkList(schema, "required")
        try checkCounts(schema, "minItems", "maxItems", isOrdered: false)
        let unique = schema.field("uniqueItems")
        try require(unique.isUndefined || unique.kind == .bool, "uniqueItems must be of a boolean")
    }

    private func checkTypes(_ schema: Value) throws(Problem) {
        let type = schema.field("type")
        if type.isUndefined { return }
        let names: [Value] = type.kind == .array ? Array(type.elements) : [type]
        var seen: Set<String> = []
        for name in names {
            guard let text = name.stringValue else {
                throw Problem(message: "Invalid type. Expected: type, given: string/Array Of Strings")
            }
            try require(
                Self.types.contains(text),
                "has a primitive type that is NOT VALID -- given: /\(text)/ Expected valid values are:"
                    + "[array boolean integer number null object string]")
            try require(seen.insert(text).inserted, "\(text) type is duplicated")
        }
    }

    private func checkNumbers(_ schema: Value) throws(Problem) {
        let multiple = schema.field("multipleOf")
        try require(multiple.isUndefined || multiple.isNumber, "Invalid type. Expected: Number, given: multipleOf")
        if let multiple = multiple.doubleValue { try require(multiple > 0, "multipleOf must be strictly greater than 0") }
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            let value = schema.field(named: bound)
            try require(value.isUndefined || value.isNumber, "\(bound) must be of a Number")
            let limit = schema.field(named: exclusive)
            try require(
                limit.isUndefined || limit.isNumber || limit.kind == .bool,
                "Invalid type. Expected: boolean/number, given: \(exclusive)")
        }
    }

    private func checkCounts(_ schema: Value, _ least: String, _ most: String, isOrdered: Bool) throws(Problem) {
        guard let low = try count(schema, least), let high = try count(schema, most), isOrdered else {
            _ = try count(schema, most)
            return
        }
        try require(low <= high, "\(least) cannot be greater than \(most)")
    }

    private func count(_ schema: Value, _ name: String) throws(Problem) -> Int64? {
        let value = schema.field(named: name)
        if value.isUndefined { return nil }
        // As Go's `json.Number` has it: `1.0` and `1e0` are none.
        guard let number = value.intValue else { throw Problem(message: "\(name) must be of an integer") }
        try require(number >= 0, "\(name) must be greater than or equal to 0")
        return number
    }

    private func checkList(_ schema: Value, _ name: String) throws(Problem) {
        let list = schema.field(named: name)
        if list.isUndefined { return }
        try require(list.kind == .array, "\(name) must be of an array")
        try require(Set(list.elements).count == list.count, "\(name) items must be unique")
        if name == "required" {
            try require(list.elements.allSatisfy { $0.kind == .string }, "Invalid type. Expected: string, given: required")
        }
    }

    // MARK: Subschemas

    private static func isSchema(_ value: Value) -> Bool { value.kind == .object || value.kind == .bool }

    private static func neither(_ name: String) -> String { "Invalid type. Expected: boolean/Valid Schema, given: \(name)" }

    /// The schemas of an object's members.
    private mutating func checkMemberSchemas(_ schema: Value, _ depth: Int) throws(Problem) {
        try checkMembers(of: schema, "properties", depth)
        try checkChild(schema.field("additionalProperties"), Self.neither("additionalProperties"), depth)
        try checkMembers(of: schema, "patternProperties", depth)
        try checkChild(
            schema.field("propertyNames"), "Invalid type. Expected: Valid Schema, given: patternProperties", depth)
        try checkDependencies(schema.field("dependencies"), depth)
    }

    private mutating func checkMembers(of schema: Value, _ name: String, _ depth: Int) throws(Problem) {
        let list = schema.field(named: name)
        if list.isUndefined { return }
        let isDefinitions = name == "definitions" || name == "$defs"
        try require(
            list.kind == .object,
            isDefinitions
                ? "Invalid type. Expected: Array Of Schemas, given: \(name)"
                : "\(name == "properties" ? "Properties" : name) must be of type object")
        for (key, child) in zip(list.keys, list.values) {
            if name == "patternProperties" {
                try require(texts.isValid(key), "Invalid regex pattern '\(key.string)'")
            }
            try require(Self.isSchema(child), "Invalid type. Expected: Valid Schema, given: \(key.string)")
            try check(child, depth: depth)
        }
    }

    private mutating func checkCombinations(_ schema: Value, _ depth: Int) throws(Problem) {
        for name in ["oneOf", "anyOf", "allOf"] {
            let list = schema.field(named: name)
            if list.isUndefined { continue }
            try require(list.kind == .array, "\(name) must be of an array")
            for child in list.elements { try checkChild(child, "\(name) must be of an object", depth) }
        }
        for name in ["not", "if", "then", "else"] {
            try checkChild(schema.field(named: name), "\(name) must be of an object", depth)
        }
    }

    private mutating func checkChild(_ child: Value, _ message: String, _ depth: Int) throws(Problem) {
        if child.isUndefined { return }
        try require(Self.isSchema(child), message)
        try check(child, depth: depth)
    }

    private mutating func checkItems(_ items: Value, _ depth: Int) throws(Problem) {
        let message = "Invalid type. Expected: Valid Schema/Array Of Schemas, given: items"
        guard items.kind == .array else { return try checkChild(items, message, depth) }
        for child in items.elements { try checkChild(child, message, depth) }
    }

    private mutating func checkDependencies(_ list: Value, _ depth: Int) throws(Problem) {
        if list.isUndefined { return }
        try require(list.kind == .object, "dependencies must be of type object")
        for child in list.values {
            if child.kind == .array {
                try require(child.elements.allSatisfy { $0.kind == .string }, "dependency must be of a string")
            } else {
                try checkChild(child, "dependency must be of type Valid Schema/Array Of Strings", depth)
            }
        }
    }
}
