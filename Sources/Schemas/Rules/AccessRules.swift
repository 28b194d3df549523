import Documents

/// Roles and bindings.
enum AccessRules {
    private static let group = "rbac.authorization.k8s.io"

    static func checkRole(_ root: Node, isNamespaced: Bool) {
        for rule in root["rules"].elements where rule.isObject { check(rule: rule, isNamespaced) }
        let aggregation = root["aggregationRule"]
        guard aggregation.isObject else { return }
        let selectors = aggregation["clusterRoleSelectors"]
        if selectors.count == 0 { selectors.missing("clusterRoleSelectors is required: at least one selector") }
        for selector in selectors.elements { SelectorRules.check(selector) }
    }

    private static func check(rule: Node, _ isNamespaced: Bool) {
        let verbs = rule["verbs"]
        if verbs.count == 0, !verbs.isSet || verbs.value.kind == .array {
            verbs.missing("verbs is required: at least one verb")
        }
        let urls = rule["nonResourceURLs"]
        let groups = rule["apiGroups"]
        let resources = rule["resources"]
        if urls.count > 0 {
            if isNamespaced {
                urls.invalid("nonResourceURLs may not be set in a Role", hint: "use a ClusterRole")
            } else if groups.count > 0 || resources.count > 0 || rule["resourceNames"].count > 0 {
                urls.invalid("a rule may not have both nonResourceURLs and resources", hint: "make them two rules")
            }
            return
        }
        if groups.count == 0, !groups.isSet || groups.value.kind == .array {
            groups.missing("apiGroups is required", hint: "for the core group write apiGroups: [\"\"]")
        }
        if resources.count == 0, !resources.isSet || resources.value.kind == .array {
            resources.missing("resources is required: at least one resource")
        }
    }

    static func checkBinding(_ root: Node, isNamespaced: Bool) {
        let role = root["roleRef"]
        if !role.isSet { role["name"].missing("roleRef is required: kind and name of the role") }
        if role.isObject {
            if !role["apiGroup"].isEmptyText { role["apiGroup"].oneOf([group]) }
            let kinds = isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"]
            if role["kind"].isEmptyText {
                role["kind"].inspection.report(
                    .unsupportedValue, role["kind"].path, at: .key, "roleRef.kind is required: \(Wording.choice(kinds))"
                )
            } else {
                role["kind"].oneOf(kinds)
            }
            role["name"].mustExist(as: NameRule.pathSegment)
        }
        for subject in root["subjects"].elements where subject.isObject { check(subject: subject, isNamespaced) }
    }

    private static func check(subject: Node, _ isNamespaced: Bool) {
        subject["name"].mustExist()
        let apiGroup = subject["apiGroup"]
        switch subject["kind"].text {
        case "ServiceAccount":
            subject["name"].mustBe(NameRule.dnsSubdomain)
            if !apiGroup.isEmptyText {
                apiGroup.inspection.report(
                    .unsupportedValue, apiGroup.path, at: .value,
                    "apiGroup is \(Wording.quoted(apiGroup.text)), but a ServiceAccount has none",
                    hint: "remove apiGroup")
            }
            if !isNamespaced, subject["namespace"].isEmptyText {
                subject["namespace"].missing("namespace is required for a ServiceAccount in a ClusterRoleBinding")
            }
        case "User", "Group":
            if !apiGroup.isEmptyText { apiGroup.oneOf([group]) }
        default:
            let kinds = ["ServiceAccount", "User", "Group"]
            subject["kind"].isEmptyText
                ? subject["kind"].inspection.report(
                    .unsupportedValue, subject["kind"].path, at: .key, "kind is required: \(Wording.choice(kinds))")
                : subject["kind"].unsupported(kinds)
        }
    }
}
