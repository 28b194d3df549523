import Catalogue
import Diagnostics
import Documents
import Inputs
import Rego
import RegoRuntime
import RegoSyntax
import Renderings

extension PlaygroundAPI {
    /// `POST /api/evaluate`.
    func evaluate(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        let options = try EvaluateOptions(body.root.field("options"))
        var timings = Timings()
        let budget = RunBudget(limits: limits, job: call.job)
        let modules = PolicyModules(workspace.sources(.policies), library: library)
        let data = runData(workspace, options, modules, budget)
        var problems = modules.problems + modules.remarks + data.problems + Self.syntaxProblems(of: workspace.sources(.tests))
        for file in workspace.sources(.policies) where file.path.hasSuffix(".rego") {
            var names = FieldNames(file, modules, data, library: library)
            problems += names.problems()
        }
        timings.end("parse")
        try call.checkCancelled()
        guard !modules.hasErrors, let engine = compile(modules, options, &problems) else {
            timings.end("compile")
            return .json(answer(nil, data, modules, problems, timings))
        }
        problems += FieldNames.typeProblems(modules, data, beside: problems)
        timings.end("compile")
        var run = EvaluationRun(engine, modules, data, options, limits: limits, budget: budget, now: self.options.now())
        try run.run()
        timings.end("evaluate")
        return .json(answer(run, data, modules, problems + run.problems, timings))
    }

    /// What a workspace is evaluated on, what its sources are built to among it.
    func runData(
        _ workspace: Workspace, _ options: EvaluateOptions, _ modules: PolicyModules, _ budget: RunBudget
    ) -> RunData {
        let builds =
            workspace[.sources].isEmpty ? nil : SourceBuilds(workspace, options.build, limits: limits, budget: budget)
        var data = RunData(workspace, limit: limits.resources, builds: builds)
        data.configure(workspace, policies: modules.known)
        return data
    }

    func compile(_ modules: PolicyModules, _ options: EvaluateOptions, _ problems: inout [Diagnostic]) -> Engine? {
        var compileOptions = CompileOptions()
        compileOptions.isInstrumented = options.isInstrumented
        compileOptions.recordsOrigins = true
        compileOptions.recordsInputUse = true
        compileOptions.isStrict = options.isStrict
        let (engine, found) = Engine.compile(
            parsed: modules.all, entrypoints: modules.policies.map(\.entrypoint) + modules.rules.map(\.path),
            parts: modules.policies.compactMap(\.part),
            builtins: PolicyBuiltins.offline, options: compileOptions)
        problems += found
        return engine
    }

    /// What keeps tests from being read; they are not compiled here.
    private static func syntaxProblems(of sources: [SourceFile]) -> [Diagnostic] {
        sources.isEmpty ? [] : UserPolicies(sources: sources).problems
    }

    private func answer(
        _ run: EvaluationRun?, _ data: RunData, _ modules: PolicyModules, _ problems: [Diagnostic], _ timings: Timings
    ) -> JSON {
        let violations = run?.violations ?? []
        var counts: [(String, JSON)] = []
        for severity in PolicySeverity.allCases {
            let count = violations.count { $0.severity == severity && $0.suppression == nil }
            if count > 0 { counts.append((severity.rawValue, .int(count))) }
        }
        let skipped = data.subjects.skipped.map { document -> JSON in
            .object([
                ("file", .string(document.path)), ("line", .int(document.line)), ("reason", .string(document.reason.rawValue)),
            ])
        }
        return .members([
            "violations": .array(violations.map(\.json)), "resources": .array(data.subjects.list.map(\.json)),
            "values": run.map { .array($0.values) }, "output": .array(run?.output ?? []),
            "diagnostics": .diagnostics(problems), "coverage": run?.coverage, "trace": run?.trace, "profile": run?.profile,
            "builds": data.builds?.json(room: limits.shownText),
            "admission": run.map { .array($0.admissions) }, "stopped": .array(run?.stops ?? []),
            "summary": .members([
                "policies": .int(modules.policies.count), "ruleCount": .int(run?.ruleCount ?? 0),
                "resources": .int(data.subjects.list.count),
                "violations": .object(counts), "suppressed": .int(violations.count { $0.suppression != nil }),
                "skipped": .array(skipped),
                "nothingEvaluated": Self.nothingEvaluated(run, data, modules).map(JSON.string),
            ]),
            "timings": timings.json,
        ])
    }

    /// Why the run proves nothing; nil when at least one policy looked at one object.
    private static func nothingEvaluated(_ run: EvaluationRun?, _ data: RunData, _ modules: PolicyModules) -> String? {
        guard let run else { return "the policies do not compile" }
        if !run.evaluatedPolicies.isEmpty { return nil }
        if modules.rules.isEmpty, modules.policies.isEmpty { return "there is no rule yet" }
        if modules.policies.isEmpty { return "no rule is called deny, violation or warn" }
        if data.subjects.list.isEmpty { return nothing(in: data) }
        return "no policy applies to the objects of the input"
    }

    private static func nothing(in data: RunData) -> String {
        guard let builds = data.builds else { return "there is no input" }
        if builds.isIncomplete { return "what the sources make is not built" }
        if !builds.builds.isEmpty { return "the sources make no object" }
        return builds.repository.roots.isEmpty
            ? "there is no chart or kustomization among the sources" : "nothing of the sources stands on its own"
    }
}

extension JSON {
    static func coverage(_ files: [Coverage.FileReport]) -> JSON {
        .object([
            ("percent", .double(Coverage.percent(files))),
            (
                "files",
                .array(
                    files.map { file in
                        .object([
                            ("file", .string(file.path)), ("percent", .double(file.percent)),
                            ("covered", .array(file.covered.map(JSON.int))),
                            ("notCovered", .array(file.notCovered.map(JSON.int))),
                        ])
                    })
            ),
        ])
    }
}
