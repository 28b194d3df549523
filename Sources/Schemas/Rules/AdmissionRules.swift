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
        } else {
            for version in versions.elements { version.mustBe(NameRule.dns1035Label) }
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
        } else if url.value.kind == .string, let mark = url.text.first(where: { "?#@".contains($0) }) {
            url.invalid(
                "url is \(Wording.quoted(url.text)), but may have no user, query or fragment",
                hint: "remove what \(mark) belongs to")
        } else if service.isObject {
            for field in [service["name"], service["namespace"]] { field.mustExist() }
            service["port"].mustBePort()
            checkPath(service["path"])
        }
    }

    private static func checkPath(_ path: Node) {
        guard path.value.kind == .string, path.value.count > 0 else { return }
        let parts = path.text.split(separator: "/", omittingEmptySubsequences: false)
        if !parts[0].isEmpty { return path.invalid("path must begin with /") }
        // A slash at the end is one too many only where nothing else is there.
        if path.text == "/" { return }
        if parts.dropFirst().dropLast().contains(where: \.isEmpty) || path.text.hasSuffix("//") {
            path.invalid("path is \(Wording.quoted(path.text)), but may have no empty part")
        }
    }

    static func check(_ rule: Node, isMutating: Bool = false) {
        for field in [rule["operations"], rule["apiGroups"], rule["apiVersions"], rule["resources"]]
        where field.count == 0 && (!field.isSet || field.value.kind == .array) {
            field.missing("\(field.name) is required: at least one entry")
        }
        let operations = rule["operations"]
        // What is deleted cannot be changed.
        let known = ["CREATE", "UPDATE", "DELETE", "CONNECT", "*"].filter { !isMutating || $0 != "DELETE" }
        for operation in operations.elements {
            if operation.value.kind == .string, operation.value.count == 0 {
                operation.unsupported(known)
            } else {
                operation.oneOf(known)
            }
        }
        for field in [operations, rule["apiGroups"], rule["apiVersions"]]
        where field.count > 1 && field.elements.contains(where: { $0.equals("*") }) {
            field.invalid("\(field.name) may have nothing beside \"*\"")
        }
        checkResources(rule["resources"])
        var names: Set<Value> = []
        for name in rule["resourceNames"].elements {
            name.mustBe(NameRule.pathSegment)
            name.mustNotRepeat("name", in: &names)
        }
        rule["scope"].oneOf(["Cluster", "Namespaced", "*"])
    }

    /// Wildcards may not stand beside what they mean.
    private static func checkResources(_ resources: Node) {
        let names = resources.elements.map(\.text)
        if names.count > 1, names.contains("*/*") {
            return resources.invalid("resources may have nothing beside \"*/*\"")
        }
        if names.contains("*"), names.contains(where: { $0 != "*" && !$0.contains("/") }) {
            return resources.invalid("resources may have nothing but subresources beside \"*\"")
        }
        // As the server: what comes after the wildcard that covers it.
        var seen: Set<String> = []
        for resource in resources.elements {
            let parts = resource.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            if let all = ["\(parts[0])/*", "*/\(parts[1])"].first(where: { seen.contains($0) }) {
                resource.invalid("\(all) covers \(resource.text) already", hint: "remove one of them")
            }
            if parts.contains("*") { seen.insert(resource.text) }
        }
    }

    static func checkConditions(_ conditions: Node) {
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
}
