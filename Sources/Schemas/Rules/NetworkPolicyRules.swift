import Documents

/// NetworkPolicies.
struct NetworkPolicyRules {
    let spec: Node

    func check() {
        guard spec.isObject else { return }
        SelectorRules.check(spec["podSelector"])
        for rule in spec["ingress"].elements { check(rule, peers: rule["from"]) }
        for rule in spec["egress"].elements { check(rule, peers: rule["to"]) }
        let types = spec["policyTypes"]
        if types.count > 2 {
            types.invalid("policyTypes has \(types.count) entries, but there are Ingress and Egress only")
        }
    }

    private func check(_ rule: Node, peers: Node) {
        for port in rule["ports"].elements where port.isObject { check(port: port) }
        for peer in peers.elements { check(peer: peer) }
    }

    private func check(port entry: Node) {
        entry["protocol"].oneOf(["TCP", "UDP", "SCTP"])
        let port = entry["port"]
        let end = entry["endPort"]
        if port.isSet { port.mustBePortOrName() }
        guard end.isSet else { return }
        if port.value.kind == .string {
            end.forbidden("endPort may not be set where port is a name")
        } else if let first = port.integer {
            if let last = end.integer, last < first {
                end.invalid("endPort is \(last), but must be at least port (\(first))")
            } else {
                end.mustBePort()
            }
        } else if !port.isSet {
            end.forbidden("endPort may not be set without port")
        }
    }

    private func check(peer: Node) {
        guard peer.isObject else { return }
        let block = peer["ipBlock"]
        let selectors = peer.setMembers(["podSelector", "namespaceSelector"])
        if !block.isSet, selectors.isEmpty {
            return peer.missing(
                "\(peer.name) needs podSelector, namespaceSelector or ipBlock",
                hint: "for all Pods write podSelector: {}")
        }
        for selector in selectors { SelectorRules.check(selector) }
        guard block.isObject else { return }
        if !selectors.isEmpty {
            peer.forbidden("ipBlock may not be set beside \(selectors[0].name)", hint: "make them two entries")
        }
        let network = block["cidr"]
        if network.isEmptyText { return network.missing() }
        guard network.value.kind == .string else { return }
        guard let family = IPText.networkFamily(network.value.utf8) else {
            return network.invalid(
                "cidr is \(Wording.quoted(network.text)), which is not a network", hint: "write it as 10.0.0.0/8")
        }
        for hole in block["except"].elements where hole.value.kind == .string {
            guard let inner = IPText.networkFamily(hole.value.utf8) else {
                hole.invalid("\(Wording.quoted(hole.text)) is not a network", hint: "write it as 10.1.0.0/16")
                continue
            }
            if inner != family || !IPNetwork.isStrictlyInside(hole.text, network.text) {
                hole.invalid("\(hole.text) is not a part of cidr \(network.text)")
            }
        }
    }
}
