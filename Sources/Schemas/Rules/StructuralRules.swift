import Documents

/// What the schema of a CustomResourceDefinition must be: every field has a type, and nothing says what the server could
/// not decide field by field.
struct StructuralRules {
    private static let types = ["array", "boolean", "integer", "number", "object", "string"]
    /// Deeper schemas are not looked at; the server has a bound of its own for the size of an object.
    private static let maximumDepth = 100

    static func check(_ schema: Node) {
        guard schema.isObject else { return }
        let type = schema["type"]
        if type.isEmptyText {
            type.missing("type is required at the root of a schema", hint: "write type: object")
        } else if type.value.kind == .string, !type.equals("object") {
            type.invalid("type is \(Wording.quoted(type.text)), but the root of a schema must be object")
        }
        check(schema, depth: 0, isRoot: true)
        let metadata = schema["properties"]["metadata"]["properties"]
        for (key, property) in metadata.entries where key.string != "name" && key.string != "generateName" {
            property.forbidden("metadata may say something of name and generateName only: the API has the rest")
        }
    }

    private static func check(_ schema: Node, depth: Int, isRoot: Bool = false) {
        guard schema.isObject, depth < maximumDepth else { return }
        if !isRoot { checkType(schema) }
        checkForbidden(schema)
        checkList(schema)
        checkEmbedded(schema)
        for condition in conditions(of: schema) { checkParts(of: condition, in: schema, depth: depth) }
        checkConditions(schema)
        for rule in schema["x-kubernetes-validations"].elements where rule.isObject { rule["rule"].mustExist() }
        let pattern = schema["pattern"]
        if pattern.value.kind == .string, !Pattern(pattern.text).isUsable {
            pattern.invalid("pattern is \(Wording.quoted(pattern.text)), which is no regular expression")
        }
        for (_, property) in schema["properties"].entries { check(property, depth: depth + 1) }
        for field: StaticString in ["items", "additionalProperties"] { check(schema[field], depth: depth + 1) }
    }

    private static func checkType(_ schema: Node) {
        let type = schema["type"]
        let isIntOrString = schema["x-kubernetes-int-or-string"].isTrue
        if type.isEmptyText {
            let isOpen = schema["x-kubernetes-preserve-unknown-fields"].isTrue
            if !isIntOrString, !isOpen, !schema["$ref"].isSet {
                type.missing("type is required for \(schema.name)", hint: "one of \(Wording.choice(types))")
            }
        } else if isIntOrString {
            type.forbidden("type may not be set where x-kubernetes-int-or-string is true")
        } else {
            type.oneOf(types)
        }
    }

    private static func checkForbidden(_ schema: Node) {
        for field in schema.setMembers(["$ref", "definitions", "dependencies", "id", "patternProperties"]) {
            field.forbidden("\(field.name) may not be set in the schema of a CustomResourceDefinition")
        }
        if schema["uniqueItems"].isTrue {
            schema["uniqueItems"].forbidden(
                "uniqueItems may not be true", hint: "write x-kubernetes-list-type: set")
        }
        let others = schema["additionalProperties"]
        if others.value.isFalse {
            others.forbidden("additionalProperties may not be false", hint: "remove it: unknown fields are dropped")
        } else if others.isSet, schema["properties"].isSet {
            others.forbidden("additionalProperties may not be set beside properties", hint: "keep one of them")
        }
        if schema["x-kubernetes-preserve-unknown-fields"].value.isFalse {
            schema["x-kubernetes-preserve-unknown-fields"].invalid("x-kubernetes-preserve-unknown-fields must be true or absent")
        }
    }

    private static func checkEmbedded(_ schema: Node) {
        guard schema["x-kubernetes-embedded-resource"].isTrue else { return }
        let type = schema["type"], what = "where x-kubernetes-embedded-resource is true"
        if !type.isEmptyText, !type.equals("object") {
            type.invalid("type is \(Wording.quoted(type.text)), but must be object \(what)")
        }
        let properties = schema["properties"]
        if !schema["x-kubernetes-preserve-unknown-fields"].isTrue, !properties.isObject || properties.value.count == 0 {
            properties.missing("properties are required \(what) without x-kubernetes-preserve-unknown-fields")
        }
    }

    private static func checkList(_ schema: Node) {
        let items = schema["items"]
        let isArray = schema["type"].equals("array")
        if isArray, !items.isSet {
            items.missing("items is required for \(schema.name): what the list holds")
        }
        let kind = schema["x-kubernetes-list-type"]
        let keys = schema["x-kubernetes-list-map-keys"]
        if kind.isSet {
            if !isArray { return schema["type"].invalid("type must be array where x-kubernetes-list-type is set") }
            kind.oneOf(["atomic", "map", "set"])
        }
        if kind.equals("set"), items["type"].equals("object"), !items["x-kubernetes-map-type"].equals("atomic") {
            items["x-kubernetes-map-type"].invalid("objects in a list of type set need x-kubernetes-map-type: atomic")
        }
        guard kind.equals("map") else {
            if keys.count > 0 { keys.forbidden("x-kubernetes-list-map-keys may only be set for lists of type map") }
            return
        }
        if keys.count == 0 {
            return keys.missing("x-kubernetes-list-map-keys is required where x-kubernetes-list-type is map")
        }
        var seen: Set<Value> = []
        for key in keys.elements where key.value.kind == .string {
            key.mustNotRepeat("key", in: &seen)
            let property = items["properties"].child(named: key.value)
            if items.isObject, !property.isSet {
                key.invalid("\(Wording.quoted(key.text)) is no property of the list's items")
            } else if property.isObject, !property["default"].isSet,
                !items["required"].elements.contains(where: { $0.value == key.value })
            {
                property["default"].missing(
                    "\(key.text) is a key of the list: it must be required or have a default",
                    hint: "add it to items.required")
            }
        }
    }

    private static func conditions(of schema: Node) -> [Node] {
        var nested = schema["not"].isObject ? [schema["not"]] : []
        for list in [schema["allOf"], schema["anyOf"], schema["oneOf"]] { nested += list.elements.filter(\.isObject) }
        return nested
    }

    /// What a condition names, the schema beside it has.
    private static func checkParts(of condition: Node, in schema: Node, depth: Int) {
        guard depth < maximumDepth else { return }
        for inner in conditions(of: condition) { checkParts(of: inner, in: schema, depth: depth + 1) }
        for (key, part) in condition["properties"].entries where part.isObject {
            let own = schema["properties"].child(named: key)
            if own.isObject {
                checkParts(of: part, in: own, depth: depth + 1)
            } else {
                part.invalid(
                    "\(key.string) is no property of the schema beside the condition", hint: "add it there, with its type")
            }
        }
        let items = condition["items"]
        if items.isObject {
            if schema["items"].isObject {
                checkParts(of: items, in: schema["items"], depth: depth + 1)
            } else {
                items.invalid("the schema beside the condition has no items", hint: "add them there, with their type")
            }
        }
    }

    /// Conditions on a value say nothing of its shape.
    private static func checkConditions(_ schema: Node, isIntOrString: Bool = false) {
        let isIntOrString = isIntOrString || schema["x-kubernetes-int-or-string"].isTrue
        for condition in conditions(of: schema) {
            for field in condition.setMembers(["type", "title", "description", "default", "nullable"]) {
                // What may be a number or a text says so by its alternatives.
                if isIntOrString, field.name.hasSuffix("type") { continue }
                if field.value.isFalse || field.value.kind == .string && field.value.count == 0 { continue }
                field.forbidden("\(field.name) may not be set here: it belongs to the schema beside the condition")
            }
            checkConditions(condition, isIntOrString: isIntOrString)
        }
    }

    /// A path of names leads to a text, a boolean or a whole number of the schema.
    static func checkSelectable(_ path: Node, in schema: Node) {
        guard path.value.kind == .string, path.value.count > 0, schema.isObject else { return }
        let names = path.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard names.first == "", names.count > 1 else {
            return path.invalid("jsonPath is \(Wording.quoted(path.text)), but must begin with a dot", hint: "as .spec.color")
        }
        // What has brackets or quotes is not followed.
        if path.text.contains(where: { "[]'\"\\".contains($0) }) { return }
        var place = schema
        for name in names.dropFirst() { place = place["properties"].child(named: path.inspection.key(name)) }
        if !["string", "boolean", "integer"].contains(place["type"].text) {
            path.invalid("jsonPath leads to no text, boolean or whole number of the schema")
        }
    }
}
