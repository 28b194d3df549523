import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging

/// One line a finding in columns, worst first, for people who look over many.
struct TableReporter: Reporter {
    let options: ReportOptions

    private static let longestMessage = 100

    func write(_ report: Report, to output: inout ReportSink) {
        if !report.findings.isEmpty {
            var rows = [["SEVERITY", "POLICY", "RESOURCE", "PLACE", "MESSAGE"]]
            for finding in MarkdownReporter.bySeverity(report.findings) { rows.append(row(finding)) }
            let widths = (0..<4).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
            for row in rows {
                for (cell, width) in zip(row, widths) {
                    output += cell + String(repeating: " ", count: width - cell.unicodeScalars.count + 2)
                }
                output += row[4] + "\n"
            }
        }
        if options.isQuiet { return }
        if !report.findings.isEmpty { output += "\n" }
        var summary = ""
        Summary(report: report, listsNotEvaluated: options.listsNotEvaluated).write(to: &summary)
        output += summary
    }

    private func row(_ finding: Finding) -> [String] {
        let name = finding.policySlug.isEmpty ? finding.policyID : "\(finding.policyID) \(finding.policySlug)"
        var message = DisplayText.escaped(finding.message.replacing("\n", with: " "))
        if message.count > Self.longestMessage { message = message.prefix(Self.longestMessage - 1) + "…" }
        return [
            finding.severity.rawValue, DisplayText.escaped(name), DisplayText.escaped(finding.resource.title),
            "\(DisplayText.escaped(finding.location.file)):\(finding.location.start)", message,
        ]
    }
}
