package import Catalogue
package import Diagnostics
package import Documents
package import Inputs
package import Judging
import Text

/// A violation of a policy by a resource, with its place.
package struct Finding: Sendable {
    /// What was violated, as this run judges it.
    package var rule: RuleReference
    package var message: String
    package var resource: ResourceReference
    /// The node of the resource the finding is about; steps that are missing from the manifest are included.
    package var path: DocumentPath
    /// Where the value is written.
    package var location: SourcePlace
    /// How the value came to where it is, nearest step first; empty for an object that stands in its file as it is.
    package var origin: [Diagnostic.Note]
    /// Further members of a user policy's result object, as compact JSON; nil when there are none.
    package var details: String?
    /// Changes of texts that would remedy it; empty when none is known.
    package var edits: [SourceEdit]

    package var policyID: String { rule.id }
    /// The policy's name for people; may be empty.
    package var policySlug: String { rule.slug }
    package var severity: PolicySeverity { rule.severity }
    package var level: FindingLevel { rule.level }
    /// What to do; may be empty.
    package var remediation: String { rule.remediation }

    /// A violation, judged as its rule is in this run.
    package init(_ violation: Violation, of rule: RuleReference) {
        self.rule = violation.severity.map(rule.with) ?? rule
        message = violation.message
        resource = violation.resource
        path = violation.path
        location = violation.location
        origin = violation.origin
        details = violation.details
        edits = violation.edits
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
