package import Documents
import Text

/// Checks documents against a schema, with the errors, their order and their words of gojsonschema, which OPA uses.
package struct SchemaValidator {
    /// One thing that does not fit.
    package struct Failure {
        package var type: String
        package var field: String
        package var description: String
        /// The steps to what does not fit; to the member itself, not to its object, for one that is not allowed.
        package var path: [String]
    }

    /// Failures of one part of a document, and how well it fits: alternatives that fit best explain themselves.
    package struct Result {
        package var failures: [Failure] = []
        var score = 0

        mutating func add(_ type: String, _ path: [String], _ description: String, member: String? = nil) {
            let field = path.isEmpty ? "(Root)" : path.joined(separator: ".")
            // Outside of the evaluation's storage: a failure counts for what it takes.
            _ = WorkMeter.charge(400 &+ 8 &* path.count)
            failures.append(
                Failure(type: type, field: field, description: description, path: path + (member.map { [$0] } ?? [])))
            score -= 2
        }

        mutating func merge(_ other: Result) {
            failures += other.failures
            score += other.score
        }
    }

    let references: SchemaReferences
    let texts: any SchemaTexts
    /// Polled now and then; the answer does not matter once it is true.
    let isCancelled: () -> Bool
    private var depth = 0
    /// Why the check was given up; its result then says nothing.
    package private(set) var problem: String?

    package init(references: SchemaReferences, texts: any SchemaTexts, isCancelled: @escaping () -> Bool) {
        (self.references, self.texts, self.isCancelled) = (references, texts, isCancelled)
    }

    /// What does not fit in a value that stands at `path`.
    package mutating func validate(_ value: Value, _ schema: Value, _ path: [String]) -> Result {
        var result = Result()
        depth += 1
        defer { depth -= 1 }
        if depth > 500 || isCancelled() { problem = problem ?? "the schema or document nests too deeply" }
        if problem != nil { return result }
        if schema.kind == .bool {
            if schema.isFalse { result.add("false", path, "False always fails validation") }
            return result
        }
        if let reference = schema.field("$ref").stringValue {
            do {
                return validate(value, try references.target(of: schema, reference), path)
            } catch {
                problem = error.message
                return result
            }
        }
        guard hasType(value, schema.field("type")) else {
            let type = schema.field("type")
            let names =
                type.kind == .array ? "[" + type.elements.map(\.string).joined(separator: ",") + "]" : type.string
            result.add("invalid_type", path, "Invalid type. Expected: \(names), given: \(Self.typeName(value))")
            return result
        }
        if value.kind == .null { return result }
        validateCombinations(value, schema, path, &result)
        if value.kind != .object { validateConstants(value, schema, path, &result) }
        switch value.kind {
        case .array: validateArray(value, schema, path, &result)
        case .object: validateObject(value, schema, path, &result)
        case .string: validateString(value, schema, path, &result)
        case .int, .decimal: validateNumber(value, schema, path, &result)
        default: break
        }
        result.score += 1
        return result
    }

    // MARK: Types

    static func typeName(_ value: Value) -> String {
        switch value.kind {
        case .int: "integer"
        case .decimal: NumberText.Decimal(value).isInteger ? "integer" : "number"
        default: value.typeName
        }
    }

    private func hasType(_ value: Value, _ type: Value) -> Bool {
        if type.isUndefined { return true }
        let name = Self.typeName(value)
        func fits(_ wanted: String) -> Bool { wanted == name || wanted == "number" && name == "integer" }
        return type.kind == .array ? type.elements.contains { fits($0.string) } : fits(type.string)
    }

    // MARK: Combinations

    private mutating func validateCombinations(
        _ value: Value, _ schema: Value, _ path: [String], _ result: inout Result
    ) {
        let any = schema.field("anyOf")
        let one = schema.field("oneOf")
        let all = schema.field("allOf")
        if any.kind == .array, any.count > 0 {
            let (count, best) = fitting(value, any, path, stopsAtFirst: true)
            if count == 0 {
                result.add("number_any_of", path, "Must validate at least one schema (anyOf)")
                if let best { result.merge(best) }
            }
        }
        if one.kind == .array, one.count > 0 {
            let (count, best) = fitting(value, one, path, stopsAtFirst: false)
            if count != 1 {
                result.add("number_one_of", path, "Must validate one and only one schema (oneOf)")
                if count == 0, let best { result.merge(best) }
            }
        }
        if all.kind == .array, all.count > 0 {
            var isValid = true
            for part in all.elements {
                let partial = validate(value, part, path)
                isValid = isValid && partial.failures.isEmpty
                result.merge(partial)
            }
            if !isValid { result.add("number_all_of", path, "Must validate all the schemas (allOf)") }
        }
        let not = schema.field("not")
        if not.isDefined, validate(value, not, path).failures.isEmpty {
            result.add("number_not", path, "Must not validate the schema (not)")
        }
        validateDependencies(value, schema.field("dependencies"), path, &result)
        validateCondition(value, schema, path, &result)
        result.score += 1
    }

    /// How many alternatives fit, and the best of those that do not.
    private mutating func fitting(
        _ value: Value, _ alternatives: Value, _ path: [String], stopsAtFirst: Bool
    ) -> (count: Int, best: Result?) {
        var count = 0
        var best: Result?
        for alternative in alternatives.elements {
            let result = validate(value, alternative, path)
            if result.failures.isEmpty {
                count += 1
                if stopsAtFirst { break }
            } else if best.map({ result.score > $0.score }) ?? true {
                best = result
            }
        }
        return (count, best)
    }

    private mutating func validateDependencies(
        _ value: Value, _ dependencies: Value, _ path: [String], _ result: inout Result
    ) {
        guard dependencies.kind == .object, value.kind == .object else { return }
        for (key, dependency) in zip(dependencies.keys, dependencies.values) where value.keyIndex(key) >= 0 {
            if dependency.kind == .array {
                for name in dependency.elements where value.keyIndex(name) < 0 {
                    result.add("missing_dependency", path, "Has a dependency on \(name.string)")
                }
            } else {
                result.merge(validate(value, dependency, path))
            }
        }
    }

    private mutating func validateCondition(_ value: Value, _ schema: Value, _ path: [String], _ result: inout Result) {
        let condition = schema.field("if")
        if condition.isUndefined { return }
        let holds = validate(value, condition, path).failures.isEmpty
        let branch = schema.field(holds ? "then" : "else")
        if branch.isUndefined { return }
        let outcome = validate(value, branch, path)
        if outcome.failures.isEmpty { return }
        result.add(
            holds ? "condition_then" : "condition_else", path,
            holds ? "Must validate \"then\" as \"if\" was valid" : "Must validate \"else\" as \"if\" was not valid")
        result.merge(outcome)
    }

    private func validateConstants(_ value: Value, _ schema: Value, _ path: [String], _ result: inout Result) {
        let name = path.isEmpty ? "(Root)" : path.joined(separator: ".")
        let constant = schema.field("const")
        let options = schema.field("enum")
        if constant.isDefined, constant != value {
            result.add("const", path, "\(name) does not match: \(JSONWriter.string(constant))")
        }
        if options.kind == .array, !options.elements.contains(value) {
            let list = options.elements.map { JSONWriter.string($0) }.joined(separator: ", ")
            result.add("enum", path, "\(name) must be one of the following: \(list)")
        }
        result.score += 1
    }

    // MARK: Collections

    private mutating func validateArray(_ value: Value, _ schema: Value, _ path: [String], _ result: inout Result) {
        let items = schema.field("items")
        let additional = schema.field("additionalItems")
        if items.kind == .array {
            for (index, (element, part)) in zip(value.elements, items.elements).enumerated() {
                result.merge(validate(element, part, path + [String(index)]))
            }
            if value.count > items.count {
                if additional.isFalse {
                    result.add("array_no_additional_items", path, "No additional items allowed on array")
                } else if additional.kind == .object {
                    for index in items.count..<value.count {
                        result.merge(validate(value.elements[index], additional, path + [String(index)]))
                    }
                }
            }
        } else if items.isDefined {
            for (index, element) in value.elements.enumerated() {
                result.merge(validate(element, items, path + [String(index)]))
            }
        }
        if let least = schema.field("minItems").integerValue, value.count < least {
            result.add("array_min_items", path, "Array must have at least \(least) items")
        }
        if let most = schema.field("maxItems").integerValue, value.count > most {
            result.add("array_max_items", path, "Array must have at most \(most) items")
        }
        if schema.field("uniqueItems").isTrue { checkUnique(value, path, &result) }
        validateContains(value, schema.field("contains"), path, &result)
        result.score += 1
    }

    private func checkUnique(_ value: Value, _ path: [String], _ result: inout Result) {
        var first: [Value: Int] = [:]
        for (index, element) in value.elements.enumerated() {
            if let earlier = first[element] {
                result.add("unique", path, "array items[\(earlier),\(index)] must be unique")
            }
            first[element] = index
        }
    }

    private mutating func validateContains(
        _ value: Value, _ wanted: Value, _ path: [String], _ result: inout Result
    ) {
        if wanted.isUndefined { return }
        var best: Result?
        for (index, element) in value.elements.enumerated() {
            let outcome = validate(element, wanted, path + [String(index)])
            if outcome.failures.isEmpty { return }
            if best.map({ outcome.score > $0.score }) ?? true { best = outcome }
        }
        result.add("contains", path, "At least one of the items must match")
        if let best { result.merge(best) }
    }

    private mutating func validateObject(_ value: Value, _ schema: Value, _ path: [String], _ result: inout Result) {
        if let least = schema.field("minProperties").integerValue, value.count < least {
            result.add("array_min_properties", path, "Must have at least \(least) properties")
        }
        if let most = schema.field("maxProperties").integerValue, value.count > most {
            result.add("array_max_properties", path, "Must have at most \(most) properties")
        }
        let required = schema.field("required")
        if required.kind == .array {
            for name in required.elements where value.keyIndex(name) < 0 {
                result.add("required", path, "\(name.string) is required")
            }
        }
        let properties = schema.field("properties")
        let additional = schema.field("additionalProperties")
        let byPattern = schema.field("patternProperties")
        let names = schema.field("propertyNames")
        for (key, member) in zip(value.keys, value.values) {
            let name = key.stringValue ?? RegoTermWriter.string(key)
            var isKnown = false
            if properties.kind == .object, properties.keyIndex(key) >= 0 { isKnown = true }
            if byPattern.kind == .object {
                for (pattern, part) in zip(byPattern.keys, byPattern.values)
                where texts.matches(pattern, key) {
                    isKnown = true
                    result.merge(validate(member, part, path + [name]))
                }
            }
            if !isKnown, additional.isFalse {
                result.add("additional_property_not_allowed", path, "Additional property \(name) is not allowed", member: name)
            } else if !isKnown, additional.kind == .object {
                result.merge(validate(member, additional, path + [name]))
            }
            if names.isDefined {
                let outcome = validate(key, names, path)
                if !outcome.failures.isEmpty {
                    result.add("invalid_property_name", path, "Property name of \"\(name)\" does not match")
                    result.merge(outcome)
                }
            }
        }
        result.score += 1
        validateConstants(value, schema, path, &result)
        guard properties.kind == .object else { return }
        for (key, part) in zip(properties.keys, properties.values) {
            let member = value.member(key)
            if member.isDefined { result.merge(validate(member, part, path + [key.string])) }
        }
    }
}
