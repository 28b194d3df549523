import Documents

/// What holds for the spec of a Pod, alone or in a template.
struct PodRules {
    let spec: Node
    let release: Release
    /// Names of volumes that come from elsewhere: the claim templates of a StatefulSet.
    var otherVolumes: Set<Value> = []
    /// Whether the spec is that of a template, which cannot have ephemeral containers.
    var isTemplate = true

    func check() {
        guard spec.isObject else {
            if !spec.isSet { spec["containers"].missing("\(spec.path.fieldPath).containers is required") }
            return
        }
        let volumes = VolumeRules(volumes: spec["volumes"], release: release).check().union(otherVolumes)
        checkContainers(volumes)
        checkScalars()
        checkNetwork()
        SecurityRules.checkPod(spec["securityContext"], spec: spec)
        SchedulingRules(spec: spec, release: release).check()
        PlatformRules(spec: spec, release: release).check()
        ClaimUseRules(spec: spec, release: release, claims: otherVolumes).check()
    }

    private var gracePeriod: Int64 { spec["terminationGracePeriodSeconds"].integer ?? 30 }

    // MARK: Containers

    private func checkContainers(_ volumes: Set<Value>) {
        var names: Set<Value> = []
        let containers = spec["containers"]
        if containers.count == 0, !containers.isSet || containers.value.kind == .array {
            containers.missing("containers is required: a Pod has at least one")
        }
        let isOnHost = spec["hostNetwork"].isTrue
        // What is left out is filled in when the Pod is made; before 1.28 in its template already.
        let takesPorts = isOnHost && (!isTemplate || release < Release(major: 1, minor: 28))
        var ports = HostPorts(usesHostNetwork: isOnHost, takesContainerPorts: takesPorts)
        for container in containers.elements {
            let rules = ContainerRules(
                container: container, release: release, volumes: volumes, role: .main, gracePeriod: gracePeriod,
                isTemplate: isTemplate)
            rules.check(&names, &ports)
        }
        for container in spec["initContainers"].elements {
            // They run one after another.
            var initPorts = HostPorts(usesHostNetwork: isOnHost, takesContainerPorts: takesPorts)
            ContainerRules(
                container: container, release: release, volumes: volumes, role: .initial, gracePeriod: gracePeriod,
                isTemplate: isTemplate
            ).check(&names, &initPorts)
        }
        let ephemeral = spec["ephemeralContainers"]
        if ephemeral.count > 0 {
            ephemeral.forbidden(
                "ephemeralContainers cannot be written in a manifest", hint: "use kubectl debug on the running Pod")
        }
    }

    // MARK: Fields of the Pod

    private func checkScalars() {
        spec["restartPolicy"].oneOf(["Always", "OnFailure", "Never"])
        spec["activeDeadlineSeconds"].mustBe(in: 1...Int64(Int32.max))
        for field in [
            spec["serviceAccountName"], spec["priorityClassName"], spec["runtimeClassName"], spec["nodeName"],
        ] {
            field.mustBe(NameRule.dnsSubdomain)
        }
        for (key, label) in spec["nodeSelector"].entries {
            if let problem = NameRule.qualifiedName(key.utf8) {
                label.inspection.report(
                    .invalidValue, label.path, at: .key,
                    "\(Wording.quoted(key.string)) cannot be the key of a label: it \(Node.phrase(problem))")
            }
            label.mustBe(NameRule.labelValue)
        }
        if spec["shareProcessNamespace"].isTrue, spec["hostPID"].isTrue {
            spec["shareProcessNamespace"].invalid("shareProcessNamespace and hostPID may not both be true")
        }
        for gate in spec["readinessGates"].elements where gate.isObject {
            let type = gate["conditionType"]
            type.isEmptyText ? type.invalid("conditionType is required") : type.mustBe(NameRule.qualifiedName)
        }
        var gates: Set<Value> = []
        for gate in spec["schedulingGates"].elements {
            gate["name"].mustExist(as: NameRule.qualifiedName)
            gate["name"].mustNotRepeat("scheduling gate", in: &gates)
        }
        let os = spec["os"]
        if os.isObject { os["name"].oneOf(["linux", "windows"], isRequired: true) }
        for (key, amount) in spec["overhead"].entries {
            ResourceRules.checkName(key, amount, true)
            ResourceRules.checkAmount(key, amount)
        }
        var claims: Set<Value> = []
        for claim in spec["resourceClaims"].elements {
            claim["name"].mustExist(as: NameRule.dnsLabel)
            claim["name"].mustNotRepeat("resource claim", in: &claims)
        }
    }

    private func checkNetwork() {
        spec["hostname"].mustBe(NameRule.dnsLabel)
        spec["subdomain"].mustBe(NameRule.dnsLabel)
        for alias in spec["hostAliases"].elements {
            let address = alias["ip"]
            if !address.isSet || address.value.kind == .string,
                IPText.family(
                    address.value.kind == .string ? address.value.utf8 : UnsafeBufferPointer(start: nil, count: 0))
                    == nil
            {
                address.invalid("ip is \(Wording.quoted(address.text)), which is not an IP address")
            }
            for name in alias["hostnames"].elements { name.mustBe(NameRule.dnsSubdomain) }
        }
        let dns = spec["dnsConfig"]
        if spec["dnsPolicy"].equals("None"), !(spec["dnsConfig"].isSet && !dns.isObject), dns["nameservers"].count == 0 {
            dns["nameservers"].missing("dnsConfig.nameservers is required where dnsPolicy is None")
        }
        if dns["nameservers"].count > 3 { dns["nameservers"].invalid("nameservers has more than 3 entries") }
        for server in dns["nameservers"].elements
        where server.value.kind == .string && IPText.family(server.value.utf8) == nil {
            server.invalid("\(Wording.quoted(server.text)) is not an IP address")
        }
        if dns["searches"].count > 32 { dns["searches"].invalid("searches has more than 32 entries") }
        for search in dns["searches"].elements { search.mustBe(searchDomain) }
        for option in dns["options"].elements { option["name"].mustExist() }
    }

    /// A domain, also with a dot at its end; since 1.33 with underscores too.
    private func searchDomain(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        var name = String(decoding: text, as: UTF8.self)
        if name.hasSuffix(".") { name.removeLast() }
        if release >= Release(major: 1, minor: 33) {
            if name.isEmpty { return nil }
            name = name.replacing("_", with: "-")
            name = name.split(separator: ".", omittingEmptySubsequences: false).map { part in
                part.hasPrefix("-") && text.first == 0x5F ? "a" + part.dropFirst() : String(part)
            }.joined(separator: ".")
        }
        return name.withUTF8 { NameRule.dnsSubdomain($0) }
    }
}

extension PodRules {
    /// Annotations of a Pod that the server reads.
    static func checkAnnotations(_ annotations: Node, _ spec: Node) {
        let cost = annotations["controller.kubernetes.io/pod-deletion-cost"]
        if cost.value.kind == .string,
            Int32(cost.text) == nil || cost.text.hasPrefix("+") || cost.text.hasPrefix("0") && cost.text != "0"
        {
            cost.invalid("pod-deletion-cost is \(Wording.quoted(cost.text)), but must be a whole number of 32 bits")
        }
        if annotations["kubernetes.io/config.mirror"].isSet, spec["nodeName"].isEmptyText {
            annotations["kubernetes.io/config.mirror"].invalid("a mirror Pod needs spec.nodeName")
        }
    }
}

/// Ports of the host that containers of one Pod take.
struct HostPorts {
    let usesHostNetwork: Bool
    /// Whether a port of a container is taken of the host too.
    private let takesContainerPorts: Bool
    private var taken: Set<String> = []

    init(usesHostNetwork: Bool, takesContainerPorts: Bool) {
        (self.usesHostNetwork, self.takesContainerPorts) = (usesHostNetwork, takesContainerPorts)
    }

    mutating func take(_ port: Node) {
        let host = port["hostPort"].integer ?? (takesContainerPorts ? port["containerPort"].integer : nil) ?? 0
        guard host != 0 else { return }
        let protocolName = port["protocol"].isEmptyText ? "TCP" : port["protocol"].text
        let address = port["hostIP"].text
        if !taken.insert("\(protocolName)/\(address)/\(host)").inserted {
            (port["hostPort"].isSet ? port["hostPort"] : port["containerPort"])
                .duplicate("port \(host) of the host is taken twice with \(protocolName)")
        }
    }
}
