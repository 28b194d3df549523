/// What becomes of objects whose kind nothing at hand describes.
package enum MissingTypes: String, Sendable, CaseIterable {
    /// A violation.
    case fail
    /// Told once a kind.
    case warn
    /// Passed over.
    case skip
}
