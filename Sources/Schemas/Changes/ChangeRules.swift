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
        case ("", "Secret"): checkFrozenSecret()
        case ("", "ResourceQuota"): checkScopes()
        case ("", "Node"): for path in ["spec.podCIDR", "spec.podCIDRs", "spec.providerID"] { mustStay(path) }
        case ("networking.k8s.io", "ServiceCIDR"): checkRanges()
        case ("storage.k8s.io", "CSINode"): checkDrivers()
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            if isEstablished { for path in ["spec.scope", "spec.names.kind"] { mustNotChange(path) } }
        default: break
        }
    }

    // MARK: Tools

    /// The places of a field, given from the top, at which the two objects differ.
    func differences(_ path: String) -> [[Step]] {
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

    func mustNotChange(_ path: String) {
        guard let place = differences(path).first else { return }
        report(place, "\(path) cannot be changed once a \(type.kind) exists")
    }

    func report(_ steps: [Step], _ message: String, hint: String? = nil) {
        let advice = "delete the \(type.kind) and create it anew, or give the new one another name"
        inspection.report(.immutableField, DocumentPath(steps), at: .value, message, hint: hint ?? advice)
    }

    static func text(_ steps: [Step]) -> String { DocumentPath(steps).fieldPath }

    // MARK: Kinds

    private func checkStatefulSet() {
        let isHistoryMutable = inspection.release >= Release(major: 1, minor: 33)
        let mutable =
            ["replicas", "ordinals", "template", "updateStrategy"] + (isHistoryMutable ? ["revisionHistoryLimit"] : [])
            + ["persistentVolumeClaimRetentionPolicy", "minReadySeconds"]
        let place = differences("spec").first { steps in
            guard steps.count > 1, case .key(let name) = steps[1] else { return true }
            return !mutable.contains(name) && !Self.isTypeOfClaim(steps)
        }
        guard let place else { return }
        let list = mutable.dropLast().joined(separator: ", ")
        report(
            place,
            "\(Self.text(place)) cannot be changed once a StatefulSet exists: only \(list) and minReadySeconds can",
            hint: "delete the StatefulSet with --cascade=orphan and create it anew")
    }

    /// The server knows what claims are: it leaves `apiVersion` and `kind` of `volumeClaimTemplates` aside.
    private static func isTypeOfClaim(_ steps: [Step]) -> Bool {
        guard steps.count == 4, case .key("volumeClaimTemplates") = steps[1], case .key(let name) = steps[3] else {
            return false
        }
        return name == "apiVersion" || name == "kind"
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
    var isStored: Bool { old.field("metadata").field("uid").text.isEmpty == false }

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

    /// ConfigMaps with `immutable: true`.
    private func checkFrozen(_ fields: [String]) {
        guard isFrozen() else { return }
        for field in fields {
            guard let place = differences(field).first else { continue }
            report(place, "\(Self.text(place)) cannot be changed: the \(type.kind) is immutable")
        }
    }

    /// Whether the old object is immutable; tells of a new one that is not any more.
    private func isFrozen() -> Bool {
        guard old.field("immutable").isTrue else { return false }
        if !new.field("immutable").isTrue {
            report([.key("immutable")], "immutable cannot be taken back")
        }
        return true
    }

    /// Secrets with `immutable: true`: it does not matter whether their contents are written as text or in base64.
    private func checkFrozenSecret() {
        guard isFrozen() else { return }
        let before = Self.contents(old), after = Self.contents(new)
        let texts = new.field("stringData")
        guard let key = Set(before.keys).union(after.keys).sorted().first(where: { before[$0] != after[$0] }) else { return }
        let steps: [Step] = [.key(texts.field(named: key).isDefined ? "stringData" : "data"), .key(key)]
        report(steps, "\(Self.text(steps)) cannot be changed: the Secret is immutable")
    }

    /// The bytes of a Secret by their names; text that is not base64 stands for itself.
    private static func contents(_ secret: Value) -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for (field, isText) in [("data", false), ("stringData", true)] {
            let map = secret.field(named: field)
            guard map.kind == .object else { continue }
            for index in map.keys.indices where map.values[index].kind == .string {
                let bytes = Array(map.values[index].utf8)
                contents[map.keys[index].string] = isText ? bytes : Base64Rule.decoded(map.values[index].utf8) ?? bytes
            }
        }
        return contents
    }
}
