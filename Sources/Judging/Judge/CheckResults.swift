package import Catalogue
package import Diagnostics
import Text

/// What checks said about some subjects. Faults are values: a check that fails ends nothing but itself.
package struct CheckResults: Sendable {
    /// A violation's words, for those who ask for no places.
    package struct Message: Sendable {
        package var slot: Int
        package var text: String

        /// - Parameter screen: what hides the credentials of the object.
        init(slot: Int, text: String, screen: SecretScreen) {
            self.slot = slot
            self.text = screen.screened(text.shortened(to: Violation.longestMessage))
        }
    }

    /// A check that gave no answer about a subject.
    package struct Fault: Sendable {
        package var slot: Int
        /// OPA's code, such as `eval_cancel_error`, or `policy_result_error` for a value that is no result.
        package var code: String
        package var message: String
        /// The problem as people are told of it, with the place in the policy.
        package var diagnostic: Diagnostic
        /// Whether a budget or a deadline ended it.
        package var isStop: Bool
    }

    /// Violations of a check that are counted only.
    package struct Omitted: Sendable {
        package var slot: Int
        /// Nil for that of the policy.
        package var severity: PolicySeverity?
        package var count: Int
    }

    package var violations: [Violation] = []
    /// What was left out of `violations`, by subject, as `Judge.violationLimit` says.
    package var omitted: [Omitted] = []
    package var messages: [Message] = []
    package var faults: [Fault] = []
    /// What is wrong beside single checks.
    package var problems: [Diagnostic] = []
    /// How many violations were accepted and have no message; of a judge that finds no places.
    package var suppressed = 0
    /// Checks that looked at a subject for the first time.
    package var evaluated: [Int] = []
    /// Rules that an exception kept from applying to a subject, by slot.
    package var exceptions: [Int] = []
    /// How many checks looked at a subject, each counted for each.
    package var turns = 0
    /// Nanoseconds each turn took, by slot, in the order of evaluation; when the judge was asked to take the time.
    package var durations: [(slot: Int, time: Int64)] = []

    package init() {}

    /// Counts a violation that is left out.
    mutating func omit(_ slot: Int, _ severity: PolicySeverity?) {
        if let last = omitted.indices.last, omitted[last].slot == slot, omitted[last].severity == severity {
            omitted[last].count += 1
        } else {
            omitted.append(Omitted(slot: slot, severity: severity, count: 1))
        }
    }

    /// Whether a budget ended at least one turn.
    package var isStopped: Bool { faults.contains(where: \.isStop) }

    /// Checks that failed on a subject.
    package var failed: Set<Int> { Set(faults.lazy.map(\.slot)) }
}
