import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging

/// GitLab Code Quality: an array of issues.
struct GitLabReporter: Reporter {
    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        var json = JSONText(to: output)
        var seen: [String: Int] = [:]
        json.array(report.findings) { json, finding in
            // The fingerprint must be unique; two equal findings differ by their number only.
            let number = seen[finding.fingerprint, default: 0]
            seen[finding.fingerprint] = number + 1
            json.object { json in
                json.member("description", "\(finding.message) (\(finding.resource.title))")
                json.member("check_name", finding.policyID)
                json.member("fingerprint", number == 0 ? finding.fingerprint : "\(finding.fingerprint)-\(number)")
                json.member("severity", severity(finding.severity))
                let suggestion = SuggestionText.block(of: finding, indent: "", countsLines: true)
                if !suggestion.isEmpty {
                    json.object("content") { $0.member("body", String(suggestion.dropFirst().dropLast())) }
                }
                json.object("location") { json in
                    json.member("path", options.paths.fromRoot(finding.location.file))
                    json.object("lines") { $0.member("begin", finding.location.start.line) }
                }
            }
        }
        json.finish()
    }

    private func severity(_ severity: PolicySeverity) -> String {
        switch severity {
        case .critical: "blocker"
        case .high: "critical"
        case .medium: "major"
        case .low: "minor"
        case .info: "info"
        }
    }
}
