import Catalogue
import Diagnostics
import Documents
import Inputs
import JSONPatch
import Rego
import RegoRuntime

/// Policies whose fixes are made in admission because the configuration chooses them: `admission.policies.ID.fix`.
struct ChosenFixes: Sendable {
    let checks: CheckSet
    let modes: [AdmissionFix]
    /// The rules that say how violations are remedied; nil when none of the policies has one.
    let rules: FixRuleProgram?

    /// Nil when none is chosen, or with errors.
    static func compile(
        _ set: PolicySet, skip: [String], data: EvaluationData
    ) -> (fixes: ChosenFixes?, problems: [Diagnostic]) {
        let wanted = data.configuration.admission.fixOfPolicy
        let chosen = set.policies.filter { policy in
            wanted[policy.id] != nil && !skip.contains { policy.answers(to: $0) }
        }.sorted { ($0.id, $0.entrypoint) < ($1.id, $1.entrypoint) }
        if chosen.isEmpty { return (nil, []) }
        let unfit = chosen.filter { $0.scope != .object || !($0.saysFixes || $0.fixRule != nil || PolicyFix($0) != nil) }
        if !unfit.isEmpty {
            return (
                nil,
                unfit.map {
                    Diagnostic(
                        code: "policy_error",
                        message: $0.scope == .object
                            ? "\($0.id) has no fix that admission could make"
                            : "\($0.id) looks at other objects, so that its fix cannot be made in admission")
                }
            )
        }
        let (program, problems) = PolicyProgram.load(chosen, of: set)
        guard let program else { return (nil, problems) }
        let (rules, faults) = FixRuleProgram.compile(chosen, of: set, data: data)
        if faults.contains(where: { $0.severity == .error }) { return (nil, faults) }
        let checks = CheckSet(program, data: data.document(for: program.policies, inventory: nil))
        return (ChosenFixes(checks: checks, modes: program.policies.map { wanted[$0.id] ?? .missing }, rules: rules), [])
    }
}

/// Makes the fixes of chosen policies. One for each thread.
final class FixTurns {
    private let fixes: ChosenFixes
    private var judge: Judge
    private let rules: FixRules?

    init(_ fixes: ChosenFixes) {
        self.fixes = fixes
        rules = fixes.rules.map { FixRules($0, now: 0) }
        judge = Judge(fixes.checks, selections: [Array(fixes.checks.checks.indices)], now: 0, stopped: nil)
    }

    /// What is accepted is not changed.
    func setExceptions(_ exceptions: Exceptions?) { judge.exceptions = exceptions }

    func setNow(_ now: Int64) {
        judge.evaluator.context.now = now
        rules?.setNow(now)
    }

    /// The policies that look at a subject, in the order of their turns.
    func slots(for subject: Subject) -> [Int] { judge.slots(for: subject.resource.type.groupKind) }

    func id(of slot: Int) -> String { fixes.checks.checks[slot].policy.id }

    /// What a policy's fixes make of a subject: nil when there is nothing to change.
    func change(
        _ slot: Int, _ subject: Subject, _ budget: CheckBudget, until deadline: Int64, into mutation: inout Mutation
    ) -> Document? {
        judge.budget = budget
        var results = CheckResults()
        judge.judge(subject, by: [slot], until: deadline, into: &results)
        for fault in results.faults {
            if fault.isStop { mutation.isStopped = true }
            mutation.failures.append(Mutation.Failure(id: id(of: slot), code: fault.code, message: fault.message))
        }
        results.violations.removeAll { $0.suppression != nil || $0.isPartial }
        if results.violations.isEmpty || !results.faults.isEmpty { return nil }
        let arena = Arena.make(capacity: 4096)
        var draft = FixDraft(subject.resource.document, arena: arena, overwrites: fixes.modes[slot] == .overwrite)
        do {
            try draft.take(edits(of: results.violations, by: slot, subject, budget, until: deadline))
        } catch {
            arena.destroy()
            let malformed = error as? ObjectEdit.Malformed
            if malformed?.isStop == true { mutation.isStopped = true }
            let message = malformed?.message ?? (error as? DocumentDraft.Problem)?.message ?? ""
            mutation.failures.append(Mutation.Failure(id: id(of: slot), code: "mutation_error", message: message))
            return nil
        }
        if draft.operations.isEmpty {
            arena.destroy()
            return nil
        }
        mutation.operations += draft.operations
        return draft.document
    }

    /// What remedies each violation, as it, the rule of its policy, or the policy's metadata say.
    private func edits(
        of violations: [Violation], by slot: Int, _ subject: Subject, _ budget: CheckBudget, until deadline: Int64
    ) throws(ObjectEdit.Malformed) -> [[ObjectEdit]] {
        let policy = fixes.checks.checks[slot].policy
        let isAsked = rules?.has(policy.id) == true
        let metadata = policy.saysFixes || isAsked ? nil : PolicyFix(policy)
        var budget = budget
        if deadline != .max { budget.time = min(max(0, deadline - MonotonicClock.now()), 3_600_000_000_000) }
        var edits: [[ObjectEdit]] = []
        for violation in violations {
            if !violation.changes.isEmpty {
                edits.append(violation.changes)
            } else if isAsked, let rules {
                let found = try rules.changes(for: violation.path, violation.message, of: policy.id, in: subject, budget)
                if !found.isEmpty, !edits.contains(found) { edits.append(found) }
            } else if let found = metadata?.changes(at: violation.path) {
                edits.append(found)
            }
        }
        return edits
    }
}
