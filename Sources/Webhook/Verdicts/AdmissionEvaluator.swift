import Catalogue
import Documents
import Inputs
package import Judging
import Rego
import RegoNetwork
import RegoRuntime

/// Judges admission requests; one for each thread, reused from request to request.
package final class AdmissionEvaluator {
    /// What a request may spend.
    package struct Limits: Sendable {
        /// Loop steps and calls.
        package var instructions = 50_000_000
        /// Bytes of values made.
        package var memory = 128 << 20
        /// How often the rest of the policies get a new budget after one used it up.
        package var restarts = 0

        package init() {}
    }

    package let policies: AdmissionPolicies
    private let evaluator: Evaluator
    private let rules: [String]
    /// The policies that look at a kind, by profile, with those that see the object first.
    private var slots: [SlotKey: [Int]] = [:]

    private struct SlotKey: Hashable {
        var profile: String
        var kind: GroupKind
    }

    /// The kinds remembered at most: users can make new ones.
    private static let rememberedKinds = 4096
    /// An hour: later deadlines are none.
    private static let longestTime: Int64 = 3_600_000_000_000

    package init(_ policies: AdmissionPolicies) {
        self.policies = policies
        evaluator = Evaluator(policies.program.engine, data: policies.data.document.root)
        policies.data.network?.install(in: evaluator.context)
        rules = policies.policies.map { String($0.entrypoint.dropFirst("data.".count)) }
    }

    /// Evaluates the policies of a profile.
    /// - Parameters:
    ///   - deadline: when to give up, by `MonotonicClock`.
    ///   - now: nanoseconds since 1970 that policies take for the present.
    package func evaluate(
        _ request: AdmissionRequest, profile name: String, limits: Limits, deadline: Int64, now: Int64
    ) -> AdmissionVerdict {
        var verdict = AdmissionVerdict()
        guard let profile = policies.profiles[name] else { return verdict }
        let applicable = slots(for: request.type.groupKind, profile, name)
        if applicable.isEmpty { return verdict }
        evaluator.context.now = now
        var run = Run(request: request, limits: limits, deadline: deadline)
        verdict.durations.reserveCapacity(applicable.count)
        var time = MonotonicClock.now()
        for slot in applicable {
            let form = policies.program.forms[slot]
            if form == .object, request.subject == nil { continue }
            if form != run.form { begin(form, &run) }
            verdict.evaluated += 1
            switch evaluator.evaluate(policies.program.entrypoints[slot]) {
            case .undefined: break
            case .value(let value):
                if !value.isCollection || value.count > 0 { add(value, slot, profile, &run, &verdict) }
            case .fault(let fault): add(fault, slot, &run, &verdict)
            }
            let end = MonotonicClock.now()
            verdict.durations.append((slot, end - time))
            time = end
            if verdict.isStopped, limits.restarts == 0 { break }
        }
        verdict.violations = Self.inOrder(verdict.violations)
        return verdict
    }

    /// Worst first, then by policy and text. Numbers are sorted, not violations, which are large.
    private static func inOrder(_ violations: [AdmissionVerdict.Violation]) -> [AdmissionVerdict.Violation] {
        if violations.count < 2 { return violations }
        let keys = violations.map { $0.severity.rank << 32 | $0.slot }
        let order = violations.indices.sorted { left, right in
            keys[left] == keys[right] ? violations[left].message < violations[right].message : keys[left] < keys[right]
        }
        return order.map { violations[$0] }
    }

    // MARK: Input

    /// One request under evaluation.
    private struct Run {
        let request: AdmissionRequest
        let limits: AdmissionEvaluator.Limits
        let deadline: Int64
        var form: InputForm?
        var restarts = 0
        /// Keeps the input made for a form alive.
        var made: Document?
        let document: Document

        init(request: AdmissionRequest, limits: AdmissionEvaluator.Limits, deadline: Int64) {
            self.request = request
            self.limits = limits
            self.deadline = deadline
            document = request.subject?.document ?? request.review
        }
    }

    private func begin(_ form: InputForm, _ run: inout Run) {
        run.form = form
        let request = run.request
        let input: Value
        switch form {
        case .object: input = request.subject?.value ?? .undefined
        case .review: input = request.review.root
        case .both:
            let arena = Arena.make(capacity: 1024)
            input = ReviewInput.both(request.subject?.value ?? .undefined, request.review.root, in: arena)
            run.made = Document(arena: arena, root: input, owner: run.document)
        }
        let time = min(max(0, run.deadline - MonotonicClock.now()), Self.longestTime)
        evaluator.budget = Budget(instructions: run.limits.instructions, memory: run.limits.memory, time: time)
        evaluator.begin(input: input)
    }

    private func slots(for kind: GroupKind, _ profile: AdmissionPolicies.Profile, _ name: String) -> [Int] {
        let key = SlotKey(profile: name, kind: kind)
        if let known = slots[key] { return known }
        let program = policies.program
        let applicable = profile.slots.filter { program.policies[$0].applies(to: kind) }
        let found = InputForm.allCases.flatMap { form in applicable.filter { program.forms[$0] == form } }
        if slots.count >= Self.rememberedKinds { slots.removeAll() }
        slots[key] = found
        return found
    }

    // MARK: Results

    private func add(
        _ value: Value, _ slot: Int, _ profile: AdmissionPolicies.Profile, _ run: inout Run,
        _ verdict: inout AdmissionVerdict
    ) {
        let start = verdict.violations.count, action = profile.actions[slot], severity = profile.severities[slot]
        do {
            try ResultReader.forEachMessage(of: value, rule: rules[slot]) { message in
                verdict.violations.append(
                    AdmissionVerdict.Violation(slot: slot, message: message, action: action, severity: severity))
            }
        } catch {
            verdict.violations.removeSubrange(start...)
            verdict.failures.append(
                AdmissionVerdict.Failure(
                    slot: slot, code: "policy_result_error", message: error.message, mode: policies.errorModes[slot]))
        }
    }

    private func add(_ fault: EvaluationFault, _ slot: Int, _ run: inout Run, _ verdict: inout AdmissionVerdict) {
        verdict.failures.append(
            AdmissionVerdict.Failure(
                slot: slot, code: fault.code, message: fault.message, mode: policies.errorModes[slot]))
        guard fault.code == "eval_cancel_error" else { return }
        verdict.isStopped = true
        // The machine answers with the same fault until it begins again.
        if run.restarts < run.limits.restarts, MonotonicClock.now() < run.deadline {
            run.restarts += 1
            run.form = nil
        }
    }
}
