import Documents

/// Where Pods may run: affinity, tolerations, spreading.
struct SchedulingRules {
    let spec: Node
    let release: Release

    func check() {
        let affinity = spec["affinity"]
        checkNodes(affinity["nodeAffinity"])
        for kind in [affinity["podAffinity"], affinity["podAntiAffinity"]] { checkPods(kind) }
        for toleration in spec["tolerations"].elements where toleration.isObject { Self.check(toleration) }
        checkSpread()
    }

    // MARK: Affinity

    private func checkNodes(_ affinity: Node) {
        let required = affinity["requiredDuringSchedulingIgnoredDuringExecution"]
        if required.isObject { Self.checkNodeSelector(required) }
        for preferred in affinity["preferredDuringSchedulingIgnoredDuringExecution"].elements {
            Self.checkWeight(preferred["weight"])
            Self.checkTerm(preferred["preference"])
        }
    }

    static func checkNodeSelector(_ selector: Node) {
        let terms = selector["nodeSelectorTerms"]
        if terms.count == 0 { terms.missing("nodeSelectorTerms is required: at least one term") }
        for term in terms.elements {
            checkTerm(term)
            // Nodes have labels; a preference for what no label can be is let through, and older servers look at no value.
            if selector.inspection.release < Release(major: 1, minor: 33) { continue }
            for requirement in term["matchExpressions"].elements {
                for value in requirement["values"].elements { value.mustBe(NameRule.labelValue) }
            }
        }
    }

    private static func checkTerm(_ term: Node) {
        for requirement in term["matchExpressions"].elements where requirement.isObject {
            checkRequirement(requirement)
            requirement["key"].isEmptyText
                ? requirement["key"].invalid("key is required") : requirement["key"].mustBe(NameRule.qualifiedName)
        }
        for requirement in term["matchFields"].elements where requirement.isObject {
            let op = requirement["operator"]
            if !op.equals("In"), !op.equals("NotIn") { op.invalid("operator must be In or NotIn for matchFields") }
            if requirement["values"].count != 1 {
                requirement["values"].missing("values needs exactly one entry for matchFields")
            }
            if !requirement["key"].equals("metadata.name") {
                requirement["key"].invalid(
                    "key is \(Wording.quoted(requirement["key"].text)), but matchFields knows metadata.name only")
            }
        }
    }

    private static func checkRequirement(_ requirement: Node) {
        let op = requirement["operator"]
        let values = requirement["values"]
        switch op.text {
        case "In", "NotIn":
            if values.count == 0 { values.missing("values is required where operator is \(op.text)") }
        case "Exists", "DoesNotExist":
            if values.count > 0 { values.forbidden("values may not be set where operator is \(op.text)") }
        case "Gt", "Lt":
            if values.count != 1 { values.missing("values needs exactly one entry where operator is \(op.text)") }
        default:
            if !op.isSet || op.value.kind == .string, op.isEmptyText {
                op.invalid("operator is required: In, NotIn, Exists, DoesNotExist, Gt or Lt")
            }
        }
    }

    private static func checkWeight(_ weight: Node) {
        weight.isSet ? weight.mustBe(in: 1...100) : weight.invalid("weight is required, from 1 to 100")
    }

    private func checkPods(_ affinity: Node) {
        for term in affinity["requiredDuringSchedulingIgnoredDuringExecution"].elements { checkPodTerm(term) }
        for preferred in affinity["preferredDuringSchedulingIgnoredDuringExecution"].elements {
            Self.checkWeight(preferred["weight"])
            checkPodTerm(preferred["podAffinityTerm"])
        }
    }

    private func checkPodTerm(_ term: Node) {
        guard term.isObject || !term.isSet else { return }
        SelectorRules.check(term["labelSelector"])
        SelectorRules.check(term["namespaceSelector"])
        for namespace in term["namespaces"].elements { namespace.mustBe(NameRule.dnsLabel) }
        if release >= Release(major: 1, minor: 31) {
            let selector = term["labelSelector"], keys = term["matchLabelKeys"], others = term["mismatchLabelKeys"]
            for list in [keys, others] { Self.checkKeys(list, beside: selector) }
            for key in keys.elements where others.elements.contains(where: { $0.value == key.value }) {
                key.invalid("\(Wording.quoted(key.text)) is in matchLabelKeys and in mismatchLabelKeys")
            }
        }
        let key = term["topologyKey"]
        key.isEmptyText
            ? key.missing("topologyKey is required", hint: "for one Pod a node: kubernetes.io/hostname")
            : key.mustBe(NameRule.qualifiedName)
    }

    /// Keys of labels whose values the Pod itself gives.
    private static func checkKeys(_ keys: Node, beside selector: Node) {
        if keys.count > 0, !selector.isSet {
            keys.forbidden("\(keys.name) may not be set without labelSelector")
        }
        for key in keys.elements { key.mustBe(NameRule.qualifiedName) }
    }

    // MARK: Tolerations

    static func check(_ toleration: Node) {
        let key = toleration["key"]
        let op = toleration["operator"]
        let effect = toleration["effect"]
        key.mustBe(NameRule.qualifiedName)
        if key.isEmptyText, !op.equals("Exists") {
            op.invalid("operator must be Exists where key is empty, which means all keys")
        }
        if toleration["tolerationSeconds"].isSet, !effect.equals("NoExecute") {
            effect.invalid("effect must be NoExecute where tolerationSeconds is set")
        }
        switch op.text {
        case "", "Equal": toleration["value"].mustBe(NameRule.labelValue)
        case "Exists":
            if !toleration["value"].isEmptyText {
                op.invalid("value must be empty where operator is Exists", hint: "remove value, or use Equal")
            }
        case "Lt", "Gt":
            // Which releases have them, the types say.
            let value = toleration["value"]
            if value.isEmptyText {
                value.missing("value is required where operator is \(op.text): a whole number")
            } else if value.value.kind == .string, !isDecimalInteger(value.text) {
                value.invalid(
                    "value is \(Wording.quoted(value.text)), but must be a whole number where operator is \(op.text)")
            }
        default: break
        }
        effect.oneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    }

    /// As the server writes whole numbers: without a plus sign and leading zeros.
    private static func isDecimalInteger(_ text: String) -> Bool { Int64(text).map { String($0) == text } ?? false }

    // MARK: Spreading

    private func checkSpread() {
        var seen: Set<String> = []
        for constraint in spec["topologySpreadConstraints"].elements where constraint.isObject {
            let skew = constraint["maxSkew"]
            skew.isSet ? skew.mustBeAtLeast(1) : skew.invalid("maxSkew is required, 1 or more")
            let key = constraint["topologyKey"]
            key.isEmptyText ? key.missing() : key.mustBe(NameRule.qualifiedName)
            let action = constraint["whenUnsatisfiable"]
            if action.isEmptyText {
                action.inspection.report(
                    .unsupportedValue, action.path, at: .key,
                    "whenUnsatisfiable is required: DoNotSchedule or ScheduleAnyway")
            }
            let domains = constraint["minDomains"]
            domains.mustBeAtLeast(1)
            if domains.isSet, !action.equals("DoNotSchedule") {
                domains.invalid("minDomains may only be set where whenUnsatisfiable is DoNotSchedule")
            }
            SelectorRules.check(constraint["labelSelector"])
            Self.checkKeys(constraint["matchLabelKeys"], beside: constraint["labelSelector"])
            if !key.isEmptyText, !seen.insert("\(key.text) \(action.text)").inserted {
                constraint.duplicate("topologyKey \(key.text) with \(action.text) is there twice")
            }
        }
    }
}
