import Documents

/// Webhook configurations and admission policies.
enum AdmissionRules {
    static func checkWebhooks(_ root: Node, isMutating: Bool) {
        var names: Set<Value> = []
        for webhook in root["webhooks"].elements where webhook.isObject {
            let name = webhook["name"]
            name.mustExist(as: qualifiedDomain)
            name.mustNotRepeat("webhook", in: &names)
            checkClient(webhook["clientConfig"])
            for rule in webhook["rules"].elements where rule.isObject { check(rule) }
            webhook["failurePolicy"].oneOf(["Ignore", "Fail"])
            webhook["matchPolicy"].oneOf(["Exact", "Equivalent"])
            let effects = webhook["sideEffects"]
            effects.oneOf(["None", "NoneOnDryRun"], isRequired: true)
            webhook["timeoutSeconds"].mustBe(in: 1...30)
            checkVersions(webhook["admissionReviewVersions"])
            SelectorRules.check(webhook["namespaceSelector"])
            SelectorRules.check(webhook["objectSelector"])
            if isMutating { webhook["reinvocationPolicy"].oneOf(["Never", "IfNeeded"]) }
            checkConditions(webhook["matchConditions"])
        }
    }

    /// A name of three labels or more.
    private static func qualifiedDomain(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        if let problem = NameRule.dnsSubdomain(text) { return problem }
        return text.count { $0 == 0x2E } >= 2 ? nil : "must have at least three parts, as in policy.example.com"
    }

    private static func checkVersions(_ versions: Node) {
        if versions.count == 0 {
            if !versions.isSet || versions.value.kind == .array {
                versions.missing("admissionReviewVersions is required: [v1]")
            }
        } else if !versions.elements.contains(where: { $0.equals("v1") || $0.equals("v1beta1") }) {
            versions.invalid("admissionReviewVersions must have v1 or v1beta1")
        }
    }

    private static func checkClient(_ client: Node) {
        let url = client["url"]
        let service = client["service"]
        guard client.isObject || !client.isSet else { return }
        if url.isSet == service.isSet {
            url.missing("clientConfig needs either url or service")
        } else if url.value.kind == .string, !url.text.hasPrefix("https://") {
            url.invalid("url is \(Wording.quoted(url.text)), but must begin with https://")
        } else if service.isObject {
            for field in [service["name"], service["namespace"]] { field.mustExist() }
            service["port"].mustBePort()
            if service["path"].isSet, !service["path"].text.hasPrefix("/") {
                service["path"].invalid("path must begin with /")
            }
        }
    }

    private static func check(_ rule: Node) {
        for field in [rule["operations"], rule["apiGroups"], rule["apiVersions"], rule["resources"]]
        where field.count == 0 && (!field.isSet || field.value.kind == .array) {
            field.missing("\(field.name) is required: at least one entry")
        }
        let operations = rule["operations"]
        for operation in operations.elements { operation.oneOf(["CREATE", "UPDATE", "DELETE", "CONNECT", "*"]) }
        for field in [operations, rule["apiGroups"], rule["apiVersions"]]
        where field.count > 1 && field.elements.contains(where: { $0.equals("*") }) {
            field.invalid("\(field.name) may have nothing beside \"*\"")
        }
        rule["scope"].oneOf(["Cluster", "Namespaced", "*"])
    }

    private static func checkConditions(_ conditions: Node) {
        if conditions.count > 64 {
            conditions.tooMany("matchConditions has \(conditions.count) entries, 64 at most are allowed")
        }
        var names: Set<Value> = []
        for condition in conditions.elements where condition.isObject {
            condition["name"].mustExist(as: NameRule.qualifiedName)
            condition["name"].mustNotRepeat("condition", in: &names)
            condition["expression"].mustExist()
        }
    }

    static func checkPolicy(_ spec: Node) {
        guard spec.isObject else { return }
        let constraints = spec["matchConstraints"]
        if !constraints.isSet {
            constraints.missing("matchConstraints is required: which objects the policy looks at")
        } else if constraints.isObject, constraints["resourceRules"].count == 0 {
            constraints["resourceRules"].missing("resourceRules is required: at least one rule")
        }
        for rule in constraints["resourceRules"].elements where rule.isObject { check(rule) }
        SelectorRules.check(constraints["namespaceSelector"])
        SelectorRules.check(constraints["objectSelector"])
        if spec["validations"].count == 0, spec["auditAnnotations"].count == 0 {
            spec["validations"].missing("validations or auditAnnotations is required")
        }
        for validation in spec["validations"].elements where validation.isObject {
            validation["expression"].mustExist()
        }
        for annotation in spec["auditAnnotations"].elements where annotation.isObject {
            for field in [annotation["key"], annotation["valueExpression"]] { field.mustExist() }
        }
        for variable in spec["variables"].elements where variable.isObject {
            for field in [variable["name"], variable["expression"]] { field.mustExist() }
        }
        if spec["paramKind"].isObject {
            for field in [spec["paramKind"]["apiVersion"], spec["paramKind"]["kind"]] { field.mustExist() }
        }
        checkConditions(spec["matchConditions"])
    }

    static func checkBinding(_ spec: Node) {
        spec["policyName"].mustExist()
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
        let param = spec["paramRef"]
        if param.isObject {
            if param["name"].isEmptyText == !param["selector"].isSet {
                param["name"].missing("paramRef needs either name or selector")
            }
            if param["parameterNotFoundAction"].isEmptyText { param["parameterNotFoundAction"].missing() }
        }
    }
}
