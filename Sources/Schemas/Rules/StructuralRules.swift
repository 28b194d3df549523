import Documents

/// What the schema of a CustomResourceDefinition must be: every field has a type, and nothing says what the server could
/// not decide field by field.
struct StructuralRules {
    private static let types = ["array", "boolean", "integer", "number", "object", "string"]
    /// Deeper schemas are not looked at; the server has a bound of its own for the size of an object.
    static let maximumDepth = 100
    /// What the schema of metadata may have; examples and links are dropped before the server looks.
    private static let ofMetadata: Set<String> = ["type", "properties", "default", "example", "externalDocs"]
    private static let ofEveryObject: Set<String> = ["apiVersion", "kind", "metadata"]

    /// Where a schema stands.
    private struct Place {
        var isRoot = false
        /// Whether it is about apiVersion, kind or metadata of an object.
        var isInMetadata = false
        /// Where that forbids defaults; nil where it does not.
        var forbidsDefaults: String?
        var depth = 0
    }

    /// - Parameter hasStatus: whether status is a subresource, which leaves the root little to say.
    static func check(_ schema: Node, hasStatus: Bool = false) {
        guard schema.isObject else { return }
        checkRoot(schema, hasStatus)
        check(schema, Place(isRoot: true))
    }

    private static func check(_ schema: Node, _ place: Place) {
        guard schema.isObject, place.depth < maximumDepth else { return }
        checkType(schema, isRoot: place.isRoot)
        checkForbidden(schema)
        checkOthers(schema, isRoot: place.isRoot)
        checkMapType(schema)
        checkList(schema)
        checkEmbedded(schema, place.isInMetadata)
        if place.isRoot || schema["x-kubernetes-embedded-resource"].isTrue { checkTypeFields(schema["properties"]) }
        ConditionRules.check(schema, depth: place.depth)
        for rule in schema["x-kubernetes-validations"].elements where rule.isObject { checkRule(rule) }
        if let reason = place.forbidsDefaults, schema["default"].isSet {
            schema["default"].forbidden("default may not be set \(reason)")
        }
        checkInner(schema, place)
    }

    private static func checkInner(_ schema: Node, _ place: Place) {
        var inner = place
        inner.isRoot = false
        inner.depth += 1
        let isObject = place.isRoot || schema["x-kubernetes-embedded-resource"].isTrue
        for (key, property) in schema["properties"].entries {
            var own = inner
            if isObject, ofEveryObject.contains(key.string) {
                own.isInMetadata = true
                if place.isRoot { own.forbidsDefaults = "in \(key.string) of the object" }
            }
            check(property, own)
        }
        check(schema["items"], inner)
        if place.isInMetadata { inner.forbidsDefaults = "for further keys of metadata" }
        check(schema["additionalProperties"], inner)
    }

    // MARK: The root

    private static func checkRoot(_ schema: Node, _ hasStatus: Bool) {
        let type = schema["type"]
        if type.value.kind == .string, type.value.count > 0, !type.equals("object") {
            type.invalid("type is \(Wording.quoted(type.text)), but the root of a schema must be object")
        }
        if schema["nullable"].isTrue { schema["nullable"].forbidden("nullable may not be true at the root of a schema") }
        if schema["additionalProperties"].isSet {
            schema["additionalProperties"].forbidden(
                "additionalProperties may not be set at the root of a schema",
                hint: "list the fields, or write x-kubernetes-preserve-unknown-fields: true")
        }
        let metadata = schema["properties"]["metadata"]
        for (key, property) in metadata["properties"].entries where key.string != "name" && key.string != "generateName" {
            property.forbidden("metadata may say something of name and generateName only: the API has the rest")
        }
        for (key, part) in metadata.entries where !ofMetadata.contains(key.string) && part.says {
            part.forbidden("\(key.string) may not be set for metadata: the API has its schema")
        }
        if hasStatus {
            let others: [StaticString] = [
                "allOf", "anyOf", "oneOf", "not", "enum", "default", "maxProperties", "minProperties",
                "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string", "x-kubernetes-list-type",
                "x-kubernetes-list-map-keys", "x-kubernetes-map-type",
            ]
            // What is set counts, also where it is empty.
            for field in schema.setMembers(others) where !field.value.isFalse || field.path.steps.last == .key("default") {
                field.invalid("\(field.name) may not be set at the root of a schema where status is a subresource")
            }
        }
    }

    /// What every object has is of the type that the API gives it.
    private static func checkTypeFields(_ properties: Node) {
        let wanted = [(properties["apiVersion"], "string"), (properties["kind"], "string"), (properties["metadata"], "object")]
        for (field, type) in wanted where field.isObject && field["type"].text != type {
            let written = field["type"]
            written.invalid("type of \(field.name) must be \(type): it is a field of every object")
        }
    }

    // MARK: Types

    private static func checkType(_ schema: Node, isRoot: Bool) {
        let type = schema["type"]
        let isIntOrString = schema["x-kubernetes-int-or-string"].isTrue
        if type.isEmptyText {
            let isOpen = schema["x-kubernetes-preserve-unknown-fields"].isTrue
            if schema["x-kubernetes-embedded-resource"].isTrue {
                type.missing("type is required where x-kubernetes-embedded-resource is true", hint: "write type: object")
            } else if isIntOrString || isOpen {
            } else if isRoot {
                type.missing("type is required at the root of a schema", hint: "write type: object")
            } else if !schema["$ref"].isSet {
                type.missing("type is required for \(schema.name)", hint: "one of \(Wording.choice(types))")
            }
        } else if !isRoot {
            type.oneOf(types)
        }
        if isIntOrString {
            let others: [StaticString] = ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"]
            for field in schema.setMembers(others) where field.isTrue {
                field.invalid("\(field.name) may not be true where x-kubernetes-int-or-string is true")
            }
        }
    }

    /// What no schema of a definition may have, conditions included.
    static func checkForbidden(_ schema: Node) {
        // Some may not even be empty.
        let absent: [StaticString] = ["$ref", "dependencies", "additionalItems"]
        let empty: [StaticString] = ["$schema", "definitions", "id", "patternProperties"]
        for field in schema.setMembers(absent) + schema.setMembers(empty).filter(\.says) {
            field.forbidden("\(field.name) may not be set in the schema of a CustomResourceDefinition")
        }
        if schema["uniqueItems"].isTrue {
            schema["uniqueItems"].forbidden(
                "uniqueItems may not be true", hint: "write x-kubernetes-list-type: set")
        }
        if schema["items"].value.kind == .array {
            schema["items"].forbidden("items must be one schema, not a list of them")
        }
        if schema["x-kubernetes-preserve-unknown-fields"].value.isFalse {
            schema["x-kubernetes-preserve-unknown-fields"].invalid("x-kubernetes-preserve-unknown-fields must be true or absent")
        }
        let pattern = schema["pattern"]
        if pattern.value.kind == .string, !Pattern(pattern.text).isUsable {
            pattern.invalid("pattern is \(Wording.quoted(pattern.text)), which is no regular expression")
        }
    }

    /// Fields are for what has names, additionalProperties for maps.
    private static func checkOthers(_ schema: Node, isRoot: Bool) {
        let others = schema["additionalProperties"]
        guard others.isSet, !isRoot else { return }
        if schema["x-kubernetes-embedded-resource"].isTrue {
            others.forbidden("additionalProperties may not be set where x-kubernetes-embedded-resource is true")
        } else if !others.isTrue, schema["properties"].isObject, schema["properties"].value.count > 0 {
            others.forbidden("additionalProperties may not be set beside properties", hint: "keep one of them")
        }
    }

    private static func checkEmbedded(_ schema: Node, _ isInMetadata: Bool) {
        let mark = schema["x-kubernetes-embedded-resource"]
        guard mark.isTrue else { return }
        if isInMetadata { mark.forbidden("x-kubernetes-embedded-resource may not be true inside of metadata") }
        let type = schema["type"], what = "where x-kubernetes-embedded-resource is true"
        if !type.isEmptyText, !type.equals("object") {
            type.invalid("type is \(Wording.quoted(type.text)), but must be object \(what)")
        }
        let properties = schema["properties"]
        if !schema["x-kubernetes-preserve-unknown-fields"].isTrue, !properties.isObject || properties.value.count == 0 {
            properties.missing("properties are required \(what) without x-kubernetes-preserve-unknown-fields")
        }
    }

    /// A path of names leads to a text, a boolean or a whole number of the schema.
    static func checkSelectable(_ path: Node, in schema: Node) {
        guard path.value.kind == .string, path.value.count > 0, schema.isObject else { return }
        let names = path.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard names.first == "", names.count > 1 else {
            return path.invalid("jsonPath is \(Wording.quoted(path.text)), but must begin with a dot", hint: "as .spec.color")
        }
        if path.text.contains(where: { "[]".contains($0) }) {
            return path.invalid("jsonPath may have no brackets", hint: "write names with dots, as .spec.color")
        }
        if names[1] == "metadata" { return path.invalid("jsonPath may not lead to metadata") }
        var place = schema
        for name in names.dropFirst() {
            let properties = place["properties"]
            let isMap = !properties.isObject || properties.value.count == 0
            place = isMap ? place["additionalProperties"] : properties.child(named: path.inspection.key(name))
        }
        if !["string", "boolean", "integer"].contains(place["type"].text) {
            path.invalid("jsonPath leads to no text, boolean or whole number of the schema")
        }
    }
}

// MARK: Rules of the Common Expression Language

extension StructuralRules {
    /// The texts of a rule, which is not evaluated.
    private static func checkRule(_ rule: Node) {
        let message = rule["message"]
        if rule["rule"].isBlank {
            rule["rule"].missing()
        } else if !message.isEmptyText, message.isBlank {
            message.invalid("message is blank", hint: "say what the rule wants, or leave it out")
        } else if message.hasBreaks(inside: true) {
            message.invalid("message may have no line breaks")
        } else if rule["rule"].hasBreaks(inside: true), message.isBlank {
            message.missing("message is required where the rule has line breaks")
        }
        for field in [rule["messageExpression"], rule["fieldPath"]] where !field.isEmptyText && field.isBlank {
            field.invalid("\(field.name) is blank", hint: "leave it out")
        }
        let path = rule["fieldPath"]
        if !path.isBlank, path.hasBreaks(inside: false) { path.invalid("fieldPath may have no line breaks") }
    }
}

extension Node {
    /// Whether there is no text but white space; what is no text has its own finding.
    fileprivate var isBlank: Bool {
        value.kind == .string ? text.unicodeScalars.allSatisfy(\.properties.isWhitespace) : !isSet
    }

    /// Whether a text has line breaks.
    /// - Parameter inside: whether those around it do not count.
    fileprivate func hasBreaks(inside: Bool) -> Bool {
        let scalars = text.unicodeScalars
        let isBreak = { (scalar: Unicode.Scalar) in scalar == "\n" || scalar == "\r" }
        guard inside else { return scalars.contains(where: isBreak) }
        let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: isText), let last = scalars.lastIndex(where: isText) else { return false }
        return scalars[first...last].contains(where: isBreak)
    }

    /// Reports a text that is set and none of the allowed ones; the empty text is none.
    fileprivate func oneOfOrAbsent(_ allowed: [String]) {
        if value.kind == .string, value.count == 0 { unsupported(allowed) } else { oneOf(allowed) }
    }
}

// MARK: Lists

extension StructuralRules {
    private static func checkMapType(_ schema: Node) {
        let kind = schema["x-kubernetes-map-type"]
        guard kind.isSet else { return }
        if !schema["type"].equals("object") { schema["type"].invalid("type must be object where x-kubernetes-map-type is set") }
        kind.oneOfOrAbsent(["atomic", "granular"])
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
            kind.oneOfOrAbsent(["atomic", "map", "set"])
        }
        if kind.equals("set") || kind.equals("map"), items["nullable"].isTrue {
            items["nullable"].forbidden("nullable may not be true for entries of a list of type \(kind.text)")
        }
        if kind.equals("set") { checkSet(of: items) }
        guard kind.equals("map") else {
            if keys.count > 0 { keys.forbidden("x-kubernetes-list-map-keys may only be set for lists of type map") }
            return
        }
        if keys.count == 0 {
            return keys.missing("x-kubernetes-list-map-keys is required where x-kubernetes-list-type is map")
        }
        let type = items["type"]
        if items.isObject, !type.equals("object") {
            // Where a type is required, its absence is told already.
            let mayLackType = items["x-kubernetes-preserve-unknown-fields"].isTrue || items["x-kubernetes-int-or-string"].isTrue
            if type.isEmptyText, !mayLackType { return }
            let words = type.isEmptyText ? "type must be object:" : "type is \(Wording.quoted(type.text)), but"
            return type.invalid("\(words) entries of a list of type map are objects")
        }
        var seen: Set<Value> = []
        for key in keys.elements where key.value.kind == .string {
            key.mustNotRepeat("key", in: &seen)
            checkKey(key, of: items)
        }
    }

    /// Entries of a set are compared as a whole.
    private static func checkSet(of items: Node) {
        if items["type"].equals("object"), !items["x-kubernetes-map-type"].equals("atomic") {
            items["x-kubernetes-map-type"].invalid("objects in a list of type set need x-kubernetes-map-type: atomic")
        }
        let inner = items["x-kubernetes-list-type"]
        if items["type"].equals("array"), inner.isSet, !inner.equals("atomic") {
            inner.invalid("lists in a list of type set are of type atomic", hint: "remove x-kubernetes-list-type here")
        }
    }

    private static func checkKey(_ key: Node, of items: Node) {
        let property = items["properties"].child(named: key.value)
        guard property.isObject else {
            if items.isObject, !property.isSet {
                key.invalid("\(Wording.quoted(key.text)) is no property of the list's items")
            }
            return
        }
        let type = property["type"]
        if type.equals("object") || type.equals("array") {
            type.invalid("\(key.text) is a key of the list: it must be a text, a number or a boolean")
        }
        if property["nullable"].isTrue {
            property["nullable"].forbidden("\(key.text) is a key of the list: nullable may not be true")
        }
        if !property["default"].isSet, !items["required"].elements.contains(where: { $0.value == key.value }) {
            property["default"].missing(
                "\(key.text) is a key of the list: it must be required or have a default",
                hint: "add it to items.required")
        }
    }
}

extension Node {
    /// Whether a schema says anything by it: neither absent, false nor empty.
    var says: Bool {
        switch value.kind {
        case .bool: value.isTrue
        case .string, .array, .object: value.count > 0
        default: isSet
        }
    }
}
