import Documents

/// Chooses the hand-written rules of a kind: what the API server demands beyond the shape of an object.
struct KindRules {
    let root: Node
    let group: String
    let version: String
    let kind: String
    let release: Release
    /// Whether objects of the kind are stored under a name; reviews are not.
    var isStored = true

    func check() {
        checkName()
        switch group {
        case "": checkCore()
        case "apps", "extensions": checkApps()
        case "batch": checkBatch()
        case "networking.k8s.io": checkNetworking()
        case "rbac.authorization.k8s.io": checkAccess()
        case "storage.k8s.io": checkStorage()
        case "autoscaling":
            if kind == "HorizontalPodAutoscaler" { ScalingRules.checkAutoscaler(root, version: version) }
        case "policy": if kind == "PodDisruptionBudget" { ScalingRules.checkBudget(root["spec"]) }
        case "admissionregistration.k8s.io": checkAdmission()
        case "apiextensions.k8s.io":
            if kind == "CustomResourceDefinition", version == "v1" { DefinitionRules.check(root) }
        case "certificates.k8s.io":
            if kind == "CertificateSigningRequest" { ConfigRules.checkSigningRequest(root["spec"]) }
        case "scheduling.k8s.io": if kind == "PriorityClass" { ConfigRules.checkPriorityClass(root) }
        case "node.k8s.io": if kind == "RuntimeClass", version != "v1alpha1" { ConfigRules.checkRuntimeClass(root) }
        case "coordination.k8s.io": if kind == "Lease" { ConfigRules.checkLease(root["spec"]) }
        case "discovery.k8s.io": if kind == "EndpointSlice" { EndpointRules.checkSlice(root) }
        case "flowcontrol.apiserver.k8s.io": checkFlow()
        case "resource.k8s.io": checkDevices()
        case "apiregistration.k8s.io": if kind == "APIService" { ConfigRules.checkAPIService(root) }
        default: break
        }
    }

    /// Groups whose kinds take only finalizers that the server knows, or with a prefix.
    private static let checkedFinalizers: Set = [
        "", "apps", "batch", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io", "scheduling.k8s.io",
        "node.k8s.io", "autoscaling",
    ]

    private func checkName() {
        let metadata = root["metadata"]
        MetadataRules(metadata: metadata).check(
            nameForm: isStored ? MetadataRules.nameForm(of: kind, group: group, release: release) : nil)
        if Self.checkedFinalizers.contains(group) { MetadataRules(metadata: metadata).checkFinalizers() }
        if group == "batch", kind == "Job" { JobRules.checkName(metadata["name"], of: root["spec"]) }
        guard kind == "CronJob", group == "batch" else { return }
        let name = metadata["name"]
        if name.value.kind == .string, name.value.count > 52 {
            name.invalid(
                "metadata.name has \(name.value.count) characters, but a CronJob's name may have 52 at most: its Jobs add 11"
            )
        }
    }

    private func checkCore() {
        let spec = root["spec"]
        switch kind {
        case "Pod":
            PodRules(spec: spec, release: release, isTemplate: false).check()
            PodRules.checkAnnotations(root["metadata"]["annotations"], spec)
        case "PodTemplate": PodRules(spec: root["template"]["spec"], release: release).check()
        case "ReplicationController": WorkloadRules(spec: spec, kind: kind, release: release).check()
        case "Service":
            ServiceRules(spec: spec).check()
            ServiceRules.checkAnnotations(root["metadata"]["annotations"], spec)
        case "Endpoints": EndpointRules.checkEndpoints(root)
        case "ConfigMap": ConfigRules.checkConfigMap(root)
        case "Secret": ConfigRules.checkSecret(root)
        case "Namespace": ConfigRules.checkNamespace(root)
        case "PersistentVolumeClaim": ClaimRules.check(spec)
        case "PersistentVolume": StorageRules.checkVolume(spec)
        case "ResourceQuota": QuotaRules.checkQuota(spec)
        case "LimitRange": QuotaRules.checkLimits(spec)
        case "Node": ConfigRules.checkNode(spec)
        default: break
        }
    }

    private func checkApps() {
        switch kind {
        case "Deployment", "DaemonSet", "StatefulSet", "ReplicaSet":
            WorkloadRules(spec: root["spec"], kind: kind, release: release).check()
        case "ControllerRevision": root["revision"].mustNotBeNegative()
        default: break
        }
    }

    private func checkBatch() {
        switch kind {
        case "Job": JobRules(spec: root["spec"], release: release).check()
        case "CronJob": JobRules.checkCronJob(root["spec"], release: release)
        default: break
        }
    }

    private func checkNetworking() {
        switch kind {
        case "Ingress": if version == "v1" { IngressRules(root: root, release: release).check() }
        case "IngressClass": IngressRules.checkClass(root["spec"])
        case "NetworkPolicy": NetworkPolicyRules(spec: root["spec"]).check()
        case "IPAddress": AddressRules.checkAddress(root)
        case "ServiceCIDR": AddressRules.checkRanges(root["spec"])
        default: break
        }
    }

    private func checkFlow() {
        switch kind {
        case "FlowSchema": FlowRules.checkSchema(root)
        case "PriorityLevelConfiguration": FlowRules.checkLevel(root)
        default: break
        }
    }

    private func checkDevices() {
        if version.hasPrefix("v1alpha") { return }
        let rules = DeviceRules(version: version, release: release)
        switch kind {
        case "ResourceClaim": rules.check(claim: root["spec"]["devices"])
        case "ResourceClaimTemplate":
            TemplateRules.checkMetadata(root["spec"]["metadata"])
            rules.check(claim: root["spec"]["spec"]["devices"])
        case "DeviceClass": rules.check(deviceClass: root["spec"])
        case "ResourceSlice": rules.check(slice: root["spec"])
        default: break
        }
    }

    private func checkAccess() {
        switch kind {
        case "Role": AccessRules.checkRole(root, isNamespaced: true)
        case "ClusterRole": AccessRules.checkRole(root, isNamespaced: false)
        case "RoleBinding": AccessRules.checkBinding(root, isNamespaced: true)
        case "ClusterRoleBinding": AccessRules.checkBinding(root, isNamespaced: false)
        default: break
        }
    }

    private func checkStorage() {
        switch kind {
        case "StorageClass": StorageRules.checkClass(root)
        case "CSIDriver": StorageRules.checkDriver(root["spec"])
        case "VolumeAttributesClass": StorageRules.checkAttributes(root)
        case "CSIStorageCapacity": StorageRules.checkCapacity(root)
        case "CSINode": StorageRules.checkNode(root["spec"])
        case "VolumeAttachment": StorageRules.checkAttachment(root["spec"])
        default: break
        }
    }

    private func checkAdmission() {
        switch kind {
        case "ValidatingWebhookConfiguration": AdmissionRules.checkWebhooks(root, isMutating: false)
        case "MutatingWebhookConfiguration": AdmissionRules.checkWebhooks(root, isMutating: true)
        case "ValidatingAdmissionPolicy": AdmissionPolicyRules.checkPolicy(root["spec"])
        case "MutatingAdmissionPolicy": AdmissionPolicyRules.checkMutation(root["spec"])
        case "ValidatingAdmissionPolicyBinding": AdmissionPolicyRules.checkBinding(root["spec"])
        case "MutatingAdmissionPolicyBinding": AdmissionPolicyRules.checkBinding(root["spec"], isMutating: true)
        default: break
        }
    }
}
