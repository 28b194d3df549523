import Catalogue
import Inputs
import Judging
import Rego
import RegoRuntime

/// Finds out which violations of an updated object it had before. One for each evaluator; it works only on requests that
/// would be refused.
struct UpdateJudge {
    private let policies: AdmissionPolicies
    /// Judges by the user's policies with places; nil when there are none.
    private var located: Judge?

    init(_ policies: AdmissionPolicies) {
        self.policies = policies
        located = policies.located.map { located in
            var judge = Judge(located.checks, selections: [], now: 0, stopped: nil)
            judge.tellsEveryOrigin = true
            return judge
        }
    }

    /// Marks the violations that the old object has too.
    /// - Parameters:
    ///   - judge: the evaluator's, which knows the policies of the library.
    ///   - deadline: that of the request, by `MonotonicClock`.
    /// - Returns: false when the time did not do; then the violations count as the update's.
    mutating func markStanding(
        _ verdict: inout AdmissionVerdict, of request: AdmissionRequest, judge: inout Judge, until deadline: Int64
    ) -> Bool {
        guard verdict.violations.contains(where: \.refuses), let before = request.before else { return true }
        let keepsSpecification = request.keepsSpecification
        let slots = Set(verdict.violations.filter(\.refuses).map(\.slot)).filter { slot in
            switch policies.updates[slot] {
            case .newViolations: true
            case .changedSpec: keepsSpecification
            case .all: false
            }
        }
        let subjects = (before: before, after: request.subject)
        var standing: [Message: Bool] = [:]
        let ofLibrary = slots.filter { policies.policies[$0].origin != .user }.sorted()
        judge.findsPlaces = true
        var isComplete = Self.compare(subjects, by: ofLibrary.map { ($0, $0) }, judge: &judge, until: deadline, &standing)
        judge.findsPlaces = false
        if var own = located {
            own.evaluator.context.now = judge.evaluator.context.now
            own.budget = judge.budget
            let slots = slots.filter { policies.policies[$0].origin == .user }.sorted().compactMap { slot in
                policies.located?.slot(of: policies.policies[slot]).map { (slot, $0) }
            }
            let isDone = Self.compare(subjects, by: slots, judge: &own, until: deadline, &standing)
            isComplete = isComplete && isDone
            located = own
        }
        for index in verdict.violations.indices where verdict.violations[index].refuses {
            let violation = verdict.violations[index]
            verdict.violations[index].isStanding =
                standing[Message(slot: violation.slot, text: violation.message)] ?? false
        }
        return isComplete
    }

    private struct Message: Hashable {
        var slot: Int
        var text: String
    }

    /// Judges both states by some policies and notes what each message is: there before, wherever it is said, or not.
    /// - Parameter slots: the numbers of the policies in the verdict and for `judge`.
    private static func compare(
        _ subjects: (before: Subject, after: Subject), by slots: [(shown: Int, own: Int)], judge: inout Judge,
        until deadline: Int64, _ standing: inout [Message: Bool]
    ) -> Bool {
        if slots.isEmpty { return true }
        let shown = Dictionary(slots.map { ($0.own, $0.shown) }, uniquingKeysWith: { first, _ in first })
        var after = CheckResults(), before = CheckResults()
        // A deadline of none is an hour: nobody waits longer.
        let deadline = min(deadline, .max - 1)
        judge.judge(subjects.after, by: slots.map(\.own), until: deadline, into: &after)
        judge.judge(subjects.before, by: slots.map(\.own), until: deadline, into: &before)
        let failed = after.failed.union(before.failed)
        var ratchet = UpdateRatchet(
            before.violations, in: subjects.before.resource.value, policies: judge.set.checks.map(\.policy))
        let wereThere = ratchet.wereThere(after.violations, in: subjects.after.resource.value)
        for (violation, wasThere) in zip(after.violations, wereThere) {
            guard let slot = shown[violation.slot] else { continue }
            let message = Message(slot: slot, text: violation.plainMessage)
            standing[message] = wasThere && standing[message] ?? true && !failed.contains(violation.slot)
        }
        return !after.isStopped && !before.isStopped
    }
}
