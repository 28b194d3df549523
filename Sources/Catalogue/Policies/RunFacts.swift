package import Inputs

/// What a policy can require of a run besides kinds of objects; metadata names it like a kind of the group `lintel`.
extension GroupKind {
    /// Objects as they were before a change: `data.previous`.
    package static let previousObject = GroupKind("lintel/PreviousObject")
    /// Where the objects stand: `data.places`.
    package static let place = GroupKind("lintel/Place")
}
