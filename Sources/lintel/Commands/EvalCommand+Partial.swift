import ArgumentParser
import Authoring
import Diagnostics
import Documents
import Rego
import RegoRuntime
import RegoSyntax

/// The options of partial evaluation.
struct PartialOptions: ParsableArguments {
    @Flag(
        name: [.customShort("p"), .customLong("partial")],
        help: "Evaluate what does not depend on unknown documents and show what is left.")
    var isPartial = false

    @Option(
        name: [.customShort("u"), .customLong("unknowns")],
        help: ArgumentHelp(
            "With --partial, the documents that are unknown, such as input or data.reports; repeatable. (default: input)",
            valueName: "path"))
    var unknowns: [String] = []

    func validate() throws {
        if !isPartial, !unknowns.isEmpty { throw ValidationError("--unknowns needs --partial.") }
        for path in unknowns.flatMap({ $0.split(separator: ",") }) where Self.path(String(path)) == nil {
            throw ValidationError("--unknowns \(path): a path begins with data or input.")
        }
    }

    /// The unknown documents by the parts of their paths.
    var paths: [[String]] {
        let given = unknowns.flatMap { $0.split(separator: ",") }.compactMap { Self.path(String($0)) }
        return given.isEmpty ? [["input"]] : given
    }

    private static func path(_ text: String) -> [String]? {
        guard let term = Parser.parseTerm(SourceFile(path: "unknowns", text: text)).0 else { return nil }
        let parts: [String]
        switch term.value {
        case .var(let name): parts = [name]
        case .ref(let ref):
            parts = ref.terms.compactMap(\.stringOrVarName)
            guard parts.count == ref.terms.count else { return nil }
        default: return nil
        }
        return parts[0] == "input" || parts[0] == "data" ? parts : nil
    }
}

extension EvalCommand {
    /// Evaluates a query partially and prints what is left.
    func runPartially(
        _ query: String, _ files: PolicyFiles, imports: [String: [String]], builtins: BuiltinTable, options: CompileOptions,
        problems: [Diagnostic]
    ) throws {
        var problems = problems + files.problems
        var document: Document?
        if readsInput || input != nil {
            switch EvaluationSetup.readInput(readsInput ? "-" : input ?? "-") {
            case .success(let found): document = found
            case .failure(let failure): problems += failure.problems
            }
        }
        let modules = files.sources.map { source in
            let (module, found) = Parser.parseModule(source.file, version: source.version, options: options.parser)
            problems += found
            return module
        }
        guard !problems.contains(where: { $0.severity == .error }) else { throw failure(problems) }
        var request = PartialEvaluation.Request(
            query: query, input: document?.root ?? .undefined, data: files.data.root)
        request.unknowns = partial.paths
        request.queryPackage = package.split(separator: ".").map(String.init).filter { $0 != "data" }
        request.queryImports = imports
        let context = EvaluationContext()
        context.now = WallClock.now()
        context.memoryLimit = rego.budget.memory
        context.stepLimit = rego.budget.instructions
        if let time = rego.budget.time { context.deadline = MonotonicClock.now() + time }
        let result: PartialEvaluation?, found: [Diagnostic]
        do {
            (result, found) = try PartialEvaluation.evaluate(
                request, in: modules, builtins: builtins, options: options, context: context)
        } catch { throw failure([error.diagnostic]) }
        guard let result else { throw failure(found) }
        Console.print(PartialReport.text(result, format: format))
        if result.queries.isEmpty ? fail : failDefined { throw ExitCode(1) }
    }

    private func failure(_ problems: [Diagnostic]) -> ExitCode {
        if format == .json {
            Console.print(EvaluationReport().errors(problems))
        } else {
            Console.show(problems, colour: .auto)
        }
        return ExitCode(2)
    }
}
