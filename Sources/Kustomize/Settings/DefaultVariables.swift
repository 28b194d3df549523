/// The fields in which kustomize 5.8 replaces `$(VAR)`.
enum DefaultVariables {
    static let table: String = {
        let workloads = "DaemonSet Deployment Job ReplicaSet StatefulSet"
        let containers = ["args", "command", "env/value", "volumeMounts/mountPath"]
        var lines: [String] = []
        for (prefix, kinds) in [
            ("spec/jobTemplate/spec/template/spec", "CronJob"), ("spec/template/spec", workloads), ("spec", "Pod"),
        ] {
            for list in ["containers", "initContainers"] {
                for field in containers { lines.append("\(prefix)/\(list)/\(field) \(kinds)") }
            }
        }
        return (lines + [others]).joined(separator: "\n")
    }()

    private static let others = """
        spec/jobTemplate/spec/template/volumes/nfs/server CronJob
        spec/template/spec/volumes/nfs/server DaemonSet Deployment Job ReplicaSet
        spec/template/metadata/annotations Deployment
        spec/rules/host Ingress
        spec/tls/hosts Ingress
        spec/tls/secretName Ingress
        spec/volumes/nfs/server Pod
        spec/ports/port Service
        spec/ports/targetPort Service
        spec/volumeClaimTemplates/spec/nfs/server StatefulSet
        spec/nfs/server PersistentVolume
        metadata/labels
        metadata/annotations
        """
}
