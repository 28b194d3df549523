package import Catalogue

/// What the policies said about a request.
package struct AdmissionVerdict: Sendable {
    package struct Violation: Sendable, Hashable {
        /// The policy's place among `AdmissionPolicies.policies`.
        package var slot: Int
        package var message: String
        /// What it leads to; nil for what is only worth a note.
        package var action: EnforcementAction?
        package var severity: PolicySeverity
        /// Whether the object had it before the update; then it refuses nothing.
        package var isStanding = false

        /// Whether the request is refused for it where verdicts are enforced.
        package var refuses: Bool { action == .deny && !isStanding }
    }

    /// A policy that gave no answer.
    package struct Failure: Sendable, Hashable {
        package var slot: Int
        /// OPA's code, such as `eval_cancel_error`.
        package var code: String
        package var message: String
        package var mode: ErrorMode
    }

    /// Worst first, then by policy and text.
    package internal(set) var violations: [Violation] = []
    package internal(set) var failures: [Failure] = []
    /// How many policies looked at the request.
    package internal(set) var evaluated = 0
    /// Whether a budget ended the evaluation of at least one policy.
    package internal(set) var isStopped = false
    /// Nanoseconds each policy took, by slot, in the order of evaluation.
    package internal(set) var durations: [(slot: Int, time: Int64)] = []

    package init() {}

    /// How far the verdict goes.
    package internal(set) var mode = AdmissionMode.enforce

    /// Whether the request is refused.
    package var isDenied: Bool { mode == .enforce && wouldBeDenied }

    /// Whether the request is refused where verdicts are enforced.
    package var wouldBeDenied: Bool {
        violations.contains(where: \.refuses) || failures.contains { $0.mode == .deny }
    }
}
