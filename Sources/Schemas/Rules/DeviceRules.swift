import Documents

/// Dynamic resource allocation: claims for devices, their classes, and what drivers offer.
struct DeviceRules {
    let release: Release
    /// Whether requests have their fields beside their names, as v1beta1 has them.
    let isFlat: Bool

    init(version: String, release: Release) {
        self.release = release
        isFlat = version == "v1beta1"
    }

    private static let most = 32

    // MARK: Claims

    func check(claim devices: Node) {
        guard devices.isObject else { return }
        let requests = devices["requests"]
        atMost(Self.most, requests)
        var names: Set<Value> = []
        for request in requests.elements where request.isObject {
            request["name"].mustExist(as: NameRule.dnsLabel)
            request["name"].mustNotRepeat("request", in: &names)
            check(request: request)
        }
        let known = Self.names(of: requests)
        atMost(Self.most, devices["constraints"])
        for constraint in devices["constraints"].elements where constraint.isObject {
            checkReferences(constraint["requests"], known)
            let attributes = constraint.setMembers(["matchAttribute", "distinctAttribute"])
            if attributes.isEmpty { constraint.missing("\(constraint.name) needs matchAttribute") }
            for attribute in attributes { attribute.mustBe(Self.attributeName) }
        }
        atMost(Self.most, devices["config"])
        for config in devices["config"].elements where config.isObject {
            checkReferences(config["requests"], known)
            check(config: config)
        }
    }

    /// The names that constraints and configurations may use: of requests, and of the alternatives of each.
    private static func names(of requests: Node) -> Set<String> {
        var names: Set<String> = []
        for request in requests.elements {
            let name = request["name"].text
            names.insert(name)
            for alternative in request["firstAvailable"].elements { names.insert("\(name)/\(alternative["name"].text)") }
        }
        return names
    }

    private func check(request: Node) {
        let alternatives = request["firstAvailable"]
        let exactly = isFlat ? request : request["exactly"]
        if isFlat {
            if alternatives.count == 0 { return check(exact: exactly) }
            let own = request.setMembers([
                "deviceClassName", "selectors", "allocationMode", "count", "adminAccess", "tolerations",
            ])
            for field in own { field.invalid("\(field.name) may not be set beside firstAvailable") }
        } else if !exactly.isSet, alternatives.count == 0 {
            return request.missing("\(request.name) needs exactly or firstAvailable")
        } else if exactly.isSet, alternatives.count > 0 {
            request.invalid("\(request.name) may not have both exactly and firstAvailable", hint: "keep one of them")
        } else if exactly.isObject {
            return check(exact: exactly)
        }
        atMost(8, alternatives)
        var names: Set<Value> = []
        for alternative in alternatives.elements where alternative.isObject {
            alternative["name"].mustExist(as: NameRule.dnsLabel)
            alternative["name"].mustNotRepeat("request", in: &names)
            check(exact: alternative)
        }
    }

    private func check(exact request: Node) {
        request["deviceClassName"].mustExist(as: NameRule.dnsSubdomain)
        check(selectors: request["selectors"])
        let mode = request["allocationMode"], count = request["count"]
        mode.oneOf(["All", "ExactCount"])
        if mode.equals("All") {
            if let number = count.integer, number != 0 { count.invalid("count may not be set where allocationMode is All") }
        } else if let number = count.integer, number < 0 {
            count.mustBeAtLeast(1)
        }
        for toleration in request["tolerations"].elements where toleration.isObject {
            toleration["key"].mustBe(NameRule.qualifiedName)
            toleration["operator"].oneOf(["Equal", "Exists"])
            if toleration["operator"].equals("Exists") {
                if !toleration["value"].isEmptyText {
                    toleration["value"].invalid("value must be empty where operator is Exists")
                }
            } else {
                toleration["value"].mustBe(NameRule.labelValue)
                if toleration["key"].isEmptyText { toleration["key"].missing("key is required where operator is Equal") }
            }
        }
    }

    private func checkReferences(_ list: Node, _ known: Set<String>) {
        var seen: Set<Value> = []
        for name in list.elements where name.value.kind == .string {
            name.mustNotRepeat("request", in: &seen)
            if !known.contains(name.text) {
                let similar = Nearest.name(to: name.text, among: known.sorted())
                name.invalid(
                    "no request of the claim is called \(Wording.quoted(name.text))", hint: similar.map { "did you mean \($0)?" })
            }
        }
    }

    private func check(selectors: Node) {
        atMost(Self.most, selectors)
        for selector in selectors.elements where selector.isObject {
            let cel = selector["cel"]
            if !cel.isSet { cel.missing() }
            if cel.isObject { cel["expression"].mustExist() }
        }
    }

    private func check(config: Node) {
        let opaque = config["opaque"]
        if !opaque.isSet { return opaque.missing() }
        guard opaque.isObject else { return }
        opaque["driver"].mustExist(as: Self.driverName)
        if !opaque["parameters"].isSet { opaque["parameters"].missing() }
    }

    private func atMost(_ count: Int, _ list: Node) {
        if list.count > count { list.tooMany("\(list.name) has \(list.count) entries, \(count) at most are allowed") }
    }

    // MARK: Classes and slices

    func check(deviceClass spec: Node) {
        guard spec.isObject else { return }
        check(selectors: spec["selectors"])
        atMost(Self.most, spec["config"])
        for config in spec["config"].elements where config.isObject { check(config: config) }
        let name = spec["extendedResourceName"]
        name.mustBe(NameRule.qualifiedName)
        if !name.isEmptyText, name.value.kind == .string, !name.text.contains("/") {
            name.invalid("extendedResourceName is \(Wording.quoted(name.text)), but needs a prefix, as example.com/gpu")
        }
    }

    func check(slice spec: Node) {
        guard spec.isObject else { return }
        spec["driver"].mustExist(as: Self.driverName)
        let pool = spec["pool"]
        pool["name"].mustExist(as: Self.poolName)
        pool["generation"].mustNotBeNegative()
        let slices = pool["resourceSliceCount"]
        slices.isSet ? slices.mustBeAtLeast(1) : slices.missing("pool.resourceSliceCount is required, 1 or more")
        let choices = ["nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"] as [StaticString]
        let members = spec.setMembers(choices)
        for member in members where member.value.isFalse { member.invalid("\(member.name) must be true or absent") }
        if members.isEmpty {
            spec.missing("spec needs one of \(Wording.choice(choices.map(\.description)))")
        } else if members.count > 1 {
            spec.invalid("spec may have one of \(Wording.choice(members.map(\.name))) only")
        }
        spec["nodeName"].mustBe(NameRule.dnsSubdomain)
        checkSelector(spec["nodeSelector"])
        atMost(128, spec["devices"])
        var names: Set<Value> = []
        for device in spec["devices"].elements where device.isObject {
            device["name"].mustExist(as: NameRule.dnsLabel)
            device["name"].mustNotRepeat("device", in: &names)
            let content = isFlat ? device["basic"] : device
            if isFlat, !content.isSet { content.missing() }
            if content.isObject { check(device: content, choosesNodes: spec["perDeviceNodeSelection"].isTrue) }
        }
    }

    private func check(device: Node, choosesNodes: Bool) {
        let attributes = device["attributes"], capacity = device["capacity"]
        let count = attributes.entries.count + capacity.entries.count
        if count > Self.most {
            device.tooMany("\(device.name) has \(count) attributes and capacities, \(Self.most) at most are allowed")
        }
        for (name, attribute) in attributes.entries {
            check(name: name, of: attribute)
            guard attribute.isObject else { continue }
            let members = attribute.setMembers(["int", "bool", "string", "version"])
            if members.count != 1 {
                attribute.invalid("\(attribute.name) must have exactly one of int, bool, string and version")
            }
            for text in members where text.value.kind == .string && text.value.count > 64 {
                text.tooMany("\(text.name) has \(text.value.count) bytes, 64 at most are allowed")
            }
        }
        for (name, amount) in capacity.entries { check(name: name, of: amount) }
        for taint in device["taints"].elements where taint.isObject {
            taint["key"].mustExist(as: NameRule.qualifiedName)
            taint["value"].mustBe(NameRule.labelValue)
            taint["effect"].oneOf(
                ["NoSchedule", "NoExecute"] + (release >= Release(major: 1, minor: 35) ? ["None"] : []), isRequired: true)
        }
        let nodes = device.setMembers(["nodeName", "nodeSelector", "allNodes"])
        if choosesNodes, nodes.count != 1 {
            device.invalid("\(device.name) must have exactly one of nodeName, nodeSelector and allNodes")
        } else if !choosesNodes {
            for field in nodes { field.invalid("\(field.name) may only be set where perDeviceNodeSelection is true") }
        }
        device["nodeName"].mustBe(NameRule.dnsSubdomain)
        checkSelector(device["nodeSelector"])
    }

    private func checkSelector(_ selector: Node) {
        guard selector.isObject else { return }
        SchedulingRules.checkNodeSelector(selector)
        let terms = selector["nodeSelectorTerms"]
        if terms.count > 1 { terms.invalid("nodeSelectorTerms has \(terms.count) entries, but must have exactly one") }
    }

    /// A name of an attribute or a capacity: an identifier, which may stand behind a domain.
    private func check(name: Value, of member: Node) {
        let parts = name.string.split(separator: "/", omittingEmptySubsequences: false)
        let problem =
            parts.count > 2
            ? "has more than one '/'"
            : Self.identifier(parts[parts.count - 1])
                ?? (parts.count == 2 ? Self.domain(parts[0]) : nil)
        guard let problem else { return }
        member.inspection.report(
            .invalidValue, member.path, at: .key, "\(Wording.quoted(name.string)) is no name of an attribute: it \(problem)")
    }

    // MARK: Names

    /// The name of a driver, of CSI or of devices.
    static func driverName(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        if text.count > 63 { return "has \(text.count) characters, 63 at most are allowed" }
        var name = String(decoding: text, as: UTF8.self).lowercased()
        return name.withUTF8 { NameRule.dnsSubdomain($0) }
    }

    /// A domain and a name in it.
    private static func attributeName(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        let parts = String(decoding: text, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return "must be a domain, '/' and a name, as example.com/model"
        }
        return domain(parts[0]) ?? identifier(parts[1])
    }

    private static func domain(_ text: Substring) -> String? {
        if text.utf8.count > 63 { return "has a domain of \(text.utf8.count) characters, 63 at most are allowed" }
        var domain = String(text)
        return domain.withUTF8 { NameRule.dnsSubdomain($0) }
    }

    /// As in C: letters, digits and `_`, no digit first.
    private static func identifier(_ text: Substring) -> String? {
        if text.utf8.count > 32 { return "has a name of \(text.utf8.count) characters, 32 at most are allowed" }
        let isOne = text.utf8.allSatisfy { NameRule.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        if isOne, let first = text.utf8.first, !NameRule.isDigit(first) { return nil }
        return "must end with letters, digits and '_' that begin with no digit, as example.com/model_2"
    }

    /// Names between slashes.
    private static func poolName(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        if text.count > 253 { return "has \(text.count) characters, 253 at most are allowed" }
        for part in String(decoding: text, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false) {
            var part = String(part)
            if let problem = part.withUTF8({ NameRule.dnsSubdomain($0) }) { return problem }
        }
        return nil
    }
}
