package import Catalogue
package import Diagnostics
package import Documents
package import Inputs
package import Judging
import Text

/// A violation of a policy by a resource, with its place.
package struct Finding: Sendable {
    /// The policy that was violated, as this run judges it.
    package var judgement: Judgement
    package var message: String
    package var resource: ResourceReference
    /// The node of the resource the finding is about; steps that are missing from the manifest are included.
    package var path: DocumentPath
    package var location: SourcePlace
    /// Further members of a user policy's result object, as compact JSON; nil when there are none.
    package var details: String?

    package var policyID: String { judgement.policyID }
    /// The policy's name for people; may be empty.
    package var policySlug: String { judgement.policySlug }
    package var severity: PolicySeverity { judgement.severity }
    package var level: FindingLevel { judgement.level }
    /// What to do; may be empty.
    package var remediation: String { judgement.remediation }

    /// What all findings of a policy in a run share; a class, because a run may have a great many findings.
    package final class Judgement: Sendable {
        package let policyID: String
        package let policySlug: String
        package let severity: PolicySeverity
        package let level: FindingLevel
        package let remediation: String

        package init(policyID: String, policySlug: String, severity: PolicySeverity, level: FindingLevel, remediation: String) {
            self.policyID = policyID
            self.policySlug = policySlug
            self.severity = severity
            self.level = level
            self.remediation = remediation
        }
    }

    /// A violation, judged as its policy is in this run.
    package init(_ violation: Violation, judgement: Judgement) {
        self.judgement = judgement
        message = violation.message
        resource = violation.resource
        path = violation.path
        location = violation.location
        details = violation.details
    }
}

extension Finding {
    /// Orders findings by file, place, policy and text.
    static func inSourceOrder(_ left: Finding, _ right: Finding) -> Bool {
        if left.location.file != right.location.file {
            return left.location.file.utf8.lexicographicallyPrecedes(right.location.file.utf8)
        }
        let (a, b) = (left.location.start, right.location.start)
        if a != b { return (a.line, a.column) < (b.line, b.column) }
        if left.policyID != right.policyID { return left.policyID < right.policyID }
        if left.message != right.message { return left.message < right.message }
        return left.path.jsonPointer < right.path.jsonPointer
    }

    /// A name for the finding that survives edits elsewhere in the file: policy, object, path and message, without
    /// line numbers.
    package var fingerprint: String {
        var hash = FNVHash()
        for part in [
            policyID, location.file, resource.type.apiVersion, resource.type.kind, resource.namespace ?? "",
            resource.name, path.jsonPointer, message,
        ] { hash.combine(part.utf8) }
        return hash.text
    }
}
