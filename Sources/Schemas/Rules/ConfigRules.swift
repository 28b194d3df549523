import Documents

/// ConfigMaps, Secrets and other objects that hold settings.
enum ConfigRules {
    private static let largest = 1 << 20

    static func checkConfigMap(_ root: Node) {
        let data = root["data"]
        let binary = root["binaryData"]
        var size = 0
        for (key, entry) in data.entries {
            size += entry.value.kind == .string ? entry.value.count : 0
            checkKey(key, entry)
            if binary.isObject, binary.value.objectMember(key).isDefined {
                entry.invalid(
                    "key \(Wording.quoted(key.string)) is in data and in binaryData", hint: "keep one of them")
            }
        }
        for (key, entry) in binary.entries {
            size += decodedSize(entry)
            checkKey(key, entry)
        }
        if size > largest { data.tooMany("the ConfigMap holds \(size) bytes, \(largest) at most are allowed") }
    }

    private static func checkKey(_ key: Value, _ entry: Node) {
        guard let problem = NameRule.configKey(key.utf8) else { return }
        entry.inspection.report(
            .invalidValue, entry.path, at: .key,
            "\(Wording.quoted(key.string)) cannot be a key here: it \(Node.phrase(problem))")
    }

    private static func decodedSize(_ entry: Node) -> Int {
        entry.value.kind == .string ? entry.value.count * 3 / 4 : 0
    }

    // MARK: Secrets

    static func checkSecret(_ root: Node) {
        let data = root["data"]
        let texts = root["stringData"]
        var size = 0
        for (key, entry) in data.entries {
            size += decodedSize(entry)
            checkKey(key, entry)
        }
        for (key, entry) in texts.entries {
            size += entry.value.kind == .string ? entry.value.count : 0
            checkKey(key, entry)
        }
        if size > largest { data.tooMany("the Secret holds \(size) bytes, \(largest) at most are allowed") }
        checkType(root, data, texts)
    }

    private static func checkType(_ root: Node, _ data: Node, _ texts: Node) {
        func has(_ key: StaticString) -> Bool { data[key].isSet || texts[key].isSet }
        func need(_ key: StaticString, of type: String) {
            if !has(key) { data[key].missing("a Secret of type \(type) needs the key \(key.description)") }
        }
        let type = root["type"].text
        switch type {
        case "kubernetes.io/service-account-token":
            let account = root["metadata"]["annotations"]["kubernetes.io/service-account.name"]
            if account.isEmptyText {
                account.missing("a Secret of type \(type) needs the annotation kubernetes.io/service-account.name")
            }
        case "kubernetes.io/dockercfg":
            need(".dockercfg", of: type)
            for entry in [data[".dockercfg"], texts[".dockercfg"]] {
                checkJSON(entry, isEncoded: entry.path.steps.first == .key("data"))
            }
        case "kubernetes.io/dockerconfigjson":
            need(".dockerconfigjson", of: type)
            for entry in [data[".dockerconfigjson"], texts[".dockerconfigjson"]] {
                checkJSON(entry, isEncoded: entry.path.steps.first == .key("data"))
            }
        case "kubernetes.io/basic-auth":
            if !has("username"), !has("password") {
                data["username"].missing("a Secret of type \(type) needs the key username or password")
            }
        case "kubernetes.io/ssh-auth": need("ssh-privatekey", of: type)
        case "kubernetes.io/tls":
            need("tls.crt", of: type)
            need("tls.key", of: type)
        default: break
        }
    }

    private static func checkJSON(_ entry: Node, isEncoded: Bool) {
        guard entry.value.kind == .string else { return }
        let bytes = isEncoded ? Base64Rule.decoded(entry.value.utf8) : Array(entry.value.utf8)
        guard let bytes else { return }
        let arena = Arena.make()
        defer { arena.destroy() }
        if (try? bytes.withUnsafeBufferPointer({ try JSONReader.value($0, in: arena) })) == nil {
            entry.invalid(
                "\(entry.name) does not hold JSON", hint: isEncoded ? "encode the whole config.json with base64" : nil)
        }
    }

    // MARK: Further kinds

    static func checkPriorityClass(_ root: Node) {
        let name = root["metadata"]["name"]
        let isSystem = name.equals("system-cluster-critical") || name.equals("system-node-critical")
        if !isSystem {
            if name.text.hasPrefix("system-") { name.forbidden("names that begin with system- are reserved") }
            if let value = root["value"].integer, value > 1_000_000_000 {
                root["value"].forbidden("value is \(value), but may be 1000000000 at most")
            }
        }
        root["preemptionPolicy"].oneOf(["Never", "PreemptLowerPriority"])
    }

    static func checkRuntimeClass(_ root: Node) {
        root["handler"].mustExist(as: NameRule.dnsLabel)
        for (key, amount) in root["overhead"]["podFixed"].entries { ResourceRules.checkAmount(key, amount) }
        let scheduling = root["scheduling"]
        for (key, label) in scheduling["nodeSelector"].entries {
            if NameRule.qualifiedName(key.utf8) != nil {
                label.invalid("\(Wording.quoted(key.string)) cannot be the key of a label")
            }
            label.mustBe(NameRule.labelValue)
        }
        for toleration in scheduling["tolerations"].elements where toleration.isObject {
            SchedulingRules.check(toleration)
        }
    }

    static func checkLease(_ spec: Node) {
        let holder = spec["holderIdentity"]
        if holder.value.kind == .string, holder.value.count == 0 { holder.invalid("holderIdentity may not be empty") }
        spec["leaseDurationSeconds"].mustBeAtLeast(1)
        spec["leaseTransitions"].mustNotBeNegative()
        if !spec["preferredHolder"].isEmptyText, spec["strategy"].isEmptyText {
            spec["preferredHolder"].forbidden("preferredHolder may only be set beside strategy")
        }
    }

    static func checkNamespace(_ root: Node) {
        for finalizer in root["spec"]["finalizers"].elements { finalizer.mustBe(NameRule.qualifiedName) }
        MetadataRules.checkFinalizers(root["spec"]["finalizers"])
    }

    static func checkNode(_ spec: Node) {
        var taints: Set<String> = []
        for taint in spec["taints"].elements where taint.isObject {
            taint["key"].mustExist(as: NameRule.qualifiedName)
            taint["value"].mustBe(NameRule.labelValue)
            taint["effect"].oneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"], isRequired: true)
            if !taints.insert("\(taint["key"].text):\(taint["effect"].text)").inserted {
                taint.duplicate("the taint \(taint["key"].text) with \(taint["effect"].text) is there twice")
            }
        }
        for network in spec["podCIDRs"].elements
        where network.value.kind == .string && IPText.networkFamily(network.value.utf8) == nil {
            network.invalid("\(Wording.quoted(network.text)) is not a network", hint: "write it as 10.0.0.0/24")
        }
    }

    static func checkSigningRequest(_ spec: Node) {
        guard spec.isObject else { return }
        let usages = spec["usages"]
        if usages.count == 0, !usages.isSet || usages.value.kind == .array {
            usages.missing("usages is required: at least one, as client auth")
        }
        var seen: Set<Value> = []
        for usage in usages.elements { usage.mustNotRepeat("usage", in: &seen) }
        let signer = spec["signerName"]
        signer.mustExist()
        guard signer.value.kind == .string, signer.value.count > 0 else { return }
        let parts = signer.text.split(separator: "/", omittingEmptySubsequences: false)
        var domain = String(parts[0])
        if parts.count != 2 || parts[1].isEmpty || !domain.contains(".") || domain.withUTF8({ NameRule.dnsSubdomain($0) }) != nil
        {
            signer.invalid(
                "signerName is \(Wording.quoted(signer.text)), but must be a domain, '/' and a name",
                hint: "as kubernetes.io/kube-apiserver-client")
        }
        spec["expirationSeconds"].mustBeAtLeast(600)
        let request = spec["request"]
        guard request.value.kind == .string, let bytes = Base64Rule.decoded(request.value.utf8) else { return }
        if !bytes.isEmpty, !String(decoding: bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE REQUEST-----") {
            request.invalid("request does not hold a certificate request in PEM", hint: "encode the whole .csr file with base64")
        }
    }

    static func checkAPIService(_ root: Node) {
        let spec = root["spec"]
        let wanted = "\(spec["version"].text).\(spec["group"].text)"
        let name = root["metadata"]["name"]
        if name.value.kind == .string, name.text != wanted {
            name.invalid(
                "metadata.name is \(Wording.quoted(name.text)), but must be spec.version and spec.group: \(wanted)")
        }
        if spec["group"].isEmptyText, !spec["version"].equals("v1") {
            spec["group"].missing("spec.group is required: only version v1 has none")
        }
        spec["group"].mustBe(NameRule.dnsSubdomain)
        spec["version"].mustExist(as: NameRule.dns1035Label)
        spec["groupPriorityMinimum"].mustBe(in: 1...20000)
        spec["versionPriority"].mustBe(in: 1...1000)
        if spec["service"].isObject {
            for field in [spec["service"]["name"], spec["service"]["namespace"]] { field.mustExist() }
            spec["service"]["port"].mustBePort()
            if spec["insecureSkipTLSVerify"].isTrue, !spec["caBundle"].isEmptyText {
                spec["insecureSkipTLSVerify"].invalid("insecureSkipTLSVerify may not be true where caBundle is set")
            }
        } else if !spec["service"].isSet {
            // The server answers itself.
            for field in [spec["caBundle"], spec["insecureSkipTLSVerify"]] where field.isTrue || !field.text.isEmpty {
                field.invalid("\(field.name) may only be set beside service")
            }
        }
    }
}
