import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import Text

/// Logging commands of Azure Pipelines.
struct AzureReporter: Reporter {
    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        for finding in report.findings {
            let location = finding.location
            issue(
                finding.level == .error ? "error" : "warning", file: location.file, start: location.start,
                code: finding.policyID, "\(finding.message) (\(finding.resource.title))", to: &output)
        }
        for diagnostic in report.diagnostics where diagnostic.severity != .note {
            issue(
                diagnostic.severity.rawValue, file: diagnostic.range?.file.path, start: diagnostic.range?.position,
                code: diagnostic.code, diagnostic.message, to: &output)
        }
        if !report.hasErrors, let nothing = report.nothingEvaluated {
            issue("error", file: nil, start: nil, code: "nothing_evaluated", nothing, to: &output)
        }
    }

    private func issue(
        _ type: String, file: String?, start: Position?, code: String, _ message: String, to output: inout ReportSink
    ) {
        output += "##vso[task.logissue type=\(type)"
        if let file { output += ";sourcepath=\(property(options.paths.fromRoot(file)))" }
        if let start { output += ";linenumber=\(start.line);columnnumber=\(start.column)" }
        output += ";code=\(property(code))]\(data(message))\n"
    }

    private static let dataEscapes = TextEscapes(["%": "%AZP25", "\r": "%0D", "\n": "%0A"])
    private static let propertyEscapes = TextEscapes(["%": "%AZP25", "\r": "%0D", "\n": "%0A", ";": "%3B", "]": "%5D"])

    private func data(_ text: String) -> String {
        Self.dataEscapes.escaped(text)
    }

    private func property(_ text: String) -> String {
        Self.propertyEscapes.escaped(text)
    }
}
