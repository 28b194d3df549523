import Documents

/// ResourceQuotas and LimitRanges.
enum QuotaRules {
    private static let standard: Set<String> = [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage",
        "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods",
        "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
        "services.nodeports", "services.loadbalancers",
    ]

    static func checkQuota(_ spec: Node) {
        for (key, amount) in spec["hard"].entries {
            let name = key.string
            if let problem = NameRule.qualifiedName(key.utf8) {
                report(amount, "\(Wording.quoted(name)) cannot be the name of a resource: it \(Node.phrase(problem))")
            } else if !name.contains("/"), !standard.contains(name), !name.contains("hugepages-") {
                let similar = Nearest.name(to: name, among: standard.sorted())
                report(
                    amount, "\(Wording.quoted(name)) is not a resource that quotas know",
                    similar.map { "did you mean \($0)?" } ?? "for objects write count/RESOURCE.GROUP")
            }
            ResourceRules.checkAmount(key, amount)
        }
        checkScopes(spec)
    }

    private static func report(_ node: Node, _ message: String, _ hint: String? = nil) {
        node.inspection.report(.invalidValue, node.path, at: .key, message, hint: hint)
    }

    private static func checkScopes(_ spec: Node) {
        let scopes = spec["scopes"]
        let names = scopes.elements.map(\.text)
        for (one, other) in [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")]
        where names.contains(one) && names.contains(other) {
            scopes.invalid("the scopes \(one) and \(other) exclude each other")
        }
        if names.contains("BestEffort") {
            for (key, amount) in spec["hard"].entries where key.string != "pods" && key.string != "count/pods" {
                report(amount, "\(key.string) cannot be limited in the scope BestEffort: only pods can")
            }
        }
        for requirement in spec["scopeSelector"]["matchExpressions"].elements where requirement.isObject {
            let values = requirement["values"]
            switch requirement["operator"].text {
            case "In", "NotIn":
                if values.count == 0 {
                    values.missing("values is required where operator is \(requirement["operator"].text)")
                }
            case "Exists", "DoesNotExist":
                if values.count > 0 {
                    values.invalid("values may not be set where operator is \(requirement["operator"].text)")
                }
            default: break
            }
            requirement["scopeName"].mustExist()
            requirement["operator"].mustExist()
        }
    }

    // MARK: LimitRanges

    static func checkLimits(_ spec: Node) {
        var types: Set<Value> = []
        for limit in spec["limits"].elements where limit.isObject {
            let type = limit["type"]
            type.mustExist()
            type.mustNotRepeat("limit for type", in: &types)
            checkType(type)
            if type.equals("Container") || type.equals("Pod") { checkNames(limit) }
            checkAmounts(limit, type.text)
            if type.equals("PersistentVolumeClaim"), !limit["min"]["storage"].isSet, !limit["max"]["storage"].isSet {
                limit.missing("a limit for PersistentVolumeClaims needs min.storage or max.storage")
            }
        }
    }

    private static func checkType(_ type: Node) {
        guard type.value.kind == .string, type.value.count > 0 else { return }
        let known = ["Container", "Pod", "PersistentVolumeClaim"]
        if !type.value.utf8.contains(0x2F), !known.contains(type.text) {
            let similar = Nearest.name(to: type.text, among: known)
            type.invalid(
                "type is \(Wording.quoted(type.text)), but must be \(Wording.choice(known))",
                hint: similar.map { "write \($0)" })
        }
    }

    /// Resources of containers: those with a prefix may be anything.
    private static func checkNames(_ limit: Node) {
        let fields: [StaticString] = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"]
        let known = ["cpu", "memory", "ephemeral-storage"]
        for field in fields {
            for (key, amount) in limit[field].entries {
                let name = key.string
                if name.contains("/") || known.contains(name) || name.hasPrefix("hugepages-") { continue }
                report(
                    amount, "\(Wording.quoted(name)) is not a resource of containers",
                    Nearest.name(to: name, among: known).map { "did you mean \($0)?" })
            }
        }
    }

    private static func checkAmounts(_ limit: Node, _ type: String) {
        if type == "Pod" {
            for field in [limit["default"], limit["defaultRequest"]] where field.isSet && field.entries.count > 0 {
                field.forbidden("\(field.name) may not be set where type is Pod")
            }
        }
        // Each pair is in order: the first may not be more than the second.
        let pairs: [(StaticString, StaticString)] = [
            ("min", "max"), ("min", "defaultRequest"), ("defaultRequest", "default"), ("defaultRequest", "max"),
            ("default", "max"), ("min", "default"),
        ]
        var told: Set<String> = []
        for (low, high) in pairs {
            for (key, amount) in limit[low].entries {
                let bound = limit[high]
                guard bound.isObject else { continue }
                let other = Node(inspection: bound.inspection, value: bound.value.objectMember(key), link: bound.link)
                guard let least = amount.quantity, let most = other.quantity, least.nanos > most.nanos else { continue }
                guard told.insert("\(low) \(key.string)").inserted else { continue }
                // The server names the default where it is below the minimum.
                let place =
                    low.description == "min" && high.description != "max" ? limit[high].child(named: key) : amount
                place.invalid(
                    "\(low) of \(key.string) is \(Wording.shown(amount.value)), more than \(high) \(Wording.shown(other.value))"
                )
            }
        }
        for (key, ratio) in limit["maxLimitRequestRatio"].entries {
            if let amount = ratio.quantity, amount.nanos < 1_000_000_000 {
                ratio.invalid(
                    "maxLimitRequestRatio of \(key.string) is \(Wording.shown(ratio.value)), but must be 1 or more")
            }
        }
    }
}

extension Node {
    /// The member under a key of this object.
    func child(named key: Value) -> Node {
        Node(
            inspection: inspection, value: isObject ? value.objectMember(key) : .undefined,
            link: inspection.link(link, key: key))
    }
}
