import Documents

/// FlowSchemas and PriorityLevelConfigurations: which requests wait for which.
enum FlowRules {
    static func checkSchema(_ root: Node) {
        let spec = root["spec"]
        guard spec.isObject else { return }
        let precedence = spec["matchingPrecedence"]
        if let number = precedence.integer, number != 0 {
            precedence.mustBe(in: 1...10_000)
            if number == 1, !root["metadata"]["name"].equals("exempt") {
                precedence.invalid("matchingPrecedence 1 belongs to the FlowSchema exempt", hint: "write 2 or more")
            }
        }
        let method = spec["distinguisherMethod"]
        if method.isObject { method["type"].oneOf(["ByNamespace", "ByUser"], isRequired: true) }
        spec["priorityLevelConfiguration"]["name"].mustExist(as: NameRule.dnsSubdomain)
        for rule in spec["rules"].elements where rule.isObject { check(rule: rule) }
    }

    private static func check(rule: Node) {
        mustHaveEntry(rule["subjects"])
        for subject in rule["subjects"].elements where subject.isObject { check(subject: subject) }
        if rule["resourceRules"].count == 0, rule["nonResourceRules"].count == 0 {
            rule.missing("\(rule.name) needs resourceRules or nonResourceRules")
        }
        for resource in rule["resourceRules"].elements where resource.isObject {
            checkVerbs(resource["verbs"])
            for list in [resource["apiGroups"], resource["resources"]] {
                mustHaveEntry(list)
                mustStandAlone(list)
            }
            let namespaces = resource["namespaces"]
            if !resource["clusterScope"].isTrue { mustHaveEntry(namespaces) }
            if !mustStandAlone(namespaces) { for name in namespaces.elements { name.mustBe(NameRule.dnsLabel) } }
        }
        for other in rule["nonResourceRules"].elements where other.isObject {
            checkVerbs(other["verbs"])
            mustHaveEntry(other["nonResourceURLs"])
            if !mustStandAlone(other["nonResourceURLs"]) {
                for url in other["nonResourceURLs"].elements { url.mustBe(urlPath) }
            }
        }
    }

    private static func check(subject: Node) {
        let kinds: [(kind: String, field: StaticString)] = [
            ("ServiceAccount", "serviceAccount"), ("User", "user"), ("Group", "group"),
        ]
        guard subject["kind"].oneOf(kinds.map(\.kind), isRequired: true) else { return }
        for (kind, field) in kinds {
            let member = subject[field]
            if subject["kind"].text != kind {
                if member.isSet { member.forbidden("\(member.name) may only be set where kind is \(kind)") }
                continue
            }
            if !member.isSet { member.missing("\(field.description) is required where kind is \(kind)") }
            guard member.isObject else { continue }
            member["name"].mustExist()
            if kind == "ServiceAccount" {
                if !member["name"].equals("*") { member["name"].mustBe(NameRule.dnsSubdomain) }
                member["namespace"].mustExist(as: NameRule.dnsLabel)
            }
        }
    }

    private static let verbs = ["get", "list", "create", "update", "delete", "deletecollection", "patch", "watch", "proxy"]

    private static func checkVerbs(_ list: Node) {
        mustHaveEntry(list)
        if mustStandAlone(list) { return }
        for verb in list.elements where verb.value.kind == .string && !verbs.contains(verb.text) { verb.unsupported(verbs) }
    }

    private static func mustHaveEntry(_ list: Node) {
        if list.count == 0, !list.isSet || list.value.kind == .array {
            list.missing("\(list.name) is required: at least one entry")
        }
    }

    /// Reports what stands beside `*`.
    /// - Returns: whether the list has it.
    @discardableResult
    private static func mustStandAlone(_ list: Node) -> Bool {
        guard list.elements.contains(where: { $0.equals("*") }) else { return false }
        if list.count > 1 { list.invalid("\(list.name) may have nothing beside \"*\"") }
        return true
    }

    private static func urlPath(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        if text == "/" { return nil }
        if !text.hasPrefix("/") { return "must begin with /" }
        if text.contains(" ") { return "may not contain spaces" }
        if text.contains("//") { return "may not contain //" }
        let stars = text.count { $0 == "*" }
        return stars > 1 || stars == 1 && !text.hasSuffix("/*") ? "may have '*' only as its last part" : nil
    }

    // MARK: Priority levels

    static func checkLevel(_ root: Node) {
        let spec = root["spec"], type = spec["type"]
        guard spec.isObject, type.oneOf(["Exempt", "Limited"], isRequired: true) else { return }
        let isExempt = type.equals("Exempt"), name = root["metadata"]["name"]
        if name.value.kind == .string, name.equals("exempt") != isExempt {
            type.invalid("type is \(type.text), but the level exempt, and no other, has the type Exempt")
        }
        let limited = spec["limited"], exempt = spec["exempt"]
        checkShares(exempt)
        if isExempt {
            if limited.isSet { limited.forbidden("limited may not be set where type is Exempt") }
            return
        }
        if exempt.isSet { exempt.forbidden("exempt may not be set where type is Limited") }
        if !limited.isSet { limited.missing("limited is required where type is Limited") }
        guard limited.isObject else { return }
        checkShares(limited)
        limited["borrowingLimitPercent"].mustNotBeNegative()
        check(response: limited["limitResponse"])
    }

    private static func checkShares(_ settings: Node) {
        for field in [settings["nominalConcurrencyShares"], settings["assuredConcurrencyShares"]] { field.mustNotBeNegative() }
        settings["lendablePercent"].mustBe(in: 0...100)
    }

    private static func check(response: Node) {
        guard response.isObject || !response.isSet else { return }
        let type = response["type"], queuing = response["queuing"]
        guard type.oneOf(["Queue", "Reject"], isRequired: true) else { return }
        if type.equals("Reject") {
            if queuing.isSet { queuing.forbidden("queuing may not be set where the type of limitResponse is Reject") }
            return
        }
        if !queuing.isSet { queuing.missing("queuing is required where the type of limitResponse is Queue") }
        guard queuing.isObject else { return }
        // The server puts its defaults in place of zeros.
        func number(_ field: StaticString, otherwise value: Int64) -> Int64 {
            let own = queuing[field].integer ?? 0
            return own == 0 ? value : own
        }
        let queues = number("queues", otherwise: 64), hand = number("handSize", otherwise: 8)
        for field in [queuing["queueLengthLimit"], queuing["handSize"]] where field.integer != 0 { field.mustBeAtLeast(1) }
        if queues < 1 || queues > 10_000_000 { queuing["queues"].mustBe(in: 1...10_000_000) }
        guard hand > 0, queues > 0 else { return }
        let place = queuing["handSize"].isSet ? queuing["handSize"] : queuing["queues"]
        if hand > queues {
            place.invalid("handSize is \(hand), more than there are queues (\(queues))")
        } else if queues > 1, !isChoosable(queues, hand) {
            place.invalid("handSize is \(hand), too many of \(queues) queues: a request's hash cannot choose so many")
        }
    }

    /// Whether the hash of a request has bits enough to choose a hand.
    private static func isChoosable(_ deck: Int64, _ hand: Int64) -> Bool {
        var choices = 1.0
        for _ in 0..<hand {
            choices *= Double(deck)
            if choices > 0x1p60 { return false }
        }
        return true
    }
}
