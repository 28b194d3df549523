package import Inputs

/// What applies objects: a build and who asked for it, or files as they stand.
package struct Application: Sendable, Hashable {
    /// The object that applies it, such as `Application argocd/web`; empty when none in the input does.
    package var appliedBy = ""
    /// The folder or archive that is built, from the root of its side; empty for files as they stand.
    package var path = ""
    package var kind: BuildRecord.Kind?
    /// The values a chart is rendered with, by name.
    package var values = ""

    package init() {}

    /// - Parameter path: the record's path from the root of its side.
    package init(_ record: BuildRecord, path: String) {
        (appliedBy, self.path, kind, values) = (record.appliedBy, path, record.kind, record.values)
    }

    /// For people: `Application argocd/web`, `kustomization overlays/prod`; `files` for files as they stand.
    package var title: String {
        if !appliedBy.isEmpty { return appliedBy }
        guard let kind else { return "files" }
        return "\(kind.rawValue) \(path)" + (values.isEmpty ? "" : " with \(values)")
    }
}

/// An object of one side, with what applies it.
package struct ComparedObject: Sendable {
    package let resource: Resource
    package let application: Application
    /// The file it is counted to, from the root of its side.
    package let file: String

    package init(_ resource: Resource, in application: Application, file: String) {
        self.resource = resource
        self.application = application
        self.file = file
    }

    /// Whether policies made the object of a file that no cluster ever sees.
    package static func isApplied(_ resource: Resource) -> Bool {
        resource.type.group != GitOpsFile.group && resource.type.group != KustomizationFile.group
    }
}

/// What is the same object on both sides, whatever its version.
struct ObjectKey: Hashable {
    var type: GroupKind
    var namespace: String?
    var name: String

    init(_ resource: Resource) {
        type = resource.type.groupKind
        // Several groups served these kinds over time.
        if type.group == "extensions", Self.movedKinds.contains(type.kind) {
            type.group = ["Ingress", "NetworkPolicy"].contains(type.kind) ? "networking.k8s.io" : "apps"
        }
        let isNamespaced = ClusterScope.isKnownNamespaced(type)
        namespace = resource.namespace ?? (isNamespaced ? "default" : nil)
        name = resource.name
    }

    private static let movedKinds: Set = ["Deployment", "DaemonSet", "ReplicaSet", "Ingress", "NetworkPolicy"]
}
