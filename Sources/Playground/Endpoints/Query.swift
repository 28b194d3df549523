import Catalogue
import Diagnostics
import Documents
import Judging
import Rego
import RegoRuntime
import RegoSyntax

extension PlaygroundAPI {
    /// `POST /api/query`.
    func query(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        let reader = MemberReader(body.root)
        guard let text = try reader.string("query"), !text.allSatisfy(\.isWhitespace) else {
            throw PlaygroundError.badRequest("`query` is empty.")
        }
        let options = try EvaluateOptions(body.root.field("options"))
        let file = try reader.string("file")
        let resource = try reader.int("resource") ?? options.resource
        var timings = Timings()
        let isTest = file?.hasPrefix("tests/") ?? false
        let sources = workspace.sources(.policies) + (isTest ? workspace.sources(.tests) : [])
        let modules = PolicyModules(sources, library: library)
        let budget = RunBudget(limits: limits, job: call.job)
        let data = runData(workspace, options, modules, budget)
        timings.end("parse")
        let home = modules.modules.first { $0.file.path == file } ?? modules.modules.first
        var compileOptions = CompileOptions()
        compileOptions.isStrict = options.isStrict
        let (engine, found) = Engine.compile(
            parsed: modules.all, queries: [text], queryPackage: home?.package.path.names ?? [],
            queryImports: home?.importedPaths ?? [:], builtins: PolicyBuiltins.offline, options: compileOptions,
            parseProblems: modules.problems)
        timings.end("compile")
        let subject = data.subjects.list.indices.contains(resource) ? data.subjects.list[resource] : nil
        var answer = QueryAnswer(problems: found + data.problems, subject: subject)
        if let engine {
            let document = data.document(for: modules.parameterised)
            defer { withExtendedLifetime((data, document)) {} }
            let evaluator = Evaluator(engine, data: document.document.root, strictBuiltinErrors: options.strictBuiltinErrors)
            let form = options.form ?? home.map { modules.form(ofFile: $0.file.path) } ?? .object
            let view = subject.map {
                SubjectInput($0.subject(options.admission), form: form, parameters: data.parameters?.root ?? .undefined)
            }
            try evaluate(text, on: evaluator, view, budget, &answer)
        }
        timings.end("evaluate")
        return .json(answer.json(timings))
    }

    private func evaluate(
        _ text: String, on evaluator: Evaluator, _ view: SubjectInput?, _ budget: RunBudget, _ answer: inout QueryAnswer
    ) throws {
        evaluator.context.now = options.now()
        evaluator.context.isCancelled = { budget.isSpent }
        evaluator.budget = budget.remaining
        evaluator.begin(input: view?.document.root ?? .undefined)
        do {
            var room = ValueText.Room(limits)
            func named(_ name: String, _ value: Value) -> JSON { .object([("name", .string(name))] + room.members(value)) }
            answer.rows = try evaluator.query(text).prefix(1000).map { row in
                .object([
                    ("bindings", .array(row.bindings.map { named($0.name, $0.value) })),
                    ("expressions", .array(row.expressions.map { named($0.text, $0.value) })),
                ])
            }
        } catch {
            if error.code == "eval_cancel_error" {
                answer.stops.append(RunBudget.stop(error.message, rule: "the query"))
            } else {
                answer.problems.append(error.diagnostic)
            }
        }
        try budget.checkCancelled()
        answer.output = evaluator.context.output.prefix(EvaluationRun.maximumOutput).map { line in
            .object([("text", .string(String(line.prefix(2000))))])
        }
    }
}

/// What a query came to.
private struct QueryAnswer {
    var problems: [Diagnostic]
    var subject: InputObject?
    var rows: [JSON] = []
    var output: [JSON] = []
    var stops: [JSON] = []

    func json(_ timings: Timings) -> JSON {
        .members([
            "rows": .array(rows), "resource": subject?.json, "diagnostics": .diagnostics(problems), "output": .array(output),
            "stopped": .array(stops), "timings": timings.json,
        ])
    }
}
