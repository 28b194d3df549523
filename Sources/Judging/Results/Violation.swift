package import Catalogue
package import Diagnostics
package import Documents
package import Inputs
import Text

/// What a check has against an object, with its place.
package struct Violation: Sendable {
    /// The check's number among those of its `CheckSet`.
    package var slot: Int
    package var message: String
    package var resource: ResourceReference
    /// The node of the object it is about; steps that are missing from the manifest are included. A policy that takes a
    /// review may name a node beside the object, such as `request.userInfo`.
    package var path: DocumentPath
    /// Where the value is written.
    package var location: SourcePlace
    /// How the value came to where it is, nearest step first: `as built from overlays/prod`; empty for an object that
    /// stands in its file as it is.
    package var origin: [Diagnostic.Note]
    /// Further members of a policy's result object, as compact JSON; nil when there are none.
    package var details: String?
    /// Changes of texts that would remedy it; empty when none is known.
    package var edits: [SourceEdit]
    /// Changes of the object that would remedy it, as the policy says; empty when it does not.
    package var changes: [ObjectEdit] = []
    /// The severity of this violation, when it is not that of its policy.
    package var severity: PolicySeverity?
    /// Why it does not count; nil for one that does.
    package var suppression: Suppression?
    /// An exception that held until a day that has passed.
    package var expired: Suppression?
    /// Whether a part of what the policy found here is told apart from it, since it is accepted.
    package var isPartial = false
    /// The path with the items of lists named by what they hold; nil when it leads through no list.
    package var stablePath: String?
    /// Whether the policy said where, rather than that the engine found out what it read.
    package var statesPlace = false
    /// The policy's own words; empty for a check that is code.
    package var plainMessage = ""

    /// - Parameter screen: what hides the credentials of the object; nil for what was hidden before.
    package init(
        slot: Int, message: String, resource: ResourceReference, path: DocumentPath, location: SourcePlace,
        screen: SecretScreen?, origin: [Diagnostic.Note] = [], details: String? = nil, edits: [SourceEdit] = [],
        severity: PolicySeverity? = nil, stablePath: String? = nil
    ) {
        self.slot = slot
        let message = message.shortened(to: Self.longestMessage)
        self.message = screen?.screened(message) ?? message
        self.resource = resource
        self.path = path.shortened(to: Self.longestStep)
        self.location = screen?.screened(location) ?? location
        self.origin = origin
        self.details = details.map { screen?.screened($0) ?? $0 }
        self.edits = edits
        self.severity = severity
        self.stablePath = stablePath
    }
}

extension Violation {
    /// Bytes of a message that are kept.
    package static let longestMessage = 2048
    /// Bytes that are kept of each step of a path.
    private static let longestStep = 512
}

extension DocumentPath {
    /// The path with long keys cut: what is shown of it serves no search.
    fileprivate func shortened(to limit: Int) -> DocumentPath {
        let isLong = { (step: Step) in if case .key(let key) = step { key.utf8.count > limit } else { false } }
        if !steps.contains(where: isLong) { return self }
        return DocumentPath(
            steps.map { step in if case .key(let key) = step { .key(key.shortened(to: limit)) } else { step } })
    }
}

/// A change of a text.
package struct SourceEdit: Sendable, Hashable {
    /// What is replaced; empty to put something in.
    package var range: SourceRange
    package var replacement: String

    package init(_ range: SourceRange, _ replacement: String) {
        self.range = range
        self.replacement = replacement
    }
}
