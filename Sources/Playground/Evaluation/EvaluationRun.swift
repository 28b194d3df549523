import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import Rego
import RegoRuntime

/// Evaluates all policies of a workspace on all objects, within the budget of one request.
struct EvaluationRun {
    private let modules: PolicyModules
    private let data: RunData
    private let options: EvaluateOptions
    private let budget: RunBudget
    private let evaluator: Evaluator
    private let dataDocument: DataDocument
    private let rules: [PolicyModules.RuleEntry]
    private let locator: RuleLocator
    private let recorder: Recorder?
    private var room: ValueText.Room

    private(set) var violations: [ShownViolation] = []
    private(set) var values: [JSON] = []
    private(set) var output: [JSON] = []
    private(set) var problems: [Diagnostic] = []
    private(set) var admissions: [JSON] = []
    private(set) var stops: [JSON] = []
    private(set) var evaluatedPolicies: Set<String> = []
    private var stopped: Set<String> = []
    private var failed: Set<String> = []

    static let maximumViolations = 2000
    static let maximumOutput = 2000

    init(
        _ engine: Engine, _ modules: PolicyModules, _ data: RunData, _ options: EvaluateOptions, limits: PlaygroundLimits,
        job: Job, now: Int64
    ) {
        self.modules = modules
        self.data = data
        self.options = options
        room = ValueText.Room(limits)
        rules = modules.rules
        locator = RuleLocator(modules.modules)
        dataDocument = data.document(for: modules.policies)
        evaluator = Evaluator(engine, data: dataDocument.document.root, strictBuiltinErrors: options.strictBuiltinErrors)
        evaluator.context.now = now
        budget = RunBudget(limits: limits, job: job)
        let budget = budget
        evaluator.context.isCancelled = { budget.isSpent }
        recorder = options.isInstrumented
            ? Recorder(evaluator, isTimed: options.wantsProfile, traceLimit: limits.traceEvents) : nil
    }

    mutating func run() throws {
        let subjects = data.subjects.list
        for subject in subjects {
            try check(subject)
            if budget.isSpent { break }
        }
        if subjects.isEmpty, options.wantsValues { evaluateValues(of: nil) }
        try budget.checkCancelled()
        violations.sort { $0.order < $1.order }
    }

    var coverage: JSON? { options.wantsCoverage ? recorder.map { .coverage($0.coverage.report(isIncluded: Self.isOwn)) } : nil }
    var trace: JSON? { options.wantsTrace ? recorder?.trace.json : nil }
    var profile: JSON? {
        guard options.wantsProfile, let recorder else { return nil }
        let rows = recorder.profile(rules: evaluator.engine.rules)
        return .object([("rules", .array(rows.rules.map(\.json))), ("expressions", .array(rows.expressions.map(\.json)))])
    }

    private static func isOwn(_ file: SourceFile) -> Bool { file.path.hasPrefix("policies/") }

    // MARK: One object

    private mutating func check(_ subject: Subject) throws {
        let isChosen = subject.index == options.resource
        let applicable = modules.policies.filter { $0.applies(to: subject.type.groupKind) && !stopped.contains($0.entrypoint) }
        var verdict = AdmissionLines()
        recorder?.isTracing = isChosen && options.wantsTrace
        for style in InputStyle.allCases {
            let policies = applicable.filter { modules.style(of: $0.path) == style }
            if policies.isEmpty { continue }
            let view = InputView(subject, style: style, admission: options.admission, parameters: data.parameters)
            defer { withExtendedLifetime(view) {} }
            begin(view.document.root)
            for policy in policies { evaluate(policy, subject, view, &verdict) }
            addOutput(subject.index)
            try budget.checkCancelled()
            if budget.isSpent { break }
        }
        if isChosen, options.wantsValues { evaluateValues(of: subject) }
        recorder?.isTracing = false
        addAdmission(subject, verdict, isFull: isChosen)
    }

    private func begin(_ input: Value) {
        evaluator.budget = budget.remaining
        evaluator.begin(input: input)
    }

    /// What the policies said about one object.
    private struct AdmissionLines {
        var denials: [String] = []
        var warnings: [String] = []
    }

    private mutating func evaluate(_ policy: Policy, _ subject: Subject, _ view: InputView, _ verdict: inout AdmissionLines) {
        guard let entrypoint = evaluator.engine.entrypoint(policy.entrypoint) else { return }
        evaluatedPolicies.insert(policy.entrypoint)
        let outcome = evaluator.evaluate(entrypoint)
        recorder?.pause()
        switch outcome {
        case .undefined: break
        case .fault(let fault): addFault(fault, rule: policy.entrypoint, subject)
        case .value(let value):
            if value.isCollection, value.count == 0 { return }
            let rule = String(policy.entrypoint.dropFirst("data.".count))
            do {
                let results = try ResultReader(document: view.document).results(of: value, rule: rule)
                addViolations(results, policy, entrypoint, subject, view, &verdict)
            } catch {
                add(Diagnostic(
                    code: "policy_result_error", message: error.message, range: locator.definitions(policy.entrypoint).first,
                    notes: [.init("for \(subject.title)")]), rule: policy.entrypoint)
            }
        }
    }

    private mutating func addViolations(
        _ results: [PolicyResult], _ policy: Policy, _ entrypoint: Entrypoint, _ subject: Subject, _ view: InputView,
        _ verdict: inout AdmissionLines
    ) {
        var origins: [Value: DocumentPath] = [:]
        if results.contains(where: { if case .origin = $0.place { true } else { false } }) {
            // The rule is evaluated once more for it: what it prints is there already.
            let printed = evaluator.context.output.count
            recorder?.isRecording = false
            let found = evaluator.origins(entrypoint, in: view.document)
            recorder?.isRecording = true
            evaluator.context.output.removeLast(evaluator.context.output.count - printed)
            origins = Dictionary(found.map { ($0.element, $0.path) }, uniquingKeysWith: { first, _ in first })
        }
        for result in results {
            if violations.count >= Self.maximumViolations {
                add(Diagnostic(
                    code: "limit_error", message: "there are more than \(Self.maximumViolations) violations; the rest is left out"),
                    rule: "violations")
                return
            }
            let violation = ShownViolation(
                result, policy: policy, subject: subject, view: view, origins: origins,
                ruleAt: locator.definition(policy.entrypoint, saying: result.message))
            violations.append(violation)
            // A policy that judges the object alone has nothing to say when the object goes away.
            let judges = options.admission.operation != "DELETE" || modules.style(of: policy.path) != .object
            if !judges { continue }
            if violation.level == .error {
                verdict.denials.append("[\(policy.id)] \(result.message.prefix(1000))")
            } else {
                verdict.warnings.append("[\(policy.id)] \(result.message.prefix(1000))")
            }
        }
    }

    private mutating func addAdmission(_ subject: Subject, _ verdict: AdmissionLines, isFull: Bool) {
        if subject.type.kind.isEmpty { return }
        let review = options.admission.review(of: subject)
        defer { withExtendedLifetime(review) {} }
        admissions.append(
            .members([
                "resource": .int(subject.index), "allowed": .bool(verdict.denials.isEmpty),
                "request": isFull ? .value(review.root) : nil,
                "response": RequestSettings.response(
                    to: review.root, denials: verdict.denials, warnings: verdict.warnings),
            ]))
    }

    // MARK: Values, output and faults

    /// The values of all rules over one object, or without input.
    private mutating func evaluateValues(of subject: Subject?) {
        recorder?.isRecording = modules.policies.isEmpty
        defer { recorder?.isRecording = true }
        var found: [String: JSON] = [:]
        for style in InputStyle.allCases {
            let entries = rules.filter { $0.style == style && $0.kind != "test" }
            if entries.isEmpty || budget.isSpent { continue }
            let view = subject.map {
                InputView($0, style: style, admission: options.admission, parameters: data.parameters)
            }
            defer { withExtendedLifetime(view) {} }
            begin(view?.document.root ?? .undefined)
            for entry in entries {
                var members: [(String, JSON)] = [
                    ("rule", .string(entry.path)), ("kind", .string(entry.kind)), ("at", .place(entry.range)),
                ]
                guard let entrypoint = evaluator.engine.entrypoint(entry.path) else { continue }
                switch evaluator.evaluate(entrypoint) {
                case .undefined: members.append(("undefined", .bool(true)))
                case .value(let value): members += room.members(value)
                case .fault(let fault):
                    members.append(("fault", .diagnostic(fault.diagnostic)))
                    if !modules.policies.contains(where: { $0.entrypoint == entry.path }) {
                        addFault(fault, rule: entry.path, subject)
                    }
                }
                found[entry.path] = .object(members)
            }
            if modules.policies.isEmpty { addOutput(subject?.index) }
        }
        recorder?.pause()
        values = rules.compactMap { found[$0.path] }
    }

    private mutating func addOutput(_ resource: Int?) {
        for line in evaluator.context.output where output.count < Self.maximumOutput {
            output.append(
                .members(["text": .string(String(line.prefix(2000))), "resource": resource.map(JSON.int)]))
        }
    }

    private mutating func addFault(_ fault: EvaluationFault, rule: String, _ subject: Subject?) {
        if fault.code == "eval_cancel_error" {
            guard stopped.insert(rule).inserted else { return }
            stops.append(RunBudget.stop(fault, rule: rule, resource: subject?.index))
            return
        }
        var problem = fault.diagnostic
        if let subject { problem.notes.append(.init("for \(subject.title)")) }
        add(problem, rule: rule)
    }

    /// One problem of a kind for each rule: fifty objects that fail alike are one mistake.
    private mutating func add(_ problem: Diagnostic, rule: String) {
        if failed.insert("\(rule) \(problem.code)").inserted { problems.append(problem) }
    }
}
