import Documents

/// Services.
struct ServiceRules {
    let spec: Node

    private var type: String { spec["type"].isEmptyText ? "ClusterIP" : spec["type"].text }
    private var isHeadless: Bool {
        spec["clusterIP"].equals("None") || spec["clusterIPs"].elements.contains { $0.equals("None") }
    }

    func check() {
        guard spec.isObject else {
            if !spec.isSet { spec["ports"].missing("spec.ports is required") }
            return
        }
        SelectorRules.checkMap(spec["selector"])
        checkPorts()
        checkAddresses()
        checkType()
        checkAffinity()
        checkLoadBalancer()
        checkTraffic()
    }

    private func checkPorts() {
        let ports = spec["ports"]
        if ports.count == 0, !isHeadless, type != "ExternalName", !ports.isSet || ports.value.kind == .array {
            ports.missing("spec.ports is required: a Service has at least one port")
        }
        var names: Set<Value> = []
        var numbers: Set<String> = []
        var nodePorts: Set<String> = []
        for port in ports.elements where port.isObject {
            let name = port["name"]
            if name.isEmptyText {
                if ports.count > 1 { name.missing("name is required for each port where a Service has several") }
            } else {
                name.mustBe(NameRule.dnsLabel)
                name.mustNotRepeat("port name", in: &names)
            }
            let number = port["port"]
            number.isSet ? number.mustBePort() : number.invalid("port is required, from 1 to 65535")
            port["protocol"].oneOf(["TCP", "UDP", "SCTP"])
            if port["targetPort"].isSet, !isDefaulted(port["targetPort"]) { port["targetPort"].mustBePortOrName() }
            port["appProtocol"].mustBe(NameRule.qualifiedName)
            let transport = port["protocol"].isEmptyText ? "TCP" : port["protocol"].text
            if let value = number.integer, !numbers.insert("\(transport) \(value)").inserted {
                port.duplicate("port \(value) with \(transport) is there twice")
            }
            checkNodePort(port["nodePort"], transport, &nodePorts)
            if type == "LoadBalancer", number.integer == 10250 {
                number.invalid("port 10250 belongs to the kubelet and may not be exposed by a LoadBalancer")
            }
        }
    }

    /// A target port of 0 or "" means the port itself.
    private func isDefaulted(_ port: Node) -> Bool {
        port.integer == 0 || port.value.kind == .string && port.value.count == 0
    }

    private func checkNodePort(_ port: Node, _ transport: String, _ taken: inout Set<String>) {
        guard let number = port.integer, number != 0 else { return }
        if type == "ClusterIP" || type == "ExternalName" {
            port.forbidden(
                "nodePort may not be set where type is \(type)", hint: "use type: NodePort, or remove nodePort")
        } else {
            port.mustBePort()
            if !taken.insert("\(transport) \(number)").inserted {
                port.duplicate("nodePort \(number) with \(transport) is there twice")
            }
        }
    }

    private func checkAddresses() {
        let address = spec["clusterIP"]
        let addresses = spec["clusterIPs"]
        for node in (addresses.count > 0 ? Array(addresses.elements) : [address])
        where node.value.kind == .string && node.value.count > 0 && !node.equals("None") {
            if IPText.family(node.value.utf8) == nil {
                node.invalid("\(node.name) is \(Wording.quoted(node.text)), which is not an IP address or None")
            }
        }
        if addresses.count > 0, address.value.kind == .string || !address.isSet,
            address.isEmptyText ? type != "ExternalName" : addresses.value.elements[0] != address.value
        {
            addresses.element(0).invalid("the first of clusterIPs must equal clusterIP")
        }
        for external in spec["externalIPs"].elements
        where external.value.kind == .string && IPText.family(external.value.utf8) == nil {
            external.invalid("\(Wording.quoted(external.text)) is not an IP address")
        }
        for external in spec["externalIPs"].elements where IPText.isSpecial(external.text) {
            external.invalid("\(external.text) belongs to each machine itself and cannot lead to a Service")
        }
        let kinds = addresses.elements.map { $0.value.kind == .string ? IPText.family($0.value.utf8) : nil }
        if kinds.count == 2, let first = kinds[0], first == kinds[1] {
            addresses.invalid("clusterIPs has two addresses of one family")
        }
        let families = spec["ipFamilies"]
        if families.count > 1 || addresses.count > 1, spec["ipFamilyPolicy"].equals("SingleStack") {
            spec["ipFamilyPolicy"].invalid("ipFamilyPolicy may not be SingleStack where there are two IP families")
        }
        if families.count > 2 { families.invalid("ipFamilies has \(families.count) entries, 2 at most are allowed") }
        for (index, family) in families.elements.enumerated() where index < addresses.count || index == 0 {
            let own = addresses.count > 0 ? addresses.element(index) : address
            guard own.value.kind == .string, let kind = IPText.family(own.value.utf8),
                family.equals(kind == .v4 ? "IPv6" : "IPv4")
            else { continue }
            own.invalid("\(own.text) is not an address of the family \(family.text), which ipFamilies has for it")
        }
        if families.count == 2, families.value.elements[0] == families.value.elements[1] {
            families.element(1).duplicate("the IP family \(families.element(1).text) is there twice")
        }
    }

    private func checkType() {
        switch type {
        case "ExternalName":
            let name = spec["externalName"]
            if name.isEmptyText {
                name.missing("externalName is required where type is ExternalName")
            } else if name.value.kind == .string {
                var text = name.text
                if text.hasSuffix(".") { text.removeLast() }
                if let problem = text.withUTF8({ NameRule.dnsSubdomain($0) }) {
                    name.invalid("externalName is \(Wording.quoted(name.text)), but it \(Node.phrase(problem))")
                }
            }
            if !spec["clusterIP"].isEmptyText {
                spec["clusterIP"].forbidden("clusterIP may not be set where type is ExternalName")
            }
            for field in [spec["ipFamilies"], spec["ipFamilyPolicy"]] where field.count > 0 || !field.text.isEmpty {
                field.forbidden("\(field.name) may not be set where type is ExternalName")
            }
        case "LoadBalancer", "NodePort":
            if isHeadless { spec["clusterIP"].invalid("clusterIP may not be None where type is \(type)") }
        default: break
        }
    }

    /// Annotations of a Service that the server reads.
    static func checkAnnotations(_ annotations: Node, _ spec: Node) {
        let ranges = annotations["service.beta.kubernetes.io/load-balancer-source-ranges"]
        guard ranges.value.kind == .string, ranges.value.count > 0, spec["loadBalancerSourceRanges"].count == 0 else { return }
        if !spec["type"].equals("LoadBalancer") {
            return ranges.forbidden("load-balancer-source-ranges may only be set where type is LoadBalancer")
        }
        for range in ranges.text.split(separator: ",", omittingEmptySubsequences: false) {
            var text = String(range.filter { $0 != " " })
            if text.withUTF8({ IPText.networkFamily($0) }) == nil {
                return ranges.invalid("\(Wording.quoted(text)) is not a network", hint: "write it as 10.0.0.0/8")
            }
        }
    }

    private func checkAffinity() {
        let config = spec["sessionAffinityConfig"]
        if spec["sessionAffinity"].equals("ClientIP") {
            config["clientIP"]["timeoutSeconds"].mustBe(in: 1...86400)
        } else if config.isSet {
            config.forbidden("sessionAffinityConfig may only be set where sessionAffinity is ClientIP")
        }
    }

    private func checkLoadBalancer() {
        let isBalancer = type == "LoadBalancer"
        for field in [spec["loadBalancerClass"], spec["allocateLoadBalancerNodePorts"]] where field.isSet && !isBalancer {
            field.forbidden("\(field.name) may only be set where type is LoadBalancer")
        }
        spec["loadBalancerClass"].mustBe(NameRule.qualifiedName)
        let ranges = spec["loadBalancerSourceRanges"]
        if ranges.count > 0, !isBalancer {
            ranges.forbidden("loadBalancerSourceRanges may only be set where type is LoadBalancer")
        } else {
            for range in ranges.elements where range.value.kind == .string {
                let trimmed = range.text.filter { $0 != " " }
                var text = trimmed
                if text.withUTF8({ IPText.networkFamily($0) }) == nil {
                    range.invalid("\(Wording.quoted(trimmed)) is not a network", hint: "write it as 10.0.0.0/8")
                }
            }
        }
    }

    private func checkTraffic() {
        let isExternal = type == "LoadBalancer" || type == "NodePort" || spec["externalIPs"].count > 0
        let policy = spec["externalTrafficPolicy"]
        if !policy.isEmptyText, !isExternal {
            policy.invalid("externalTrafficPolicy may only be set where type is NodePort or LoadBalancer")
        }
        let health = spec["healthCheckNodePort"]
        if let number = health.integer, number != 0 {
            if type != "LoadBalancer" || !policy.equals("Local") {
                health.invalid(
                    "healthCheckNodePort may only be set where type is LoadBalancer and externalTrafficPolicy is Local")
            } else {
                health.mustBePort()
            }
        }
        let distribution = spec["trafficDistribution"]
        if distribution.isSet {
            distribution.oneOf(["PreferClose", "PreferSameZone", "PreferSameNode"])
        }
    }
}
