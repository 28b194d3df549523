import Diagnostics
package import Documents
import Inputs
import Rego
package import RegoNetwork
package import RegoRuntime

/// Evaluates Conftest's rules for files.
package struct ConftestRun {
    private let policies: ConftestPolicies
    private let now: Int64
    private let runtime: Document?
    private let network: NetworkAccess?
    private let budget: Budget
    /// Whether what is evaluated is recorded, which wants an instrumented engine.
    private let traces: Bool

    package init(
        _ policies: ConftestPolicies, now: Int64, runtime: Document? = nil, network: NetworkAccess? = nil,
        budget: Budget = Budget(), traces: Bool = false
    ) {
        self.traces = traces
        self.policies = policies
        self.now = now
        self.runtime = runtime
        self.network = network
        self.budget = budget
    }

    /// What is said about the files, each alone or all as one list.
    package func run(_ inputs: ConftestInputs, combining: Bool) -> ConftestResults {
        var results = ConftestResults()
        guard let engine = policies.engine else { return results }
        var evaluator = makeEvaluator(engine, data: policies.data)
        var owner = policies.data
        defer { withExtendedLifetime(owner) {} }
        var tracer = traces ? Tracer(evaluator, level: .full) : nil
        var table: [[ConftestResults.File]] = []
        if combining {
            let (list, documents) = inputs.combined()
            var rows = policies.namespaces.map { ConftestResults.File(path: "Combined", namespace: $0.name) }
            judge(list, at: "Combined", documents, evaluator, &rows, &results)
            table.append(rows)
        } else {
            for file in inputs.files {
                if policies.readsFile {
                    finish(evaluator, &results)
                    owner = data(for: file.path)
                    evaluator = makeEvaluator(engine, data: owner)
                    results.trace += tracer?.text ?? ""
                    tracer = traces ? Tracer(evaluator, level: .full) : nil
                }
                var rows = policies.namespaces.map { ConftestResults.File(path: file.path, namespace: $0.name) }
                for document in file.documents { judge(document, at: file.path, nil, evaluator, &rows, &results) }
                table.append(rows)
            }
        }
        finish(evaluator, &results)
        results.trace += tracer?.text ?? ""
        results.files = policies.namespaces.indices.flatMap { number in table.map { $0[number] } }
        return results
    }

    private func makeEvaluator(_ engine: Engine, data: Document) -> Evaluator {
        let evaluator = Evaluator(engine, data: data.root)
        evaluator.budget = budget
        evaluator.context.now = now
        if let runtime { evaluator.context.runtime = runtime.root }
        network?.install(in: evaluator.context)
        return evaluator
    }

    private func finish(_ evaluator: Evaluator, _ results: inout ConftestResults) {
        for error in evaluator.builtinErrors.map(\.diagnostic) where !results.builtinErrors.contains(error) {
            results.builtinErrors.append(error)
        }
        evaluator.begin(input: .undefined)
    }

    /// The base documents with `conftest.file`, the absolute place of a file.
    private func data(for path: String) -> Document {
        let place = path == "-" ? path : FilePath.normalized(FileSystem.absolute(path))
        let file = Document { arena in
            arena.object([
                "name": arena.string(FilePath.name(of: place)), "dir": arena.string(FilePath.folder(of: place)),
            ])
        }
        let parts = [
            BaseDocuments.Part(path: [], value: policies.data.root, name: "data"),
            BaseDocuments.Part(path: ["conftest", "file"], value: file.root, name: path),
        ]
        return withExtendedLifetime(file) { BaseDocuments.merge(parts).document }
    }

    // MARK: One document

    /// - Parameter documents: what the input is a list of.
    private func judge(
        _ document: Document, at path: String, _ documents: [(path: String, document: Document)]?, _ evaluator: Evaluator,
        _ rows: inout [ConftestResults.File], _ results: inout ConftestResults
    ) {
        evaluator.begin(input: document.root)
        for (number, namespace) in policies.namespaces.enumerated() {
            let before = rows[number].tests
            for rule in namespace.rules {
                // Each rule has a budget of its own.
                evaluator.renewSteps()
                let name = "data.\(namespace.name).\(rule.name)"
                let excepted = exceptions(namespace.name, rule.name, evaluator, path, &results)
                rows[number].exceptions += excepted
                guard let entrypoint = policies.engine?.entrypoint(name) else { continue }
                let outcome = evaluator.evaluate(entrypoint)
                if case .fault(let fault) = outcome {
                    results.problems.append(note(fault.diagnostic, path))
                    continue
                }
                guard excepted.isEmpty, case .value(let value) = outcome else { continue }
                let place = Place(document: document, path: path, documents: documents)
                do throws(ConftestProblem) {
                    let found = try read(value, of: name, place) { evaluator.origins(entrypoint, in: document) }
                    if found.isEmpty { rows[number].successes += 1 }
                    if rule.isFailure { rows[number].failures += found } else { rows[number].warnings += found }
                } catch {
                    results.problems.append(note(Diagnostic(code: "policy_result_error", message: error.message), path))
                }
            }
            let definitions = namespace.rules.reduce(0) { $0 + $1.definitions }
            rows[number].successes += max(0, definitions - (rows[number].tests - before))
        }
        results.output += evaluator.context.output
    }

    private func note(_ problem: Diagnostic, _ path: String) -> Diagnostic {
        var problem = problem
        problem.notes.append(Diagnostic.Note("while checking \(path)"))
        return problem
    }

    /// The exceptions of a package that name a rule, one for each time they do.
    private func exceptions(
        _ namespace: String, _ rule: String, _ evaluator: Evaluator, _ path: String, _ results: inout ConftestResults
    ) -> [ConftestResults.Result] {
        guard let entrypoint = policies.engine?.entrypoint("data.\(namespace).exception") else { return [] }
        switch evaluator.evaluate(entrypoint) {
        case .undefined: return []
        case .fault(let fault):
            let problem = note(fault.diagnostic, path)
            if !results.problems.contains(problem) { results.problems.append(problem) }
            return []
        case .value(let value):
            let name = ConftestPolicies.exceptionName(of: rule)
            let count = Self.members(of: value).flatMap(Self.members).count { $0.stringValue == name }
            let query = "data.\(namespace).exception[_][_] == \"\(name)\""
            return Array(repeating: ConftestResults.Result(message: query, file: path), count: count)
        }
    }

    private static func members(of value: Value) -> [Value] {
        switch value.kind {
        case .set, .array: Array(value.elements)
        case .object: Array(value.values)
        default: []
        }
    }
}
