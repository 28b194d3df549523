import Catalogue
import Diagnostics
import Findings
import Judging

/// One line a finding, for editors and `grep`: `path:line:col: level: message [policy]`.
struct CompactReporter: Reporter {
    func write(_ report: Report, to output: inout ReportSink) {
        for finding in report.findings {
            let location = finding.location
            let message = DisplayText.escaped(finding.message.replacing("\n", with: " "))
            output += "\(DisplayText.escapedAtLineStart(location.file)):\(location.start): \(finding.level.rawValue): \(message)"
            output += " [\(DisplayText.escaped(finding.policyID))]\n"
        }
    }
}
