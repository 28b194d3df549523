import Documents

/// The severity and level that a policy's findings have in a run.
struct FindingSettings {
    let severity: PolicySeverity
    let level: FindingLevel
    private let remediation: String

    /// Pod Security admission refuses whatever the severity, so a run that asks for its verdict makes errors of all
    /// violations of that profile.
    init(_ policy: Policy, configuration: Configuration, selection: PolicySelection) {
        remediation = policy.remediation
        severity = configuration.severities[policy.id] ?? policy.severity
        let isVerdict = selection.podSecurityProfiles.contains { policy.profiles.contains($0) }
        level = isVerdict ? .error : severity.level
    }

    func finding(
        _ result: PolicyResult, policy: Policy, resource: Resource, path: DocumentPath, location: Finding.Location
    ) -> Finding {
        Finding(
            policyID: policy.id, policySlug: policy.slug, severity: severity, level: level, message: result.message,
            resource: ResourceReference(resource), path: path, location: location, remediation: remediation,
            details: result.details)
    }
}
