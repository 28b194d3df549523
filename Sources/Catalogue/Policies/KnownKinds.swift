import Inputs

/// The kinds that the API server serves by itself, or did, to tell spelling mistakes in targets from kinds of custom resources.
enum KnownKinds {
    /// The groups with their kinds.
    static var groups: [String: [String]] { byGroup }

    private static let byGroup: [String: [String]] = [
        "": [
            "Pod", "Service", "ConfigMap", "Secret", "ServiceAccount", "Namespace", "Node", "PersistentVolume",
            "PersistentVolumeClaim", "ReplicationController", "Endpoints", "Event", "LimitRange", "ResourceQuota",
            "PodTemplate", "Binding", "ComponentStatus",
        ],
        // The versions before apps/v1 had a Scale of their own.
        "apps": ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ControllerRevision", "Scale"],
        "batch": ["Job", "CronJob"],
        "autoscaling": ["HorizontalPodAutoscaler", "Scale"],
        "policy": ["PodDisruptionBudget", "PodSecurityPolicy", "Eviction"],
        "networking.k8s.io": ["Ingress", "IngressClass", "NetworkPolicy", "IPAddress", "ServiceCIDR"],
        "rbac.authorization.k8s.io": ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
        "storage.k8s.io": [
            "StorageClass", "VolumeAttachment", "CSIDriver", "CSINode", "CSIStorageCapacity", "VolumeAttributesClass",
        ],
        "admissionregistration.k8s.io": [
            "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
        ],
        "apiextensions.k8s.io": ["CustomResourceDefinition"],
        "apiregistration.k8s.io": ["APIService"],
        "coordination.k8s.io": ["Lease", "LeaseCandidate"],
        "discovery.k8s.io": ["EndpointSlice"],
        "scheduling.k8s.io": ["PriorityClass"],
        "node.k8s.io": ["RuntimeClass"],
        "certificates.k8s.io": ["CertificateSigningRequest", "ClusterTrustBundle"],
    ]

    /// What is wrong with a target: a kind that is nearly one of its group, or that stands in another group.
    static func problem(of target: GroupKind) -> String? {
        let others = byGroup.keys.sorted().filter { byGroup[$0]!.contains(target.kind) }
        if let known = byGroup[target.group] {
            if known.contains(target.kind) { return nil }
            if let group = others.first { return wrongGroup(target, group) }
            let hint = Suggestion.nearest(to: target.kind, among: known)
            return hint.map { "no kind is called \"\(target.kind)\"; did you mean \"\($0)\"?" }
        }
        // A group that is nearly the one of its kind; other groups are those of custom resources.
        guard let group = others.first(where: { Suggestion.nearest(to: target.group, among: [$0]) != nil }) else {
            return nil
        }
        return wrongGroup(target, group)
    }

    private static func wrongGroup(_ target: GroupKind, _ group: String) -> String {
        let name = group.isEmpty ? "the core group, which is written \"\"" : "the group \"\(group)\""
        return "\(target.kind) is in \(name), not in \"\(target.group)\""
    }
}
