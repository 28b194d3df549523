/// The fields that kustomize 5.8 knows to hold labels, annotations, names, images and counts.
///
/// A line is a path, with `+` in front when a missing field is made, then the kinds it holds for as `Kind.version@group`;
/// none means all kinds.
enum DefaultSettings {
    static let all: TransformerSettings = {
        var settings = TransformerSettings()
        settings.namePrefix = [FieldSpec("metadata/name")]
        settings.nameSuffix = [FieldSpec("metadata/name")]
        settings.namespace = specs(namespaces)
        settings.templateLabels = specs(templateLabels)
        settings.commonLabels = specs(selectors) + settings.templateLabels
        settings.commonAnnotations = specs(annotations)
        settings.images = specs(images)
        settings.replicas = specs("+spec/replicas Deployment ReplicationController ReplicaSet StatefulSet")
        settings.variables = specs(DefaultVariables.table)
        settings.nameReferences = DefaultReferences.all
        return settings
    }()

    /// The defaults as they are when they are added to no settings at all.
    static let merged: TransformerSettings = {
        var settings = TransformerSettings()
        // Defaults do not contradict each other.
        do throws(BuildError) { try settings.mergeEach(all) } catch { return all }
        return settings
    }()

    static func specs(_ table: String) -> [FieldSpec] {
        parts(of: table[...], at: "\n").flatMap { line in
            let words = parts(of: line, at: " ")
            let creates = words[0].hasPrefix("+")
            let path = String(creates ? words[0].dropFirst() : words[0])
            let spec = FieldSpec(path, creates: creates)
            return words.count == 1 ? [spec] : words.dropFirst().map { spec.of(gvk($0)) }
        }
    }

    /// A kind written as `Kind.version@group`.
    static func gvk(_ text: Substring) -> Gvk {
        func split(_ text: Substring, at separator: UInt8) -> (Substring, Substring) {
            guard let place = text.utf8.firstIndex(of: separator) else { return (text, "") }
            return (text[..<place], text[text.utf8.index(after: place)...])
        }
        let (name, group) = split(text, at: UInt8(ascii: "@"))
        let (kind, version) = split(name, at: UInt8(ascii: "."))
        return Gvk(group: String(group), version: String(version), kind: String(kind))
    }

    /// Splits a line of a table; by bytes, for the tables are read at each start.
    static func parts(of text: Substring, at separator: Unicode.Scalar, most: Int = .max) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: separator), maxSplits: most - 1).map { Substring($0) }
    }

    private static let namespaces = """
        +metadata/name Namespace
        +spec/service/namespace APIService@apiregistration.k8s.io
        spec/conversion/webhook/clientConfig/service/namespace CustomResourceDefinition@apiextensions.k8s.io
        """

    private static let templateLabels = """
        +metadata/labels
        +spec/template/metadata/labels ReplicationController.v1 Deployment ReplicaSet DaemonSet StatefulSet@apps Job@batch
        +spec/volumeClaimTemplates[]/metadata/labels StatefulSet@apps
        +spec/jobTemplate/metadata/labels CronJob@batch
        +spec/jobTemplate/spec/template/metadata/labels CronJob@batch
        """

    private static let annotations = """
        +metadata/annotations
        +spec/template/metadata/annotations ReplicationController.v1 Deployment ReplicaSet DaemonSet StatefulSet Job@batch
        +spec/jobTemplate/metadata/annotations CronJob@batch
        +spec/jobTemplate/spec/template/metadata/annotations CronJob@batch
        """

    private static let images = """
        +spec/containers[]/image
        +spec/initContainers[]/image
        +spec/volumes[]/image/reference
        +spec/template/spec/containers[]/image
        +spec/template/spec/initContainers[]/image
        +spec/template/spec/volumes[]/image/reference
        """

    private static let selectors: String = {
        let affinity = "spec/template/spec/affinity"
        let term = "labelSelector/matchLabels"
        let scheduled = [
            "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
            "requiredDuringSchedulingIgnoredDuringExecution",
        ]
        var lines = [
            "+spec/selector Service.v1 ReplicationController.v1",
            "+spec/selector/matchLabels Deployment ReplicaSet DaemonSet StatefulSet@apps",
        ]
        for kind in ["podAffinity", "podAntiAffinity"] {
            for when in scheduled {
                lines.append("\(affinity)/\(kind)/\(when)/\(term) Deployment@apps StatefulSet@apps")
            }
        }
        lines += [
            "spec/template/spec/topologySpreadConstraints/\(term) Deployment@apps StatefulSet@apps",
            "spec/selector/matchLabels Job@batch PodDisruptionBudget@policy",
            "spec/jobTemplate/spec/selector/matchLabels CronJob@batch",
            "spec/podSelector/matchLabels NetworkPolicy@networking.k8s.io",
            "spec/ingress/from/podSelector/matchLabels NetworkPolicy@networking.k8s.io",
            "spec/egress/to/podSelector/matchLabels NetworkPolicy@networking.k8s.io",
        ]
        return lines.joined(separator: "\n")
    }()
}
