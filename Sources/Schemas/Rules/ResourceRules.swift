import Documents

/// `resources` of containers and claims.
enum ResourceRules {
    static func check(_ resources: Node, isContainer: Bool = true) {
        guard resources.isObject else { return }
        let limits = resources["limits"]
        let requests = resources["requests"]
        for (key, amount) in limits.entries {
            checkName(key, amount, isContainer)
            checkAmount(key, amount)
        }
        for (key, amount) in requests.entries {
            checkName(key, amount, isContainer)
            checkAmount(key, amount)
            compare(key, amount, limits)
        }
        if isContainer { checkHugePages(resources, limits, requests) }
        for claim in resources["claims"].elements { claim["name"].mustExist(as: NameRule.dnsLabel) }
    }

    private static func checkHugePages(_ resources: Node, _ limits: Node, _ requests: Node) {
        let entries = Array(limits.entries) + Array(requests.entries)
        let pages = entries.filter { $0.0.string.hasPrefix("hugepages-") }
        if pages.isEmpty { return }
        if !entries.contains(where: { $0.0.string == "cpu" || $0.0.string == "memory" }) {
            resources.forbidden("hugepages need cpu or memory beside them")
        }
        for (key, amount) in pages {
            var size = String(key.string.dropFirst("hugepages-".count))
            guard let page = size.withUTF8({ Quantity($0) }), !page.isZero, !page.isNegative, let wanted = amount.quantity,
                !wanted.isNegative
            else { continue }
            if wanted.nanos % page.nanos != 0 {
                amount.invalid("\(key.string) is \(Wording.shown(amount.value)), but must be a multiple of \(size)")
            }
        }
    }

    private static func compare(_ key: Value, _ request: Node, _ limits: Node) {
        guard limits.isObject || !limits.isSet, let wanted = request.quantity else { return }
        let bound = limits.isObject ? limits.value.objectMember(key) : .undefined
        guard bound.isDefined else {
            if !allowsOvercommit(key) {
                limits.missing(
                    "\(key.string) needs a limit equal to its request", hint: "write the same amount under limits")
            }
            return
        }
        guard let most = amount(bound) else { return }
        if wanted.nanos > most.nanos {
            request.invalid(
                "the request for \(key.string) is \(Wording.shown(request.value)), more than its limit \(Wording.shown(bound))",
                hint: "raise the limit or lower the request")
        } else if wanted.nanos != most.nanos, !allowsOvercommit(key) {
            request.invalid(
                "the request for \(key.string) is \(Wording.shown(request.value)), but must equal its limit \(Wording.shown(bound))"
            )
        }
    }

    private static func amount(_ value: Value) -> Quantity? {
        if let number = value.intValue { return Quantity(number) }
        return value.kind == .string || value.kind == .decimal ? Quantity(value.utf8) : nil
    }

    static func checkName(_ key: Value, _ amount: Node, _ isContainer: Bool) {
        let name = key.string
        if let problem = NameRule.qualifiedName(key.utf8) {
            return report(
                amount, "\(Wording.quoted(name)) cannot be the name of a resource: it \(Node.phrase(problem))")
        }
        if name.contains("/") || !isContainer { return }
        if ["cpu", "memory", "ephemeral-storage"].contains(name) || name.hasPrefix("hugepages-") { return }
        let similar = Nearest.name(to: name, among: ["cpu", "memory", "ephemeral-storage"])
        report(
            amount, "\(Wording.quoted(name)) is not a resource of containers",
            similar.map { "did you mean \($0)?" }
                ?? "standard resources are cpu, memory and ephemeral-storage; others have a prefix, as in example.com/gpu"
        )
    }

    private static func report(_ amount: Node, _ message: String, _ hint: String? = nil) {
        amount.inspection.report(.invalidValue, amount.path, at: .key, message, hint: hint)
    }

    static func checkAmount(_ key: Value, _ amount: Node) {
        guard let quantity = amount.quantity else { return }
        if quantity.isNegative {
            amount.invalid("\(key.string) is \(Wording.shown(amount.value)), but may not be negative")
        }
        if isCounted(key), !quantity.isWhole {
            amount.invalid("\(key.string) is \(Wording.shown(amount.value)), but must be a whole number")
        }
    }

    private static func allowsOvercommit(_ key: Value) -> Bool {
        !isExtended(key) && !key.string.hasPrefix("hugepages-")
    }

    /// Devices and the like: names with a prefix that is not Kubernetes' own.
    private static func isExtended(_ key: Value) -> Bool {
        let name = key.string
        return name.contains("/") && !name.split(separator: "/")[0].hasSuffix("kubernetes.io")
    }

    private static func isCounted(_ key: Value) -> Bool {
        isExtended(key)
            || [
                "pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps",
                "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
            ].contains(key.string) || key.string.hasPrefix("count/")
    }
}
