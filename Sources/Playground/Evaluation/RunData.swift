import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import Schemas

/// What a run evaluates on besides its modules: objects, `data` and parameters.
struct RunData {
    var subjects: InputObjects
    private(set) var parameters: Document?
    private(set) var problems: [Diagnostic] = []
    /// What the sources are built to; nil where they are not looked at.
    let builds: SourceBuilds?
    /// Of `lintel.yaml`.
    private(set) var configuration = Configuration()
    private var evaluationData = EvaluationData()

    /// - Parameter builds: what the sources are built to, whose objects come before those of the inputs.
    init(_ workspace: Workspace, limit: Int, builds: SourceBuilds? = nil) {
        self.builds = builds
        subjects = InputObjects(
            (builds?.plain ?? []) + workspace.sources(.inputs), builds: builds?.builds.map(\.build) ?? [], limit: limit)
        problems = (builds?.problems ?? []) + subjects.problems
        if !workspace.parameters.allSatisfy(\.isWhitespace) {
            parameters = read(SourceFile(path: Workspace.parametersName, text: workspace.parameters), "parameters")
        }
        for source in workspace.sources(.data) {
            guard let document = read(source, "data") else { continue }
            let folders = source.path.split(separator: "/").dropFirst().dropLast().map(String.init)
            evaluationData.userData.append((folders, document))
        }
    }

    /// Reads `lintel.yaml`.
    /// - Parameter policies: those that it may name.
    mutating func configure(_ workspace: Workspace, policies: [Policy]) {
        if workspace.configuration.allSatisfy(\.isWhitespace) { return }
        let source = SourceFile(path: Workspace.configurationName, text: workspace.configuration)
        let (read, found) = ConfigurationReader.read(source, policies: policies, readsFiles: false)
        problems += found + ConfigurationKeys.remarks(source)
        configuration = read
        evaluationData.configuration = read
        evaluationData.skipped = read.skip
        if let version = read.kubernetesVersion {
            evaluationData.kubernetesVersion = version
            problems += version.unknownReleases
        }
    }

    /// The release whose types the objects have.
    var release: Release { KubernetesInput(configuration.kubernetesVersion).release }

    /// The one mapping of a file.
    private mutating func read(_ source: SourceFile, _ name: String) -> Document? {
        let stream = YAMLReader().read(source)
        problems += stream.diagnostics
        let documents = stream.documents.filter { $0.root.kind != .null }
        guard let document = documents.first else { return nil }
        if documents.count > 1 || document.root.kind != .object {
            let text = documents.count > 1 ? "\(name) must be one document" : "\(name) must be a mapping"
            problems.append(Diagnostic(code: "input_error", message: text, range: document.range(document.rootSpan)))
            return nil
        }
        return document
    }

    /// The `data` document for some policies: their parameters, settings, parameters, the user's data and, for
    /// policies that look at several objects, the inventory.
    func document(for policies: [Policy]) -> DataDocument {
        var data = evaluationData
        data.parameters = parameters
        if let parameters { data.userData.insert((["parameters"], parameters), at: 0) }
        let resources = policies.contains { $0.scope == .allObjects } ? inventory : nil
        return data.document(for: policies, inventory: resources)
    }

    private var inventory: [Resource] {
        subjects.list.flatMap { ResourceReader().read($0.document, path: $0.file).resources }
    }
}
