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
        try checkTexts(schema)
        try checkTypes(schema)
        try checkNumbers(schema)
        try checkSets(schema)
        try checkChildren(schema, depth + 1)
        if let reference = schema.field("$ref").stringValue {
            let target = try references.target(of: schema, reference)
            try require(target.kind == .object || target.kind == .bool, "schema is invalid")
            try check(target, depth: depth + 1)
        }
    }

    private func checkTexts(_ schema: Value) throws(Problem) {
        for name in ["$id", "id", "title", "description", "$ref", "format"] {
            let value = schema.field(named: name)
            try require(value.isUndefined || value.kind == .string, "Invalid type. Expected: string, given: \(name)")
        }
        let pattern = schema.field("pattern")
        if pattern.isDefined {
            try require(pattern.kind == .string, "pattern must be of a string")
            try require(texts.isValid(pattern), "pattern must be a valid regex")
        }
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
        for name in ["multipleOf", "minimum", "maximum"] {
            let value = schema.field(named: name)
            try require(value.isUndefined || value.isNumber, "\(name) must be of a Number")
        }
        if let multiple = schema.field("multipleOf").doubleValue {
            try require(multiple > 0, "multipleOf must be strictly greater than 0")
        }
        for name in ["exclusiveMinimum", "exclusiveMaximum"] {
            let value = schema.field(named: name)
            try require(
                value.isUndefined || value.isNumber || value.kind == .bool,
                "Invalid type. Expected: boolean/number, given: \(name)")
        }
        for pair in [("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")] {
            let low = try count(schema, pair.0)
            let high = try count(schema, pair.1)
            guard let low, let high, pair.0 != "minItems" else { continue }
            try require(low <= high, "\(pair.0) cannot be greater than \(pair.1)")
        }
    }

    private func count(_ schema: Value, _ name: String) throws(Problem) -> Int64? {
        let value = schema.field(named: name)
        if value.isUndefined { return nil }
        // As Go's `json.Number` has it: `1.0` and `1e0` are none.
        guard let number = value.intValue else { throw Problem(message: "\(name) must be of an integer") }
        try require(number >= 0, "\(name) must be greater than or equal to 0")
        return number
    }

    private func checkSets(_ schema: Value) throws(Problem) {
        let unique = schema.field("uniqueItems")
        try require(unique.isUndefined || unique.kind == .bool, "uniqueItems must be of a boolean")
        for name in ["enum", "required"] {
            let list = schema.field(named: name)
            if list.isUndefined { continue }
            try require(list.kind == .array, "\(name) must be of an array")
            try require(Set(list.elements).count == list.count, "\(name) items must be unique")
            if name == "required" {
                try require(
                    list.elements.allSatisfy { $0.kind == .string }, "Invalid type. Expected: string, given: required")
            }
        }
    }

    // MARK: Subschemas

    private static func isSchema(_ value: Value) -> Bool { value.kind == .object || value.kind == .bool }

    private mutating func checkChildren(_ schema: Value, _ depth: Int) throws(Problem) {
        for name in ["properties", "patternProperties", "definitions", "$defs"] {
            let list = schema.field(named: name)
            if list.isUndefined { continue }
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
        for name in ["anyOf", "oneOf", "allOf"] {
            let list = schema.field(named: name)
            if list.isUndefined { continue }
            try require(list.kind == .array, "\(name) must be of an array")
            for child in list.elements { try checkChild(child, "\(name) must be of an object", depth) }
        }
        for name in ["not", "if", "then", "else"] {
            try checkChild(schema.field(named: name), "\(name) must be of an object", depth)
        }
        for name in ["additionalProperties", "additionalItems"] {
            let message = "Invalid type. Expected: boolean/Valid Schema, given: \(name)"
            try checkChild(schema.field(named: name), message, depth)
        }
        try checkChild(
            schema.field("propertyNames"), "Invalid type. Expected: Valid Schema, given: patternProperties", depth)
        try checkChild(schema.field("contains"), "Expected: Valid Schema, given: Invalid JSON", depth)
        try checkItems(schema.field("items"), depth)
        try checkDependencies(schema.field("dependencies"), depth)
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
