/// Which kinds live outside namespaces.
package enum ClusterScope {
    private static let core: Set = ["Namespace", "Node", "PersistentVolume", "ComponentStatus"]

    private static let groups: [String: Set<String>] = [
        "admissionregistration.k8s.io": [
            "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
        ],
        "apiextensions.k8s.io": ["CustomResourceDefinition"],
        "apiregistration.k8s.io": ["APIService"],
        "certificates.k8s.io": ["CertificateSigningRequest", "ClusterTrustBundle"],
        "flowcontrol.apiserver.k8s.io": ["FlowSchema", "PriorityLevelConfiguration"],
        "networking.k8s.io": ["IngressClass", "ClusterCIDR", "IPAddress", "ServiceCIDR"],
        "node.k8s.io": ["RuntimeClass"],
        "policy": ["PodSecurityPolicy"],
        "extensions": ["PodSecurityPolicy"],
        "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding"],
        "resource.k8s.io": ["DeviceClass", "DeviceTaintRule", "ResourceClass", "ResourceSlice"],
        "scheduling.k8s.io": ["PriorityClass"],
        "storage.k8s.io": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"],
        "storagemigration.k8s.io": ["StorageVersionMigration"],
        "cert-manager.io": ["ClusterIssuer"],
        "external-secrets.io": ["ClusterExternalSecret", "ClusterSecretStore"],
        "gateway.networking.k8s.io": ["GatewayClass"],
        "kyverno.io": ["ClusterPolicy", "ClusterCleanupPolicy"],
        "karpenter.sh": ["NodeClaim", "NodePool"],
        "templates.gatekeeper.sh": ["ConstraintTemplate"],
    ]

    /// Whether a kind is one of Kubernetes' own that lives in namespaces; of others it is not known.
    package static func isKnownNamespaced(_ type: GroupKind) -> Bool {
        let isOwn = !type.group.utf8.contains(UInt8(ascii: ".")) || type.group.hasSuffix(".k8s.io")
        return isOwn && !contains(type)
    }

    package static func contains(_ type: GroupKind) -> Bool {
        type.group.isEmpty ? core.contains(type.kind) : groups[type.group]?.contains(type.kind) ?? false
    }
}
