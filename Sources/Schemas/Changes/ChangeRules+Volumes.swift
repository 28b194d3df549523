import Documents

extension ChangeRules {
    func checkVolume() {
        let mutable: Set<String> = [
            "accessModes", "capacity", "claimRef", "mountOptions", "persistentVolumeReclaimPolicy", "storageClassName",
            "volumeAttributesClassName",
        ]
        let place = differences("spec").first { steps in
            guard steps.count > 1, case .key(let name) = steps[1] else { return true }
            // It may be filled in, not changed.
            if name == "nodeAffinity" {
                return !old.field("spec").field("nodeAffinity").isNothing && !isRenamedLabel(steps)
            }
            if name == "csi", Self.text(Array(steps.prefix(3))) == "spec.csi.controllerExpandSecretRef" {
                return !old.field("spec").field("csi").field("controllerExpandSecretRef").isNothing
            }
            return !mutable.contains(name)
        }
        guard let place else { return }
        report(place, "\(Self.text(place)) cannot be changed once a PersistentVolume exists")
    }

    func checkService() {
        let before = old.field("spec")
        let after = new.field("spec")
        if before.field("type").text == "ExternalName" || after.field("type").text == "ExternalName" { return }
        checkAddresses(before, after)
        let families = before.field("ipFamilies").list
        let nextFamilies = after.field("ipFamilies").list
        if let first = families.first, let nextFirst = nextFamilies.first, first != nextFirst {
            report(
                [.key("spec"), .key("ipFamilies"), .index(0)],
                "the first of ipFamilies cannot be changed once a Service has it")
        }
        let port = before.field("healthCheckNodePort")
        if !port.isNothing, port.intValue != 0, !after.field("healthCheckNodePort").isNothing {
            mustNotChange("spec.healthCheckNodePort")
        }
        if after.field("type").text == "LoadBalancer", before.field("type").text == "LoadBalancer" {
            mustNotChange("spec.loadBalancerClass")
        }
    }

    private func checkAddresses(_ before: Value, _ after: Value) {
        let addresses = Self.addresses(before), next = Self.addresses(after)
        guard let address = addresses.first else { return }
        guard let first = next.first else {
            // The server keeps the address where the manifest names none.
            if address == "None", ["NodePort", "LoadBalancer"].contains(after.field("type").text) {
                report(
                    [.key("spec"), .key("type")], "a Service with clusterIP None cannot be of type \(after.field("type").text)")
            }
            return
        }
        // The server names the list that clusterIP is the first entry of.
        var steps: [Step] = [.key("spec"), .key("clusterIPs"), .index(0)]
        if address != first {
            let standing = after.field("clusterIP").isNothing ? steps : [.key("spec"), .key("clusterIP")]
            let advice = "keep \(address), or delete the Service and create it anew"
            inspection.report(
                .immutableField, DocumentPath(steps), standingAt: DocumentPath(standing),
                "clusterIP cannot be changed once a Service has one: it is \(address)", hint: advice)
        } else if addresses.count > 1, next.count > 1, addresses[1] != next[1] {
            steps[2] = .index(1)
            report(
                steps, "the second of clusterIPs cannot be changed once a Service has it: it is \(addresses[1])",
                hint: "keep \(addresses[1]), or give the address back first by ipFamilyPolicy SingleStack")
        }
    }

    private static func addresses(_ spec: Value) -> [String] {
        let list = spec.field("clusterIPs").list.map(\.text), first = spec.field("clusterIP")
        return first.isNothing ? list : [first.text] + list.dropFirst()
    }

    /// Labels of nodes that got other names: the old one may be replaced.
    private static let renamedLabels = [
        "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
        "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
        "beta.kubernetes.io/os": "kubernetes.io/os",
        "beta.kubernetes.io/arch": "kubernetes.io/arch",
    ]

    private func isRenamedLabel(_ steps: [Step]) -> Bool {
        guard case .key("key")? = steps.last else { return false }
        func text(_ object: Value) -> String {
            steps.reduce(object) { value, step in
                switch step {
                case .key(let name): value.field(named: name)
                case .index(let index): index < value.list.count ? value.list[index] : .undefined
                }
            }.text
        }
        return Self.renamedLabels[text(old)] == text(new)
    }

    /// What the server knows of a driver on a node is fixed; drivers come and go.
    func checkDrivers() {
        let drivers = old.field("spec").field("drivers").list
        for (index, driver) in new.field("spec").field("drivers").list.enumerated() {
            guard let before = drivers.first(where: { $0.field("name") == driver.field("name") }) else { continue }
            for name in ["nodeID", "topologyKeys"] {
                let (left, right) = (before.field(named: name), driver.field(named: name))
                if left == right || left.isNothing && right.isNothing { continue }
                let steps: [Step] = [.key("spec"), .key("drivers"), .index(index), .key(name)]
                report(steps, "\(name) of a driver cannot be changed once a CSINode has it")
            }
        }
    }

    /// Whether the server has accepted the names of a definition; a manifest does not say that it has not.
    var isEstablished: Bool {
        let conditions = old.field("status").field("conditions").list
        if let condition = conditions.first(where: { $0.field("type").text == "Established" }) {
            return condition.field("status").text == "True"
        }
        return !isStored
    }
}
