import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import Text

/// Workflow commands of GitHub Actions, which become annotations.
///
/// GitHub shows ten of a kind, so what matters most comes first.
struct GitHubReporter: Reporter {
    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        writeProblems(report, to: &output)
        for severity in PolicySeverity.allCases {
            for finding in report.findings where finding.severity == severity { write(finding, to: &output) }
        }
    }

    private func write(_ finding: Finding, to output: inout ReportSink) {
        let location = finding.location
        let name = finding.policySlug.isEmpty ? finding.policyID : "\(finding.policyID) \(finding.policySlug)"
        var message = "\(finding.severity.rawValue): \(finding.message) (\(finding.resource.title))"
        if !finding.remediation.isEmpty { message += "\nFix: \(finding.remediation)" }
        write(
            command(finding.level), file: location.file, start: location.start, end: location.end, title: name, message,
            to: &output)
    }

    private func writeProblems(_ report: Report, to output: inout ReportSink) {
        for diagnostic in report.diagnostics {
            let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
            if let range = diagnostic.range {
                write(
                    command, file: range.file.path, start: range.position, end: range.position, title: diagnostic.code,
                    diagnostic.message, to: &output)
            } else {
                output += "::\(command) title=\(property(diagnostic.code))::\(data(diagnostic.message))\n"
            }
        }
        if !report.hasErrors, let nothing = report.nothingEvaluated {
            output += "::error title=nothing evaluated::\(data(nothing))\n"
        }
    }

    private func write(
        _ command: String, file: String, start: Position, end: Position, title: String, _ message: String,
        to output: inout ReportSink
    ) {
        output +=
            "::\(command) file=\(property(options.paths.fromRoot(file))),line=\(start.line),endLine=\(end.line),col=\(start.column)"
        output += ",endColumn=\(end.column),title=\(property(title))::\(data(message))\n"
    }

    private func command(_ level: FindingLevel) -> String { level == .note ? "notice" : level.rawValue }

    private static let dataEscapes = TextEscapes(["%": "%25", "\r": "%0D", "\n": "%0A"])
    private static let propertyEscapes = TextEscapes(["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])

    private func data(_ text: String) -> String {
        Self.dataEscapes.escaped(text)
    }

    private func property(_ text: String) -> String {
        Self.propertyEscapes.escaped(text)
    }
}
