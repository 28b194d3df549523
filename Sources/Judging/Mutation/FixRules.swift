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

    private let program: FixRuleProgram
    private let state: Mutex<State>

    /// Compiles the rules of some policies; nil when there are none, or with errors.
    package static func compile(
        _ policies: [Policy], of set: PolicySet, data: EvaluationData, now: Int64
    ) -> (rules: FixRules?, problems: [Diagnostic]) {
        let (program, problems) = FixRuleProgram.compile(policies, of: set, data: data)
        return (program.map { FixRules($0, now: now) }, problems)
    }

    init(_ program: FixRuleProgram, now: Int64) {
        self.program = program
        let evaluator = Evaluator(program.engine, data: program.data.document.root)
        evaluator.context.now = now
        program.data.network?.install(in: evaluator.context)
        state = Mutex(State(evaluator: evaluator))
    }

    func setNow(_ now: Int64) { state.withLock { $0.evaluator.context.now = now } }

    /// Whether there is a rule for the violations of a policy.
    package func has(_ policy: String) -> Bool { program.numbers[policy] != nil }

    /// What remedies a violation: the operations that the rule returns for its place, its message or for all of the object.
    package func changes(
        for path: DocumentPath, _ message: String, of policy: String, in resource: Resource
    ) throws(ObjectEdit.Malformed) -> [ObjectEdit] {
        try changes(for: path, message, of: policy, in: Subject(resource), CheckBudget())
    }

    /// The same for an object with the circumstances that the rule may ask about.
    func changes(
        for path: DocumentPath, _ message: String, of policy: String, in subject: Subject, _ budget: CheckBudget
    ) throws(ObjectEdit.Malformed) -> [ObjectEdit] {
        guard let number = program.numbers[policy] else { return [] }
        let document = subject.resource.document
        let result = state.withLock { state in
            if state.object !== document { (state.object, state.known) = (document, [:]) }
            let found = state.known[number] ?? entries(number, subject, state.evaluator, budget)
            state.known[number] = found
            return found
        }
        return try result.get().filter { $0.remedies(path, message) }.flatMap(\.changes)
    }

    private func entries(
        _ number: Int, _ subject: Subject, _ evaluator: Evaluator, _ budget: CheckBudget
    ) -> Result<[FixRuleEntry], ObjectEdit.Malformed> {
        let parameters = program.parameters[number]
        let input = SubjectInput(subject, form: program.forms[number], parameters: parameters)
        evaluator.budget = Budget(instructions: budget.instructions, memory: budget.memory, time: budget.time)
        evaluator.begin(input: input.document.root)
        defer { evaluator.begin(input: .undefined) }
        switch evaluator.evaluate(program.entrypoints[number]) {
        case .undefined: return .success([])
        case .fault(let fault):
            return .failure(
                ObjectEdit.Malformed(
                    message: "the rule of its fix failed: \(fault.message)", isStop: fault.code == "eval_cancel_error"))
        case .value(let value):
            return Result { () throws(ObjectEdit.Malformed) in
                try FixRuleEntry.read(value, in: input, of: subject.resource)
            }
        }
    }
}

/// Rules that return fixes, compiled; shared by all threads.
struct FixRuleProgram: Sendable {
    let numbers: [String: Int]
    let engine: Engine
    let entrypoints: [Entrypoint]
    let forms: [InputForm]
    /// Of each rule's policy.
    let parameters: [Value]
    let data: DataDocument

    /// Nil when there are none, or with errors.
    static func compile(
        _ policies: [Policy], of set: PolicySet, data: EvaluationData
    ) -> (program: FixRuleProgram?, problems: [Diagnostic]) {
        let asking = policies.compactMap { policy in policy.fixRule.map { policy.asking($0) } }
        if asking.isEmpty { return (nil, []) }
        let (program, problems) = PolicyProgram.compile(asking, of: set, needsPlaces: false)
        guard let program else { return (nil, problems) }
        return (FixRuleProgram(program, data: data), problems)
    }

    private init(_ program: PolicyProgram, data: EvaluationData) {
        numbers = Dictionary(program.policies.enumerated().map { ($1.id, $0) }) { first, _ in first }
        (engine, entrypoints, forms) = (program.engine, program.entrypoints, program.forms)
        self.data = data.document(for: program.policies, inventory: nil)
        let document = self.data
        parameters = program.policies.map { document.parameters(of: $0) }
    }
}
