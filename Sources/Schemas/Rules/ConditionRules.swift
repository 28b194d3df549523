import Documents

/// Conditions in the schema of a CustomResourceDefinition (`allOf`, `anyOf`, `oneOf`, `not`): they restrict values, and say
/// nothing of their shape, which the schema beside them has.
enum ConditionRules {
    /// Looks at the conditions of one schema, not at those of its properties.
    static func check(_ schema: Node, depth: Int) {
        checkParts(of: schema, in: schema, isCondition: false, depth: depth)
        checkConditions(of: schema, sparesAnyOf: isNumberOrText(schema["anyOf"]), depth: depth)
    }

    /// What may be a number or a text says so in one of two ways, and there only with types: `anyOf` of both, or that as the
    /// first of `allOf`.
    private static func isNumberOrText(_ anyOf: Node) -> Bool {
        guard anyOf.count == 2 else { return false }
        return zip(anyOf.elements, ["integer", "string"]).allSatisfy { part, type in
            part.isObject && part["type"].text == type
                && part.entries.allSatisfy { key, value in key.isText("type") || !value.says }
        }
    }

    private static func conditions(of schema: Node) -> [Node] {
        var nested = schema["not"].isObject ? [schema["not"]] : []
        for list in [schema["allOf"], schema["anyOf"], schema["oneOf"]] { nested += list.elements.filter(\.isObject) }
        return nested
    }

    // MARK: What conditions may say

    private static func checkConditions(of schema: Node, sparesAnyOf: Bool, isNested: Bool = false, depth: Int) {
        guard depth < StructuralRules.maximumDepth else { return }
        if !sparesAnyOf { for part in schema["anyOf"].elements { checkCondition(part, depth: depth) } }
        for (index, part) in schema["allOf"].elements.enumerated() {
            let isSpared = !isNested && index == 0 && isNumberOrText(part["anyOf"])
            checkCondition(part, sparesAnyOf: isSpared, depth: depth)
        }
        for part in schema["oneOf"].elements { checkCondition(part, depth: depth) }
        checkCondition(schema["not"], depth: depth)
    }

    private static let forbidden: [StaticString] = [
        "type", "title", "description", "default", "nullable", "additionalProperties",
        "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string",
        "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type", "x-kubernetes-validations",
    ]

    /// Those that may not even be false or empty.
    private static let neverSet: Set<DocumentPath.Step> = [
        .key("additionalProperties"), .key("default"), .key("x-kubernetes-list-type"), .key("x-kubernetes-map-type"),
    ]

    private static func checkCondition(_ condition: Node, sparesAnyOf: Bool = false, depth: Int) {
        guard condition.isObject, depth < StructuralRules.maximumDepth else { return }
        StructuralRules.checkForbidden(condition)
        for field in condition.setMembers(forbidden) where field.says || field.path.steps.last.map(neverSet.contains) == true {
            field.forbidden("\(field.name) may not be set here: it belongs to the schema beside the condition")
        }
        checkConditions(of: condition, sparesAnyOf: sparesAnyOf, isNested: true, depth: depth + 1)
        checkCondition(condition["items"], depth: depth + 1)
        for (key, property) in condition["properties"].entries {
            if key.isText("metadata") {
                property.forbidden("metadata may not be named in a condition: the API has its rules")
            } else {
                checkCondition(property, depth: depth + 1)
            }
        }
    }

    // MARK: What conditions may name

    /// What a condition names, the schema beside it has.
    /// - Parameter isCondition: whether it is a condition, and not the schema itself.
    private static func checkParts(of condition: Node, in schema: Node, isCondition: Bool, depth: Int) {
        guard depth < StructuralRules.maximumDepth else { return }
        for inner in conditions(of: condition) { checkParts(of: inner, in: schema, isCondition: true, depth: depth + 1) }
        guard isCondition else { return }
        for (key, part) in condition["properties"].entries where part.isObject && !key.isText("metadata") {
            let own = schema["properties"].child(named: key)
            if own.isObject {
                checkParts(of: part, in: own, isCondition: true, depth: depth + 1)
            } else {
                part.invalid(
                    "\(key.string) is no property of the schema beside the condition", hint: "add it there, with its type")
            }
        }
        let items = condition["items"]
        if items.isObject {
            if schema["items"].isObject {
                checkParts(of: items, in: schema["items"], isCondition: true, depth: depth + 1)
            } else {
                items.invalid("the schema beside the condition has no items", hint: "add them there, with their type")
            }
        }
    }
}
