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
    /// The cases of a test whose ref goes on after its name, as `test_concat[note]`, by name.
    public var cases: [Case] = []

    /// One case of a test, or a table of cases.
    public struct Case: Sendable {
        public var name: String
        /// Passed or failed; a table fails when a case of it does.
        public var verdict: Verdict
        public var cases: [Case] = []
        /// The expression that a failing case did not get past.
        public var failure: Failure?
    }

    /// All cases, those of tables after the table, each with the names that lead to it.
    public var allCases: [(path: [String], case: Case)] {
        func list(_ cases: [Case], _ path: [String]) -> [(path: [String], case: Case)] {
            cases.flatMap { [(path + [$0.name], $0)] + list($0.cases, path + [$0.name]) }
        }
        return list(cases, [])
    }

    /// Where a test stopped.
    public struct Failure: Sendable {
        public var expression: SourceRange
        /// Names and values of the variables that were bound: as Rego terms of a readable length, and in full.
        public var variables: [(name: String, value: String, full: String)]
        /// Texts and values of the parts of the expression: both sides of a comparison, references, calls.
        public var values: [(text: String, value: String)] = []
        /// What tells the two sides of a comparison apart.
        public var difference: [String] = []
    }
}
