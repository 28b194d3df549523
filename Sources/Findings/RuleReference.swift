package import Catalogue

/// The rule that a finding refers to, as this run judges it: a policy, or any other check. What all findings of a rule
/// share; a class, because a run may have a great many findings.
package final class RuleReference: Sendable {
    package let id: String
    /// The name for people; may be empty.
    package let slug: String
    package let severity: PolicySeverity
    package let level: FindingLevel
    /// What to do; may be empty.
    package let remediation: String

    package init(id: String, slug: String, severity: PolicySeverity, level: FindingLevel, remediation: String) {
        self.id = id
        self.slug = slug
        self.severity = severity
        self.level = level
        self.remediation = remediation
    }

    /// The same rule, as sure as one of its results is.
    func with(_ severity: PolicySeverity) -> RuleReference {
        RuleReference(id: id, slug: slug, severity: severity, level: severity.level, remediation: remediation)
    }

    /// Pod Security admission refuses whatever the severity, so a run that asks for its verdict makes errors of all
    /// violations of that profile.
    package convenience init(_ policy: Policy, configuration: Configuration, selection: PolicySelection) {
        let severity = configuration.severities[policy.id] ?? policy.severity
        let isVerdict = selection.podSecurityProfiles.contains { policy.profiles.contains($0) }
        self.init(
            id: policy.id, slug: policy.slug, severity: severity, level: isVerdict ? .error : severity.level,
            remediation: policy.remediation)
    }
}
