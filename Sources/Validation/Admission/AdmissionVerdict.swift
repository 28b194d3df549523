/// What the policies said about a request.
public struct AdmissionVerdict: Sendable {
    public struct Violation: Sendable, Hashable {
        /// The policy's place among `AdmissionPolicies.policies`.
        public var slot: Int
        public var message: String
        /// What it leads to; nil for what is only worth a note.
        public var action: EnforcementAction?
        public var severity: PolicySeverity
    }

    /// A policy that gave no answer.
    public struct Failure: Sendable, Hashable {
        public var slot: Int
        /// OPA's code, such as `eval_cancel_error`.
        public var code: String
        public var message: String
        public var mode: ErrorMode
    }

    /// Worst first, then by policy and text.
    public internal(set) var violations: [Violation] = []
    public internal(set) var failures: [Failure] = []
    /// How many policies looked at the request.
    public internal(set) var evaluated = 0
    /// Whether a budget ended the evaluation of at least one policy.
    public internal(set) var isStopped = false
    /// Nanoseconds each policy took, by slot, in the order of evaluation.
    public internal(set) var durations: [(slot: Int, time: Int64)] = []

    public init() {}

    /// Whether the request is refused.
    public var isDenied: Bool {
        violations.contains { $0.action == .deny } || failures.contains { $0.mode == .deny }
    }
}
