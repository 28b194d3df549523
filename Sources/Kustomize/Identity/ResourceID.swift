/// What tells resources of a build apart: group, version, kind, name and namespace.
package struct ResourceID: Hashable, Sendable {
    package var gvk: Gvk
    package var name: String
    /// Empty for none.
    package var namespace: String

    /// A namespace that no object can have stands for those without one.
    private static let noNamespace = "_non_namespaceable_"

    /// The namespace that an object will be in: `default` when none is given.
    var effectiveNamespace: String {
        if gvk.isClusterScoped { return Self.noNamespace }
        return namespace.isEmpty ? "default" : namespace
    }

    func hasSameNamespace(as other: ResourceID) -> Bool { effectiveNamespace == other.effectiveNamespace }

    /// Whether both mean one object; namespaces count by effect.
    func matches(_ other: ResourceID) -> Bool { name == other.name && gvk == other.gvk && hasSameNamespace(as: other) }

    /// Whether this one has the parts that a selector names.
    func isSelected(by selector: ResourceID) -> Bool {
        (selector.namespace.isEmpty || selector.hasSameNamespace(as: self))
            && (selector.name.isEmpty || selector.name == name) && gvk.isSelected(by: selector.gvk)
    }

    var isEmpty: Bool { gvk == Gvk() && name.isEmpty && namespace.isEmpty }

    /// As kustomize's messages show it.
    var description: String {
        "\(gvk.description)/\(name.isEmpty ? "[noName]" : name).\(namespace.isEmpty ? "[noNs]" : namespace)"
    }
}

/// What two IDs share exactly when `matches` holds for them.
struct IDKey: Hashable {
    var gvk: Gvk
    var name: String
    var namespace: String

    init(_ id: ResourceID) {
        gvk = id.gvk
        name = id.name
        namespace = id.effectiveNamespace
    }
}
