package import GoTemplate

extension FunctionCall {
    /// Random bytes: of the run's seed if it has one.
    package func randomBytes(_ count: Int) -> [UInt8] {
        let state = run.owner as? RenderState
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: state?.random() ?? .random(in: .min ... .max)) }
    }

    /// Whether a key that everybody knows may stand for a new one.
    package var usesKnownKey: Bool { (run.owner as? RenderState)?.usesKnownKey ?? false }

    /// The run's instant.
    package var now: Moment { DateFunctions.now(run) }
}
