import Documents

/// Claims for volumes, also those in templates.
enum ClaimRules {
    static func check(_ spec: Node) {
        guard spec.isObject else {
            if !spec.isSet { spec["accessModes"].missing("accessModes is required: at least one") }
            return
        }
        checkModes(spec["accessModes"])
        SelectorRules.check(spec["selector"])
        let requests = spec["resources"]["requests"]
        let storage = requests["storage"]
        if !storage.isSet {
            if requests.isObject || !requests.isSet {
                storage.missing("resources.requests.storage is required: how large the volume is")
            }
        } else if let amount = storage.quantity, amount.isZero || amount.isNegative {
            storage.invalid("storage is \(Wording.shown(storage.value)), but must be more than zero")
        }
        ResourceRules.check(spec["resources"], isContainer: false)
        for field in [spec["storageClassName"], spec["volumeAttributesClassName"]] {
            field.mustBe(NameRule.dnsSubdomain)
        }
        compareSources(spec)
        for source in spec.setMembers(["dataSource", "dataSourceRef"]) where source.isObject {
            for field in [source["kind"], source["name"]] { field.mustExist() }
            let kind = source["kind"]
            if source["apiGroup"].isEmptyText, !kind.isEmptyText, !kind.equals("PersistentVolumeClaim") {
                source.invalid(
                    "\(source.name) names a \(kind.text) without its apiGroup: the core group has PersistentVolumeClaim only",
                    hint: "write its apiGroup, as snapshot.storage.k8s.io")
            }
        }
    }

    /// Both names of what a claim is filled with must mean the same.
    private static func compareSources(_ spec: Node) {
        let old = spec["dataSource"], new = spec["dataSourceRef"]
        guard old.isObject, new.isObject else { return }
        if !new["namespace"].isEmptyText {
            old.invalid("dataSource may not be set beside dataSourceRef.namespace")
        } else if ["apiGroup", "kind", "name"].contains(where: { (field: StaticString) in old[field].text != new[field].text }) {
            old.invalid("dataSource must name the same object as dataSourceRef", hint: "remove dataSource")
        }
    }

    static func checkModes(_ modes: Node) {
        if modes.count == 0, !modes.isSet || modes.value.kind == .array {
            return modes.missing("accessModes is required: at least one")
        }
        let isExclusive = modes.elements.contains { $0.equals("ReadWriteOncePod") }
        if isExclusive, modes.count > 1 {
            modes.forbidden("ReadWriteOncePod may not stand beside other access modes")
        }
    }
}

/// Volumes, classes and drivers.
enum StorageRules {
    private static let sources: [StaticString] = [
        "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "nfs", "rbd", "quobyte", "cephfs",
        "iscsi",
        "cinder", "fc", "flocker", "flexVolume", "azureFile", "vsphereVolume", "photonPersistentDisk",
        "portworxVolume", "azureDisk", "scaleIO", "local", "storageos", "csi",
    ]

    static func checkVolume(_ spec: Node) {
        guard spec.isObject else {
            if !spec.isSet { spec["capacity"].missing("spec is required: capacity, accessModes and the volume") }
            return
        }
        ClaimRules.checkModes(spec["accessModes"])
        let capacity = spec["capacity"]
        if capacity.entries.count == 0, !capacity.isSet || capacity.isObject {
            capacity.missing("capacity is required: storage and how much of it")
        } else if capacity.isObject {
            let storage = capacity["storage"]
            if !storage.isSet || capacity.entries.count > 1 {
                capacity.inspection.report(
                    .unsupportedValue, capacity.path, at: .key, "capacity may have storage only, and must have it")
            }
            if let amount = storage.quantity, amount.isZero || amount.isNegative {
                storage.invalid("storage must be more than zero")
            }
        }
        let members = spec.setMembers(sources)
        if members.isEmpty { spec.missing("spec needs a volume: hostPath, nfs, csi, local …") }
        for extra in members.dropFirst() {
            extra.forbidden(
                "\(members[0].name) and \(extra.name) may not both be set: a volume has one source",
                hint: "keep one of them")
        }
        for member in members where member.isObject { check(member, of: spec) }
        spec["storageClassName"].mustBe(NameRule.dnsSubdomain)
        let affinity = spec["nodeAffinity"]
        if affinity["required"].isObject {
            SchedulingRules.checkNodeSelector(affinity["required"])
        } else if affinity.isObject, !affinity["required"].isSet {
            affinity["required"].missing("nodeAffinity.required is required: which nodes reach the volume")
        }
    }

    private static func check(_ source: Node, of spec: Node) {
        guard case .key(let kind) = source.path.steps.last else { return }
        switch kind {
        case "hostPath":
            source["path"].mustExist()
            source["path"].mustNotClimb()
            if spec["persistentVolumeReclaimPolicy"].equals("Recycle"), source["path"].equals("/") {
                spec["persistentVolumeReclaimPolicy"].forbidden("Recycle may not be used for the whole file system")
            }
        case "local":
            source["path"].mustExist()
            source["path"].mustNotClimb()
            if !spec["nodeAffinity"].isSet {
                spec.missing("nodeAffinity is required for a local volume", hint: "name the node that has it")
            }
        case "csi":
            source["driver"].mustExist(as: DeviceRules.driverName)
            source["volumeHandle"].mustExist()
            let secrets: [StaticString] = [
                "controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef",
            ]
            for secret in source.setMembers(secrets) where secret.isObject {
                for field in [secret["name"], secret["namespace"]] { field.mustExist() }
            }
        default:
            VolumeRules.checkDisk(source, kind)
            let secret = source["secretRef"]
            if kind == "cinder", secret.isObject { for field in [secret["name"], secret["namespace"]] { field.mustExist() } }
        }
    }

    static func checkClass(_ root: Node) {
        root["provisioner"].mustExist(as: { NameRule.qualifiedName($0, allowsCapitals: true) })
        if root["parameters"].entries.count > 512 { root["parameters"].tooMany("parameters has more than 512 entries") }
        for (key, parameter) in root["parameters"].entries where key.count == 0 {
            parameter.invalid("the name of a parameter may not be empty")
        }
        root["reclaimPolicy"].oneOf(["Delete", "Retain"])
        root["volumeBindingMode"].oneOf(["Immediate", "WaitForFirstConsumer"])
        for term in root["allowedTopologies"].elements {
            var keys: Set<Value> = []
            for requirement in term["matchLabelExpressions"].elements where requirement.isObject {
                let key = requirement["key"]
                key.isEmptyText ? key.invalid("key is required") : key.mustBe(NameRule.qualifiedName)
                key.mustNotRepeat("topology key", in: &keys)
                if requirement["values"].count == 0 { requirement["values"].missing() }
                var values: Set<Value> = []
                for value in requirement["values"].elements { value.mustNotRepeat("value", in: &values) }
            }
        }
    }

    static func checkAttributes(_ root: Node) {
        root["driverName"].mustExist()
        let parameters = root["parameters"]
        if parameters.entries.count == 0, !parameters.isSet || parameters.isObject {
            parameters.missing("parameters is required: at least one")
        }
    }

    static func checkDriver(_ spec: Node) {
        spec["fsGroupPolicy"].oneOf(["ReadWriteOnceWithFSType", "File", "None"])
        for mode in spec["volumeLifecycleModes"].elements { mode.oneOf(["Persistent", "Ephemeral"]) }
        var audiences: Set<String> = []
        for request in spec["tokenRequests"].elements where request.isObject {
            request["expirationSeconds"].mustBe(in: 600...(1 << 32))
            if !audiences.insert(request["audience"].text).inserted {
                request["audience"].duplicate("audience \(Wording.quoted(request["audience"].text)) is there twice")
            }
        }
    }

    static func checkCapacity(_ root: Node) {
        root["storageClassName"].mustExist(as: NameRule.dnsSubdomain)
        SelectorRules.check(root["nodeTopology"])
        for amount in [root["capacity"], root["maximumVolumeSize"]] where amount.quantity?.isNegative == true {
            amount.invalid("\(amount.name) may not be negative")
        }
    }

    static func checkNode(_ spec: Node) {
        var names: Set<Value> = []
        for driver in spec["drivers"].elements where driver.isObject {
            driver["name"].mustExist(as: DeviceRules.driverName)
            driver["name"].mustNotRepeat("driver", in: &names)
            let node = driver["nodeID"]
            node.mustExist()
            if node.value.kind == .string, node.value.count > 192 {
                node.tooMany("nodeID has \(node.value.count) bytes, 192 at most are allowed")
            }
            driver["allocatable"]["count"].mustNotBeNegative()
            var keys: Set<Value> = []
            for key in driver["topologyKeys"].elements {
                key.mustExist(as: NameRule.qualifiedName)
                key.mustNotRepeat("topology key", in: &keys)
            }
        }
    }

    static func checkAttachment(_ spec: Node) {
        spec["attacher"].mustExist()
        spec["source"].mustSetOne(of: ["persistentVolumeName", "inlineVolumeSpec"], what: "volume")
        spec["nodeName"].mustExist(as: NameRule.dnsSubdomain)
    }
}
