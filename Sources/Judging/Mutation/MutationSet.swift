package import Catalogue
package import Diagnostics
import Documents
import Gatekeeper
import Rego
import RegoNetwork
import RegoSyntax

/// What changes objects: Gatekeeper's mutators, policies with a rule `mutate` and fixes that the configuration chooses, compiled. Immutable, shared by the mutators
/// of all threads.
package final class MutationSet: Sendable {
    /// Policies with a rule `mutate`.
    struct Rules: Sendable {
        /// In the order in which they change an object: by id.
        let policies: [Policy]
        let engine: Engine
        let entrypoints: [Entrypoint]
        let forms: [InputForm]
        let data: DataDocument

        func evaluator() -> Evaluator {
            let evaluator = Evaluator(engine, data: data.document.root)
            data.network?.install(in: evaluator.context)
            return evaluator
        }
    }

    /// Nil when there are mutators of Gatekeeper alone.
    let rules: Rules?
    /// They have their turn before the rules.
    let mutators: ObjectMutators
    /// They have their turn last; nil when none is chosen.
    let fixes: ChosenFixes?

    /// Whether some look at labels of Namespaces.
    package var needsNamespaces: Bool { mutators.needsNamespaces }

    /// Compiles the mutating policies of a set; nil when there is nothing that changes objects, or with errors.
    package static func compile(
        _ set: PolicySet, skip: [String], data: EvaluationData
    ) -> (set: MutationSet?, problems: [Diagnostic]) {
        let chosen = set.user.mutations.filter { policy in !skip.contains { policy.answers(to: $0) } }
            .sorted { ($0.id, $0.entrypoint) < ($1.id, $1.entrypoint) }
        let mutators = set.user.gatekeeper.mutators
        let (fixes, faults) = ChosenFixes.compile(set, skip: skip, data: data)
        if faults.contains(where: { $0.severity == .error }) { return (nil, faults) }
        if chosen.isEmpty {
            return (mutators.isEmpty && fixes == nil ? nil : MutationSet(nil, mutators, fixes), [])
        }
        let (program, problems) = PolicyProgram.compile(chosen, of: set, needsPlaces: false)
        guard let program else { return (nil, problems) }
        let rules = Rules(
            policies: program.policies, engine: program.engine, entrypoints: program.entrypoints, forms: program.forms,
            data: data.document(for: program.policies, inventory: nil))
        return (MutationSet(rules, mutators, fixes), problems)
    }

    private init(_ rules: Rules?, _ mutators: ObjectMutators, _ fixes: ChosenFixes?) {
        self.fixes = fixes
        self.rules = rules
        self.mutators = mutators
    }
}
