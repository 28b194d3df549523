import Judging

/// What checks said about some objects while others are still judged. Violations become findings as soon as the objects are
/// judged, since a run may keep a great many.
struct JudgedObjects: Sendable {
    var results = CheckResults()
    private(set) var found: [Finding] = []

    /// Turns violations into findings.
    /// - Parameter rules: what they refer to, by slot.
    mutating func keepFindings(of rules: [RuleReference]) {
        if results.violations.isEmpty { return }
        found.reserveCapacity(found.count + results.violations.count)
        for violation in results.violations { found.append(Finding(violation, of: rules[violation.slot])) }
        results.violations = []
    }
}
