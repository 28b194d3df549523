import Documents

/// Fields that the server fills in from others of the same object.
enum FilledFields {
    case container, resources, pod, other

    /// - Parameter typeName: as `io.k8s.api.core.v1.Container`.
    init(_ typeName: String) {
        switch typeName {
        case "io.k8s.api.core.v1.Container", "io.k8s.api.core.v1.EphemeralContainer": self = .container
        case "io.k8s.api.core.v1.ResourceRequirements": self = .resources
        case "io.k8s.api.core.v1.PodSpec": self = .pod
        default: self = .other
        }
    }

    /// Whether a field means the same in two objects although only one may have it.
    func areSame(_ name: String, _ old: Value, _ new: Value) -> Bool {
        switch (self, name) {
        case (.container, "imagePullPolicy"): Self.pullPolicy(old) == Self.pullPolicy(new)
        case (.pod, "serviceAccountName"), (.pod, "serviceAccount"): Self.account(old) == Self.account(new)
        default: false
        }
    }

    private static func pullPolicy(_ container: Value) -> String {
        let written = container.field("imagePullPolicy")
        if !written.isNothing { return written.text }
        let image = container.field("image").text
        if image.contains("@") { return "IfNotPresent" }
        let last = image.split(separator: "/").last ?? ""
        let tag = last.split(separator: ":", maxSplits: 1).dropFirst().first ?? "latest"
        return tag == "latest" ? "Always" : "IfNotPresent"
    }

    private static func account(_ pod: Value) -> String {
        let name = pod.field("serviceAccountName")
        return name.isNothing ? pod.field("serviceAccount").text : name.text
    }
}
