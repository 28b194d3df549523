import Diagnostics
import Documents
import Rego
import RegoNetwork
import RegoRuntime
import RegoSyntax

extension ShellSession {
    /// The query that tells what stands in for the input.
    private static let inputQuery = "data.repl.input"

    func evaluate(_ query: String) -> Answer {
        let start = MonotonicClock.now()
        var options = settings.options
        options.isInstrumented = level != .off || profiles
        let modules = allModules()
        let compileStart = MonotonicClock.now()
        let (engine, problems) = Engine.compile(
            parsed: modules, queries: [query, Self.inputQuery], queryPackage: path, queryImports: package.names,
            builtins: settings.builtins, options: options)
        var answer = Answer(problems: problems)
        guard let engine else { return answer }
        let evaluator = Evaluator(engine, data: files.data.root, strictBuiltinErrors: isStrict)
        prepare(evaluator.context)
        evaluator.budget = settings.budget
        settings.network?.install(in: evaluator.context)
        do throws(EvaluationFault) {
            let replaced = try replacedInput(evaluator)
            let value = replaced?.root ?? input?.root ?? .undefined
            evaluator.begin(input: value)
            let evaluationStart = MonotonicClock.now()
            if !unknowns.isEmpty {
                answer.text = try partial(query, modules, value)
            } else {
                let (text, notes) = try rows(query, evaluator)
                answer.text = text
                answer.notes = notes
                if showsTypes { answer.text += types(query, modules) }
            }
            if showsMetrics {
                answer.text += figures([
                    ("timer_rego_query_parse_ns", compileStart - start),
                    ("timer_rego_query_compile_ns", evaluationStart - compileStart),
                    ("timer_rego_query_eval_ns", MonotonicClock.now() - evaluationStart),
                ])
            }
            withExtendedLifetime(replaced) {}
        } catch {
            answer.problems.append(error.diagnostic)
        }
        return answer
    }

    private func prepare(_ context: EvaluationContext) {
        context.now = settings.now()
        if let runtime = settings.runtime { context.runtime = runtime.root }
        context.isCancelled = settings.isInterrupted
    }

    private func replacedInput(_ evaluator: Evaluator) throws(EvaluationFault) -> Document? {
        evaluator.begin(input: input?.root ?? .undefined)
        guard let value = try evaluator.query(Self.inputQuery).first?.expressions.first?.value else { return nil }
        return Document { $0.copy(value) }
    }

    private func rows(_ query: String, _ evaluator: Evaluator) throws(EvaluationFault) -> (text: String, notes: String) {
        let tracer = level == .off ? nil : Tracer(evaluator, level: level)
        let profiler = profiles ? Profiler(evaluator) : nil
        let rows = try evaluator.query(query)
        var text = tracer?.text ?? ""
        text += EvaluationReport().text(rows, query: query, format: format, prettyLimit: prettyLimit)
        if let profiler {
            text += profiler.finish().prefix(20).map { entry in
                "\(entry.time / 1000) µs\t\(entry.evaluations)×\t\(entry.range.file.path):\(entry.range.position.line)\n"
            }.joined()
        }
        return (text, evaluator.context.output.map { $0 + "\n" }.joined())
    }

    private func partial(_ query: String, _ modules: [Module], _ input: Value) throws(EvaluationFault) -> String {
        var request = PartialEvaluation.Request(query: query, input: input, data: files.data.root)
        request.unknowns = unknowns
        request.queryPackage = path
        request.queryImports = package.names
        let context = EvaluationContext()
        prepare(context)
        context.memoryLimit = settings.budget.memory
        context.stepLimit = settings.budget.instructions
        if let time = settings.budget.time { context.deadline = MonotonicClock.now() + time }
        let (result, _) = try PartialEvaluation.evaluate(
            request, in: modules, builtins: settings.builtins, options: settings.options, context: context)
        return result.map { PartialReport.text($0, format: format) } ?? ""
    }

    private func types(_ query: String, _ modules: [Module]) -> String {
        Engine.types(
            ofQuery: query, in: modules, package: path, imports: package.names, builtins: settings.builtins,
            options: settings.options
        ).map { "# \($0.name): \($0.type.description)\n" }.joined()
    }

    private func figures(_ figures: [(name: String, value: Int64)]) -> String {
        let width = figures.map(\.name.count).max() ?? 0
        return figures.map { "\($0.name)\(String(repeating: " ", count: width - $0.name.count))  \($0.value)\n" }.joined()
    }
}
