import Documents

/// Label selectors and what they select.
enum SelectorRules {
    /// `matchLabels` and `matchExpressions`.
    static func check(_ selector: Node) {
        guard selector.isObject else { return }
        for (key, label) in selector["matchLabels"].entries { checkLabel(key, label) }
        for requirement in selector["matchExpressions"].elements { checkRequirement(requirement) }
    }

    /// A plain map of labels, as a Service has.
    static func checkMap(_ selector: Node) {
        for (key, label) in selector.entries { checkLabel(key, label) }
    }

    private static func checkLabel(_ key: Value, _ label: Node) {
        if let problem = NameRule.qualifiedName(key.utf8) {
            label.inspection.report(
                .invalidValue, label.path, at: .key,
                "\(Wording.quoted(key.string)) cannot be the key of a label: it \(Node.phrase(problem))")
        }
        guard label.value.kind == .string, let problem = NameRule.labelValue(label.value.utf8) else { return }
        label.invalid(
            "the selector asks for label \(key.string) with the value \(Wording.quoted(label.text)), but a label's value \(Node.phrase(problem))"
        )
    }

    private static func checkRequirement(_ requirement: Node) {
        guard requirement.isObject else { return }
        let op = requirement["operator"]
        let values = requirement["values"]
        switch op.text {
        case "In", "NotIn":
            if values.count == 0 { values.missing("values is required where operator is \(op.text)") }
        case "Exists", "DoesNotExist":
            if values.count > 0 {
                values.forbidden(
                    "values may not be set where operator is \(op.text)", hint: "remove values, or use In or NotIn")
            }
        default:
            if op.isEmptyText || op.value.kind == .string {
                op.invalid("operator is \(Wording.quoted(op.text)), but must be In, NotIn, Exists or DoesNotExist")
            }
        }
        requirement["key"].isEmptyText
            ? requirement["key"].invalid("key is required") : requirement["key"].mustBe(NameRule.qualifiedName)
        for value in values.elements { value.mustBe(NameRule.labelValue) }
    }

    /// Whether the selector has no requirement.
    static func isEmpty(_ selector: Node) -> Bool {
        selector["matchLabels"].entries.count == 0 && selector["matchExpressions"].count == 0
    }

    /// Whether labels have all that the selector asks for; true where the selector itself is unsound.
    static func matches(_ selector: Node, _ labels: Node) -> Bool {
        func label(_ key: Value) -> Value { labels.isObject ? labels.value.objectMember(key) : .undefined }
        for (key, wanted) in selector["matchLabels"].entries where label(key) != wanted.value { return false }
        for requirement in selector["matchExpressions"].elements {
            let key = requirement["key"].value
            guard key.kind == .string else { return true }
            let present = label(key)
            let isListed = requirement["values"].elements.contains { $0.value == present }
            switch requirement["operator"].text {
            case "In": if !present.isDefined || !isListed { return false }
            case "NotIn": if present.isDefined, isListed { return false }
            case "Exists": if !present.isDefined { return false }
            case "DoesNotExist": if present.isDefined { return false }
            default: return true
            }
        }
        return true
    }

    /// Reports a template without the labels that its workload's selector asks for.
    static func mustSelect(_ selector: Node, _ template: Node) {
        let labels = template["metadata"]["labels"]
        if !matches(selector, labels) {
            labels.invalid(
                "the labels of the Pod template do not match spec.selector: \(missing(selector, labels))",
                hint: "give the template every label of the selector")
        }
    }

    private static func missing(_ selector: Node, _ labels: Node) -> String {
        for (key, wanted) in selector["matchLabels"].entries {
            let present = labels.isObject ? labels.value.objectMember(key) : .undefined
            if present == wanted.value { continue }
            let found =
                present.kind == .string
                ? "the template has \(Wording.quoted(present.string))" : "the template has no such label"
            return "it asks for \(key.string): \(wanted.text), and \(found)"
        }
        return "an expression does not hold"
    }
}
