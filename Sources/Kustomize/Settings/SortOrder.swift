/// The order of kinds in which `kustomize build` prints objects, so that what others need comes first.
enum LegacyOrder {
    static let first = [
        "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy",
        "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service",
        "LimitRange", "PriorityClass", "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet",
        "CronJob",
        "PodDisruptionBudget",
    ]
    static let last = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]

    private static let defaultRanks = ranks(first: first, last: last)

    /// The place of kinds: below zero for those that come first, above for those that come last.
    static func ranks(first: [String], last: [String]) -> [String: Int] {
        var ranks: [String: Int] = [:]
        for (index, kind) in first.enumerated() { ranks[kind] = index - first.count }
        for (index, kind) in last.enumerated() { ranks[kind] = index + 1 }
        return ranks
    }

    /// Where a kind stands in the default order: by its rank, then by its text.
    static func place(_ gvk: Gvk) -> (rank: Int, text: String) { (defaultRanks[gvk.kind] ?? 0, text(gvk)) }

    /// Whether a kind comes before another by the default order.
    static func isBefore(_ left: Gvk, _ right: Gvk) -> Bool { place(left) < place(right) }

    private static func text(_ gvk: Gvk) -> String {
        [
            gvk.group.isEmpty ? "~G" : gvk.group, gvk.version.isEmpty ? "~V" : gvk.version,
            gvk.kind.isEmpty ? "~K" : gvk.kind,
        ]
        .joined(separator: "_")
    }

    /// The resources in order; equal ones stay as they are.
    static func sort(_ resources: [Resource], first: [String] = first, last: [String] = last) -> [Resource] {
        let ranks = ranks(first: first, last: last)
        let keyed = resources.map { resource in
            let id = resource.id
            let place = [
                text(id.gvk), id.namespace.isEmpty ? "~X" : id.namespace, id.name.isEmpty ? "~N" : id.name,
            ]
            return (
                rank: ranks[id.gvk.kind] ?? 0, gvk: place[0], text: place.joined(separator: "|"), resource: resource
            )
        }
        return keyed.sorted { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.gvk != right.gvk { return left.gvk < right.gvk }
            return left.text < right.text
        }.map(\.resource)
    }
}
