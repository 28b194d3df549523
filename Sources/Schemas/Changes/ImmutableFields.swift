/// A group and a kind in it.
struct TypeKind: Hashable {
    var group: String
    var kind: String

    init(_ group: String, _ kind: String) { (self.group, self.kind) = (group, kind) }
}

/// Fields that the server does not let change, by kind.
enum ImmutableFields {
    struct Entry {
        var group: String
        var kind: String
        /// Paths of names from the top, as `spec.selector`.
        var paths: [String]
    }

    /// Kinds whose fields are simply fixed. Kinds with conditions are in `ChangeRules`.
    static let table: [Entry] = [
        Entry(group: "apps", kind: "Deployment", paths: ["spec.selector"]),
        Entry(group: "apps", kind: "DaemonSet", paths: ["spec.selector"]),
        Entry(group: "apps", kind: "ReplicaSet", paths: ["spec.selector"]),
        Entry(group: "apps", kind: "ControllerRevision", paths: ["data"]),
        Entry(group: "", kind: "Secret", paths: ["type"]),
        Entry(group: "rbac.authorization.k8s.io", kind: "RoleBinding", paths: ["roleRef"]),
        Entry(group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding", paths: ["roleRef"]),
        Entry(
            group: "storage.k8s.io", kind: "StorageClass",
            paths: ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"]),
        Entry(group: "storage.k8s.io", kind: "CSIDriver", paths: ["spec.attachRequired", "spec.volumeLifecycleModes"]),
        Entry(group: "storage.k8s.io", kind: "VolumeAttachment", paths: ["spec"]),
        Entry(group: "storage.k8s.io", kind: "VolumeAttributesClass", paths: ["driverName", "parameters"]),
        Entry(group: "storage.k8s.io", kind: "CSIStorageCapacity", paths: ["nodeTopology", "storageClassName"]),
        Entry(group: "scheduling.k8s.io", kind: "PriorityClass", paths: ["value", "preemptionPolicy"]),
        Entry(group: "node.k8s.io", kind: "RuntimeClass", paths: ["handler"]),
        Entry(group: "networking.k8s.io", kind: "IngressClass", paths: ["spec.controller"]),
        Entry(group: "networking.k8s.io", kind: "IPAddress", paths: ["spec.parentRef"]),
        Entry(group: "discovery.k8s.io", kind: "EndpointSlice", paths: ["addressType"]),
        Entry(
            group: "apiextensions.k8s.io", kind: "CustomResourceDefinition",
            paths: ["spec.group", "spec.names.plural"]),
        Entry(
            group: "certificates.k8s.io", kind: "CertificateSigningRequest",
            paths: ["spec.request", "spec.signerName", "spec.usages", "spec.expirationSeconds"]),
        Entry(group: "certificates.k8s.io", kind: "ClusterTrustBundle", paths: ["spec.signerName"]),
        Entry(group: "resource.k8s.io", kind: "ResourceClaim", paths: ["spec"]),
        Entry(group: "resource.k8s.io", kind: "ResourceClaimTemplate", paths: ["spec"]),
        Entry(
            group: "resource.k8s.io", kind: "ResourceSlice",
            paths: ["spec.driver", "spec.pool.name", "spec.nodeName"]),
    ]

    /// Kinds with rules of their own in `ChangeRules`.
    static let conditional: Set<TypeKind> = [
        TypeKind("apps", "StatefulSet"), TypeKind("batch", "Job"), TypeKind("", "Pod"), TypeKind("", "PersistentVolumeClaim"),
        TypeKind("", "PersistentVolume"), TypeKind("", "Service"), TypeKind("", "ConfigMap"), TypeKind("", "Secret"),
        TypeKind("", "ResourceQuota"), TypeKind("", "Node"), TypeKind("networking.k8s.io", "ServiceCIDR"),
        TypeKind("storage.k8s.io", "CSINode"),
    ]

    /// Whether anything of a kind is fixed.
    static func has(group: String, kind: String) -> Bool {
        conditional.contains(TypeKind(group, kind)) || table.contains { $0.group == group && $0.kind == kind }
    }

    static func paths(of type: TypeReference) -> [String] {
        table.first { $0.group == type.group && $0.kind == type.kind }?.paths ?? []
    }
}
