package import Documents
import Inputs

extension Policy {
    /// A policy of the index; nil when the entry lacks what every policy has.
    convenience init?(_ entry: MetadataEntry, path: String, entrypoint: String, origin: Origin) {
        let custom = entry.custom
        guard let id = custom.field("id").stringValue else { return nil }
        let targets = custom.field("targets")
        self.init(
            id: id, slug: custom.field("slug").stringValue ?? "",
            severity: PolicySeverity(rawValue: custom.field("severity").stringValue ?? "") ?? .high,
            scope: Scope(rawValue: custom.field("scope").stringValue ?? "") ?? .object,
            targets: Self.targets(targets), judges: Self.judges(targets),
            requires: custom.field("requires").strings.map { GroupKind($0) }, profiles: custom.field("profiles").strings,
            entrypoint: entrypoint, path: path, origin: origin, entry: entry)
    }

    /// What people need to know about a check that is code of this program.
    package convenience init(
        check id: String, slug: String, severity: PolicySeverity, targets: [Target], title: String, remediation: String
    ) {
        let document = Document { arena in
            arena.object([
                "title": arena.string(title), "custom": arena.object(["remediation": arena.string(remediation)]),
            ])
        }
        self.init(
            id: id, slug: slug, severity: severity, targets: targets, entrypoint: "data.\(id)", path: "", origin: .builtin,
            entry: MetadataEntry(document: document, value: document.root))
    }

    /// A policy as a saved report describes it, for one that is not at hand.
    /// - Parameter metadata: `title`, `description`, `related_resources` and `custom`, as a policy has them.
    package convenience init?(saved metadata: Document, entrypoint: String) {
        self.init(MetadataEntry(document: metadata, value: metadata.root), path: "", entrypoint: entrypoint, origin: .user)
    }

    /// What a target can be besides a mapping of group and kinds; `targets` and `judges` give the meaning.
    static let targetWords = ["*", "workloads", "lasting-workloads"]

    /// All kinds when the list is missing.
    static func targets(_ list: Value) -> [Target] {
        guard list.kind == .array else { return [Target(group: "*", kinds: ["*"])] }
        var targets: [Target] = []
        for item in list.elements {
            if item.kind == .object {
                targets.append(Target(group: item.field("group").stringValue ?? "", kinds: item.field("kinds").strings))
                continue
            }
            switch item.stringValue {
            case "*": targets.append(Target(group: "*", kinds: ["*"]))
            case "workloads": targets += workloads
            case "lasting-workloads": targets += workloads.filter { $0.group != "batch" }
            default: break
            }
        }
        return targets
    }

    /// What `workloads` and `lasting-workloads` among the targets say.
    static func judges(_ list: Value) -> Judges {
        if list.strings.contains("workloads") { return .pods }
        return list.strings.contains("lasting-workloads") ? .lastingPods : .object
    }

    /// Kubernetes' own kinds that hold Pod templates.
    private static let workloads = [
        Target(group: "", kinds: ["Pod", "PodTemplate", "ReplicationController"]),
        Target(group: "apps", kinds: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]),
        Target(group: "batch", kinds: ["Job", "CronJob"]),
        Target(group: "extensions", kinds: ["Deployment", "DaemonSet", "ReplicaSet"]),
    ]
}
