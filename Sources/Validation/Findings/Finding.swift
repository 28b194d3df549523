public import Diagnostics
public import Documents
import Text

/// A violation of a policy by a resource, with its place.
public struct Finding: Sendable {
    /// The policy that was violated, as this run judges it.
    public var judgement: Judgement
    public var message: String
    public var resource: ResourceReference
    /// The node of the resource the finding is about; steps that are missing from the manifest are included.
    public var path: DocumentPath
    public var location: Location
    /// Further members of a user policy's result object, as compact JSON; nil when there are none.
    public var details: String?

    public var policyID: String { judgement.policyID }
    /// The policy's name for people; may be empty.
    public var policySlug: String { judgement.policySlug }
    public var severity: PolicySeverity { judgement.severity }
    public var level: FindingLevel { judgement.level }
    /// What to do; may be empty.
    public var remediation: String { judgement.remediation }

    /// What all findings of a policy in a run share; a class, because a run may have a great many findings.
    public final class Judgement: Sendable {
        public let policyID: String
        public let policySlug: String
        public let severity: PolicySeverity
        public let level: FindingLevel
        public let remediation: String

        init(policyID: String, policySlug: String, severity: PolicySeverity, level: FindingLevel, remediation: String) {
            self.policyID = policyID
            self.policySlug = policySlug
            self.severity = severity
            self.level = level
            self.remediation = remediation
        }
    }

    /// Where a finding is shown.
    public struct Location: Sendable {
        /// The name of the file.
        public var file: String
        public var start: Position
        /// Exclusive.
        public var end: Position
        /// The text, when it is at hand.
        public var range: SourceRange?

        init(file: String, start: Position, end: Position, range: SourceRange? = nil) {
            self.file = file
            self.start = start
            self.end = end
            self.range = range
        }
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
    public var fingerprint: String {
        var hash = FNVHash()
        for part in [
            policyID, location.file, resource.type.apiVersion, resource.type.kind, resource.namespace ?? "",
            resource.name, path.jsonPointer, message,
        ] { hash.combine(part.utf8) }
        return hash.text
    }
}
