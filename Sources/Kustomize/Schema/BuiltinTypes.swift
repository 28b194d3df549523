/// The merge rules of the built-in kinds, as far as they lead to lists that merge (Kubernetes 1.21's API, which kustomize
/// 5.8 goes by).
enum BuiltinTypes {
    /// The schema of each kind, by `apiVersion/Kind`.
    nonisolated(unsafe) static let kinds: [String: MergeSchema] = {
        let types = parsedTypes()
        var kinds: [String: MergeSchema] = [:]
        for line in kindTable.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let type = types[String(words[0].dropLast())] else { continue }
            for kind in words.dropFirst() { kinds[String(kind)] = type }
        }
        return kinds
    }()

    private static func parsedTypes() -> [String: MergeSchema] {
        var types: [String: MergeSchema] = [:]
        let lines = typeTable.split(separator: "\n").map { $0.split(separator: " ") }
        for words in lines { types[String(words[0].dropLast())] = MergeSchema() }
        for words in lines {
            guard let type = types[String(words[0].dropLast())] else { continue }
            for word in words.dropFirst() {
                let parts = word.split(separator: "=", maxSplits: 1)
                type.fields[String(parts[0])] = field(parts[1], types)
            }
        }
        return types
    }

    /// A field's type: `T`, `[T]` for a list that a patch replaces, `[T]+key,key` for one that merges.
    private static func field(_ text: Substring, _ types: [String: MergeSchema]) -> MergeSchema? {
        guard text.hasPrefix("[") else { return types[String(text)] }
        let list = MergeSchema()
        let parts = text.dropFirst().split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
        list.elements = parts[0].isEmpty ? MergeSchema() : types[String(parts[0])]
        if parts[1].hasPrefix("+") {
            list.rule = .init(keys: parts[1].dropFirst().split(separator: ",").map(String.init))
        }
        return list
    }

    private static let typeTable = """
        CSINode: metadata=ObjectMeta spec=CSINodeSpec
        CSINodeSpec: drivers=[]+name
        ComponentStatus: conditions=[]+type metadata=ObjectMeta
        Conditions: conditions=[]+type
        Container: env=[]+name ports=[]+containerPort,protocol volumeDevices=[]+devicePath \
        volumeMounts=[]+mountPath
        CronJob: metadata=ObjectMeta spec=CronJobSpec
        CronJobSpec: jobTemplate=JobTemplateSpec
        EphemeralContainer: env=[]+name volumeDevices=[]+devicePath volumeMounts=[]+mountPath
        EphemeralVolumeSource: volumeClaimTemplate=Plain
        JobTemplateSpec: metadata=ObjectMeta spec=WorkloadSpec
        Node: metadata=ObjectMeta spec=NodeSpec status=NodeStatus
        NodeSpec: podCIDRs=[]+
        NodeStatus: addresses=[]+type conditions=[]+type
        ObjectMeta: finalizers=[]+ ownerReferences=[]+uid
        Plain: metadata=ObjectMeta
        Pod: metadata=ObjectMeta spec=PodSpec status=PodStatus
        PodSpec: containers=[Container]+name ephemeralContainers=[EphemeralContainer]+name hostAliases=[]+ip \
        imagePullSecrets=[]+name initContainers=[Container]+name \
        topologySpreadConstraints=[]+topologyKey,whenUnsatisfiable volumes=[Volume]+name
        PodStatus: conditions=[]+type podIPs=[]+ip
        PodTemplate: metadata=ObjectMeta template=PodTemplateSpec
        PodTemplateSpec: metadata=ObjectMeta spec=PodSpec
        Service: metadata=ObjectMeta spec=ServiceSpec status=Conditions
        ServiceAccount: metadata=ObjectMeta secrets=[]+name
        ServiceSpec: ports=[]+port,protocol
        StatefulSet: metadata=ObjectMeta spec=StatefulSetSpec status=Conditions
        StatefulSetSpec: template=PodTemplateSpec volumeClaimTemplates=[WithConditions]
        Volume: ephemeral=EphemeralVolumeSource
        Webhooks: metadata=ObjectMeta webhooks=[]+name
        WithConditions: metadata=ObjectMeta status=Conditions
        Workload: metadata=ObjectMeta spec=WorkloadSpec status=Conditions
        WorkloadSpec: template=PodTemplateSpec
        """

    private static let kindTable = """
        CSINode: storage.k8s.io/v1/CSINode storage.k8s.io/v1beta1/CSINode
        ComponentStatus: v1/ComponentStatus
        CronJob: batch/v1/CronJob batch/v1beta1/CronJob
        Node: v1/Node
        Plain: apiextensions.k8s.io/v1/CustomResourceDefinition \
        apiextensions.k8s.io/v1beta1/CustomResourceDefinition apps/v1/ControllerRevision \
        authentication.k8s.io/v1/TokenRequest authentication.k8s.io/v1/TokenReview \
        authentication.k8s.io/v1beta1/TokenReview authorization.k8s.io/v1/LocalSubjectAccessReview \
        authorization.k8s.io/v1/SelfSubjectAccessReview authorization.k8s.io/v1/SelfSubjectRulesReview \
        authorization.k8s.io/v1/SubjectAccessReview authorization.k8s.io/v1beta1/LocalSubjectAccessReview \
        authorization.k8s.io/v1beta1/SelfSubjectAccessReview authorization.k8s.io/v1beta1/SelfSubjectRulesReview \
        authorization.k8s.io/v1beta1/SubjectAccessReview autoscaling/v1/HorizontalPodAutoscaler \
        autoscaling/v1/Scale autoscaling/v2beta1/HorizontalPodAutoscaler \
        autoscaling/v2beta2/HorizontalPodAutoscaler certificates.k8s.io/v1/CertificateSigningRequest \
        certificates.k8s.io/v1beta1/CertificateSigningRequest coordination.k8s.io/v1/Lease \
        coordination.k8s.io/v1beta1/Lease discovery.k8s.io/v1/EndpointSlice \
        discovery.k8s.io/v1beta1/EndpointSlice events.k8s.io/v1/Event events.k8s.io/v1beta1/Event \
        extensions/v1beta1/Ingress flowcontrol.apiserver.k8s.io/v1beta1/FlowSchema \
        flowcontrol.apiserver.k8s.io/v1beta1/PriorityLevelConfiguration networking.k8s.io/v1/Ingress \
        networking.k8s.io/v1/IngressClass networking.k8s.io/v1/NetworkPolicy networking.k8s.io/v1beta1/Ingress \
        networking.k8s.io/v1beta1/IngressClass node.k8s.io/v1/RuntimeClass node.k8s.io/v1beta1/RuntimeClass \
        policy/v1beta1/Eviction policy/v1beta1/PodSecurityPolicy rbac.authorization.k8s.io/v1/ClusterRole \
        rbac.authorization.k8s.io/v1/ClusterRoleBinding rbac.authorization.k8s.io/v1/Role \
        rbac.authorization.k8s.io/v1/RoleBinding rbac.authorization.k8s.io/v1beta1/ClusterRole \
        rbac.authorization.k8s.io/v1beta1/ClusterRoleBinding rbac.authorization.k8s.io/v1beta1/Role \
        rbac.authorization.k8s.io/v1beta1/RoleBinding scheduling.k8s.io/v1/PriorityClass \
        scheduling.k8s.io/v1beta1/PriorityClass storage.k8s.io/v1/CSIDriver storage.k8s.io/v1/StorageClass \
        storage.k8s.io/v1/VolumeAttachment storage.k8s.io/v1beta1/CSIDriver \
        storage.k8s.io/v1beta1/CSIStorageCapacity storage.k8s.io/v1beta1/StorageClass \
        storage.k8s.io/v1beta1/VolumeAttachment v1/Binding v1/ConfigMap v1/Endpoints v1/Event v1/LimitRange \
        v1/PersistentVolume v1/ResourceQuota v1/Secret
        Pod: v1/Pod
        PodTemplate: v1/PodTemplate
        Service: v1/Service
        ServiceAccount: v1/ServiceAccount
        StatefulSet: apps/v1/StatefulSet
        Webhooks: admissionregistration.k8s.io/v1/MutatingWebhookConfiguration \
        admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration \
        admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration \
        admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration
        WithConditions: apiregistration.k8s.io/v1/APIService apiregistration.k8s.io/v1beta1/APIService \
        policy/v1/PodDisruptionBudget policy/v1beta1/PodDisruptionBudget v1/Namespace v1/PersistentVolumeClaim
        Workload: apps/v1/DaemonSet apps/v1/Deployment apps/v1/ReplicaSet batch/v1/Job v1/ReplicationController
        """
}
