import Documents

/// Endpoints and EndpointSlices.
enum EndpointRules {
    static func checkEndpoints(_ root: Node) {
        for subset in root["subsets"].elements where subset.isObject {
            let addresses = subset["addresses"]
            let pending = subset["notReadyAddresses"]
            if addresses.count == 0, pending.count == 0 {
                subset.missing("\(subset.name) needs addresses or notReadyAddresses")
            }
            for address in Array(addresses.elements) + Array(pending.elements) where address.isObject {
                let ip = address["ip"]
                if ip.isEmptyText || ip.value.kind == .string && IPText.family(ip.value.utf8) == nil {
                    ip.invalid("ip is \(Wording.quoted(ip.text)), which is not an IP address")
                }
                mustBeOfPods(ip)
                address["hostname"].mustBe(NameRule.dnsLabel)
                address["nodeName"].mustBe(NameRule.dnsSubdomain)
            }
            for port in subset["ports"].elements where port.isObject {
                if port["name"].isEmptyText, subset["ports"].count > 1 {
                    port["name"].missing("name is required where there are several ports")
                }
                port["name"].mustBe(NameRule.dnsLabel)
                port["port"].isSet
                    ? port["port"].mustBePort() : port["port"].invalid("port is required, from 1 to 65535")
            }
        }
    }

    static func checkSlice(_ root: Node) {
        let type = root["addressType"]
        type.oneOf(["IPv4", "IPv6", "FQDN"], isRequired: true)
        if root["endpoints"].count > 1000 {
            root["endpoints"].tooMany("endpoints has \(root["endpoints"].count) entries, 1000 at most are allowed")
        }
        for endpoint in root["endpoints"].elements where endpoint.isObject {
            let addresses = endpoint["addresses"]
            if addresses.count == 0 { addresses.missing("addresses is required: at least one") }
            if addresses.count > 100 {
                addresses.tooMany("addresses has \(addresses.count) entries, 100 at most are allowed")
            }
            for address in addresses.elements where address.value.kind == .string { check(address, type.text) }
            endpoint["hostname"].mustBe(NameRule.dnsLabel)
            endpoint["nodeName"].mustBe(NameRule.dnsSubdomain)
        }
        var names: Set<String> = []
        for port in root["ports"].elements where port.isObject {
            port["name"].mustBe(NameRule.dnsLabel)
            if !names.insert(port["name"].text).inserted {
                port["name"].duplicate("port name \(Wording.quoted(port["name"].text)) is there twice")
            }
            port["port"].mustBePort()
            port["appProtocol"].mustBe(NameRule.qualifiedName)
        }
    }

    /// Reports addresses that belong to a machine or to a link.
    private static func mustBeOfPods(_ address: Node) {
        if address.value.kind == .string, IPText.isSpecial(address.text) {
            address.invalid("\(address.text) belongs to each machine itself or to one link, and cannot be that of an endpoint")
        }
    }

    private static func check(_ address: Node, _ type: String) {
        defer { if type != "FQDN" { mustBeOfPods(address) } }
        switch type {
        case "IPv4", "IPv6":
            if IPText.family(address.value.utf8) != (type == "IPv4" ? .v4 : .v6) {
                address.invalid("\(Wording.quoted(address.text)) is not an \(type) address")
            }
        case "FQDN": address.mustBe(NameRule.dnsSubdomain)
        default: break
        }
    }
}
