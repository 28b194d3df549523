package import GoTemplate
import Text

/// One document of the output.
package struct RenderedManifest {
    /// The template's name from the root chart down.
    package var source: String
    package var bytes: [UInt8]
    package var trace: Trace?
    package var kind: String
    package var name: String
    /// The hook's events; nil for an object that is no hook.
    package var hooks: [String]?

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Takes rendered files apart into documents and puts them in Helm's order.
enum Manifests {
    private static let hookEvents: Set<String> = [
        "pre-install", "post-install", "pre-delete", "post-delete", "pre-upgrade", "post-upgrade", "pre-rollback",
        "post-rollback", "test", "test-success",
    ]

    private static let order: [String: Int] = {
        let kinds = [
            "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy",
            "PodDisruptionBudget", "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass",
            "PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList",
            "ClusterRoleBinding", "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList",
            "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment",
            "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress", "APIService",
            "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
        ]
        return Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
    }()

    /// Objects in the order of their kinds, then hooks in theirs.
    static func sorted(_ files: [RenderedFile]) throws -> (objects: [RenderedManifest], hooks: [RenderedManifest]) {
        var objects: [RenderedManifest] = []
        var hooks: [RenderedManifest] = []
        for file in files.sorted(by: { ExactText.precedes($0.name, $1.name) }) {
            if GoSpace.start(of: file.bytes, from: 0) == file.bytes.count { continue }
            for range in split(file.bytes) {
                var manifest = RenderedManifest(
                    source: file.name, bytes: Array(file.bytes[range]),
                    trace: file.trace.map { Trace($0.slice(range)) },
                    kind: "", name: "")
                guard try readHead(&manifest) else { continue }
                if manifest.hooks == nil { objects.append(manifest) } else { hooks.append(manifest) }
            }
        }
        return (byKind(objects), byKind(hooks))
    }

    /// The documents: separated by `---` at the start of a line, blanks around it left out.
    static func split(_ bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = GoSpace.start(of: bytes, from: 0)
        func add(_ end: Int) {
            if start < end { ranges.append(start..<end) }
        }
        var line = start
        while line < bytes.count {
            if bytes[line] == UInt8(ascii: "-"), bytes[line...].starts(with: "---".utf8) {
                add(line)
                start = GoSpace.start(of: bytes, from: line + 3)
                // What follows may be a mark again only at the start of a line.
                line = start
                if line < bytes.count, bytes[line - 1] != 0x0A {
                    line = (bytes[line...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
                }
                continue
            }
            line = (bytes[line...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
        }
        add(bytes.count)
        return ranges
    }

    /// Reads kind, name and hook; false for an object that is left out.
    private static func readHead(_ manifest: inout RenderedManifest) throws -> Bool {
        let head: GoValue
        do throws(YAMLForm.Problem) {
            head = try YAMLForm.value(manifest.bytes)
            if !head.isNil, head.asMap == nil {
                throw YAMLForm.Problem(message: YAMLForm.mismatch(head, "util.SimpleHead"))
            }
            try check(head.asMap ?? GoMap())
        } catch {
            throw HelmProblem.notYAML(manifest, "YAML parse error on \(manifest.source): \(error.message)")
        }
        let map = head.asMap ?? GoMap()
        manifest.kind = map["kind"].map(GoPrint.text) ?? ""
        let metadata = map["metadata"]?.asMap
        manifest.name = metadata?["name"].map(GoPrint.text) ?? ""
        // A number or a boolean is read as its text, which names no event.
        guard let annotation = metadata?["annotations"]?.asMap?["helm.sh/hook"], !annotation.isNil else { return true }
        let hook = GoPrint.text(annotation)
        let events = hook.split(separator: ",", omittingEmptySubsequences: false).map {
            StringFunctions.trimmed(String($0)).lowercased()
        }
        if !events.allSatisfy(hookEvents.contains) { return false }
        manifest.hooks = events
        return true
    }

    /// Go reads some fields as texts and refuses others.
    private static func check(_ map: GoMap) throws(YAMLForm.Problem) {
        func refuse(_ value: GoValue?, _ field: String, _ type: String) throws(YAMLForm.Problem) {
            guard let value, !value.isNil else { return }
            // Any scalar is read as a text.
            let fits = type == "string" ? value.asMap == nil && value.asList == nil : value.asMap != nil
            if fits { return }
            let place = "Go struct field SimpleHead.\(field) of type \(type)"
            throw YAMLForm.Problem(
                message:
                    "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \(JSONKind.name(value)) into \(place)"
            )
        }
        try refuse(map["apiVersion"], "apiVersion", "string")
        try refuse(map["kind"], "kind", "string")
        guard let metadata = map["metadata"], !metadata.isNil else { return }
        try refuse(
            metadata, "metadata",
            "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }")
        try refuse(metadata.asMap?["name"], "metadata.name", "string")
        guard let annotations = metadata.asMap?["annotations"], !annotations.isNil else { return }
        try refuse(annotations, "metadata.annotations", "map[string]string")
        for value in annotations.asMap?.values ?? [] { try refuse(value, "metadata.annotations", "string") }
    }

    private static func byKind(_ manifests: [RenderedManifest]) -> [RenderedManifest] {
        manifests.enumerated().sorted { left, right in
            let (a, b) = (order[left.element.kind], order[right.element.kind])
            switch (a, b) {
            case (nil, nil):
                if left.element.kind != right.element.kind {
                    return ExactText.precedes(left.element.kind, right.element.kind)
                }
                return left.offset < right.offset
            case (nil, _): return false
            case (_, nil): return true
            case (let x?, let y?): return x != y ? x < y : left.offset < right.offset
            }
        }.map(\.element)
    }
}
