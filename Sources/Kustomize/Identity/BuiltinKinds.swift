/// What kustomize 5.8 knows of the scope of built-in kinds (Kubernetes 1.21's API).
enum BuiltinKinds {
    /// Kinds without a namespace and their API versions.
    static let clusterScoped: [String: Set<String>] = {
        var kinds: [String: Set<String>] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            for kind in words.dropFirst() { kinds[String(kind), default: []].insert(String(words[0])) }
        }
        return kinds
    }()

    private static let table = """
        v1 ComponentStatus Namespace Node NodeProxyOptions PersistentVolume
        admissionregistration.k8s.io/v1 MutatingWebhookConfiguration ValidatingWebhookConfiguration
        admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration ValidatingWebhookConfiguration
        apiextensions.k8s.io/v1 CustomResourceDefinition
        apiextensions.k8s.io/v1beta1 CustomResourceDefinition
        apiregistration.k8s.io/v1 APIService
        apiregistration.k8s.io/v1beta1 APIService
        certificates.k8s.io/v1 CertificateSigningRequest
        certificates.k8s.io/v1beta1 CertificateSigningRequest
        flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema PriorityLevelConfiguration
        networking.k8s.io/v1 IngressClass
        networking.k8s.io/v1beta1 IngressClass
        node.k8s.io/v1 RuntimeClass
        node.k8s.io/v1beta1 RuntimeClass
        policy/v1beta1 PodSecurityPolicy
        rbac.authorization.k8s.io/v1 ClusterRole ClusterRoleBinding
        rbac.authorization.k8s.io/v1beta1 ClusterRole ClusterRoleBinding
        scheduling.k8s.io/v1 PriorityClass
        scheduling.k8s.io/v1beta1 PriorityClass
        storage.k8s.io/v1 CSIDriver CSINode StorageClass VolumeAttachment
        storage.k8s.io/v1beta1 CSIDriver CSINode StorageClass VolumeAttachment
        """
}
