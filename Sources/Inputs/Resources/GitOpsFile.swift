import Documents

/// A file of a GitOps repository that is no Kubernetes object but that policies judge all the same. It becomes an object of
/// the group `lintel`, so that a policy can name it among its targets.
package struct GitOpsFile {
    package static let group = "lintel"

    let kind: String
    /// The field of the object that holds the file.
    let field: String

    /// What a document is by the name of its file and its shape; nil for all others.
    init?(_ root: Value, path: String) {
        guard root.kind == .object else { return nil }
        let name = Self.name(of: path)
        switch true {
        case root.field("route").kind == .object && root.field("receivers").kind == .array:
            (kind, field) = ("AlertmanagerConfigFile", "config")
        case name == ".sops.yaml" && root.field("creation_rules").kind == .array:
            (kind, field) = ("SopsConfig", "config")
        case name == "Chart.yaml" && root.field("name").kind == .string:
            (kind, field) = ("HelmChart", "chart")
        case Self.isValuesName(name) && Self.mayHoldCredentials(root):
            (kind, field) = ("HelmValues", "values")
        default: return nil
        }
    }

    /// The object that holds the file; places below the field are those of the file. What policies need to know of its
    /// neighbours stands beside the field.
    func object(holding document: Document, path: String, folder: String?) -> Document {
        let span = document.rootSpan
        let arena = Arena.make(capacity: 512)
        func object(_ members: [(String, Value)]) -> Value {
            arena.object(
                entries: members.map { key, value in
                    PositionedEntry(key: arena.string(key), value: value, keySpan: span, valueSpan: span)
                })
        }
        var members: [(String, Value)] = [
            ("apiVersion", arena.string(Self.group + "/v1")), ("kind", arena.string(kind)), (field, document.root),
            ("metadata", object([("name", arena.string(Self.name(of: path)))])), ("file", arena.string(path)),
        ]
        if kind == "HelmChart", let folder {
            members += ChartNeighbours(folder: folder).members(in: arena)
        }
        let root = object(members)
        return Document(arena: arena, root: root, rootSpan: span, partOf: document)
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// `values.yaml`, `values-prod.yaml`, `prod.values.yml`.
    private static func isValuesName(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: "."), [".yaml", ".yml"].contains(String(name[dot...])) else { return false }
        let stem = name[..<dot]
        return stem.hasPrefix("values") || stem.hasSuffix("values")
    }

    /// Whether anything in a values file is called like a credential or looks like one; the others are plain settings
    /// with nothing to judge.
    private static func mayHoldCredentials(_ value: Value) -> Bool {
        switch value.kind {
        case .object:
            return value.keys.indices.contains { index in
                let key = value.keys[index].stringValue?.lowercased() ?? ""
                return credentialWords.contains { key.contains($0) } || mayHoldCredentials(value.values[index])
            }
        case .array: return value.elements.contains { mayHoldCredentials($0) }
        case .string: return credentialMarks.contains { value.string.contains($0) }
        default: return false
        }
    }

    private static let credentialWords = [
        "pass", "pwd", "secret", "token", "key", "credential", "bearer", "auth", "dockerconfig",
    ]
    private static let credentialMarks = [
        "://", "PRIVATE KEY", "AKIA", "ASIA", "AIza", "eyJ", "gh", "glpat-", "xox", "_live_", "npm_", "pypi-", "hvs.",
        "SG.",
    ]
}
