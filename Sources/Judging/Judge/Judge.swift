import Catalogue
package import Diagnostics
package import Documents
import Gatekeeper
package import Inputs
package import Rego
import RegoNetwork
package import RegoRuntime
import Schemas
import Text

/// What the checks of one subject may spend.
package struct CheckBudget: Sendable {
    /// Loop steps, calls and the work of builtins.
    package var instructions = 200_000_000
    /// Whether each check has these steps for itself; else all checks of a subject share them.
    package var isForEachCheck = false
    /// Steps of all inputs of a subject together, beside what each may spend.
    package var total = Int.max
    /// Bytes of values made.
    package var memory = 256 << 20
    /// Nanoseconds, where somebody waits; nil where the verdict must not depend on the load of the machine.
    package var time: Int64?
    /// How often the rest of the checks get a new budget after one used it up.
    package var restarts = Int.max

    package init() {}
}

/// Judges subjects by checks, one after the other: the one place where a policy meets an object. One for each thread.
///
/// It picks the checks that apply, gives each rule the subject in the form it is written for, stays within budgets and
/// finds the places of what is found. It reads no files and shows nothing.
package struct Judge {
    /// What a judge can tell while it works, to those who record evaluations.
    package enum Moment { case evaluated, looksForOrigins, foundOrigins }

    package let set: CheckSet
    package let evaluator: Evaluator
    package var budget = CheckBudget()
    /// Whether violations are to have places; without, only their messages are collected.
    package var findsPlaces = true
    /// The most violations of a check in one subject that are located; the others are counted.
    package var violationLimit = Int.max
    /// Where the subject comes in the order in which a single thread would judge them.
    package var position = 0
    /// Ends all turns when it says so.
    package var stop: RunStop? {
        didSet { evaluator.context.isCancelled = { [stop] in stop?.isStopped ?? false } }
    }
    /// Whether what a rule says of several nodes in the same words is one violation for each of them.
    package var tellsEveryOrigin = false
    /// What is accepted; nil when nothing is.
    package var exceptions: Exceptions?
    /// Whether the time of each turn is taken.
    package var takesTime = false
    package var observe: ((Moment) -> Void)?
    private let selections: [[Int]]
    let stopped: StoppedChecks?
    /// The checks of each selection that look at Pod templates.
    private let podSlots: [[Int]]
    private let workloads: Workloads
    private var slotsByKind: [[GroupKind: [Int]]]
    let shared = SharedTexts()
    /// Checks that have looked at a subject, by slot.
    private var seen: [Bool]

    /// The kinds remembered at most: those who send reviews can make new ones.
    private static let rememberedKinds = 4096
    /// An hour: later deadlines are none.
    private static let longestTime: Int64 = 3_600_000_000_000

    /// - Parameters:
    ///   - selections: choices among the checks, by slot; each subject is judged by one of them.
    ///   - now: nanoseconds since 1970-01-01 UTC that policies take for the present.
    ///   - stopped: where checks are noted that must not run again; nil to try them on each subject.
    ///   - evaluator: what evaluates the rules, for those who attach something to it.
    package init(
        _ set: CheckSet, selections: [[Int]], now: Int64, stopped: StoppedChecks?, evaluator: Evaluator? = nil
    ) {
        self.set = set
        self.selections = selections
        self.stopped = stopped
        podSlots = selections.map { $0.filter { set.checks[$0].policy.judges != .object && set.form(of: $0) == .object } }
        workloads = set.data.configuration.podTemplates
        seen = [Bool](repeating: false, count: set.checks.count)
        slotsByKind = [[GroupKind: [Int]]](repeating: [:], count: selections.count)
        self.evaluator = evaluator ?? Evaluator(set.engine, data: set.data.document.root)
        self.evaluator.context.now = now
        set.data.network?.install(in: self.evaluator.context)
    }

    /// The checks of a selection that look at a kind, in the order they take their turns.
    package mutating func slots(for kind: GroupKind, among selection: Int = 0) -> [Int] {
        if let known = slotsByKind[selection][kind] { return known }
        let found = selections[selection].filter { set.checks[$0].applies(to: kind) }
        if slotsByKind[selection].count >= Self.rememberedKinds { slotsByKind[selection].removeAll() }
        slotsByKind[selection][kind] = found
        return found
    }

    /// Judges a subject by every check of a selection that looks at its kind.
    /// - Parameter deadline: when to give up, by `MonotonicClock`.
    package mutating func judge(
        _ subject: Subject, among selection: Int = 0, until deadline: Int64 = .max, into results: inout CheckResults
    ) {
        let slots = slots(for: subject.resource.type.groupKind, among: selection)
        if !slots.isEmpty {
            var sitting = Sitting(subject, until: deadline)
            judge(slots, &sitting, into: &results)
            if sitting.isStopped, budget.restarts == 0 { return }
        }
        if podSlots[selection].isEmpty || !subject.isJudgedAsObject { return }
        // Kinds that are not Kubernetes' own are judged once for each Pod template.
        for view in workloads.views(of: subject.resource) {
            var sitting = Sitting(subject, view: view, until: deadline)
            judge(podSlots[selection].filter { view.isJudged(by: set.checks[$0].policy) }, &sitting, into: &results)
        }
    }

    /// Judges a subject by some checks, whatever selection they are of; those that do not look at its kind say nothing.
    package mutating func judge(
        _ subject: Subject, by slots: [Int], until deadline: Int64, into results: inout CheckResults
    ) {
        let kind = subject.resource.type.groupKind
        var sitting = Sitting(subject, until: deadline)
        judge(slots.filter { set.checks[$0].applies(to: kind) }, &sitting, into: &results)
        if sitting.isStopped, budget.restarts == 0 { return }
        let pods = slots.filter { set.checks[$0].policy.judges != .object && set.form(of: $0) == .object }
        if pods.isEmpty || !subject.isJudgedAsObject { return }
        for view in workloads.views(of: subject.resource) {
            var sitting = Sitting(subject, view: view, until: deadline)
            judge(pods.filter { view.isJudged(by: set.checks[$0].policy) }, &sitting, into: &results)
        }
    }

    private mutating func judge(_ slots: [Int], _ sitting: inout Sitting, into results: inout CheckResults) {
        var time = takesTime ? MonotonicClock.now() : 0
        if takesTime { results.durations.reserveCapacity(results.durations.count + slots.count) }
        for slot in slots {
            if let stopped, stopped.contains(slot, at: position) { continue }
            if let stop, stop.isStopped { return }
            guard judge(slot, &sitting, into: &results) else { continue }
            if takesTime {
                let end = MonotonicClock.now()
                results.durations.append((slot, end - time))
                time = end
            }
            if sitting.isStopped, budget.restarts == 0 { break }
        }
    }

    /// Errors of builtins that made expressions of the policies undefined, one for each place, with a note that names the
    /// rule.
    package var builtinErrors: [Diagnostic] { evaluator.builtinErrors.map(\.diagnostic) }

    // MARK: One turn

    /// One subject while checks take their turns on it.
    package struct Sitting {
        package let subject: Subject
        /// The Pod template that is judged in place of the object.
        let view: PodView?
        fileprivate let deadline: Int64
        let screen: SecretScreen
        fileprivate(set) var isStopped = false
        fileprivate var restarts = 0
        /// Steps that earlier inputs took.
        fileprivate var spent = 0
        /// The number of what the machine has for input; nil when it must begin.
        fileprivate var inputNumber: Int?
        fileprivate var parameters = Value.undefined
        /// The object with what the API server fills in, when the machine has that for input.
        fileprivate var filled: Document?
        fileprivate var isFilled = false
        /// The input made for that number; kept as long as the machine uses it.
        fileprivate var input: SubjectInput?
        /// The reviews of the subject, plain and as Gatekeeper has them, made when a form first asks.
        var review: Document?
        var gatekeeperReview: Document?
        /// What matches of constraints look at.
        var candidates: [MatchCandidate]?
        /// What the last check said, for those that say the same.
        var told: Told?

        package init(_ subject: Subject, view: PodView? = nil, until deadline: Int64 = .max) {
            self.subject = subject
            self.view = view
            self.deadline = deadline
            screen = SecretScreen(subject.resource)
        }
    }

    /// One check's turn.
    /// - Returns: whether it looked at the subject.
    @discardableResult
    package mutating func judge(_ slot: Int, _ sitting: inout Sitting, into results: inout CheckResults) -> Bool {
        switch set.turns[slot] {
        case .rule(let entrypoint, let form):
            if form == .object, !sitting.subject.isJudgedAsObject { return false }
            if set.hasConstraints, let constraint = set.constraints[slot] {
                switch applies(constraint, &sitting) {
                case .yes: break
                case .no: return false
                case .unknownNamespace(let name): return refuse(slot, name, sitting, &results)
                }
            }
            if set.inputs[slot] != sitting.inputNumber { begin(slot, form, &sitting) }
            note(slot, &results)
            if set.hasTwins, repeats(slot, sitting, &results) { return true }
            if budget.isForEachCheck { evaluator.renewSteps() }
            let outcome = evaluator.evaluate(entrypoint)
            observe?(.evaluated)
            if set.hasTwins, let twin = set.twins[slot] { sitting.told = Told(twin: twin) }
            switch outcome {
            case .undefined: break
            case .value(let value):
                if value.isCollection, value.count == 0 { break }
                if isExcepted(slot) {
                    results.exceptions.append(slot)
                } else {
                    read(value, slot, entrypoint, &sitting, &results)
                }
            case .fault(let fault):
                sitting.told = nil
                add(fault, slot, &sitting, &results)
            }
        case .code(let number):
            if !sitting.subject.isJudgedAsObject { return false }
            note(slot, &results)
            run(set.codes[number], slot, sitting.subject, &results)
        }
        return true
    }

    /// Whether a check has looked at a subject.
    func hasSeen(_ slot: Int) -> Bool { seen[slot] }

    mutating func note(_ slot: Int, _ results: inout CheckResults) {
        results.turns += 1
        if seen[slot] { return }
        seen[slot] = true
        results.evaluated.append(slot)
    }

    private func begin(_ slot: Int, _ form: InputForm, _ sitting: inout Sitting) {
        if budget.total != .max, sitting.inputNumber != nil { sitting.spent += evaluator.usedSteps }
        sitting.inputNumber = set.inputs[slot]
        sitting.told = nil
        sitting.parameters = set.parameters[slot]
        sitting.isFilled = set.defaults[slot]
        if sitting.isFilled { return beginFilled(slot, form, &sitting) }
        renewBudget(sitting)
        if form == .object {
            sitting.input = nil
            evaluator.begin(input: sitting.view?.document.root ?? sitting.subject.resource.value)
        } else {
            let input = SubjectInput(
                sitting.subject, form: form, parameters: sitting.parameters, review: review(for: form, &sitting))
            sitting.input = input
            evaluator.begin(input: input.document.root)
        }
    }

    private func renewBudget(_ sitting: Sitting) {
        var time = budget.time
        if sitting.deadline != .max { time = min(max(0, sitting.deadline - MonotonicClock.now()), Self.longestTime) }
        let steps = min(budget.instructions, max(0, budget.total - sitting.spent))
        evaluator.budget = Budget(instructions: steps, memory: budget.memory, time: time)
    }

    /// The same for a check that asks for the object as the server stores it. What was sent by the server is that already.
    private func beginFilled(_ slot: Int, _ form: InputForm, _ sitting: inout Sitting) {
        renewBudget(sitting)
        let subject = sitting.subject, resource = subject.resource
        let own = sitting.view?.document ?? resource.document
        sitting.filled = ObjectDefaults.filled(own)
        let document = sitting.filled ?? own
        if form == .object {
            sitting.input = nil
            return evaluator.begin(input: document.root)
        }
        let stored = Subject(
            Resource(
                document: document, type: resource.type, namespace: resource.namespace, name: resource.name,
                path: resource.path, documentIndex: resource.documentIndex, itemPath: resource.itemPath),
            subject.circumstances, isJudgedAsObject: subject.isJudgedAsObject)
        let input = SubjectInput(stored, form: form, parameters: sitting.parameters)
        sitting.input = input
        evaluator.begin(input: input.document.root)
    }

    // MARK: Results

    private func read(
        _ value: Value, _ slot: Int, _ entrypoint: Entrypoint, _ sitting: inout Sitting, _ results: inout CheckResults
    ) {
        let count = (results.violations.count, results.messages.count)
        do throws(ResultReader.Malformed) {
            if !findsPlaces, let exceptions, exceptions.mayAccept(set.checks[slot].policy, of: sitting.subject.resource) {
                // What is accepted shows only with its place.
                try locate(value, slot, entrypoint, &sitting, &results)
                sitting.told = nil
                for violation in results.violations[count.0...] where violation.suppression == nil {
                    results.messages.append(
                        CheckResults.Message(slot: slot, text: violation.plainMessage, screen: sitting.screen))
                }
                results.suppressed += results.violations[count.0...].count { $0.suppression != nil }
                results.violations.removeSubrange(count.0...)
            } else if findsPlaces {
                try locate(value, slot, entrypoint, &sitting, &results)
            } else {
                let screen = sitting.screen
                try ResultReader.forEachMessage(of: value, rule: set.names[slot]) { message in
                    results.messages.append(
                        CheckResults.Message(slot: slot, text: sitting.subject.remark + message, screen: screen))
                }
                sitting.told?.messages = Array(results.messages[count.1...])
            }
        } catch {
            sitting.told = nil
            results.violations.removeSubrange(count.0...)
            results.messages.removeSubrange(count.1...)
            add(error, slot, Self.note(sitting.subject), &results)
        }
    }

    func add(
        _ problem: ResultReader.Malformed, _ slot: Int, _ note: Diagnostic.Note, _ results: inout CheckResults
    ) {
        let diagnostic = Diagnostic(
            code: "policy_result_error", message: "\(set.checks[slot].policy.id): \(problem.message)", notes: [note])
        results.faults.append(
            CheckResults.Fault(
                slot: slot, code: diagnostic.code, message: problem.message, diagnostic: diagnostic, isStop: false))
    }

    private func locate(
        _ value: Value, _ slot: Int, _ entrypoint: Entrypoint, _ sitting: inout Sitting, _ results: inout CheckResults
    ) throws(ResultReader.Malformed) {
        let resource = sitting.subject.resource
        // The nodes that a rule names are those of what it was given.
        let filled = sitting.isFilled && sitting.view == nil ? sitting.filled : nil
        let reader = ResultReader(
            document: sitting.input?.document ?? filled ?? resource.document, ways: sitting.input?.ways ?? [],
            view: sitting.view, readsFixes: set.checks[slot].policy.saysFixes)
        let found = try reader.results(of: value, rule: set.names[slot])
        let faults = results.faults.count, problems = results.problems.count
        tell(severitiesOf: found, slot, Self.note(sitting.subject), &results)
        if found.count > violationLimit || faults < results.faults.count || problems < results.problems.count {
            sitting.told = nil
        }
        let needsOrigins = found.contains { if case .origin = $0.place { true } else { false } }
        let origins = needsOrigins && set.checks[slot].policy.origin == .user ? origins(entrypoint, reader) : [:]
        // What is accepted does not count, so that it must not use up the limit either.
        let needsAll = found.count > violationLimit && exceptions?.concerns(resource) == true
        var count = 0
        for result in found {
            if count >= violationLimit, !needsAll {
                results.omit(slot, result.severity)
                continue
            }
            var paths: [DocumentPath?] = [nil], isOpen = false
            if tellsEveryOrigin, case .origin(let element) = result.place, let all = origins[element] { paths = all }
            for known in paths {
                let violation = violation(result, slot, at: known, origins, sitting)
                sitting.told?.located.append((result, violation))
                if add(violation, result, sitting, after: count, &results) { isOpen = true }
            }
            if isOpen { count += 1 }
        }
    }

    /// The violation, marked when it is accepted.
    func settled(_ violation: Violation, _ resource: Resource) -> Violation {
        guard let exceptions else { return violation }
        var violation = violation
        exceptions.apply(
            to: &violation, of: set.checks[violation.slot].policy, in: resource, now: evaluator.context.now)
        return violation
    }

    /// Where a policy that does not say where found what it reports.
    func origins(_ entrypoint: Entrypoint, _ reader: ResultReader) -> [Value: [DocumentPath]] {
        // The rule is evaluated once more for it: what it prints is there already.
        observe?(.looksForOrigins)
        let printed = evaluator.context.output.count
        let found = evaluator.origins(entrypoint, in: reader.document)
        evaluator.context.output.removeLast(max(0, evaluator.context.output.count - printed))
        observe?(.foundOrigins)
        // Mostly there is one.
        if found.count == 1 { return [found[0].element: [reader.inObject(found[0].path)]] }
        return Dictionary(grouping: found, by: \.element).mapValues { $0.map { reader.inObject($0.path) } }
    }

    private func run(_ check: CodeCheck, _ slot: Int, _ subject: Subject, _ results: inout CheckResults) {
        let resource = subject.resource
        var violations: [Violation] = []
        var messages: [CheckResults.Message] = []
        let screen = SecretScreen(resource)
        check.judge(subject) { problem in
            if !findsPlaces {
                return messages.append(CheckResults.Message(slot: slot, text: problem.message, screen: screen))
            }
            violations.append(
                settled(
                    Violation(
                        slot: slot, message: problem.message, resource: resource.reference, path: problem.path,
                        location: PlaceFinder(resource: resource).location(of: problem.path), screen: screen,
                        origin: resource.document.origin,
                        details: problem.details, edits: problem.edits,
                        stablePath: StablePath.text(of: problem.path, in: resource.document)), resource))
        }
        results.violations += violations.prefix(violationLimit)
        for _ in violations.dropFirst(violationLimit) { results.omit(slot, nil) }
        results.messages += messages
    }

    private func add(_ fault: EvaluationFault, _ slot: Int, _ sitting: inout Sitting, _ results: inout CheckResults) {
        let isStop = fault.code == "eval_cancel_error"
        // The run ends: nothing is wrong with the check.
        if isStop, let stop, stop.isStopped { return }
        if isStop {
            sitting.isStopped = true
            // The machine answers with the same fault until it begins again.
            if sitting.restarts < budget.restarts, sitting.deadline == .max || MonotonicClock.now() < sitting.deadline {
                sitting.restarts += 1
                sitting.inputNumber = nil
            }
            stopped?.insert(slot, at: position)
        }
        add(fault, slot, Self.note(sitting.subject), &results)
    }

    func add(_ fault: EvaluationFault, _ slot: Int, _ note: Diagnostic.Note, _ results: inout CheckResults) {
        var diagnostic = fault.diagnostic
        diagnostic.message = "policy \(set.checks[slot].policy.id) failed: \(fault.message)"
        diagnostic.notes.append(note)
        let isStop = fault.code == "eval_cancel_error"
        results.faults.append(
            CheckResults.Fault(
                slot: slot, code: fault.code, message: fault.message, diagnostic: diagnostic, isStop: isStop))
    }

    private static func note(_ subject: Subject) -> Diagnostic.Note {
        Diagnostic.Note("for \(subject.resource.title) in \(subject.resource.path)")
    }
}
