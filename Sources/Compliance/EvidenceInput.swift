package import Diagnostics
import Documents
package import Inputs

/// Everything a report looks at, read once: manifests, configuration files and node facts.
package struct EvidenceInput: Sendable {
    /// A document given to the rules, and how to find its nodes again.
    private struct Entry: Sendable {
        var document: Document
        /// The object; nil for files that are none.
        var title: String?
        var file: String
        /// The member a configuration file without `kind` is put under.
        var wrapper: String?
    }

    private var entries: [Entry] = []
    private var facts: [Entry] = []
    private var digest = ContentDigest()
    /// The files that were read.
    private(set) var digests: [ComplianceReport.InputDigest] = []
    /// The kinds of objects among the manifests.
    package private(set) var kinds: Set<GroupKind> = []
    /// What could not be read.
    package private(set) var diagnostics: [Diagnostic] = []

    /// Reads files and node facts; problems are among the diagnostics, and the rest is there all the same.
    package init(files: [InputFile], nodeFacts: [String]) {
        for file in files { add(file) }
        for path in nodeFacts { addFacts(path) }
    }

    /// SHA-256 of the names and bytes of everything that was read, in order.
    package var digestText: String { digest.text }

    /// The objects that were read: the root of each, its title and where it stands.
    func forEachObject(_ visit: (_ root: Value, _ title: String, _ file: String, _ line: Int?) -> Void) {
        for entry in entries {
            guard let title = entry.title else { continue }
            let place = entry.document.place(at: DocumentPath(), keepsMissingSteps: false)
            visit(entry.document.root, title, entry.file, entry.document.range(place.span)?.position.line)
        }
    }

    // MARK: Reading

    private mutating func add(_ file: InputFile) {
        guard let bytes = bytes(of: file.path, shown: file.shownPath) else { return }
        let contents = ResourceReader().read(file)
        diagnostics += contents.diagnostics
        for resource in contents.resources where resource.type.apiVersion != NodeFactsKind.apiVersion {
            kinds.insert(resource.type.groupKind)
            entries.append(Entry(document: resource.document, title: resource.title, file: resource.path))
        }
        guard contents.skipped.contains(where: { $0.reason == .notKubernetes }) else { return }
        for document in YAMLReader().read(SourceFile(path: file.shownPath, bytes: bytes)).documents {
            if document.root.isClusterConfiguration {
                entries.append(Entry(document: document, file: file.shownPath, wrapper: "config"))
            } else if document.root.isEtcdConfiguration {
                entries.append(Entry(document: document, file: file.shownPath))
            }
        }
    }

    private mutating func addFacts(_ path: String) {
        guard let bytes = bytes(of: path, shown: path) else { return }
        let stream = YAMLReader().read(SourceFile(path: path, bytes: bytes))
        diagnostics += stream.diagnostics
        for document in stream.documents {
            if NodeFactsKind(document.root) == nil {
                diagnostics.append(
                    Diagnostic(
                        code: "node_facts_error",
                        message: "\(path) is neither a NodeFacts document nor a result of kube-bench --json"))
            } else {
                facts.append(Entry(document: document, file: path))
            }
        }
    }

    /// The bytes of a file, which also go into the digest.
    private mutating func bytes(of path: String, shown: String) -> [UInt8]? {
        do {
            let bytes = try FileSystem.read(path)
            digest.add(shown.utf8)
            digest.add(bytes)
            digests.append(
                ComplianceReport.InputDigest(path: shown, size: bytes.count, digest: ContentDigest.text(of: bytes)))
            return bytes
        } catch {
            diagnostics.append(Diagnostic(reading: error))
            return nil
        }
    }

    // MARK: The rules' input

    /// The `input` document of a framework's module; it refers to this value's documents, which must outlive it.
    func document(settings: Value) -> Document {
        Document { arena in
            let resources = entries.map { entry in
                guard let wrapper = entry.wrapper else { return entry.document.root }
                return arena.object([
                    "apiVersion": arena.string(NodeFactsKind.apiVersion), "kind": arena.string("K3sConfig"),
                    wrapper: entry.document.root,
                ])
            }
            return arena.object([
                "resources": arena.array(resources),
                "node_facts": arena.array(facts.map(\.document.root)),
                "settings": settings.kind == .object ? settings : arena.object([]),
            ])
        }
    }

    /// Where a path of the `input` document leads to.
    func place(of path: DocumentPath) -> EvidencePlace? {
        guard path.steps.count >= 2, case .index(let index) = path.steps[1] else { return nil }
        let list = path.steps[0] == .key("resources") ? entries : facts
        guard list.indices.contains(index) else { return nil }
        let entry = list[index]
        var inner = DocumentPath(Array(path.steps.dropFirst(2)))
        if let wrapper = entry.wrapper, inner.steps.first == .key(wrapper) { inner.steps.removeFirst() }
        let place = entry.document.place(at: inner, keepsMissingSteps: false)
        var span = place.span
        if place.value.isCollection, let key = place.keySpan { span = key }
        let position = entry.document.range(span)?.position
        return EvidencePlace(
            resource: entry.title, file: entry.file, line: position?.line, column: position?.column,
            field: inner.steps.isEmpty ? nil : inner.fieldPath)
    }
}

/// What a file of node facts may hold.
private enum NodeFactsKind {
    case facts, kubeBench

    static let apiVersion = "lintel/v1"

    init?(_ value: Value) {
        if value.field("kind").stringValue == "NodeFacts" {
            self = .facts
        } else if value.field("Controls").kind == .array || value.field("tests").kind == .array
            || value.kind == .array && value.count > 0 && value.elements.allSatisfy({ $0.field("tests").kind == .array })
        {
            self = .kubeBench
        } else {
            return nil
        }
    }
}

extension Value {
    /// Whether this is the configuration file of RKE2 or K3s, which has no `kind`: some argument list or server option.
    fileprivate var isClusterConfiguration: Bool {
        guard kind == .object else { return false }
        let options: Set<String> = [
            "cluster-init", "cni", "secrets-encryption", "write-kubeconfig-mode", "tls-san", "disable-network-policy",
        ]
        return keys.contains { key in
            let name = key.string.hasSuffix("+") ? String(key.string.dropLast()) : key.string
            return options.contains(name) || name == "etcd-arg" || name.hasPrefix("kube") && name.hasSuffix("-arg")
        }
    }

    /// Whether this is etcd's configuration file.
    fileprivate var isEtcdConfiguration: Bool {
        field("client-transport-security").kind == .object || field("peer-transport-security").kind == .object
    }
}
