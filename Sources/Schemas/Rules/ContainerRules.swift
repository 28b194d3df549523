import Documents

/// What holds for a container of a Pod.
struct ContainerRules {
    enum Role { case main, initial }

    let container: Node
    let release: Release
    let volumes: Set<Value>
    let role: Role
    /// How many seconds the Pod has to end.
    var gracePeriod: Int64 = 30
    /// Whether it is one of a template, of which the server does not look at everything.
    var isTemplate = false

    private var isSidecar: Bool { role == .initial && container["restartPolicy"].equals("Always") }

    func check(_ names: inout Set<Value>, _ hostPorts: inout HostPorts) {
        guard container.isObject else { return }
        container["name"].mustExist(as: NameRule.dnsLabel)
        container["name"].mustNotRepeat("container", in: &names)
        checkImage()
        checkPorts(&hostPorts)
        checkProbes()
        checkRestart()
        checkRestartRules()
        EnvironmentRules(container: container, release: release).check()
        MountRules(container: container, volumes: volumes).check()
        ResourceRules.check(container["resources"])
        SecurityRules.checkContainer(container["securityContext"])
    }

    private func checkImage() {
        let image = container["image"]
        if image.isEmptyText {
            image.missing("image is required: the container \(Wording.quoted(container["name"].text)) has none")
        } else if !isTemplate, let first = image.value.utf8.first, let last = image.value.utf8.last, first <= 0x20 || last <= 0x20
        {
            image.invalid("image is \(Wording.quoted(image.text)), but may not begin or end with spaces")
        }
    }

    private func checkPorts(_ hostPorts: inout HostPorts) {
        var names: Set<Value> = []
        for port in container["ports"].elements where port.isObject {
            port["name"].mustBe(NameRule.portName)
            port["name"].mustNotRepeat("port name", in: &names)
            let number = port["containerPort"]
            if !number.isSet || number.integer == 0 {
                number.missing("containerPort is required")
            } else {
                number.mustBePort()
            }
            if let host = port["hostPort"].integer, host != 0 {
                port["hostPort"].mustBePort()
                if hostPorts.usesHostNetwork, let own = number.integer, own != host {
                    port["hostPort"].invalid(
                        "hostPort is \(host), but must equal containerPort (\(own)) where hostNetwork is true")
                }
            }
            port["protocol"].oneOf(["TCP", "UDP", "SCTP"])
            let address = port["hostIP"]
            if address.value.kind == .string, address.value.count > 0, IPText.family(address.value.utf8) == nil {
                address.invalid("hostIP is \(Wording.quoted(address.text)), which is not an IP address")
            }
            hostPorts.take(port)
        }
    }

    private func checkProbes() {
        let fields = [
            container["livenessProbe"], container["readinessProbe"], container["startupProbe"], container["lifecycle"],
        ]
        if role == .initial, !isSidecar {
            for field in fields where field.isSet {
                field.forbidden(
                    "\(field.name) may not be set for an init container",
                    hint: "init containers with restartPolicy: Always may have it")
            }
            return
        }
        ProbeRules(probe: fields[0], purpose: .liveness).check()
        ProbeRules(probe: fields[1], purpose: .readiness).check()
        ProbeRules(probe: fields[2], purpose: .startup).check()
        for hook in [fields[3]["postStart"], fields[3]["preStop"]] where hook.isObject {
            ProbeRules.checkHandler(hook, ["exec", "httpGet", "tcpSocket", "sleep"])
            let sleep = hook["sleep"]["seconds"]
            if let seconds = sleep.integer, seconds > gracePeriod {
                sleep.invalid(
                    "seconds is \(seconds), more than terminationGracePeriodSeconds (\(gracePeriod))",
                    hint: "give the Pod more time to end")
            }
        }
    }

    private func checkRestart() {
        let policy = container["restartPolicy"]
        guard policy.value.kind == .string, policy.value.count > 0 else { return }
        let hasRules = release >= Release(major: 1, minor: 35)
        if role == .main, !hasRules {
            policy.forbidden("restartPolicy may not be set for a container: only init containers may have it")
        } else {
            policy.oneOf(hasRules ? ["Always", "OnFailure", "Never"] : ["Always"])
        }
    }

    /// When a container is started anew by how it ended.
    private func checkRestartRules() {
        let rules = container["restartPolicyRules"]
        guard release >= Release(major: 1, minor: 35), rules.count > 0 else { return }
        if container["restartPolicy"].isEmptyText {
            container["restartPolicy"].missing("restartPolicy is required where restartPolicyRules is set")
        }
        if rules.count > 20 { rules.tooMany("restartPolicyRules has \(rules.count) entries, 20 at most are allowed") }
        for rule in rules.elements where rule.isObject {
            rule["action"].oneOf(["Restart", "RestartAllContainers"], isRequired: true)
            let codes = rule["exitCodes"]
            if !codes.isSet { codes.missing() }
            guard codes.isObject else { continue }
            codes["operator"].oneOf(["In", "NotIn"], isRequired: true)
            if codes["values"].count == 0 { codes["values"].missing("values needs at least one exit code") }
        }
    }
}

/// Probes and hooks.
struct ProbeRules {
    enum Purpose { case liveness, readiness, startup }

    let probe: Node
    let purpose: Purpose

    func check() {
        guard probe.isObject else { return }
        Self.checkHandler(probe, ["exec", "httpGet", "tcpSocket", "grpc"])
        for field in [
            probe["initialDelaySeconds"], probe["timeoutSeconds"], probe["periodSeconds"], probe["successThreshold"],
            probe["failureThreshold"],
        ] { field.mustNotBeNegative() }
        let threshold = probe["successThreshold"]
        if purpose != .readiness, let number = threshold.integer, number > 1 {
            threshold.invalid("successThreshold is \(number), but must be 1 for \(probe.name)")
        }
        let grace = probe["terminationGracePeriodSeconds"]
        if grace.isSet, purpose == .readiness {
            grace.invalid("terminationGracePeriodSeconds may not be set for a readiness probe")
        } else {
            grace.mustBeAtLeast(1)
        }
    }

    static func checkHandler(_ handler: Node, _ kinds: [StaticString]) {
        handler.mustSetOne(of: kinds, what: "handler")
        let exec = handler["exec"]
        if exec.isObject, exec["command"].count == 0, !exec["command"].isSet || exec["command"].value.kind == .array {
            exec["command"].missing("exec.command is required")
        }
        let http = handler["httpGet"]
        if http.isObject {
            checkPort(http["port"])
            http["scheme"].oneOf(["HTTP", "HTTPS"])
            for header in http["httpHeaders"].elements {
                header["name"].mustExist()
                header["name"].mustBe(headerName)
            }
        }
        if handler["tcpSocket"].isObject { checkPort(handler["tcpSocket"]["port"]) }
        if handler["grpc"].isObject {
            let port = handler["grpc"]["port"]
            port.isSet ? port.mustBePort() : port.invalid("grpc.port is required, from 1 to 65535")
        }
        handler["sleep"]["seconds"].mustNotBeNegative()
    }

    private static func checkPort(_ port: Node) {
        port.isSet
            ? port.mustBePortOrName()
            : port.invalid("\(port.name) is required: a number from 1 to 65535 or the name of a port")
    }

    private static func headerName(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        text.allSatisfy { NameRule.isAlphanumeric($0) || $0 == 0x2D } ? nil : "must be letters, digits and '-'"
    }
}
