package import Catalogue
import Documents

extension Finding.Judgement {
    /// Pod Security admission refuses whatever the severity, so a run that asks for its verdict makes errors of all
    /// violations of that profile.
    package convenience init(_ policy: Policy, configuration: Configuration, selection: PolicySelection) {
        let severity = configuration.severities[policy.id] ?? policy.severity
        let isVerdict = selection.podSecurityProfiles.contains { policy.profiles.contains($0) }
        self.init(
            policyID: policy.id, policySlug: policy.slug, severity: severity, level: isVerdict ? .error : severity.level,
            remediation: policy.remediation)
    }
}
