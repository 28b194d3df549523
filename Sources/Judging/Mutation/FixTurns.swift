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

    /// Nil when none is chosen, or with errors.
    static func compile(
        _ set: PolicySet, skip: [String], data: EvaluationData
    ) -> (fixes: ChosenFixes?, problems: [Diagnostic]) {
        let wanted = data.configuration.admission.fixOfPolicy
        let chosen = set.policies.filter { policy in
            wanted[policy.id] != nil && !skip.contains { policy.answers(to: $0) }
        }.sorted { ($0.id, $0.entrypoint) < ($1.id, $1.entrypoint) }
        if chosen.isEmpty { return (nil, []) }
        let unfit = chosen.filter { $0.scope != .object || !($0.saysFixes || PolicyFix($0) != nil) }
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
        let checks = CheckSet(program, data: data.document(for: program.policies, inventory: nil))
        return (ChosenFixes(checks: checks, modes: program.policies.map { wanted[$0.id] ?? .missing }), [])
    }
}

/// Makes the fixes of chosen policies. One for each thread.
final class FixTurns {
    private let fixes: ChosenFixes
    private var judge: Judge

    init(_ fixes: ChosenFixes) {
        self.fixes = fixes
        judge = Judge(fixes.checks, selections: [Array(fixes.checks.checks.indices)], now: 0, stopped: nil)
    }

    /// What is accepted is not changed.
    func setExceptions(_ exceptions: Exceptions?) { judge.exceptions = exceptions }

    func setNow(_ now: Int64) { judge.evaluator.context.now = now }

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
        let policy = fixes.checks.checks[slot].policy
        let metadata = policy.saysFixes ? nil : PolicyFix(policy)
        let arena = Arena.make(capacity: 4096)
        var draft = FixDraft(subject.resource.document, arena: arena, overwrites: fixes.modes[slot] == .overwrite)
        let edits = results.violations.compactMap { violation in
            violation.changes.isEmpty ? metadata?.changes(at: violation.path) : violation.changes
        }
        do throws(DocumentDraft.Problem) { try draft.take(edits) } catch {
            arena.destroy()
            mutation.failures.append(Mutation.Failure(id: id(of: slot), code: "mutation_error", message: error.message))
            return nil
        }
        if draft.operations.isEmpty {
            arena.destroy()
            return nil
        }
        mutation.operations += draft.operations
        return draft.document
    }
}
