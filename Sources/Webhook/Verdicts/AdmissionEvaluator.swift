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
        /// Those of all checks together.
        package var total = Int.max
        /// Bytes of values made.
        package var memory = 128 << 20
        /// How often the rest of the policies get a new budget after one used it up.
        package var restarts = 0

        package init() {}
    }

    package let policies: AdmissionPolicies
    private var judge: Judge
    private var updates: UpdateJudge
    /// The number of each profile among the judge's selections.
    private let selections: [String: Int]

    package init(_ policies: AdmissionPolicies) {
        self.policies = policies
        updates = UpdateJudge(policies)
        let names = policies.profiles.keys.sorted()
        selections = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        judge = Judge(
            policies.checks, selections: names.map { policies.judging(policies.profiles[$0]!) },
            now: 0,
            stopped: nil)
        judge.findsPlaces = false
        judge.takesTime = true
        judge.exceptions = policies.exceptions
    }

    /// Evaluates the policies of a profile.
    /// - Parameters:
    ///   - deadline: when to give up, by `MonotonicClock`.
    ///   - now: nanoseconds since 1970 that policies take for the present.
    package func evaluate(
        _ request: AdmissionRequest, profile name: String, limits: Limits, deadline: Int64, now: Int64
    ) -> AdmissionVerdict {
        var verdict = AdmissionVerdict()
        guard let profile = policies.profiles[name], let selection = selections[name] else { return verdict }
        judge.evaluator.context.now = now
        judge.budget.instructions = limits.instructions
        judge.budget.total = limits.total
        judge.budget.memory = limits.memory
        judge.budget.restarts = limits.restarts
        var results = CheckResults()
        // A deadline of none is an hour: nobody waits longer.
        judge.judge(request.subject, among: selection, until: min(deadline, .max - 1), into: &results)
        verdict.evaluated = results.turns
        verdict.durations = results.durations
        verdict.violations = Self.inOrder(results.messages, profile)
        verdict.isStopped = results.isStopped
        verdict.failures = results.faults.map { fault in
            AdmissionVerdict.Failure(
                slot: fault.slot, code: fault.code, message: fault.message, mode: policies.errorModes[fault.slot])
        }
        verdict.mode = policies.mode(of: request.request)
        if !verdict.isStopped, !updates.markStanding(&verdict, of: request, judge: &judge, until: deadline) {
            verdict.isStopped = true
        }
        return verdict
    }

    /// Worst first, then by policy and text. Numbers are sorted, not messages, which are large.
    private static func inOrder(
        _ messages: [CheckResults.Message], _ profile: AdmissionPolicies.Profile
    ) -> [AdmissionVerdict.Violation] {
        let keys = messages.map { profile.severities[$0.slot].rank << 32 | $0.slot }
        let order = messages.indices.sorted { left, right in
            keys[left] == keys[right] ? messages[left].text < messages[right].text : keys[left] < keys[right]
        }
        return order.map { index in
            let slot = messages[index].slot
            return AdmissionVerdict.Violation(
                slot: slot, message: messages[index].text, action: profile.actions[slot], severity: profile.severities[slot])
        }
    }
}
