import Documents

/// What may not change from one version of an object to the next.
struct ChangeRules {
    typealias Step = DocumentPath.Step

    let inspection: Inspection
    let type: TypeReference
    let shape: Shape
    let old: Value
    let new: Value

    func check() {
        for path in ImmutableFields.paths(of: type) { mustNotChange(path) }
        switch (type.group, type.kind) {
        case ("apps", "StatefulSet"): checkStatefulSet()
        case ("batch", "Job"): checkJob()
        case ("", "Pod"): checkPod()
        case ("", "PersistentVolumeClaim"): checkClaim()
        case ("", "PersistentVolume"): checkVolume()
        case ("", "Service"): checkService()
        case ("", "ConfigMap"): checkFrozen(["data", "binaryData"])
        case ("", "Secret"): checkFrozen(["data", "stringData"])
        case ("", "ResourceQuota"): checkScopes()
        case ("", "Node"): for path in ["spec.podCIDR", "spec.podCIDRs", "spec.providerID"] { mustStay(path) }
        case ("networking.k8s.io", "ServiceCIDR"): checkRanges()
        default: break
        }
    }

    // MARK: Tools

    /// The places of a field, given from the top, at which the two objects differ.
    private func differences(_ path: String) -> [[Step]] {
        var shape = shape
        var before = old
        var after = new
        var steps: [Step] = []
        for name in path.split(separator: ".").map(String.init) {
            guard let field = shape.field(name) else { return [] }
            let (parentBefore, parentAfter) = (before, after)
            before = parentBefore.field(named: name)
            after = parentAfter.field(named: name)
            if before.isNothing { before = APIDefaults.value(of: field, in: shape.typeName) }
            if after.isNothing { after = APIDefaults.value(of: field, in: shape.typeName) }
            shape = field.shape
            steps.append(.key(name))
        }
        return Differences.between(before, after, shape).map { steps + $0 }
    }

    private func mustNotChange(_ path: String) {
        guard let place = differences(path).first else { return }
        report(place, "\(path) cannot be changed once a \(type.kind) exists")
    }

    private func report(_ steps: [Step], _ message: String, hint: String? = nil) {
        let advice = "delete the \(type.kind) and create it anew, or give the new one another name"
        inspection.report(.immutableField, DocumentPath(steps), at: .value, message, hint: hint ?? advice)
    }

    private static func text(_ steps: [Step]) -> String { DocumentPath(steps).fieldPath }

    // MARK: Kinds

    private func checkStatefulSet() {
        let mutable: Set<String> = [
            "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
        ]
        let place = differences("spec").first { steps in
            guard steps.count > 1, case .key(let name) = steps[1] else { return true }
            return !mutable.contains(name)
        }
        guard let place else { return }
        report(
            place,
            "\(Self.text(place)) cannot be changed once a StatefulSet exists: only replicas, ordinals, template, updateStrategy, revisionHistoryLimit, persistentVolumeClaimRetentionPolicy and minReadySeconds can",
            hint: "delete the StatefulSet with --cascade=orphan and create it anew")
    }

    private func checkJob() {
        for path in [
            "spec.selector", "spec.completionMode", "spec.podFailurePolicy", "spec.backoffLimitPerIndex",
            "spec.managedBy",
            "spec.successPolicy",
        ] { mustNotChange(path) }
        checkCompletions()
        let isSuspended = old.field("spec").field("suspend").isTrue && !old.field("status").field("startTime").isDefined
        let place = differences("spec.template").first { !isSuspended || !Self.isMutableWhileSuspended($0) }
        guard let place else { return }
        report(place, "\(Self.text(place)) cannot be changed: the template of a Job is fixed once it exists")
    }

    /// What queues may still decide about a Job that has not begun.
    private static func isMutableWhileSuspended(_ steps: [Step]) -> Bool {
        let names = steps.dropFirst(2).compactMap { if case .key(let name) = $0 { name } else { nil } }
        switch names.first {
        case "metadata": return names.count > 1 && (names[1] == "labels" || names[1] == "annotations")
        case "spec":
            guard names.count > 1 else { return false }
            if ["nodeSelector", "tolerations", "schedulingGates"].contains(names[1]) { return true }
            if names[1] == "affinity" { return names.count > 2 && names[2] == "nodeAffinity" }
            return ["containers", "initContainers"].contains(names[1]) && names.count > 2 && names[2] == "resources"
        default: return false
        }
    }

    private func checkCompletions() {
        guard let place = differences("spec.completions").first else { return }
        let spec = new.field("spec")
        if spec.field("completionMode").text == "Indexed" {
            if spec.field("completions").isDefined, spec.field("completions") == spec.field("parallelism") { return }
            report(
                place,
                "completions of an indexed Job can only be changed together with parallelism, to the same number",
                hint: "write the same number for both")
        } else {
            report(place, "spec.completions cannot be changed once a Job exists")
        }
    }

    private func checkPod() {
        let place = differences("spec").first { !isMutableInPod($0) }
        guard let place else { return }
        report(
            place,
            "\(Self.text(place)) cannot be changed once a Pod exists: only images, activeDeadlineSeconds and further tolerations can"
        )
    }

    private func isMutableInPod(_ steps: [Step]) -> Bool {
        let names = steps.dropFirst().compactMap { if case .key(let name) = $0 { name } else { nil } }
        let before = old.field("spec")
        let after = new.field("spec")
        switch names.first {
        case "containers", "initContainers": return names.count == 2 && names[1] == "image"
        case "ephemeralContainers": return true
        case "activeDeadlineSeconds":
            guard let next = after.field("activeDeadlineSeconds").intValue else { return false }
            return before.field("activeDeadlineSeconds").intValue.map { next <= $0 } ?? true
        case "tolerations":
            let list = after.field("tolerations").list
            return before.field("tolerations").list.allSatisfy { old in list.contains { $0 == old } }
        case "terminationGracePeriodSeconds":
            return after.field("terminationGracePeriodSeconds").intValue == 1
                && (before.field("terminationGracePeriodSeconds").intValue ?? 30) < 0
        case "schedulingGates":
            let gates = before.field("schedulingGates").list
            return after.field("schedulingGates").list.allSatisfy { new in gates.contains { $0 == new } }
        case "nodeSelector":
            guard before.field("schedulingGates").list.count > 0 else { return false }
            let selector = before.field("nodeSelector"), next = after.field("nodeSelector")
            return selector.memberKeys.allSatisfy { next.memberOrUndefined($0) == selector.memberOrUndefined($0) }
        case "affinity":
            return before.field("schedulingGates").list.count > 0 && names.count > 1 && names[1] == "nodeAffinity"
        case "serviceAccount": return true
        default: return false
        }
    }

    private func checkClaim() {
        let isBound = old.field("status").field("phase").text == "Bound"
        for place in differences("spec") {
            let names = place.map { if case .key(let name) = $0 { name } else { "" } }
            if isStored, names.count > 1, ["volumeName", "storageClassName"].contains(names[1]),
                old.field("spec").field(named: names[1]).isNothing
            {
                // Controllers fill them in once.
                continue
            }
            let isSize = names.starts(with: ["spec", "resources", "requests"])
            let isClass = names == ["spec", "volumeAttributesClassName"]
            if isBound, isClass { continue }
            if isBound, isSize {
                if isShrinking, !isWithinCapacity {
                    report(place, "storage of a claim cannot be made smaller", hint: "keep the old size")
                }
                continue
            }
            let message =
                isSize && !isShrinking
                ? "storage of a claim can be raised only once it is bound, and the old object does not say that it is"
                : "\(Self.text(place)) cannot be changed once a PersistentVolumeClaim exists"
            return report(place, message)
        }
    }

    /// Whether the old object comes from a server, so that what it has not is not there.
    private var isStored: Bool { old.field("metadata").field("uid").text.isEmpty == false }

    private var isShrinking: Bool {
        guard let before = Self.size(old.field("spec").field("resources").field("requests")),
            let after = Self.size(new.field("spec").field("resources").field("requests"))
        else { return false }
        return after.nanos < before.nanos
    }

    /// Whether an enlargement that did not succeed is taken back to more than there is.
    private var isWithinCapacity: Bool {
        guard let there = Self.size(old.field("status").field("capacity")),
            let after = Self.size(new.field("spec").field("resources").field("requests"))
        else { return false }
        return after.nanos > there.nanos && inspection.release >= Release(major: 1, minor: 34)
    }

    private static func size(_ amounts: Value) -> Quantity? {
        let value = amounts.field("storage")
        return value.intValue.map { Quantity($0) } ?? (value.kind == .string ? Quantity(value.utf8) : nil)
    }

    /// A field that may be filled in, not changed.
    private func mustStay(_ path: String) {
        let names = path.split(separator: ".").map(String.init)
        if names.reduce(old, { $0.field(named: $1) }).isNothing { return }
        mustNotChange(path)
    }

    /// Scopes are a set: their order means nothing.
    private func checkScopes() {
        let before = old.field("spec").field("scopes").list, after = new.field("spec").field("scopes").list
        if Set(before) != Set(after) { mustNotChange("spec.scopes") }
    }

    /// A second range may join the first.
    private func checkRanges() {
        let before = old.field("spec").field("cidrs").list, after = new.field("spec").field("cidrs").list
        if before.count == 1, after.count == 2, before[0] == after[0], inspection.release >= Release(major: 1, minor: 34) {
            return
        }
        mustNotChange("spec.cidrs")
    }

    private func checkVolume() {
        let mutable: Set<String> = [
            "accessModes", "capacity", "claimRef", "mountOptions", "persistentVolumeReclaimPolicy", "storageClassName",
            "volumeAttributesClassName",
        ]
        let place = differences("spec").first { steps in
            guard steps.count > 1, case .key(let name) = steps[1] else { return true }
            // It may be filled in, not changed.
            if name == "nodeAffinity" { return !old.field("spec").field("nodeAffinity").isNothing }
            return !mutable.contains(name)
        }
        guard let place else { return }
        report(place, "\(Self.text(place)) cannot be changed once a PersistentVolume exists")
    }

    private func checkService() {
        let before = old.field("spec")
        let after = new.field("spec")
        if before.field("type").text == "ExternalName" || after.field("type").text == "ExternalName" { return }
        let address = before.field("clusterIP")
        let next = after.field("clusterIP")
        if !address.isNothing, !next.isNothing, address != next {
            // The server names the list that clusterIP is the first entry of.
            let steps: [Step] = [.key("spec"), .key("clusterIPs"), .index(0)]
            let advice = "keep \(address.text), or delete the Service and create it anew"
            inspection.report(
                .immutableField, DocumentPath(steps), standingAt: DocumentPath([.key("spec"), .key("clusterIP")]),
                "clusterIP cannot be changed once a Service has one: it is \(address.text)", hint: advice)
        }
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

    /// ConfigMaps and Secrets with `immutable: true`.
    private func checkFrozen(_ fields: [String]) {
        guard old.field("immutable").isTrue else { return }
        if !new.field("immutable").isTrue {
            report([.key("immutable")], "immutable cannot be taken back")
        }
        for field in fields {
            // A Secret is stored without stringData.
            if field == "stringData", !old.field("stringData").isDefined, matchesData(new.field("stringData")) {
                continue
            }
            guard let place = differences(field).first else { continue }
            if field == "data", type.kind == "Secret", !new.field("data").isDefined { continue }
            report(place, "\(Self.text(place)) cannot be changed: the \(type.kind) is immutable")
        }
    }

    private func matchesData(_ texts: Value) -> Bool {
        guard texts.kind == .object else { return true }
        return texts.keys.indices.allSatisfy { index in
            let stored = old.field("data").memberOrUndefined(texts.keys[index])
            guard stored.kind == .string, texts.values[index].kind == .string else { return false }
            return Base64Rule.decoded(stored.utf8) == Array(texts.values[index].utf8)
        }
    }
}
