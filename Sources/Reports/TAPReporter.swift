import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging

/// The Test Anything Protocol, version 13: one test a finding with its facts as a YAML block. Findings below the threshold
/// are marked TODO and accepted ones SKIP, which harnesses count as passed, so that the verdict is that of the exit code.
struct TAPReporter: Reporter {
    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        let errors = report.diagnostics.filter { $0.severity == .error }
        let count = report.findings.count + report.suppressed.count + errors.count
        output += "TAP version 13\n1..\(max(1, count))\n"
        if errors.isEmpty, let nothing = report.nothingEvaluated {
            output += "Bail out! nothing was evaluated: \(line(nothing))\n"
            return
        }
        if count == 0 {
            output += "ok 1 - \(report.resources) resources have no violations\n"
            return
        }
        var number = 0
        for finding in report.findings {
            number += 1
            let fails = options.failOn.isReached(by: finding.level, finding.severity)
            output += "not ok \(number) - \(title(finding))\(fails ? "" : " # TODO below the threshold")\n"
            facts(finding, to: &output)
        }
        for finding in report.suppressed {
            number += 1
            output += "ok \(number) - \(title(finding)) # SKIP \(line(finding.suppression?.text ?? "accepted"))\n"
        }
        for error in errors {
            number += 1
            output += "not ok \(number) - \(line("\(error.code): \(error.message)"))\n"
        }
    }

    private func title(_ finding: Finding) -> String {
        line("\(finding.policyID) \(finding.resource.title): \(finding.message)")
    }

    private func facts(_ finding: Finding, to output: inout ReportSink) {
        output += "  ---\n"
        let place = finding.location
        var members = [
            ("severity", quoted(finding.severity.rawValue)), ("policy", quoted(finding.policyID)),
            ("file", quoted(options.paths.fromRoot(place.file))), ("line", String(place.start.line)),
            ("column", String(place.start.column)), ("message", quoted(finding.message)),
        ]
        if !finding.path.steps.isEmpty { members.append(("path", quoted(finding.path.fieldPath))) }
        if !finding.remediation.isEmpty { members.append(("fix", quoted(finding.remediation))) }
        for (name, value) in members { output += "  \(name): \(value)\n" }
        output += "  ...\n"
    }

    /// A JSON string is a YAML scalar whatever it holds.
    private func quoted(_ text: String) -> String {
        var json = JSONText()
        json.string(text)
        return json.text
    }

    /// One line in which `#` begins no directive.
    private func line(_ text: String) -> String {
        DisplayText.escaped(text.replacing("\n", with: " ")).replacing("#", with: "\\#")
    }
}
