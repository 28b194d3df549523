import Catalogue
import Diagnostics
import Documents
import Judging
import Rego
import RegoRuntime
import RegoSyntax

/// Judges an answer to a step of the tutorial by what it evaluates to.
struct TutorialCheck {
    private let step: Tutorial.Step
    private let workspace: Workspace
    private let library: PolicyLibrary
    private let budget: RunBudget
    private let modules: PolicyModules

    init(_ step: Tutorial.Step, workspace: Workspace, library: PolicyLibrary, budget: RunBudget) {
        self.step = step
        self.workspace = workspace
        self.library = library
        self.budget = budget
        modules = PolicyModules(workspace.sources(.policies), library: library)
    }

    func answer() -> JSON {
        let queries = step.checks.map(\.query).filter { !$0.isEmpty }
        let (engine, problems) = Engine.compile(
            parsed: modules.all, queries: queries, builtins: PolicyBuiltins.offline, parseProblems: modules.problems)
        guard let engine else {
            return Self.answer(false, "The policy does not compile yet; see the marked place.", [], problems)
        }
        let results = step.checks.map { ($0.title, detail(of: $0, engine)) }
        let isCorrect = results.allSatisfy { $0.1 == nil }
        let message = isCorrect ? "Correct." : "Not yet: \(results.first { $0.1 != nil }?.0 ?? "")."
        return Self.answer(isCorrect, message, results, problems)
    }

    private static func answer(
        _ isCorrect: Bool, _ message: String, _ results: [(title: String, detail: String?)], _ problems: [Diagnostic]
    ) -> JSON {
        .object([
            ("correct", .bool(isCorrect)), ("message", .string(message)),
            (
                "checks",
                .array(
                    results.map { result in
                        .members([
                            "title": .string(result.title), "passed": .bool(result.detail == nil),
                            "detail": result.detail.map(JSON.string),
                        ])
                    })
            ),
            ("diagnostics", .diagnostics(problems)),
        ])
    }

    /// What was seen instead of what a check asks for; nil when it is fulfilled.
    private func detail(of check: Tutorial.Check, _ engine: Engine) -> String? {
        if let broken = check.brokenPolicy { return testDetail(broken) }
        var own = workspace
        if let input = check.input { own[.inputs] = [Workspace.File(path: "check.yaml", text: input)] }
        if own[.inputs].isEmpty { own[.inputs] = step.workspace[.inputs] }
        own[.data] = step.workspace[.data]
        let data = RunData(own, limit: 10)
        let document = data.document(for: [])
        let evaluator = Evaluator(engine, data: document.document.root)
        defer { withExtendedLifetime((data, document, evaluator)) {} }
        evaluator.context.isCancelled = { budget.isSpent }
        evaluator.budget = budget.remaining
        evaluator.begin(input: data.subjects.list.first?.document.root ?? .undefined)
        let found: String?
        do {
            found = try evaluator.query(check.query).first?.expressions.last.map { JSONWriter.string($0.value) }
        } catch {
            return error.message
        }
        return found == check.value ? nil : "\(check.query) is \(found ?? "undefined"), not \(check.value ?? "undefined")"
    }

    /// The reader's tests pass with the step's policy and at least one fails with the broken one.
    private func testDetail(_ broken: String) -> String? {
        let verdicts = verdicts(step.workspace[.policies].map { SourceFile(path: "policies/\($0.path)", text: $0.text) })
        guard let verdicts else { return "the tests do not compile" }
        if verdicts.isEmpty { return "there is no rule called test_…" }
        if verdicts.contains(where: { $0 != .pass }) { return "a test fails with the policy as it is" }
        let others = self.verdicts([SourceFile(path: "policies/main.rego", text: broken)]) ?? []
        return others.contains { $0 != .pass } ? nil : "the tests pass even when the policy is broken"
    }

    private func verdicts(_ policies: [SourceFile]) -> [PolicyTest.Verdict]? {
        let tests = PolicyModules(policies + workspace.sources(.tests), library: library)
        if tests.hasErrors { return nil }
        guard
            let runner = PolicyTestRunner.make(
                tests.all, builtins: PolicyBuiltins.offline, options: CompileOptions()
            ).0
        else { return nil }
        let evaluator = Evaluator(runner.engine)
        evaluator.context.isCancelled = { budget.isSpent }
        return runner.tests.indices.map { runner.run($0, on: evaluator, budget: budget.remaining).verdict }
    }
}
