import Diagnostics
import Documents
import Inputs

/// Fields of objects of a cluster that servers and controllers write although no manifest says so.
struct ServerFields {
    let old: Resource
    let live: Resource
    /// Whether an autoscaler decides on the number of replicas.
    let isScaled: Bool

    /// Whether a difference at a field is of their making.
    func isIgnored(_ steps: [FieldStep], _ old: Value, _ new: Value) -> Bool {
        guard let last = steps.last else { return false }
        let names = steps.map { $0.name ?? "[]" }
        if steps.count == 1, names[0] == "status" || names[0] == "apiVersion" { return true }
        if names[0] == "spec", names.count == 2, names[1] == "replicas", isScaled { return true }
        if names.last == "caBundle", isInjected(old) { return true }
        // A controller puts the rules of other roles together.
        if live.type.kind == "ClusterRole", names[0] == "rules", self.old.value.field("aggregationRule").kind == .object {
            return true
        }
        guard old.isAbsent else { return false }
        if names.contains("metadata"), isMetadata(names, new) { return true }
        if case .item = last { return isInjectedItem(names, new) }
        return isDefault(steps, names, new) || isOfKind(names, new)
    }

    /// Whether somebody else is to fill in a certificate.
    private func isInjected(_ value: Value) -> Bool { value.isNothing || value.stringValue == "Cg==" }

    // MARK: Metadata

    private static let metadata: Set = [
        "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "ownerReferences",
        "finalizers", "deletionTimestamp", "deletionGracePeriodSeconds", "namespace", "generateName",
    ]
    private static let annotations = [
        "kubectl.kubernetes.io/last-applied-configuration", "kubectl.kubernetes.io/restartedAt", "deployment.kubernetes.io/",
        "deprecated.daemonset.template.generation", "pv.kubernetes.io/", "volume.kubernetes.io/", "volume.beta.kubernetes.io/",
        "control-plane.alpha.kubernetes.io/", "argocd.argoproj.io/tracking-id", "argocd.argoproj.io/installation-id",
        "argocd.argoproj.io/refresh", "reconcile.fluxcd.io/", "meta.helm.sh/", "helm.toolkit.fluxcd.io/",
        "kustomize.toolkit.fluxcd.io/", "batch.kubernetes.io/", "autoscaling.alpha.kubernetes.io/", "endpoints.kubernetes.io/",
        "cloud.google.com/neg",
    ]
    private static let labels = [
        "kubernetes.io/metadata.name", "argocd.argoproj.io/instance", "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/",
        "batch.kubernetes.io/", "controller-uid", "job-name", "pod-template-hash", "controller-revision-hash",
        "statefulset.kubernetes.io/", "apps.kubernetes.io/pod-index", "topology.kubernetes.io/",
    ]

    private func isMetadata(_ names: [String], _ new: Value) -> Bool {
        guard let index = names.lastIndex(of: "metadata"), index + 1 < names.count else { return false }
        let name = names[index + 1]
        if Self.metadata.contains(name) { return true }
        guard index + 2 < names.count else {
            // All of them are new.
            return ["labels", "annotations"].contains(name) && new.kind == .object
                && new.keys.indices.allSatisfy { isMetadata(names + [new.keys[$0].stringValue ?? ""], new.values[$0]) }
        }
        switch name {
        case "annotations": return Self.annotations.contains { names[index + 2].hasPrefix($0) }
        case "labels":
            let label = names[index + 2]
            if Self.labels.contains(where: { label.hasPrefix($0) }) { return true }
            if label == "app.kubernetes.io/instance" { return isTracked }
            return label == "app.kubernetes.io/managed-by" && new.stringValue == "Helm"
        default: return false
        }
    }

    /// Whether the label that names an instance is the one that Argo CD puts on what it applies.
    private var isTracked: Bool {
        old.document.origin.contains { $0.message.contains("applied by Application") }
    }

    // MARK: Items

    /// Items that admission adds to Pods.
    private func isInjectedItem(_ names: [String], _ item: Value) -> Bool {
        guard names.count > 1 else { return false }
        switch names[names.count - 2] {
        case "volumes": return item.field("name").stringValue?.hasPrefix("kube-api-access-") == true
        case "volumeMounts":
            return item.field("mountPath").stringValue == "/var/run/secrets/kubernetes.io/serviceaccount"
        case "tolerations":
            return live.type.kind == "Pod"
                && ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].contains(item.field("key").stringValue)
        case "finalizers": return true
        default: return false
        }
    }

    private func isInjectedList(_ names: [String], _ list: Value) -> Bool {
        list.kind == .array && list.count > 0 && list.elements.allSatisfy { isInjectedItem(names + ["[]"], $0) }
    }

    // MARK: Values that depend on others

    private func sibling(_ steps: [FieldStep], _ name: String) -> Value {
        let parent = live.document.value(at: FieldStep.path(Array(steps.dropLast()), isOld: false))
        return parent.field(named: name)
    }

    private func isDefault(_ steps: [FieldStep], _ names: [String], _ new: Value) -> Bool {
        switch names.last {
        case "imagePullPolicy":
            let image = sibling(steps, "image").stringValue ?? ""
            let tag = image.split(separator: "/").last?.split(separator: ":").dropFirst().first
            let isFloating = !image.contains("@") && (tag == nil || tag == "latest")
            return new.stringValue == (isFloating ? "Always" : "IfNotPresent")
        case "targetPort": return sibling(steps, "port") == new
        case "serviceAccount": return sibling(steps, "serviceAccountName") == new
        case "serviceAccountName": return live.type.kind == "Pod" && new.stringValue == "default"
        case "hostPort": return sibling(steps, "containerPort") == new
        case "requests": return names.suffix(2) == ["resources", "requests"] && isOf(new, sibling(steps, "limits"))
        case "volumes", "volumeMounts", "tolerations": return isInjectedList(names, new)
        case "apiGroup": return names.contains("subjects") && new.stringValue == "rbac.authorization.k8s.io"
        case let name? where names.dropLast().suffix(2) == ["resources", "requests"]:
            let resources = live.document.value(at: FieldStep.path(Array(steps.dropLast(2)), isOld: false))
            return resources.field("limits").field(named: name) == new
        default: return false
        }
    }

    /// Whether each member is one of another object.
    private func isOf(_ members: Value, _ others: Value) -> Bool {
        members.kind == .object
            && members.keys.indices.allSatisfy {
                others.kind == .object && others.objectMember(members.keys[$0]) == members.values[$0]
            }
    }

    /// Fields by kind, as paths of names in which `[]` is an item.
    private static let kinds: [String: Set<String>] = [
        "Service": [
            "spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies", "spec.ipFamilyPolicy", "spec.ports.[].nodePort",
            "spec.healthCheckNodePort", "spec.sessionAffinityConfig",
        ],
        "PersistentVolumeClaim": [
            "spec.volumeName", "spec.storageClassName", "spec.volumeMode", "spec.dataSource", "spec.dataSourceRef",
        ],
        "PersistentVolume": ["spec.claimRef"],
        "LimitRange": ["spec.limits.[].default", "spec.limits.[].defaultRequest"],
        "Pod": [
            "spec.nodeName", "spec.priority", "spec.preemptionPolicy", "spec.imagePullSecrets", "spec.hostname", "spec.subdomain",
        ],
        "Job": ["spec.selector", "spec.podReplacementPolicy"],
        "CronJob": ["spec.jobTemplate.spec.podReplacementPolicy"],
        "HorizontalPodAutoscaler": ["spec.metrics", "spec.behavior"],
        "Namespace": ["spec.finalizers", "spec"],
        "ServiceAccount": ["secrets"],
        "CustomResourceDefinition": ["spec.conversion", "spec.names.listKind", "spec.names.singular", "spec.names.shortNames"],
        "StatefulSet": [
            "spec.volumeClaimTemplates.[].apiVersion", "spec.volumeClaimTemplates.[].kind", "spec.volumeClaimTemplates.[].status",
            "spec.volumeClaimTemplates.[].spec.volumeMode", "spec.volumeClaimTemplates.[].metadata.creationTimestamp",
        ],
        "Ingress": ["spec.ingressClassName"],
        "Application": ["operation"],
    ]

    private static let admission = ["scope": "*", "matchPolicy": "Equivalent", "failurePolicy": "Fail"]

    private func isOfKind(_ names: [String], _ new: Value) -> Bool {
        let path = names.joined(separator: ".")
        if Self.kinds[live.type.kind]?.contains(path) == true { return isServer(path, new) }
        // Once something is said of it, the rest is filled in.
        if live.type.kind == "HorizontalPodAutoscaler", path.hasPrefix("spec.behavior.") { return true }
        if live.type.kind == "PersistentVolume", path.hasPrefix("spec.claimRef.") { return true }
        if live.type.kind == "LimitRange", names.contains("default") || names.contains("defaultRequest") { return true }
        if live.type.group == "admissionregistration.k8s.io", let word = Self.admission[names.last ?? ""] {
            return new.stringValue == word
        }
        switch (live.type.kind, path) {
        case ("Job", "spec.parallelism"), ("CronJob", "spec.jobTemplate.spec.parallelism"): return new.intValue == 1
        case ("Job", "spec.completions"): return new.intValue == 1 && old.value.field("spec").field("parallelism").isAbsent
        case ("Service", "spec.externalTrafficPolicy"): return new.stringValue == "Cluster"
        case ("Service", "spec.allocateLoadBalancerNodePorts"): return new.isTrue
        case ("StatefulSet", "spec.updateStrategy.rollingUpdate.partition"): return new.intValue == 0
        case ("NetworkPolicy", "spec.policyTypes"):
            let expected = old.value.field("spec").field("egress").isNothing ? ["Ingress"] : ["Ingress", "Egress"]
            return new.strings == expected
        default: return false
        }
    }

    private func isServer(_ path: String, _ new: Value) -> Bool {
        switch path {
        case "spec" where live.type.kind == "Namespace": return new.count == 1 && new.field("finalizers").isDefined
        case "spec.conversion": return new.field("strategy").stringValue == "None"
        case "spec.names.shortNames": return false
        case "spec.volumeMode", "spec.volumeClaimTemplates.[].spec.volumeMode": return new.stringValue == "Filesystem"
        default: return true
        }
    }
}
