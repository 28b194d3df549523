/// Puts objects into a namespace.
struct NamespaceTransformer {
    /// Which subjects of role bindings get the namespace.
    enum Subjects: String { case defaultOnly, allServiceAccounts, none }

    var namespace: Node
    var specs: [FieldSpec]
    var onlyWhereUnset = false
    var subjects = Subjects.defaultOnly

    func apply(_ list: ResourceList) throws(BuildError) {
        if namespace.valueText.isEmpty { return }
        for resource in list.resources where !resource.isDeleted && !resource.isChartOutput {
            resource.rememberID()
            try transform(resource)
            resource.forgetID()
        }
        try list.requireUniqueIDs("namespace transformation produces ID conflict")
    }

    private func set(_ node: Node) throws(BuildError) {
        if onlyWhereUnset, !node.valueText.isEmpty { return }
        if !node.isNull, node.kind != .scalar {
            throw BuildError("namespace field specs must target scalar nodes", at: node)
        }
        try node.setEntry(namespace.text, tag: .string, origin: namespace.origin.caused(by: .namespace))
    }

    private func transform(_ resource: Resource) throws(BuildError) {
        if !resource.id.gvk.isClusterScoped {
            let spec = FieldSpec("metadata/namespace", creates: true)
            try FieldWalk(spec: spec, makes: (.scalar, .unset), change: set).apply(to: resource)
        }
        let isBinding = ["RoleBinding", "ClusterRoleBinding"].contains(resource.id.gvk.kind)
        if isBinding { try bindSubjects(resource.root) }
        for spec in specs where spec.path != "metadata/namespace" {
            let isSubject =
                ["RoleBinding", "ClusterRoleBinding"].contains(spec.gvk.kind) && spec.path == "subjects/namespace"
            if isBinding, isSubject { continue }
            // A kind of another group that is called Namespace is not one.
            if spec.path == "metadata/name", spec.gvk.kind == "Namespace", !resource.id.gvk.group.isEmpty { continue }
            try FieldWalk(spec: spec, makes: (.scalar, .string), change: set).apply(to: resource)
        }
    }

    private func bindSubjects(_ root: Node) throws(BuildError) {
        if subjects == .none { return }
        guard let list = root.field("subjects"), !list.isNull else { return }
        guard list.kind == .sequence else { throw .wrongKind(list, expected: .sequence) }
        for subject in list.content {
            let isMeant =
                subjects == .allServiceAccounts
                ? subject.field("kind")?.valueText == "ServiceAccount" : subject.field("name")?.valueText == "default"
            if isMeant { try set(try subject.fieldOrCreate("namespace", .scalar)) }
        }
    }
}
