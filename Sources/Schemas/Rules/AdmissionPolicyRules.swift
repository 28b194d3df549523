import Documents

/// Admission policies in CEL and their bindings.
enum AdmissionPolicyRules {
    static func checkPolicy(_ spec: Node) {
        guard spec.isObject else { return }
        checkShared(spec, isMutating: false)
        if spec["validations"].count == 0, spec["auditAnnotations"].count == 0 {
            spec["validations"].missing("validations or auditAnnotations is required")
        }
        for validation in spec["validations"].elements where validation.isObject {
            validation["expression"].mustExist()
            check(validation: validation)
        }
        for annotation in spec["auditAnnotations"].elements where annotation.isObject {
            for field in [annotation["key"], annotation["valueExpression"]] { field.mustExist() }
            annotation["key"].mustBe(NameRule.qualifiedName)
        }
    }

    /// A MutatingAdmissionPolicy.
    static func checkMutation(_ spec: Node) {
        guard spec.isObject else { return }
        checkShared(spec, isMutating: true)
        let mutations = spec["mutations"]
        if mutations.count == 0, !mutations.isSet || mutations.value.kind == .array {
            mutations.missing("mutations is required: at least one")
        }
        for mutation in mutations.elements where mutation.isObject {
            let type = mutation["patchType"]
            type.oneOf(["ApplyConfiguration", "JSONPatch"], isRequired: true)
            let members = [mutation["applyConfiguration"], mutation["jsonPatch"]]
            let wanted = type.equals("ApplyConfiguration") ? 0 : type.equals("JSONPatch") ? 1 : nil
            guard let wanted else { continue }
            let (own, other) = (members[wanted], members[1 - wanted])
            if !own.isSet {
                own.missing("\(own.name) is required where patchType is \(type.text)")
            } else if own.isObject {
                mustHave(own["expression"])
            }
            if other.isSet { other.forbidden("\(other.name) may not be set where patchType is \(type.text)") }
        }
    }

    /// What both kinds of policies have.
    private static func checkShared(_ spec: Node, isMutating: Bool) {
        let constraints = spec["matchConstraints"]
        if !constraints.isSet {
            constraints.missing("matchConstraints is required: which objects the policy looks at")
        } else if constraints.isObject, constraints["resourceRules"].count == 0 {
            constraints["resourceRules"].missing("resourceRules is required: at least one rule")
        }
        checkMatch(constraints, isMutating: isMutating)
        for variable in spec["variables"].elements where variable.isObject {
            for field in [variable["name"], variable["expression"]] { field.mustExist() }
            variable["name"].mustBe(identifier)
        }
        let param = spec["paramKind"]
        if param.isObject {
            for field in [param["apiVersion"], param["kind"]] { field.mustExist() }
            let version = param["apiVersion"]
            var group = version.text.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            if !group.isEmpty, let problem = group.withUTF8({ NameRule.dnsSubdomain($0) }) {
                version.invalid("the group of apiVersion is \(Wording.quoted(group)), but it \(Node.phrase(problem))")
            }
        }
        AdmissionRules.checkConditions(spec["matchConditions"])
    }

    private static func checkMatch(_ constraints: Node, isMutating: Bool) {
        for list in [constraints["resourceRules"], constraints["excludeResourceRules"]] {
            for rule in list.elements where rule.isObject { AdmissionRules.check(rule, isMutating: isMutating) }
        }
        SelectorRules.check(constraints["namespaceSelector"])
        SelectorRules.check(constraints["objectSelector"])
        constraints["matchPolicy"].oneOf(["Exact", "Equivalent"])
    }

    /// Texts that may not be blank.
    private static func mustHave(_ expression: Node) {
        if expression.isEmptyText || expression.value.kind == .string && expression.text.allSatisfy(\.isWhitespace) {
            expression.missing()
        }
    }

    private static func check(validation: Node) {
        validation["reason"].oneOf(["Unauthorized", "Forbidden", "Invalid", "RequestEntityTooLarge"])
        let message = validation["message"]
        if message.value.kind == .string, message.value.count > 0 {
            if message.text.allSatisfy(\.isWhitespace) {
                message.invalid("message may not be blank")
            } else if Self.hasLines(message.text) {
                message.invalid("message may have one line only")
            }
        }
        let expression = validation["messageExpression"]
        if expression.value.kind == .string, expression.value.count > 0, expression.text.allSatisfy(\.isWhitespace) {
            expression.invalid("messageExpression may not be blank")
        }
    }

    /// Whether a text has line breaks inside it.
    private static func hasLines(_ text: String) -> Bool {
        let end = text.lastIndex { !$0.isWhitespace } ?? text.startIndex
        return text[..<end].drop(while: \.isWhitespace).contains(where: \.isNewline)
    }

    private static func identifier(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        let isName = text.allSatisfy { NameRule.isAlphanumeric($0) || $0 == 0x5F }
        return isName && text.first.map { !NameRule.isDigit($0) } ?? false ? nil : "must be a name: letters, digits and _"
    }

    static func checkBinding(_ spec: Node, isMutating: Bool = false) {
        spec["policyName"].mustExist()
        checkMatch(spec["matchResources"], isMutating: isMutating)
        checkParameters(spec["paramRef"])
        if isMutating { return }
        let actions = spec["validationActions"]
        if actions.count == 0, !actions.isSet || actions.value.kind == .array {
            actions.missing("validationActions is required: Deny, Warn or Audit")
        }
        var seen: Set<Value> = []
        for action in actions.elements {
            action.oneOf(["Deny", "Warn", "Audit"])
            action.mustNotRepeat("action", in: &seen)
        }
        let names = actions.elements.map(\.text)
        if names.contains("Deny"), names.contains("Warn") {
            actions.invalid("validationActions may not have both Deny and Warn")
        }
    }

    private static func checkParameters(_ param: Node) {
        guard param.isObject else { return }
        if param["name"].isEmptyText == !param["selector"].isSet {
            param["name"].missing("paramRef needs either name or selector")
        }
        let action = param["parameterNotFoundAction"]
        action.oneOf(["Allow", "Deny"], isRequired: true)
    }
}
