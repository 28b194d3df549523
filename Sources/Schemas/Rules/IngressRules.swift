import Documents

/// Ingresses and their classes.
struct IngressRules {
    let root: Node
    let release: Release

    func check() {
        let spec = root["spec"]
        guard spec.isObject else {
            if !spec.isSet { spec.invalid("spec needs rules or a defaultBackend") }
            return
        }
        if spec["rules"].count == 0, !spec["defaultBackend"].isSet,
            !spec["rules"].isSet || spec["rules"].value.kind == .array
        {
            spec.invalid("spec needs rules or a defaultBackend")
        }
        checkBackend(spec["defaultBackend"])
        for rule in spec["rules"].elements where rule.isObject {
            checkHost(rule["host"])
            checkPaths(rule["http"])
        }
        for entry in spec["tls"].elements where entry.isObject {
            for host in entry["hosts"].elements {
                host.value.kind == .string && host.value.count == 0
                    ? host.invalid("a host may not be empty") : Self.checkName(host)
            }
            entry["secretName"].mustBe(NameRule.dnsSubdomain)
        }
        let className = spec["ingressClassName"]
        className.mustBe(NameRule.dnsSubdomain)
        let annotation = root["metadata"]["annotations"]["kubernetes.io/ingress.class"]
        if className.isSet, annotation.isSet {
            annotation.invalid(
                "the annotation kubernetes.io/ingress.class may not be set beside ingressClassName",
                hint: "remove the annotation")
        }
    }

    private func checkHost(_ host: Node) {
        guard host.value.kind == .string, host.value.count > 0 else { return }
        if IPText.family(host.value.utf8) != nil {
            return host.invalid("host is \(Wording.quoted(host.text)), but must be a DNS name, not an IP address")
        }
        Self.checkName(host)
    }

    private static func checkName(_ host: Node) {
        guard host.value.kind == .string else { return }
        host.mustBe(host.value.utf8.contains(0x2A) ? NameRule.wildcardSubdomain : NameRule.dnsSubdomain)
    }

    private func checkPaths(_ http: Node) {
        guard http.isObject else { return }
        if http["paths"].count == 0, !http["paths"].isSet || http["paths"].value.kind == .array {
            http["paths"].missing("http.paths is required: at least one path")
        }
        for entry in http["paths"].elements where entry.isObject {
            checkPath(entry)
            let backend = entry["backend"]
            backend.isSet ? checkBackend(backend) : backend.missing("backend is required: a service or a resource")
        }
    }

    private func checkPath(_ entry: Node) {
        let type = entry["pathType"]
        let path = entry["path"]
        switch type.text {
        case "Exact", "Prefix":
            guard path.value.kind == .string || !path.isSet else { return }
            let text = path.text
            if !text.hasPrefix("/") { return path.invalid("path is \(Wording.quoted(text)), but must begin with /") }
            for part in ["//", "/./", "/../", "%2f", "%2F"] where text.contains(part) {
                path.invalid("path is \(Wording.quoted(text)), but may not contain \(part)")
            }
            for ending in ["/..", "/."] where text.hasSuffix(ending) {
                path.invalid("path is \(Wording.quoted(text)), but may not end with \(ending)")
            }
        case "ImplementationSpecific":
            if !path.isEmptyText, path.value.kind == .string, !path.text.hasPrefix("/") {
                path.invalid("path is \(Wording.quoted(path.text)), but must begin with /")
            }
        default:
            if type.isEmptyText { type.missing("pathType is required: Exact, ImplementationSpecific or Prefix") }
        }
    }

    private func checkBackend(_ backend: Node) {
        guard backend.isObject else { return }
        let service = backend["service"]
        let resource = backend["resource"]
        if service.isSet, resource.isSet {
            backend.invalid("a backend may not have both service and resource", hint: "keep one of them")
        } else if resource.isObject {
            for field in [resource["kind"], resource["name"]] { field.mustExist(as: NameRule.pathSegment) }
            resource["apiGroup"].mustBe(NameRule.dnsSubdomain)
        } else if service.isObject {
            checkService(service, backend)
        } else if !service.isSet, !resource.isSet {
            backend.missing("\(backend.name) needs a service or a resource")
        }
    }

    private func checkService(_ service: Node, _ backend: Node) {
        service["name"].mustExist(as: MetadataRules.nameForm(of: "Service", group: "", release: release))
        let name = service["port"]["name"]
        let number = service["port"]["number"]
        let hasNumber = number.isSet && number.integer != 0
        if !name.isEmptyText, hasNumber {
            backend.invalid("service.port may not have both name and number", hint: "keep one of them")
        } else if !name.isEmptyText {
            name.mustBe(NameRule.portName)
        } else if hasNumber {
            number.mustBePort()
        } else if service["port"].isObject || !service["port"].isSet {
            backend.missing("service.port needs a name or a number")
        }
    }

    static func checkClass(_ spec: Node) {
        let controller = spec["controller"]
        if controller.isEmptyText { return controller.missing("spec.controller is required") }
        guard controller.value.kind == .string else { return }
        if controller.value.count > 250 {
            controller.tooMany("controller has \(controller.value.count) characters, 250 at most are allowed")
        }
        let parts = controller.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var domain = String(parts[0])
        if parts.count < 2 || parts[1].isEmpty || domain.withUTF8({ NameRule.dnsSubdomain($0) }) != nil {
            controller.invalid(
                "controller is \(Wording.quoted(controller.text)), but must be a DNS name, '/' and a path, as in example.com/ingress"
            )
        }
        let parameters = spec["parameters"]
        if parameters.isObject {
            for field in [parameters["kind"], parameters["name"]] { field.mustExist(as: NameRule.pathSegment) }
            parameters["apiGroup"].mustBe(NameRule.dnsSubdomain)
            if parameters["scope"].equals("Namespace"), parameters["namespace"].isEmptyText {
                parameters["namespace"].missing("parameters.namespace is required where scope is Namespace")
            } else if !parameters["scope"].equals("Namespace"), parameters["namespace"].isSet {
                parameters["namespace"].forbidden("parameters.namespace may only be set where scope is Namespace")
            }
            parameters["scope"].oneOf(["Cluster", "Namespace"])
        }
    }
}
