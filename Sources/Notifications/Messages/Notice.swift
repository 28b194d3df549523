package import Catalogue
package import Findings
import Diagnostics
import Inputs
import Judging

/// A violation as it is told to others.
package struct Notice: Sendable, Hashable {
    package var fingerprint: String
    package var policy: String
    package var policyName: String
    package var severity: PolicySeverity
    package var message: String
    /// The object's title.
    package var resource: String
    package var file: String
    package var line: Int
    package var remediation: String

    /// - Parameter file: the path from the root of the repository.
    package init(_ finding: Finding, file: String) {
        fingerprint = finding.fingerprint
        policy = finding.policyID
        policyName = finding.policySlug
        severity = finding.severity
        message = finding.message
        resource = finding.resource.title
        self.file = file
        line = finding.location.start.line
        remediation = finding.remediation
    }

    package init(
        fingerprint: String, policy: String, policyName: String = "", severity: PolicySeverity, message: String, resource: String,
        file: String, line: Int = 0, remediation: String = ""
    ) {
        (self.fingerprint, self.policy, self.policyName, self.severity) = (fingerprint, policy, policyName, severity)
        (self.message, self.resource, self.file, self.line, self.remediation) = (message, resource, file, line, remediation)
    }

    var place: String { line > 0 ? "\(file):\(line)" : file }
}

/// What a run has to tell.
package struct NoticeList: Sendable {
    /// Violations that count, worst first; of a run that compares, the new ones.
    package var notices: [Notice] = []
    /// Fingerprints of violations that are there, whether they count or not.
    package var present: Set<String> = []
    /// Fingerprints of violations that are accepted.
    package var accepted: Set<String> = []
    /// Whether a violation that is not there is gone: the run was complete and looked at everything.
    package var isComplete = false
    /// What was checked, in words.
    package var subject = ""

    package init() {}
}
