package import Diagnostics

/// What Conftest's rules said about files.
package struct ConftestResults {
    /// One message of a rule.
    package struct Result {
        package var message: String
        /// The file, and the line when it is known.
        package var file: String
        package var line: Int?
        /// Members beside the message as names and JSON, in order.
        package var metadata: [(name: String, json: String)] = []
    }

    /// The results of one package for one file.
    package struct File {
        package var path: String
        package var namespace: String
        package var successes = 0
        package var warnings: [Result] = []
        package var failures: [Result] = []
        package var exceptions: [Result] = []

        package var tests: Int { successes + warnings.count + failures.count + exceptions.count }
    }

    package var files: [File] = []
    /// Evaluations that failed and results that are none.
    package var problems: [Diagnostic] = []
    /// Builtins that failed inside of a rule, which made an expression undefined.
    package var builtinErrors: [Diagnostic] = []
    /// What was evaluated, when that was asked for.
    package var trace = ""
    /// What policies printed.
    package var output: [String] = []

    package var tests: Int { files.reduce(0) { $0 + $1.tests } }
    package var failures: Int { files.reduce(0) { $0 + $1.failures.count } }
    package var warnings: Int { files.reduce(0) { $0 + $1.warnings.count } }
    package var exceptions: Int { files.reduce(0) { $0 + $1.exceptions.count } }
    package var successes: Int { files.reduce(0) { $0 + $1.successes } }

    /// The last line of reports.
    package var summary: String {
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        return [
            count(tests, "test"), "\(successes) passed", count(warnings, "warning"), count(failures, "failure"),
            count(exceptions, "exception"),
        ].joined(separator: ", ")
    }
}
