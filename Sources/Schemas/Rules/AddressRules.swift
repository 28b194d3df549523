import Documents

/// IPAddresses and ServiceCIDRs.
enum AddressRules {
    static func checkAddress(_ root: Node) {
        let name = root["metadata"]["name"]
        if name.value.kind == .string, name.value.count > 0 {
            if IPText.family(name.value.utf8) == nil {
                name.invalid("metadata.name is \(Wording.quoted(name.text)), which is not an IP address")
            } else if let usual = IPText.canonical(name.text), usual != name.text {
                name.invalid(
                    "metadata.name is \(Wording.quoted(name.text)), but must be written in the usual form", hint: "write \(usual)"
                )
            }
        }
        let parent = root["spec"]["parentRef"]
        if !parent.isSet { return parent.missing("spec.parentRef is required: whose address it is") }
        guard parent.isObject else { return }
        parent["group"].mustBe(NameRule.dnsSubdomain)
        for field in [parent["resource"], parent["name"]] { field.mustExist(as: NameRule.pathSegment) }
        parent["namespace"].mustBe(NameRule.pathSegment)
    }

    static func checkRanges(_ spec: Node) {
        let ranges = spec["cidrs"]
        if ranges.count == 0, !ranges.isSet || ranges.value.kind == .array {
            return ranges.missing("spec.cidrs is required: one network, or one of each family")
        }
        if ranges.count > 2 { return ranges.invalid("cidrs has \(ranges.count) entries, 2 at most are allowed") }
        var families: [IPText.Family] = []
        for range in ranges.elements where range.value.kind == .string {
            guard let family = IPText.networkFamily(range.value.utf8) else {
                range.invalid("\(Wording.quoted(range.text)) is not a network", hint: "write it as 10.96.0.0/16")
                continue
            }
            families.append(family)
            if let usual = IPNetwork.canonical(range.text), usual != range.text {
                range.invalid(
                    "\(Wording.quoted(range.text)) must be written in the usual form, without bits of a host",
                    hint: "write \(usual)")
            }
        }
        if families.count == 2, families[0] == families[1] {
            ranges.invalid("cidrs has two networks of one family, but may have one of each")
        }
    }
}
