package import Catalogue
package import Diagnostics
import Documents
import Rego
import RegoNetwork
import RegoSyntax

/// Policies with a rule `mutate`, compiled: immutable, shared by the mutators of all threads.
package final class MutationSet: Sendable {
    /// In the order in which they change an object: by id.
    package let policies: [Policy]
    let engine: Engine
    let entrypoints: [Entrypoint]
    let forms: [InputForm]
    let data: DataDocument

    /// Compiles the mutating policies of a set; nil when there are none, or with errors.
    package static func compile(
        _ set: PolicySet, skip: [String], data: EvaluationData
    ) -> (set: MutationSet?, problems: [Diagnostic]) {
        let chosen = set.user.mutations.filter { policy in !skip.contains { policy.answers(to: $0) } }
            .sorted { ($0.id, $0.entrypoint) < ($1.id, $1.entrypoint) }
        if chosen.isEmpty { return (nil, []) }
        let (program, problems) = PolicyProgram.compile(chosen, of: set, needsPlaces: false)
        guard let program else { return (nil, problems) }
        return (MutationSet(program, data: data.document(for: program.policies, inventory: nil)), problems)
    }

    private init(_ program: PolicyProgram, data: DataDocument) {
        (policies, engine, entrypoints, forms) = (program.policies, program.engine, program.entrypoints, program.forms)
        self.data = data
    }

    func evaluator() -> Evaluator {
        let evaluator = Evaluator(engine, data: data.document.root)
        data.network?.install(in: evaluator.context)
        return evaluator
    }
}
