/// Group, version and kind of a resource; in a selector an empty part matches all.
package struct Gvk: Hashable, Sendable {
    package var group = ""
    package var version = ""
    package var kind = ""

    init(group: String = "", version: String = "", kind: String = "") {
        self.group = group
        self.version = version
        self.kind = kind
    }

    /// Of an `apiVersion` and a kind.
    init(apiVersion: String, kind: String) {
        if let slash = apiVersion.lastIndex(of: "/") {
            group = String(apiVersion[..<slash])
            version = String(apiVersion[apiVersion.index(after: slash)...])
        } else {
            version = apiVersion
        }
        self.kind = kind
    }

    var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// Whether this one has the parts that the selector names.
    func isSelected(by selector: Gvk) -> Bool {
        (selector.group.isEmpty || selector.group == group) && (selector.version.isEmpty || selector.version == version)
            && (selector.kind.isEmpty || selector.kind == kind)
    }

    /// Whether objects of the kind certainly have no namespace; kinds that kustomize does not know count as namespaced.
    var isClusterScoped: Bool { BuiltinKinds.clusterScoped[kind]?.contains(apiVersion) ?? false }

    /// As kustomize's messages show it.
    var description: String {
        [kind.isEmpty ? "[noKind]" : kind, version.isEmpty ? "[noVer]" : version, group.isEmpty ? "[noGrp]" : group]
            .joined(separator: ".")
    }
}
