import Documents
import Kustomize

/// A kustomization that says something a policy judges. The others only list files and are skipped.
package struct KustomizationFile {
    package static let group = "kustomize.config.k8s.io"

    private let root: Value
    /// Local files and folders it names that do not exist.
    private let missing: [String]

    /// Nil when the document is no kustomization, or has nothing to judge. Files are looked for below `folder`.
    init?(_ root: Value, path: String, folder: String?) {
        guard root.kind == .object, Self.isKustomization(root, path: path) else { return nil }
        self.root = root
        let names = Self.files(of: root)
        let local = names.filter { !Self.isRemote($0) }
        missing = folder.map { folder in local.filter { !Self.exists($0, below: folder) } } ?? []
        let isPlain = Self.judgedFields.allSatisfy { root.field($0).isUndefined } && local.count == names.count
        if isPlain && missing.isEmpty { return nil }
    }

    /// The kustomization with what it may leave out, and with `missingFiles`.
    func object(of document: Document) -> Document {
        let span = document.rootSpan
        let arena = Arena.make(capacity: 512)
        var added: [(String, Value)] = []
        if root.field("apiVersion").isUndefined { added.append(("apiVersion", arena.string(Self.group + "/v1beta1"))) }
        if root.field("kind").isUndefined { added.append(("kind", arena.string("Kustomization"))) }
        if !missing.isEmpty { added.append(("missingFiles", arena.array(missing.map { arena.string($0) }))) }
        if added.isEmpty { return document }
        var entries = root.entries(madeAt: span)
        entries += added.map { PositionedEntry(key: arena.string($0), value: $1, keySpan: span, valueSpan: span) }
        return Document(arena: arena, root: arena.object(entries: entries), rootSpan: span, partOf: document)
    }

    /// A file of that name needs neither `apiVersion` nor `kind`.
    static func isKustomization(_ root: Value, path: String) -> Bool {
        if let apiVersion = root.field("apiVersion").stringValue { return apiVersion.hasPrefix(group + "/") }
        return root.field("kind").isUndefined
            && names.contains(String(FilePath.name(of: path)))
    }

    /// The names that a kustomization's file may have.
    package static let names: Set<String> = Set(Kustomizer.fileNames)

    private static let judgedFields: [StaticString] = [
        "secretGenerator", "bases", "patchesStrategicMerge", "patchesJson6902", "commonLabels", "vars", "imageTags",
        "helmChartInflationGenerator",
    ]

    private static func files(of root: Value) -> [String] {
        let lists: [StaticString] = ["resources", "bases", "components", "crds"]
        return lists.flatMap { root.field($0).strings }
            + (root.field("patches").kind == .array
                ? root.field("patches").elements.compactMap { $0.field("path").stringValue } : [])
    }

    /// Anything but a path: `https://…`, `git@…`, `github.com/…`.
    private static func isRemote(_ name: String) -> Bool {
        if name.contains("://") || name.contains("::") || name.contains("?ref=") || name.hasPrefix("git@") {
            return true
        }
        return ["github.com/", "gitlab.com/", "bitbucket.org/"].contains { name.hasPrefix($0) }
    }

    private static func exists(_ name: String, below folder: String) -> Bool {
        (try? FileSystem.status(of: FilePath.join(folder, name))) != nil
    }
}
