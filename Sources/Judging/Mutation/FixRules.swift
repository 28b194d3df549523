package import Catalogue
package import Diagnostics
package import Documents
package import Inputs
import Rego
import RegoNetwork
import RegoRuntime
import Synchronization

/// Rules that say how violations of their packages' policies are remedied, compiled: docs/fix.md.
///
/// A rule is asked for an object when one of its violations is to be remedied, and once for each state of the object.
package final class FixRules: Sendable {
    private struct State {
        var evaluator: Evaluator
        /// What rules returned of an object, by their numbers, until another object is asked for.
        var known: [Int: Result<[FixRuleEntry], ObjectEdit.Malformed>] = [:]
        /// The object; nil before the first.
        var object: Document?
    }

    private let numbers: [String: Int]
    private let entrypoints: [Entrypoint]
    private let forms: [InputForm]
    private let policies: [Policy]
    private let data: DataDocument
    private let state: Mutex<State>

    /// Compiles the rules of some policies; nil when there are none, or with errors.
    package static func compile(
        _ policies: [Policy], of set: PolicySet, data: EvaluationData, now: Int64
    ) -> (rules: FixRules?, problems: [Diagnostic]) {
        let asking = policies.compactMap { policy in policy.fixRule.map { policy.asking($0) } }
        if asking.isEmpty { return (nil, []) }
        let (program, problems) = PolicyProgram.compile(asking, of: set, needsPlaces: false)
        guard let program else { return (nil, problems) }
        return (FixRules(program, data: data, now: now), problems)
    }

    private init(_ program: PolicyProgram, data: EvaluationData, now: Int64) {
        numbers = Dictionary(program.policies.enumerated().map { ($1.id, $0) }) { first, _ in first }
        (policies, entrypoints, forms) = (program.policies, program.entrypoints, program.forms)
        let document = data.document(for: program.policies, inventory: nil)
        let evaluator = Evaluator(program.engine, data: document.document.root)
        evaluator.context.now = now
        document.network?.install(in: evaluator.context)
        self.data = document
        state = Mutex(State(evaluator: evaluator))
    }

    /// Whether there is a rule for the violations of a policy.
    package func has(_ policy: String) -> Bool { numbers[policy] != nil }

    /// What remedies a violation: the operations that the rule returns for its place, its message or for all of the object.
    package func changes(
        for path: DocumentPath, _ message: String, of policy: String, in resource: Resource
    ) throws(ObjectEdit.Malformed) -> [ObjectEdit] {
        guard let number = numbers[policy] else { return [] }
        let result = state.withLock { state in
            if state.object !== resource.document { (state.object, state.known) = (resource.document, [:]) }
            let found = state.known[number] ?? entries(number, resource, state.evaluator)
            state.known[number] = found
            return found
        }
        return try result.get().filter { $0.remedies(path, message) }.flatMap(\.changes)
    }

    private func entries(
        _ number: Int, _ resource: Resource, _ evaluator: Evaluator
    ) -> Result<[FixRuleEntry], ObjectEdit.Malformed> {
        let input = SubjectInput(Subject(resource), form: forms[number], parameters: data.parameters(of: policies[number]))
        let budget = CheckBudget()
        evaluator.budget = Budget(instructions: budget.instructions, memory: budget.memory, time: budget.time)
        evaluator.begin(input: input.document.root)
        defer { evaluator.begin(input: .undefined) }
        switch evaluator.evaluate(entrypoints[number]) {
        case .undefined: return .success([])
        case .fault(let fault): return .failure(ObjectEdit.Malformed(message: "the rule of its fix failed: \(fault.message)"))
        case .value(let value):
            return Result { () throws(ObjectEdit.Malformed) in
                try FixRuleEntry.read(value, in: input, of: resource)
            }
        }
    }
}
