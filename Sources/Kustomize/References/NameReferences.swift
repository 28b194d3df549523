/// Gives fields that hold names of other objects the names that those objects have in the end.
struct NameReferences {
    private let references: [TransformerSettings.NameReference]
    /// Objects by the names that they had before.
    private let byFormerName: [String: [Resource]]
    /// Objects by the namespace that they had at first.
    private let byOriginalNamespace: [String: [Resource]]

    private init(_ references: [TransformerSettings.NameReference], _ list: ResourceList) {
        self.references = references
        var byFormerName: [String: [Resource]] = [:]
        for resource in list.resources {
            for name in Set(resource.formerIDs.map(\.name)) { byFormerName[name, default: []].append(resource) }
        }
        self.byFormerName = byFormerName
        // Where nothing was renamed no reference is looked at.
        byOriginalNamespace =
            byFormerName.isEmpty ? [:] : Dictionary(grouping: list.resources) { $0.originalID.effectiveNamespace }
    }

    /// Updates all references.
    static func update(_ references: [TransformerSettings.NameReference], _ list: ResourceList) throws(BuildError) {
        let updater = NameReferences(references, list)
        if updater.byFormerName.isEmpty {
            for resource in list.resources { _ = try updater.bindingNamespaces(resource) }
            return
        }
        var plans: [String: [(spec: FieldSpec, target: Gvk)]] = [:]
        for resource in list.resources {
            let kind = resource.originalID.gvk
            let key = "\(kind.group)/\(kind.version)/\(kind.kind)"
            let plan = plans[key] ?? updater.plan(kind)
            plans[key] = plan
            if plan.isEmpty { continue }
            let isOpen = try updater.bindingNamespaces(resource)
            for (spec, target) in plan {
                try Referrer(resource: resource, target: target, spec: spec, namespaces: isOpen, updater: updater)
                    .update()
            }
        }
    }

    /// The fields of a kind that may hold names.
    private func plan(_ kind: Gvk) -> [(spec: FieldSpec, target: Gvk)] {
        references.flatMap { reference in
            reference.referrers.filter { kind.isSelected(by: $0.gvk) }.map { ($0, reference.target) }
        }
    }

    /// Namespaces of service accounts that a role binding names.
    private func bindingNamespaces(_ resource: Resource) throws(BuildError) -> Set<String> {
        guard resource.kind == "RoleBinding", let subjects = resource.root.field("subjects"), subjects.kind == .sequence
        else {
            return []
        }
        var namespaces: Set<String> = []
        for subject in subjects.content where subject.field("kind")?.text == "ServiceAccount" {
            guard let namespace = subject.field("namespace") else { continue }
            if namespace.isNull || namespace.kind != .scalar {
                throw BuildError(
                    "Invalid Input: namespace is blank for resource \"\(resource.id.description)\"", at: namespace)
            }
            namespaces.insert(namespace.text)
        }
        return namespaces
    }

    /// One object with one field that may hold names of one kind.
    private struct Referrer {
        let resource: Resource
        let target: Gvk
        let spec: FieldSpec
        let namespaces: Set<String>
        let updater: NameReferences

        func update() throws(BuildError) {
            var own = spec
            own.gvk = resource.id.gvk
            do throws(BuildError) {
                try FieldWalk(spec: own, makes: nil, change: change).apply(to: resource)
            } catch {
                throw error.wrapped(
                    "updating name reference in '\(spec.path)' field of '\(resource.id.description)'",
                    at: resource.root.origin)
            }
        }

        private func change(_ node: Node) throws(BuildError) {
            if node.isNull { return }
            switch node.kind {
            case .scalar: try changeScalar(node)
            case .mapping: try changeMapping(node)
            case .sequence:
                for element in node.content where !element.isNull {
                    if element.kind == .mapping { try changeMapping(element) } else { try changeScalar(element) }
                }
            }
        }

        private func changeScalar(_ node: Node) throws(BuildError) {
            if node.kind != .scalar { return }
            let found = try referral(node.text, updater.byFormerName[node.text] ?? [], comparingNamespaces: false)
            guard let found, found.name != node.text else { return }
            rename(node, found)
        }

        private func rename(_ node: Node, _ found: Resource) {
            let name = found.metadata?.field("name")
            var parts = name?.notes?.parts ?? []
            if let origin = name?.origin, origin.isKnown { parts.insert(origin, at: 0) }
            let origin = node.origin.isKnown ? node.origin : name?.origin ?? .none
            node.setText(found.name, origin: origin.caused(by: .nameReference), parts: parts)
            node.tag = .unset
            node.hasExplicitTag = false
        }

        private func changeMapping(_ node: Node) throws(BuildError) {
            guard let name = node.field("name") else {
                throw BuildError("path config error; no 'name' field in node", at: node)
            }
            var candidates = updater.byFormerName[name.text] ?? []
            if let namespace = node.field("namespace")?.text {
                // Where anything stood in that namespace at first, the namespaces of now do not count.
                let isOriginal = updater.byOriginalNamespace[namespace]?.contains(where: mayReach) ?? false
                candidates = candidates.filter {
                    (isOriginal ? $0.originalID : $0.id).effectiveNamespace == namespace
                }
            }
            guard let found = try referral(name.text, candidates, comparingNamespaces: true) else { return }
            if found.name == name.text, found.namespace.isEmpty { return }
            if found.name != name.text { rename(name, found) }
            guard !found.namespace.isEmpty else { return }
            let source = found.metadata?.field("namespace")
            if let namespace = node.field("namespace"), namespace.text == found.namespace { return }
            node.set("namespace", .scalar(found.namespace, origin: source?.origin ?? .none))
        }

        /// The object that a name means: the only candidate, or the only one of the same prefixes and suffixes.
        private func referral(
            _ name: String, _ candidates: [Resource], comparingNamespaces: Bool
        ) throws(BuildError) -> Resource? {
            var left = candidates.filter { candidate in
                mayReach(candidate) && candidate.previousIDs.contains { $0.gvk.isSelected(by: target) }
            }
            if let role = roleReference {
                left = left.filter { candidate in candidate.previousIDs.contains { $0.gvk.isSelected(by: role) } }
            }
            if !resource.id.gvk.isClusterScoped {
                left = left.filter { candidate in
                    candidate.id.gvk.isClusterScoped || candidate.kind == "ServiceAccount"
                        || candidate.id.hasSameNamespace(as: resource.id)
                }
            }
            if left.count <= 1 { return left.first }
            left = left.filter { hasSameAffixes($0, allowsNone: true) }
            if left.count == 1 { return left[0] }
            left = left.filter { hasSameAffixes($0, allowsNone: false) }
            guard let first = left.first else { return nil }
            let areAlike = left.allSatisfy {
                $0.name == first.name && (!comparingNamespaces || $0.namespace == first.namespace)
            }
            if areAlike { return first }
            let ids = left.map { $0.id.description }.joined(separator: ", ")
            throw BuildError(
                "found multiple possible referrals: \(ids)", at: resource.root,
                hint: "the name '\(name)' could mean any of them; give the objects different names")
        }

        /// Whether an object of the referrer's namespace can name the candidate at all.
        private func mayReach(_ candidate: Resource) -> Bool {
            let id = resource.id
            return id.gvk.isClusterScoped || candidate.id.gvk.isClusterScoped || candidate.id.hasSameNamespace(as: id)
                || namespaces.contains(candidate.namespace)
        }

        /// The kind that a role binding's `roleRef` asks for.
        private var roleReference: Gvk? {
            guard spec.path.hasSuffix("roleRef/name"), let role = resource.root.field("roleRef"),
                let group = role.field("apiGroup"), let kind = role.field("kind")
            else { return nil }
            return Gvk(group: group.text, kind: kind.text)
        }

        private func hasSameAffixes(_ other: Resource, allowsNone: Bool) -> Bool {
            func isSame(_ left: [String], _ right: [String]) -> Bool {
                if allowsNone, left.isEmpty || right.isEmpty { return true }
                if left.isEmpty != right.isEmpty { return false }
                let count = min(left.count, right.count)
                return left.suffix(count).elementsEqual(right.suffix(count))
            }
            return isSame(other.prefixes, resource.prefixes) && isSame(other.suffixes, resource.suffixes)
        }
    }
}
