import Authoring
import Catalogue
import Diagnostics
import Documents
import Judging
import Rego
import RegoRuntime
import RegoSyntax

extension PlaygroundAPI {
    /// `POST /api/test`.
    func test(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        let reader = MemberReader(body.root.field("options"), place: "options")
        let wantsCoverage = try reader.bool("coverage") ?? false
        let filter: TestFilter?
        do { filter = try reader.string("run").map { try TestFilter($0) } } catch let error as TestFilter.BadPattern {
            throw PlaygroundError.badRequest("`options.run`: \(error)")
        }
        var timings = Timings()
        let modules = PolicyModules(workspace.sources(.policies) + workspace.sources(.tests), library: library)
        let data = RunData(workspace, limit: limits.resources)
        timings.end("parse")
        var problems = modules.problems + data.problems
        var tests: [PolicyTest] = [], coverage: Coverage?
        if !modules.hasErrors {
            var compileOptions = CompileOptions()
            compileOptions.isInstrumented = true
            let (runner, found) = PolicyTestRunner.make(
                modules.all, builtins: PolicyBuiltins.offline, options: compileOptions
            ) { path in !path.hasPrefix("data.lintel.lib.") && filter?.matches(path) ?? true }
            problems += found
            timings.end("compile")
            if let runner {
                let document = data.document(for: modules.parameterised)
                let budget = RunBudget(limits: limits, job: call.job)
                (tests, coverage) = try run(runner, document, budget)
                if !budget.isSpent {
                    tests = runner.explained(tests, data: document.document.root, budget: budget.remaining) {
                        [now = options.now()] context in
                        context.now = now
                        context.isCancelled = { budget.isSpent }
                    }
                }
            }
        }
        timings.end("evaluate")
        let report = coverage.map { $0.report { $0.path.hasPrefix("policies/") } }
        return .json(
            .members([
                "tests": .array(tests.map(Self.json)), "counts": Self.counts(tests),
                "coverage": wantsCoverage ? report.map(JSON.coverage) : nil, "diagnostics": .diagnostics(problems),
                "timings": timings.json,
            ]))
    }

    private func run(
        _ runner: PolicyTestRunner, _ data: DataDocument, _ budget: RunBudget
    ) throws -> (tests: [PolicyTest], coverage: Coverage) {
        let evaluator = Evaluator(runner.engine, data: data.document.root)
        evaluator.context.now = options.now()
        evaluator.context.isCancelled = { budget.isSpent }
        var coverage = Coverage(runner.engine.program)
        var tests: [PolicyTest] = []
        for index in runner.tests.indices {
            tests.append(runner.run(index, on: evaluator, budget: budget.remaining) { coverage.hit($0) })
            try budget.checkCancelled()
        }
        return (tests, coverage)
    }

    private static func counts(_ tests: [PolicyTest]) -> JSON {
        let verdicts: [PolicyTest.Verdict] = [.pass, .fail, .error, .skip]
        return .object(verdicts.map { verdict in (verdict.rawValue, .int(tests.count { $0.verdict == verdict })) })
    }

    private static func json(_ entry: (path: [String], case: PolicyTest.Case)) -> JSON {
        let name = entry.path.joined(separator: " / ")
        return .object([("name", .string(name)), ("verdict", .string(entry.case.verdict.rawValue))])
    }

    private static func json(_ test: PolicyTest) -> JSON {
        .members([
            "path": .string("\(test.package).\(test.name)"), "package": .string(test.package), "name": .string(test.name),
            "verdict": .string(test.verdict.rawValue), "at": .place(test.location),
            "milliseconds": .double(Double(test.duration) / 1e6),
            "output": .strings(test.output.prefix(EvaluationRun.maximumOutput)), "fault": test.fault.map(JSON.diagnostic),
            "failure": test.failure.map { failure in
                .object([
                    ("text", .string(failure.expression.text)), ("at", .place(failure.expression)),
                    ("variables", .bindings(failure.variables.map { ($0.name, $0.full) })),
                    ("values", .bindings(failure.values.map { ($0.text, $0.value) })),
                    ("difference", .strings(failure.difference)),
                ])
            },
            "cases": test.cases.isEmpty ? nil : .array(test.allCases.map(json)),
        ])
    }
}

extension JSON {
    static func bindings(_ bindings: [(name: String, value: String)]) -> JSON {
        .array(bindings.map { .object([("name", .string($0.name)), ("value", .string(String($0.value.prefix(4000))))]) })
    }
}
