import Catalogue
import Diagnostics
import Documents
import Gatekeeper
import Inputs
import Judging
import Rego

/// Reviews the objects of a test by its template and constraint. One for a test, used by one thread.
final class CaseJudging {
    private let program: PolicyProgram?
    private let expansion: Expansion
    private let now: Int64
    /// Judges objects that have no others beside them: the same for all cases of the test.
    private lazy var alone = judge(beside: [])

    init(_ constraint: Constraint, of template: ConstraintTemplate, engine: Engine, expansion: Expansion, now: Int64) {
        // A constraint that is not enforced here says nothing.
        program = constraint.enforcement.action(at: .gator).map { action in
            PolicyProgram(
                [Policy(GatekeeperPolicies.Pair(constraint, of: template, action: action))], in: engine, form: .gatekeeper)
        }
        self.expansion = expansion
        self.now = now
    }

    /// The messages of the violations of an object, with others in the inventory.
    /// - Throws: why the object cannot be reviewed.
    func messages(about document: Document, beside others: [Document]) throws(Suite.Malformed) -> [String] {
        let subject = try ReviewedObject.subject(document)
        guard var judge = others.isEmpty ? alone : judge(beside: others) else { return [] }
        var results = CheckResults()
        judge.judge(subject, into: &results)
        var problem: Diagnostic?
        for made in expansion.expand(subject.resource, { problem = problem ?? $0 }) {
            let review = ReviewedObject.subject(made.resource).circumstances
            judge.judge(Subject(made, review), into: &results)
        }
        if let problem { throw Suite.Malformed(problem) }
        // What goes wrong while a policy judges is a violation too.
        return results.messages.map(\.text) + results.faults.map(\.message)
    }

    /// Nil for a constraint that is not enforced here.
    private func judge(beside others: [Document]) -> Judge? {
        guard let program else { return nil }
        var data = EvaluationData()
        data.fillsNamespace = false
        let inventory = others.map { ReviewedObject.resource($0.root, in: $0) }
        let set = CheckSet(program, data: data.document(for: program.policies, inventory: inventory))
        var judge = Judge(set, selections: [[0]], now: now, stopped: nil)
        judge.findsPlaces = false
        return judge
    }
}
