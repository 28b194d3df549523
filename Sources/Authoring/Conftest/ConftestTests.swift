import Diagnostics
import Rego

/// Verdicts of Rego tests in the lines of `conftest verify`.
extension TestReport {
    /// A line for each test that failed, with the line of the test, and the numbers.
    package func conftest(isColoured: Bool = false) -> String {
        func coloured(_ text: String, _ code: Int) -> String { isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        var text = ""
        for test in tests where test.verdict == .fail || test.verdict == .error {
            let place = "\(DisplayText.escaped(test.location.file.path)):\(test.location.position.line)"
            // Tests belong to no package that was asked for.
            text += "\(coloured("FAIL", 31)) - \(place) -  - \(test.package).\(test.name)\n"
        }
        let failed = count(.fail) + count(.error)
        let summary = [
            "\(tests.count) test\(tests.count == 1 ? "" : "s")", "\(count(.pass)) passed", "0 warnings",
            "\(failed) failure\(failed == 1 ? "" : "s")", "0 exceptions", "\(count(.skip)) skipped",
        ]
        return text + "\n" + coloured(summary.joined(separator: ", "), failed > 0 ? 31 : 32) + "\n"
    }
}
