import Documents

/// `env` and `envFrom` of a container.
struct EnvironmentRules {
    let container: Node
    let release: Release

    func check() {
        for variable in container["env"].elements where variable.isObject {
            let name = variable["name"]
            name.mustExist(as: { NameRule.environmentName($0, in: release) })
            checkSource(variable)
        }
        for source in container["envFrom"].elements where source.isObject {
            source["prefix"].mustBe({ NameRule.environmentName($0, in: release) })
            source.mustSetOne(of: ["configMapRef", "secretRef"], what: "source")
            for reference in source.setMembers(["configMapRef", "secretRef"]) {
                reference["name"].mustExist(as: NameRule.dnsSubdomain)
            }
        }
    }

    private func checkSource(_ variable: Node) {
        let source = variable["valueFrom"]
        guard source.isObject else { return }
        let kinds: [StaticString] = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]
        let members = source.setMembers(kinds)
        if members.isEmpty {
            source.invalid("valueFrom needs one of \(Wording.choice(kinds.map { $0.description }))")
        } else if !variable["value"].isEmptyText {
            source.invalid(
                "value and valueFrom may not both be set for \(Wording.quoted(variable["name"].text))",
                hint: "keep one of them")
        } else if members.count > 1 {
            source.invalid(
                "valueFrom may have one source only, and has \(members.map(\.name).joined(separator: " and "))")
        }
        for member in members { Self.check(member) }
    }

    private static func check(_ member: Node) {
        guard case .key(let kind) = member.path.steps.last else { return }
        switch kind {
        case "fieldRef":
            checkFieldRef(member["fieldPath"], Self.environmentFields)
            checkVersion(member)
        case "resourceFieldRef": checkResource(member)
        case "fileKeyRef": member["key"].mustExist()
        default:
            member["key"].mustExist(as: NameRule.configKey)
            let name = member["name"]
            name.isEmptyText
                ? name.invalid("\(kind).name is required: which object has the key")
                : name.mustBe(NameRule.dnsSubdomain)
        }
    }

    private static let environmentFields = [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ]

    /// A field of the Pod that containers may read.
    static func checkFieldRef(_ path: Node, _ fields: [String]) {
        if path.isEmptyText { return path.missing() }
        let text = path.text
        for prefix in ["metadata.labels['", "metadata.annotations['"] where text.hasPrefix(prefix) && text.hasSuffix("']") {
            var key = String(text.dropFirst(prefix.utf8.count).dropLast(2))
            if prefix.hasPrefix("metadata.annotations") { key = key.lowercased() }
            if let problem = key.withUTF8({ NameRule.qualifiedName($0) }) {
                path.invalid("fieldPath asks for the key \(Wording.quoted(key)), but it \(Node.phrase(problem))")
            }
            return
        }
        if fields.contains(text) { return }
        path.unsupported(fields + ["metadata.labels['KEY']", "metadata.annotations['KEY']"])
    }

    /// Fields are named as v1 has them.
    static func checkVersion(_ reference: Node) {
        let version = reference["apiVersion"]
        if !version.isEmptyText, version.value.kind == .string, !version.equals("v1") {
            reference["fieldPath"].inspection.report(
                .invalidValue, reference["fieldPath"].path, standingAt: version.path,
                "apiVersion is \(Wording.quoted(version.text)), but fields of Pods are those of v1", hint: nil)
        }
    }

    /// The server takes units only: an amount is divided by 1, 1k, 1Mi and the like.
    private static func checkDivisor(_ divisor: Node, of resource: String) {
        guard let amount = divisor.quantity, !amount.isZero else { return }
        let units: [String]
        if resource.hasSuffix(".cpu") {
            units = ["1m", "1"]
        } else {
            units = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"]
        }
        let isUnit = units.contains { unit in
            var text = unit
            return text.withUTF8 { Quantity($0) }?.nanos == amount.nanos
        }
        if !isUnit {
            divisor.invalid("divisor is \(Wording.shown(divisor.value)), but must be one of \(Wording.choice(units))")
        }
    }

    static func checkResource(_ reference: Node) {
        let resource = reference["resource"]
        if resource.isEmptyText { return resource.missing() }
        let text = resource.text
        let known = ["limits", "requests"].flatMap { part in
            ["cpu", "memory", "ephemeral-storage"].map { "\(part).\($0)" }
        }
        if !known.contains(text), !text.hasPrefix("limits.hugepages-"), !text.hasPrefix("requests.hugepages-") {
            resource.unsupported(known)
        } else {
            checkDivisor(reference["divisor"], of: text)
        }
    }
}
