package import Diagnostics
package import Documents
import Inputs
package import Rego
package import RegoNetwork
package import RegoRuntime

/// A compiled query with its base documents and input, ready to evaluate.
package struct EvaluationSetup {
    package var engine: Engine?
    package var files: PolicyFiles
    package var input: Document?
    package var problems: [Diagnostic]

    /// Compiles a query over the files that `-d` names.
    package static func make(
        query: String, files: PolicyFiles, package: [String] = [], imports: [String: [String]] = [:], inputPath: String?,
        builtins: BuiltinTable, options: CompileOptions
    ) -> EvaluationSetup {
        var problems = files.problems
        var input: Document?
        if let inputPath {
            switch readInput(inputPath) {
            case .success(let document): input = document
            case .failure(let failure): problems += failure.problems
            }
        }
        let (engine, found) = Engine.compile(
            files.sources, queries: [query], queryPackage: package, queryImports: imports, builtins: builtins, options: options)
        problems += V0Hint.added(to: found, sources: files.sources, options: options)
        return EvaluationSetup(engine: engine, files: files, input: input, problems: problems)
    }

    package struct InputFailure: Error { package var problems: [Diagnostic] }

    /// The one document of a JSON or YAML file; `-` is standard input.
    package static func readInput(_ path: String) -> Result<Document, InputFailure> {
        let bytes: [UInt8]
        do {
            bytes = try path == "-" ? FileSystem.readStandardInput(name: "<stdin>") : FileSystem.read(path)
        } catch {
            let problem = Diagnostic(code: "io_error", message: "cannot read input \(path): \(error.reason)")
            return .failure(InputFailure(problems: [problem]))
        }
        let source = SourceFile(path: path, bytes: bytes)
        // As OPA reads inputs, but manifests as kubectl does.
        var reader = YAMLReader()
        reader.hasWordBooleans = false
        var stream = reader.read(source)
        if stream.documents.contains(where: { $0.root.isManifest }) { stream = YAMLReader().read(source) }
        if !stream.diagnostics.isEmpty { return .failure(InputFailure(problems: stream.diagnostics)) }
        guard stream.documents.count == 1 else {
            let message = "the input \(path) has \(stream.documents.count) documents; give one"
            return .failure(InputFailure(problems: [Diagnostic(code: "input_error", message: message)]))
        }
        return .success(stream.documents[0])
    }

    /// Whether a problem keeps the query from being evaluated.
    package var hasErrors: Bool { engine == nil || problems.contains { $0.severity == .error } }

    /// An evaluator that has begun with the input.
    package func evaluator(
        strictBuiltinErrors: Bool, budget: Budget, now: Int64, runtime: Document? = nil, network: NetworkAccess? = nil
    ) -> Evaluator? {
        guard let engine else { return nil }
        let evaluator = Evaluator(engine, data: files.data.root, strictBuiltinErrors: strictBuiltinErrors)
        evaluator.context.now = now
        if let runtime { evaluator.context.runtime = runtime.root }
        evaluator.budget = budget
        network?.install(in: evaluator.context)
        evaluator.begin(input: input?.root ?? .undefined)
        return evaluator
    }
}
