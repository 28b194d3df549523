import Diagnostics
package import Documents
import Inputs

/// A mutator of Gatekeeper: an Assign, AssignMetadata, ModifySet or AssignImage.
package final class ObjectMutator: Sendable {
    /// What it does at its location.
    enum Effect: Sendable {
        case assign(Value)
        /// `metadata.name` or `metadata.namespace` of the object.
        case assignMetadata(String)
        case merge([Value])
        case prune([Value])
        case image(ImageParts)
    }

    /// Some versions of some kinds, and when they are changed.
    struct Target: Sendable {
        var groups: [String]
        var versions: [String]
        var kinds: [String]
        /// Empty is all.
        var operations: [String]

        /// - Parameter operation: empty for objects that nobody sends.
        func covers(_ type: GroupVersionKind, _ operation: String) -> Bool {
            groups.contains(type.group) && versions.contains(type.version) && kinds.contains(type.kind)
                && (operation.isEmpty || operations.isEmpty || operations.contains(operation))
        }
    }

    package static let group = "mutations.gatekeeper.sh"
    static let versions = ["v1", "v1beta1", "v1alpha1"]
    static let kinds = ["Assign", "AssignImage", "AssignMetadata", "ModifySet"]

    /// The mutator as it was written, which owns the values of its effect.
    package let document: Document
    package let kind: String
    package let name: String
    package let location: MutatorLocation
    /// Nil for AssignMetadata, which may be about all kinds.
    let targets: [Target]?
    let match: ConstraintMatch
    let effect: Effect
    /// By the number of a step of the location: whether it must exist (or else must not).
    let tests: [Int: Bool]

    init(
        document: Document, kind: String, name: String, location: MutatorLocation, targets: [Target]?, match: ConstraintMatch,
        effect: Effect, tests: [Int: Bool]
    ) {
        self.document = document
        self.kind = kind
        self.name = name
        self.location = location
        self.targets = targets
        self.match = match
        self.effect = effect
        self.tests = tests
    }

    /// What reports, logs and answers call it.
    package var id: String { "\(kind)/\(name)" }

    func mayExist(_ step: Int) -> Bool { tests[step] ?? true }
    func mayBeMissing(_ step: Int) -> Bool { tests[step] != true }

    /// Whether it is about an object.
    func matches(_ type: GroupVersionKind, _ operation: String, _ candidate: MatchCandidate) -> ConstraintMatch.Answer {
        if let targets, !targets.contains(where: { $0.covers(type, operation) }) { return .no }
        return match.matches(candidate)
    }
}
