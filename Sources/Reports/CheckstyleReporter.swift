import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Text

/// Checkstyle's XML, which Jenkins, reviewdog and others read: findings by file.
struct CheckstyleReporter: Reporter {
    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        output += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"
        var file: String?
        for finding in report.findings {
            if finding.location.file != file {
                if file != nil { output += "  </file>\n" }
                file = finding.location.file
                output += "  <file name=\"\(XMLText.escaped(options.paths.fromRoot(finding.location.file)))\">\n"
            }
            let start = finding.location.start
            error(
                line: start.line, column: start.column, finding.level == .note ? "info" : finding.level.rawValue,
                "\(finding.message) (\(finding.resource.title))", source: "lintel.\(finding.policyID)", to: &output)
        }
        if file != nil { output += "  </file>\n" }
        problems(report, to: &output)
        output += "</checkstyle>\n"
    }

    private func problems(_ report: Report, to output: inout ReportSink) {
        for problem in report.diagnostics where problem.severity != .note {
            let path = problem.range?.file.path ?? "lintel"
            output += "  <file name=\"\(XMLText.escaped(options.paths.fromRoot(path)))\">\n"
            let start = problem.range?.position
            error(
                line: start?.line ?? 1, column: start?.column ?? 1, problem.severity.rawValue, problem.message,
                source: "lintel.\(problem.code)", to: &output)
            output += "  </file>\n"
        }
        guard !report.hasErrors, let nothing = report.nothingEvaluated else { return }
        output += "  <file name=\"lintel\">\n"
        error(line: 1, column: 1, "error", nothing, source: "lintel.nothing_evaluated", to: &output)
        output += "  </file>\n"
    }

    private func error(
        line: Int, column: Int, _ severity: String, _ message: String, source: String, to output: inout ReportSink
    ) {
        output += "    <error line=\"\(line)\" column=\"\(column)\" severity=\"\(severity)\""
        output += " message=\"\(XMLText.escaped(message))\" source=\"\(XMLText.escaped(source))\"/>\n"
    }
}
