package import Catalogue
package import Diagnostics
package import Documents
package import Inputs
package import Judging
import Text

/// A violation of a policy by a resource, with its place. A run may have a great many: what rarely changes is kept apart, so that
/// lists of findings are copied and sorted by a few bytes each.
package struct Finding: Sendable {
    /// What was violated, as this run judges it.
    package var rule: RuleReference
    /// How the same value came into other objects in which it is the same finding, such as those of further overlays or of
    /// further values of a chart: for each the steps, nearest first.
    package var alsoIn: [[Diagnostic.Note]] = []
    private var contents: FindingContents

    package var message: String { contents.message }
    package var resource: ResourceReference { contents.resource }
    /// The node of the resource the finding is about; steps that are missing from the manifest are included.
    package var path: DocumentPath { contents.path }
    /// Where the value is written.
    package var location: SourcePlace {
        get { contents.location }
        set { contents = FindingContents(contents, location: newValue) }
    }
    /// The parts of `location` that are asked for often: each is less than all of it.
    package var file: String { contents.file }
    package var position: Position { contents.position }
    package var range: SourceRange? { contents.range }
    package var hidden: [Range<Int>] { contents.hidden }
    /// How the value came to where it is, nearest step first; empty for an object that stands in its file as it is.
    package var origin: [Diagnostic.Note] { contents.origin }
    /// Further members of a user policy's result object, as compact JSON; nil when there are none.
    package var details: String? { contents.details }
    /// Changes of texts that would remedy it; empty when none is known.
    package var edits: [SourceEdit] {
        get { contents.rest.edits }
        set {
            var rest = contents.rest
            rest.edits = newValue
            contents = FindingContents(contents, rest: rest)
        }
    }
    /// Changes of the object that would remedy it, as the policy says; empty when it does not.
    package var changes: [ObjectEdit] { contents.rest.changes }
    /// Why it does not count; nil for one that does.
    package var suppression: Suppression? { contents.suppression }
    /// An exception that held until a day that has passed.
    package var expired: Suppression? { contents.rest.expired }
    /// Whether a part of what the policy found here is told apart from it, since it is accepted.
    package var isPartial: Bool { contents.rest.isPartial }
    /// The path with the items of lists named by what they hold; nil when it leads through no list.
    private var stablePath: String? { contents.stablePath }
    /// The number of the check that found it, among those of its set.
    var slot: Int { Int(contents.slot) }

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
        contents = FindingContents(violation)
    }

    /// A finding as a saved report has it.
    package init(_ violation: Violation, of rule: RuleReference, fingerprint: String, container: String?) {
        self.rule = violation.severity.map(rule.with) ?? rule
        contents = FindingContents(
            violation, saved: FindingContents.Saved(fingerprint: fingerprint, container: container))
    }
}

extension Finding {
    /// The name of the container that the finding is about; nil when it is about none or one without a name.
    package var container: String? {
        if let container = contents.rest.saved?.container { return container }
        let isInside = path.steps.contains { if case .key(let key) = $0 { Self.containerLists.contains(key) } else { false } }
        guard isInside, var stablePath else { return nil }
        return stablePath.withUTF8 { text in
            for list in Self.containerLists {
                let found = Array("/\(list)/[name=\"".utf8).withUnsafeBufferPointer { ByteSearch.first($0, in: text) }
                guard let found else { continue }
                let name = text[found.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
                return String(decoding: name, as: UTF8.self)
            }
            return nil
        }
    }

    private static let containerLists = ["containers", "initContainers", "ephemeralContainers"]

    /// Orders findings by file, place, policy and text.
    static func inSourceOrder(_ left: Finding, _ right: Finding) -> Bool {
        if left.file != right.file { return ExactText.precedes(left.file, right.file) }
        let (a, b) = (left.position, right.position)
        if a != b { return (a.line, a.column) < (b.line, b.column) }
        if left.policyID != right.policyID { return left.policyID < right.policyID }
        if left.message != right.message { return left.message < right.message }
        return left.path.jsonPointer < right.path.jsonPointer
    }

    /// A name for the finding that survives edits elsewhere: it is made of the policy, the object and the path, whose list
    /// items are named by what they hold, and has neither lines nor the file. A message tells findings about a whole object
    /// apart, and about nothing else, since it may quote values and counts that change.
    package var fingerprint: String {
        if let saved = contents.rest.saved { return saved.fingerprint }
        var hash = FNVHash()
        let isWhole = path.steps.isEmpty
        for part in [
            policyID, resource.type.group, resource.type.kind, resource.namespace ?? "", resource.name,
            stablePath ?? path.jsonPointer, isWhole ? message : "",
        ] {
            hash.combine(part)
        }
        return hash.text
    }
}
