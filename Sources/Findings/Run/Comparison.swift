/// What a run found beside an earlier state: findings that were there before do not count, and some are gone.
package struct Comparison: Sendable {
    /// What the run was compared with.
    package enum Basis: String, Sendable, Hashable, CaseIterable {
        case baseline, revision, folder
    }

    /// A finding of the earlier state that this run does not have.
    package struct Gone: Sendable, Hashable {
        package var fingerprint: String
        package var policyID: String
        package var policySlug: String
        package var severity: String
        /// The object's title: `Deployment shop/web`.
        package var resource: String
        package var file: String
        /// 0 when unknown.
        package var line: Int
        package var message: String

        package init(
            fingerprint: String, policyID: String, policySlug: String = "", severity: String = "", resource: String, file: String,
            line: Int = 0, message: String
        ) {
            self.fingerprint = fingerprint
            self.policyID = policyID
            self.policySlug = policySlug
            self.severity = severity
            self.resource = resource
            self.file = file
            self.line = line
            self.message = message
        }
    }

    package var basis: Basis
    /// The file, revision or folder as it was named.
    package var name: String
    /// Findings that were there before.
    package var unchanged: [Finding] = []
    package var gone: [Gone] = []

    package init(_ basis: Basis, name: String) {
        self.basis = basis
        self.name = name
    }
}
