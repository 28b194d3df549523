public import Diagnostics

/// One `test_` rule, or one case of it.
public struct PolicyTest: Sendable {
    public enum Verdict: String, Sendable {
        case pass, fail, error
        /// A `todo_test_` rule: listed, not run.
        case skip
    }

    /// Path of the package, as `data.app`.
    public var package: String
    public var name: String
    public var location: SourceRange
    public var verdict: Verdict
    /// Nanoseconds of one run.
    public var duration: Int64 = 0
    /// What went wrong, for errors.
    public var fault: Diagnostic?
    /// The expression that a failing test did not get past.
    public var failure: Failure?
    /// Lines that `print` wrote.
    public var output: [String] = []
    /// Verdicts of the cases of a test that is a partial object, by key.
    public var cases: [(name: String, verdict: Verdict)] = []

    /// Where a test stopped.
    public struct Failure: Sendable {
        public var expression: SourceRange
        /// Names and values, as Rego terms, of the variables that were bound.
        public var variables: [(name: String, value: String)]
    }
}
