import Foundation

/// Updates as the controllers of a cluster make them, on objects that violate policies since before: each with changes that
/// add a violation.
struct ControllerUpdate: Sendable, CustomStringConvertible {
    var name: String
    var kind: String
    var group = ""
    var resource: String
    var subresource = ""
    var user: String
    /// The object before, as JSON.
    var old: String
    /// What the controller changes: a merge patch (RFC 7396).
    var change: String
    /// What must not come along, each a merge patch on top of the change.
    var additions: [String]

    var description: String { name }

    /// The AdmissionReview's request, with all members that a server sends.
    func request(adding addition: String? = nil) throws -> String {
        let old = try Self.parse(self.old)
        var new = Self.merged(old, try Self.parse(change))
        if let addition { new = Self.merged(new, try Self.parse(addition)) }
        let metadata = (old as? [String: Any])?["metadata"] as? [String: Any] ?? [:]
        let type: [String: Any] = ["group": group, "version": "v1", "kind": kind]
        let served: [String: Any] = ["group": group, "version": "v1", "resource": resource]
        var request: [String: Any] = [
            "uid": "6f1c9d2e-0000-4000-8000-000000000001", "kind": type, "resource": served, "requestKind": type,
            "requestResource": served, "name": metadata["name"] ?? "", "operation": "UPDATE",
            "userInfo": [
                "username": user, "uid": "a1", "groups": ["system:serviceaccounts", "system:authenticated"],
                "extra": ["authentication.kubernetes.io/credential-id": ["JTI=1"]],
            ],
            "object": new, "oldObject": old, "dryRun": false,
            "options": ["kind": "UpdateOptions", "apiVersion": "meta.k8s.io/v1"],
        ]
        if let namespace = metadata["namespace"] { request["namespace"] = namespace }
        if !subresource.isEmpty { (request["subResource"], request["requestSubResource"]) = (subresource, subresource) }
        return String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
    }

    private static func parse(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    private static func merged(_ base: Any, _ patch: Any) -> Any {
        guard let patch = patch as? [String: Any] else { return patch }
        var result = base as? [String: Any] ?? [:]
        for (key, value) in patch {
            if value is NSNull { result[key] = nil } else { result[key] = merged(result[key] ?? [String: Any](), value) }
        }
        return result
    }

    // MARK: The set

    private static let controllers = "system:serviceaccount:kube-system:"
    private static let bad =
        #"{"name":"a","image":"nginx:latest","terminationMessagePath":"/dev/termination-log","securityContext":{"privileged":true}}"#
    private static let other = #"{"name":"b","image":"registry.example.com/b@sha256:\#(digest)","securityContext":\#(hardened)}"#
    private static let digest = String(repeating: "a", count: 64)
    private static let hardened = """
        {"runAsNonRoot":true,"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,
         "capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}}
        """
    private static let pod = #"{"hostPID":true,"serviceAccountName":"default","containers":[\#(bad),\#(other)]}"#
    private static let second = #"{"name":"c","image":"nginx:latest","securityContext":{"privileged":true}}"#

    private static func metadata(_ name: String, _ more: String = "") -> String {
        #"{"name":"\#(name)","namespace":"shop","uid":"1","resourceVersion":"7","labels":{"app":"web"}\#(more)}"#
    }

    /// What adds a violation to a Pod: another privileged container, the other container privileged, another namespace of
    /// the node, a capability, a directory of the node, and all violations under another name.
    private static let podAdditions = [
        #"{"containers":[\#(bad),\#(other),\#(second)]}"#,
        #"{"containers":[\#(bad),{"name":"b","image":"registry.example.com/b@sha256:\#(digest)","securityContext":{"privileged":true}}]}"#,
        #"{"hostNetwork":true}"#,
        #"{"initContainers":[\#(second)]}"#,
        #"{"volumes":[{"name":"root","hostPath":{"path":"/"}}]}"#,
        #"{"containers":[{"name":"renamed","image":"nginx:latest","securityContext":{"privileged":true}},\#(other)]}"#,
    ]

    private static func additions(under path: [String]) -> [String] {
        podAdditions.map { path.reversed().reduce($0) { #"{"\#($1)":\#($0)}"# } }
    }

    private static func template(_ kind: String, _ resource: String, _ spec: String, metadata more: String = "") -> String {
        """
        {"apiVersion":"apps/v1","kind":"\(kind)","metadata":\(metadata("web", more)),
         "spec":{\(spec),"selector":{"matchLabels":{"app":"web"}},
                 "template":{"metadata":{"labels":{"app":"web"}},"spec":\(pod)}},"status":{"replicas":3}}
        """
    }

    private static let ofTemplate = additions(under: ["spec", "template", "spec"])
    private static let barePod = """
        {"apiVersion":"v1","kind":"Pod","metadata":\(metadata("p", #","finalizers":["batch.kubernetes.io/job-tracking"]"#)),
         "spec":\(pod),"status":{"phase":"Succeeded"}}
        """
    private static let ofPod = additions(under: ["spec"])
    private static let job = """
        {"apiVersion":"batch/v1","kind":"Job","metadata":\(metadata("j")),
         "spec":{"suspend":false,"template":{"spec":\(pod)}}}
        """

    static let all: [ControllerUpdate] = [
        ControllerUpdate(
            name: "the Deployment controller scales an old ReplicaSet down", kind: "ReplicaSet", group: "apps",
            resource: "replicasets", user: controllers + "deployment-controller",
            old: template("ReplicaSet", "replicasets", #""replicas":3"#), change: #"{"spec":{"replicas":0}}"#,
            additions: ofTemplate),
        ControllerUpdate(
            name: "the Deployment controller notes a revision", kind: "Deployment", group: "apps", resource: "deployments",
            user: controllers + "deployment-controller", old: template("Deployment", "deployments", #""replicas":3"#),
            change: #"{"metadata":{"annotations":{"deployment.kubernetes.io/revision":"2"}}}"#, additions: ofTemplate),
        ControllerUpdate(
            name: "a rollout is paused", kind: "Deployment", group: "apps", resource: "deployments", user: "jane",
            old: template("Deployment", "deployments", #""replicas":3"#), change: #"{"spec":{"paused":true}}"#,
            additions: ofTemplate),
        ControllerUpdate(
            name: "the partition of a StatefulSet moves", kind: "StatefulSet", group: "apps", resource: "statefulsets",
            user: "jane",
            old: template(
                "StatefulSet", "statefulsets",
                #""serviceName":"web","updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":3}}"#),
            change: #"{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}"#, additions: ofTemplate),
        ControllerUpdate(
            name: "containers change places", kind: "DaemonSet", group: "apps", resource: "daemonsets", user: "jane",
            old: template("DaemonSet", "daemonsets", #""minReadySeconds":1"#),
            change: #"{"spec":{"template":{"spec":{"containers":[\#(other),\#(bad)]}}}}"#, additions: ofTemplate),
        ControllerUpdate(
            name: "the Job controller takes its finalizer off a Pod", kind: "Pod", resource: "pods",
            user: controllers + "job-controller", old: barePod, change: #"{"metadata":{"finalizers":null}}"#, additions: ofPod),
        ControllerUpdate(
            name: "a Pod gets a label", kind: "Pod", resource: "pods", user: "jane", old: barePod,
            change: #"{"metadata":{"labels":{"debug":"yes"}}}"#, additions: ofPod),
        ControllerUpdate(
            name: "a Pod gets an annotation", kind: "Pod", resource: "pods", user: "jane", old: barePod,
            change: #"{"metadata":{"annotations":{"cluster-autoscaler.kubernetes.io/safe-to-evict":"true"}}}"#, additions: ofPod),
        ControllerUpdate(
            name: "a ReplicaSet adopts a Pod", kind: "Pod", resource: "pods", user: controllers + "replicaset-controller",
            old: barePod,
            change: """
                {"metadata":{"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-1","uid":"u",
                 "controller":true,"blockOwnerDeletion":true}]}}
                """, additions: ofPod),
        ControllerUpdate(
            name: "a Pod gets an ephemeral container", kind: "Pod", resource: "pods", subresource: "ephemeralcontainers",
            user: "jane", old: barePod,
            change:
                #"{"spec":{"ephemeralContainers":[{"name":"d","image":"registry.example.com/d@sha256:\#(digest)","securityContext":\#(hardened)}]}}"#,
            additions: [
                #"{"spec":{"ephemeralContainers":[{"name":"d","image":"registry.example.com/d@sha256:\#(digest)","securityContext":{"privileged":true}}]}}"#
            ]),
        ControllerUpdate(
            name: "a Pod is resized", kind: "Pod", resource: "pods", subresource: "resize", user: "jane", old: barePod,
            change: #"{"spec":{"priority":1}}"#, additions: ofPod),
        ControllerUpdate(
            name: "a Job is suspended", kind: "Job", group: "batch", resource: "jobs", user: "kueue", old: job,
            change: #"{"spec":{"suspend":true}}"#, additions: ofTemplate),
        ControllerUpdate(
            name: "a CronJob gets another time", kind: "CronJob", group: "batch", resource: "cronjobs", user: "jane",
            old: """
                {"apiVersion":"batch/v1","kind":"CronJob","metadata":\(metadata("c")),
                 "spec":{"schedule":"0 0 * * *","jobTemplate":{"spec":{"template":{"spec":\(pod)}}}}}
                """, change: #"{"spec":{"schedule":"30 0 * * *"}}"#,
            additions: additions(under: ["spec", "jobTemplate", "spec", "template", "spec"])),
        ControllerUpdate(
            name: "a role gets a label", kind: "ClusterRole", group: "rbac.authorization.k8s.io", resource: "clusterroles",
            user: controllers + "clusterrole-aggregation-controller",
            old: """
                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"everything"},
                 "rules":[{"apiGroups":["apps"],"resources":["*"],"verbs":["get"]}]}
                """, change: #"{"metadata":{"labels":{"team":"x"}}}"#,
            additions: [
                #"{"rules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}]}"#,
                #"{"rules":[{"apiGroups":["apps"],"resources":["*"],"verbs":["get"]},{"apiGroups":["batch"],"resources":["*"],"verbs":["*"]}]}"#,
            ]),
    ]

    /// Updates of parts that no policy about objects looks at.
    static let unjudged: [ControllerUpdate] = [
        ControllerUpdate(
            name: "a Pod's status", kind: "Pod", resource: "pods", subresource: "status", user: "system:node:n1", old: barePod,
            change: #"{"status":{"phase":"Running"}}"#, additions: []),
        ControllerUpdate(
            name: "a Deployment is scaled", kind: "Scale", group: "autoscaling", resource: "deployments", subresource: "scale",
            user: controllers + "horizontal-pod-autoscaler",
            old:
                #"{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":1}}"#,
            change: #"{"spec":{"replicas":4}}"#, additions: []),
    ]
}
