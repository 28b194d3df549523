import Catalogue
import Diagnostics
import Documents
import Gatekeeper
import Inputs
import Judging
import Rego
import RegoRuntime
import Renderings

/// Evaluates all policies of a workspace on all objects, within the budget of one request.
struct EvaluationRun {
    private let modules: PolicyModules
    private let data: RunData
    private let options: EvaluateOptions
    private let budget: RunBudget
    private let exceptions: Exceptions
    private var judge: Judge
    private let shownPolicies: [Policy]
    /// All policies that exceptions may name.
    private let known: [Policy]
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
    /// Whether the time was over before everything was judged.
    private var isCut = false

    /// The rules with values of their own, tests apart.
    var ruleCount: Int { rules.count { $0.kind != "test" } }

    static let maximumViolations = 2000
    static let maximumOutput = 2000

    init(
        _ engine: Engine, _ modules: PolicyModules, _ data: RunData, _ options: EvaluateOptions, limits: PlaygroundLimits,
        budget: RunBudget, now: Int64
    ) {
        self.modules = modules
        self.data = data
        self.options = options
        room = ValueText.Room(limits)
        rules = modules.rules
        locator = RuleLocator(modules.modules + modules.templates)
        let program = PolicyProgram(modules.policies, in: engine, form: options.form)
        shownPolicies = program.policies
        known = modules.known
        let set = CheckSet(program, data: data.document(for: modules.parameterised))
        let evaluator = Evaluator(engine, data: set.data.document.root, strictBuiltinErrors: options.strictBuiltinErrors)
        let wanted = set.checks.indices.filter { !data.configuration.skip.contains(set.checks[$0].policy.id) }
        let slots = set.slots(given: [.scene, .hostFacts, .oldObject], among: wanted)
        exceptions = Exceptions(Self.exceptionOptions(data.configuration, now: now))
        judge = Judge(set, selections: [slots], now: now, stopped: nil, evaluator: evaluator)
        judge.exceptions = exceptions
        self.budget = budget
        evaluator.context.isCancelled = { budget.isSpent }
        recorder =
            options.isInstrumented
            ? Recorder(evaluator, isTimed: options.wantsProfile, traceLimit: limits.traceEvents) : nil
        judge.observe = { [recorder] moment in
            switch moment {
            case .evaluated: recorder?.pause()
            case .looksForOrigins: recorder?.isRecording = false
            case .foundOrigins: recorder?.isRecording = true
            }
        }
    }

    private static func exceptionOptions(_ configuration: Configuration, now: Int64) -> Exceptions.Options {
        var options = Exceptions.Options()
        options.entries = configuration.exceptions
        options.readsComments = configuration.inlineExceptions ?? true
        options.readsAnnotations = options.readsComments
        options.readsForeign = configuration.foreignExceptions ?? false
        options.unsuppressible = configuration.noExceptions
        options.now = now
        // The workspace is all there is.
        options.coversAll = true
        return options
    }

    private var evaluator: Evaluator { judge.evaluator }

    mutating func run() throws {
        let subjects = data.subjects.list
        exceptions.register(subjects.map(\.resource))
        var judged = 0
        for subject in subjects where !isCut {
            if budget.isSpent {
                isCut = true
                break
            }
            try check(subject)
            if !isCut { judged += 1 }
        }
        if subjects.isEmpty, options.wantsValues { evaluateValues(of: nil) }
        try budget.checkCancelled()
        // A rule that was stopped says so itself.
        if isCut, stops.isEmpty { stops.append(RunBudget.cut(judged: judged, of: subjects.count)) }
        violations.sort { $0.order < $1.order }
        // What was not judged to its end may need its exceptions yet.
        if !budget.isSpent, stopped.isEmpty {
            problems += exceptions.problems(used: shownPolicies, all: known)
        }
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

    private mutating func check(_ object: InputObject) throws {
        let isChosen = object.index == options.resource
        var admission = Answer(), undecided = shownPolicies.map(\.entrypoint).filter(stopped.contains)
        recorder?.isTracing = isChosen && options.wantsTrace
        var sitting = Judge.Sitting(object.subject(options.admission)), form: InputForm?
        var found: [Violation] = []
        // Constraints judge a manifest as `lintel check` does, unless a request was put together for it.
        var plain =
            object.review == nil && options.admission.isPlain ? Judge.Sitting(Subject(object.resource)) : nil
        for slot in judge.slots(for: object.type.groupKind) where !stopped.contains(name(of: slot)) {
            if budget.isSpent {
                isCut = true
                break
            }
            if form != judge.set.form(of: slot) {
                if form != nil { addOutput(object.index) }
                form = judge.set.form(of: slot)
                try budget.checkCancelled()
            }
            judge.budget = budget.forChecks
            var results = CheckResults()
            if shownPolicies[slot].constraint != nil, var own = plain {
                if judge.judge(slot, &own, into: &results) { evaluatedPolicies.insert(shownPolicies[slot].id) }
                plain = own
            } else if judge.judge(slot, &sitting, into: &results) || shownPolicies[slot].constraint == nil {
                evaluatedPolicies.insert(shownPolicies[slot].id)
            }
            for fault in results.faults { add(fault, object) }
            if !results.faults.isEmpty { undecided.append(shownPolicies[slot].id) }
            found += results.violations
        }
        found += expanded(object)
        addViolations(found, try standing(found, object), object, &admission)
        addOutput(object.index)
        if isChosen, options.wantsValues { evaluateValues(of: object) }
        recorder?.isTracing = false
        addAdmission(object, admission, undecided: undecided, isFull: isChosen)
    }

    private func name(of slot: Int) -> String { shownPolicies[slot].entrypoint }

    /// What constraints say of the objects that ExpansionTemplates make of one.
    private mutating func expanded(_ object: InputObject) -> [Violation] {
        if modules.expansion.isEmpty || budget.isSpent { return [] }
        var found: [Diagnostic] = [], results = CheckResults()
        for made in modules.expansion.expand(object.resource, { found.append($0) }) {
            var sitting = Judge.Sitting(Subject(made))
            for slot in judge.slots(for: made.resource.type.groupKind) where shownPolicies[slot].constraint != nil {
                judge.budget = budget.forChecks
                if judge.judge(slot, &sitting, into: &results) { evaluatedPolicies.insert(shownPolicies[slot].id) }
            }
        }
        for problem in found { add(problem, rule: "expansion") }
        for fault in results.faults { add(fault, object) }
        return results.violations
    }

    /// What the policies said about one object.
    private struct Answer {
        var denials: [String] = []
        var warnings: [String] = []
    }

    /// Which violations the object of a review had before its update, as `lintel serve` finds them out.
    private mutating func standing(_ found: [Violation], _ object: InputObject) throws -> [Bool] {
        let nothing = found.map { _ in false }
        guard !found.isEmpty, let review = object.review, let request = try? Judging.AdmissionRequest(review),
            let before = request.before
        else { return nothing }
        try budget.checkCancelled()
        judge.budget = budget.forChecks
        recorder?.isRecording = false
        defer { recorder?.isRecording = true }
        var results = CheckResults()
        judge.judge(before, by: Set(found.map(\.slot)).sorted(), until: .max, into: &results)
        if !results.faults.isEmpty { return nothing }
        var ratchet = UpdateRatchet(results.violations, in: before.resource.value, policies: shownPolicies)
        return ratchet.wereThere(found, in: object.document.root)
    }

    private mutating func addViolations(
        _ found: [Violation], _ standing: [Bool], _ object: InputObject, _ admission: inout Answer
    ) {
        let lines = found.isEmpty ? nil : object.built?.object.lines
        for (violation, wasThere) in zip(found, standing) {
            if violations.count >= Self.maximumViolations {
                add(
                    Diagnostic(
                        code: "limit_error",
                        message: "there are more than \(Self.maximumViolations) violations; the rest is left out"),
                    rule: "violations")
                return
            }
            let policy = shownPolicies[violation.slot]
            let shown = ShownViolation(
                violation, policy: policy, object: object, ruleAt: locator.definition(policy, saying: violation.message),
                configuration: data.configuration, lines: lines)
            violations.append(shown)
            if let suppression = violation.suppression, isSeenByServer(suppression) { continue }
            // A policy that judges the object alone has nothing to say when the object goes away.
            let judges = options.admission.operation != "DELETE" || judge.set.form(of: violation.slot) != .object
            if !judges { continue }
            let line = "[\(policy.id)] \(violation.message.prefix(1000))"
            if wasThere, shown.level == .error {
                admission.warnings.append("[\(policy.id)] was there before: \(violation.message.prefix(1000))")
                continue
            }
            if shown.level == .error { admission.denials.append(line) } else { admission.warnings.append(line) }
        }
    }

    /// Whether an exception holds where objects are admitted: comments are not sent, annotations count only where the
    /// administrator allows them, and there are no files.
    private func isSeenByServer(_ suppression: Suppression) -> Bool {
        suppression.source == .configuration
            && data.configuration.exceptions.contains { entry in
                entry.range?.position.line == suppression.line && entry.path == nil
            }
    }

    /// `undecided` are the policies that have no answer: they failed or were stopped, here or at an object before.
    private mutating func addAdmission(_ object: InputObject, _ admission: Answer, undecided: [String], isFull: Bool) {
        if object.type.kind.isEmpty { return }
        let review = options.admission.review(of: object)
        defer { withExtendedLifetime(review) {} }
        admissions.append(
            .members([
                "resource": .int(object.index), "allowed": .bool(admission.denials.isEmpty),
                "undecided": admission.denials.isEmpty ? Self.undecided(undecided).map(JSON.string) : nil,
                "request": isFull ? .value(review.root) : nil,
                "response": RequestSettings.response(
                    to: review.root, denials: admission.denials, warnings: admission.warnings),
            ]))
    }

    private static func undecided(_ policies: [String]) -> String? {
        if policies.isEmpty { return nil }
        let names = Set(policies).sorted().joined(separator: ", ")
        return "There is no answer of \(names); lintel serve decides by --on-error."
    }

    // MARK: Values, output and faults

    /// The values of all rules over one object, or without input.
    private mutating func evaluateValues(of object: InputObject?) {
        recorder?.isRecording = modules.policies.isEmpty
        defer { recorder?.isRecording = true }
        var found: [String: JSON] = [:]
        let subject = object?.subject(options.admission), listed = rules.filter { $0.kind != "test" }
        let forms = listed.map { options.form ?? evaluator.engine.inputUse(of: $0.path).map(InputForm.init) ?? .object }
        for form in InputForm.allCases where forms.contains(form) && !budget.isSpent {
            let parameters = data.parameters?.root ?? .undefined
            let input = subject.map { SubjectInput($0, form: form, parameters: parameters) }
            defer { withExtendedLifetime(input) {} }
            evaluator.budget = budget.remaining
            evaluator.begin(input: input?.document.root ?? .undefined)
            for (entry, own) in zip(listed, forms) where own == form {
                guard let entrypoint = evaluator.engine.entrypoint(entry.path) else { continue }
                found[entry.path] = value(of: entry, entrypoint, object)
            }
            if modules.policies.isEmpty { addOutput(object?.index) }
        }
        recorder?.pause()
        values = rules.compactMap { found[$0.path] }
    }

    private mutating func value(of entry: PolicyModules.RuleEntry, _ entrypoint: Entrypoint, _ object: InputObject?) -> JSON {
        var members: [(String, JSON)] = [
            ("rule", .string(entry.path)), ("kind", .string(entry.kind)), ("at", .place(entry.range)),
        ]
        switch evaluator.evaluate(entrypoint) {
        case .undefined: members.append(("undefined", .bool(true)))
        case .value(let value): members += room.members(value)
        case .fault(let fault):
            members.append(("fault", .diagnostic(fault.diagnostic)))
            if !modules.policies.contains(where: { $0.entrypoint == entry.path }) {
                addFault(fault.code, fault.message, fault.diagnostic, rule: entry.path, object)
            }
        }
        return .object(members)
    }

    private mutating func addOutput(_ resource: Int?) {
        for line in evaluator.context.output where output.count < Self.maximumOutput {
            output.append(
                .members(["text": .string(String(line.prefix(2000))), "resource": resource.map(JSON.int)]))
        }
    }

    private mutating func add(_ fault: CheckResults.Fault, _ object: InputObject) {
        let policy = shownPolicies[fault.slot]
        var problem = fault.diagnostic
        problem.message = fault.message
        problem.notes = problem.notes.dropLast()
        if problem.range == nil { problem.range = locator.definitions(policy.entrypoint).first }
        addFault(fault.code, fault.message, problem, rule: policy.entrypoint, object)
    }

    private mutating func addFault(
        _ code: String, _ message: String, _ diagnostic: Diagnostic, rule: String, _ object: InputObject?
    ) {
        if code == "eval_cancel_error" {
            guard stopped.insert(rule).inserted else { return }
            stops.append(
                RunBudget.stop(message, rule: rule, at: locator.definitions(rule).first, resource: object?.index))
            return
        }
        var problem = diagnostic
        if let object { problem.notes.append(.init("for \(object.title)")) }
        add(problem, rule: rule)
    }

    /// One problem of a kind for each rule: fifty objects that fail alike are one mistake.
    private mutating func add(_ problem: Diagnostic, rule: String) {
        if failed.insert("\(rule) \(problem.code)").inserted { problems.append(problem) }
    }
}
