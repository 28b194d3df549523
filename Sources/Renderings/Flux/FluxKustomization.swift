import Diagnostics
import Documents
import Inputs
import Kustomize
import Text

/// What a Flux `Kustomization` has built, by the rules of its kustomize-controller.
struct FluxKustomization {
    static let group = "kustomize.toolkit.fluxcd.io"

    private let root: PlacedNode
    private let spec: PlacedNode
    private let file: String
    private let name: String
    private let namespace: String?
    private let destination: String?
    private let context: DeployerContext

    init?(_ root: PlacedNode, file: String, destination: String?, _ context: DeployerContext) {
        guard let spec = root["spec"], let name = root.at("metadata", "name")?.text else { return nil }
        (self.root, self.spec, self.file, self.name, self.context) = (root, spec, file, name, context)
        self.destination = destination
        namespace = root.at("metadata", "namespace")?.text
    }

    private var title: String { "Kustomization \(namespace.map { "\($0)/" } ?? "")\(name)" }

    func job() -> BuildJob {
        let path = spec["path"]?.text ?? "."
        var job = BuildJob(
            work: .nothing(BuildFailure(reason: "", diagnostics: [])),
            record: BuildRecord(.kustomization, path: path, appliedBy: title))
        job.identity = title + JSONWriter.string(spec.value)
        job.destination = destination ?? "flux \(FilePath.folder(of: file))"
        job.notes = [Diagnostic.Note("applied by \(title)", range: (spec["path"] ?? spec).range)]
        switch FluxSource(spec["sourceRef"], namespace: namespace, file: file, context).place(of: path) {
        case .elsewhere: job.work = .nothing(BuildFailure(reason: "its source is not this repository", diagnostics: []))
        case .missing:
            let problem = Diagnostic(
                code: "deployment_source", severity: .warning, message: "\(title): there is no \(path) in this repository",
                range: (spec["path"] ?? spec).range)
            job.work = .nothing(BuildFailure(reason: "there is no \(path) in this repository", diagnostics: [problem]))
        case .here(let folder):
            job.record.path = context.shown(folder)
            switch context.kind(of: folder) {
            case .notFolder: job.work = .nothing(BuildFailure(reason: "it is no folder", diagnostics: []))
            case .kustomization: job.work = .kustomization(folder: folder, edits: edits(made: nil), isRestricted: false)
            case .chart, .manifests:
                job.work = .kustomization(folder: folder, edits: edits(made: Self.made(folder)), isRestricted: false)
            }
        }
        return job
    }

    /// The kustomization that Flux makes of a folder without one: folders with a kustomization, and manifests elsewhere.
    private static func made(_ root: String) -> [String] {
        var resources: [String] = []
        var rest = [""]
        while let folder = rest.popLast(), resources.count < 20_000 {
            let path = folder.isEmpty ? root : FilePath.join(root, folder)
            for name in (try? FileSystem.names(in: path)) ?? [] where !name.hasPrefix(".") {
                let inner = folder.isEmpty ? name : folder + "/" + name
                guard let kind = try? FileSystem.status(of: FilePath.join(root, inner)).kind else { continue }
                if kind == .folder {
                    let isBuilt = KustomizationFile.names.contains { name in
                        (try? FileSystem.status(of: FilePath.join(FilePath.join(root, inner), name))) != nil
                    }
                    if isBuilt { resources.append(inner) } else { rest.append(inner) }
                } else if kind == .file, ["yaml", "yml"].contains(FilePath.suffix(of: name)),
                    isManifest(FilePath.join(root, inner))
                {
                    resources.append(inner)
                }
            }
        }
        return resources.sorted()
    }

    private static func isManifest(_ path: String) -> Bool {
        guard let bytes = try? FileSystem.read(path) else { return false }
        return bytes.contains(text: "apiVersion") && bytes.contains(text: "kind")
    }

    private func edits(made resources: [String]?) -> Edits {
        var edits = Edits()
        edits.resources = resources
        var fields = DocumentBuilder()
        fields.add("namespace", spec["targetNamespace"])
        for name in ["namePrefix", "nameSuffix", "patches", "images", "components"] { fields.add(name, spec[name]) }
        if !fields.isEmpty { edits.fields = fields.document(at: spec) }
        if let metadata = spec["commonMetadata"] {
            var members = DocumentBuilder()
            for name in ["labels", "annotations"] { members.add(name, metadata[name]) }
            if !members.isEmpty { edits.metadata = members.document(at: metadata) }
        }
        edits.substitution = substitution
        return edits
    }

    private var substitution: Substitution? {
        guard let post = spec["postBuild"] else { return nil }
        var variables: [String: Substitution.Variable] = [:]
        var hasUnknown = false
        for source in post["substituteFrom"]?.items ?? [] {
            guard let kind = source["kind"]?.text, let name = source["name"]?.text else { continue }
            guard let found = context.objects.find("", kind, namespace, name, near: file) else {
                hasUnknown = true
                continue
            }
            for (key, node) in FluxData(found.node).texts {
                // What is encrypted is not known.
                if node.text.hasPrefix("ENC[") { hasUnknown = true } else { variables[key] = node }
            }
        }
        for (key, node) in post["substitute"]?.members ?? [] {
            variables[key] = Substitution.Variable(text: node.scalarText ?? "", range: node.range)
        }
        if variables.isEmpty, !hasUnknown { return nil }
        return Substitution(variables: variables, hasUnknown: hasUnknown)
    }
}

/// The texts of a ConfigMap or a Secret.
struct FluxData {
    private let root: PlacedNode

    init(_ root: PlacedNode) { self.root = root }

    var texts: [(key: String, value: Substitution.Variable)] {
        let isSecret = root["kind"]?.text == "Secret"
        let data = (root["data"]?.members ?? []).compactMap { key, node -> (key: String, value: Substitution.Variable)? in
            guard let text = node.scalarText else { return nil }
            let plain = isSecret ? (try? Base64.decode(text.utf8)).map { String(decoding: $0, as: UTF8.self) } : text
            return (key, Substitution.Variable(text: plain ?? text, range: node.range))
        }
        return data
            + (root["stringData"]?.members ?? []).map {
                ($0.key, Substitution.Variable(text: $0.node.scalarText ?? "", range: $0.node.range))
            }
    }

    /// The node of a key, when its text stands there as it is.
    func node(_ key: String) -> PlacedNode? {
        if let node = root["stringData"]?[key] { return node }
        return root["kind"]?.text == "Secret" ? nil : root["data"]?[key]
    }
}

/// What a `sourceRef` leads to.
struct FluxSource {
    private let reference: PlacedNode?
    private let namespace: String?
    private let file: String
    private let context: DeployerContext

    static let group = "source.toolkit.fluxcd.io"

    init(_ reference: PlacedNode?, namespace: String?, file: String, _ context: DeployerContext) {
        (self.reference, self.namespace, self.file, self.context) = (reference, namespace, file, context)
    }

    var kind: String { reference?["kind"]?.text ?? "" }

    /// The object of the source; nil when it is not among the objects of the run.
    var object: PlacedNode? {
        guard let name = reference?["name"]?.text else { return nil }
        let home = reference?["namespace"]?.text ?? namespace
        return context.objects.find(Self.group, kind, home, name, near: file)?.node
    }

    var url: String? { object?.at("spec", "url")?.text }

    /// A path in the source. A GitRepository that is made elsewhere, as by `flux bootstrap`, is taken for this repository.
    func place(of path: String) -> Repository.Place {
        guard kind == "GitRepository" else { return .elsewhere }
        return context.repository.place(of: path, in: url, near: file)
    }
}
