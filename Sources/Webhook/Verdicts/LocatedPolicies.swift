import Catalogue
import Findings
import Judging
import Rego

/// The user's policies compiled once more so that the places of what they find are known: only updates that are refused
/// ask for them, and recording places makes evaluations slower. Those of the library say where by themselves.
final class LocatedPolicies: Sendable {
    let checks: CheckSet
    private let slots: [CheckKey: Int]

    /// Nil when none of the policies is the user's.
    init?(_ policies: [Policy], of set: PolicySet, options: AdmissionPolicies.Options) {
        let own = policies.filter { $0.origin == .user }
        if own.isEmpty || options.data.configuration.admission.updates == .all { return nil }
        guard let program = PolicyProgram.compile(own, of: set).program else { return nil }
        checks = CheckSet(program, data: options.data.document(for: program.policies, inventory: nil))
        slots = Dictionary(
            program.policies.enumerated().map { (CheckKey($1), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The number of a policy here.
    func slot(of policy: Policy) -> Int? { slots[CheckKey(policy)] }
}
