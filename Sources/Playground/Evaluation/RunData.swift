import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging

/// What a run evaluates on besides its modules: objects, `data` and parameters.
struct RunData {
    var subjects: InputObjects
    private(set) var parameters: Document?
    private(set) var problems: [Diagnostic] = []
    private var evaluationData = EvaluationData()

    init(_ workspace: Workspace, limit: Int) {
        subjects = InputObjects(workspace.sources(.inputs), limit: limit)
        problems = subjects.problems
        if !workspace.parameters.allSatisfy(\.isWhitespace) {
            parameters = read(SourceFile(path: Workspace.parametersName, text: workspace.parameters), "parameters")
        }
        for source in workspace.sources(.data) {
            guard let document = read(source, "data") else { continue }
            let folders = source.path.split(separator: "/").dropFirst().dropLast().map(String.init)
            evaluationData.userData.append((folders, document))
        }
    }

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
