import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Text

/// JUnit XML as CI servers read it: one suite a file, one case a finding; files without findings are a passed case.
///
/// Findings below the threshold pass with their text in `system-out`, so that the test report agrees with the exit code.
struct JUnitReporter: Reporter {
    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        let groups = grouped(report.findings)
        let errors = report.diagnostics.filter { $0.severity == .error }
        let nothing = errors.isEmpty ? report.nothingEvaluated : nil
        let failures = report.findings.count { options.failOn.isReached(by: $0.level, $0.severity) }
        let errorCount = errors.count + (nothing == nil ? 0 : 1)
        let passed = report.findings.isEmpty && errorCount == 0 ? 1 : 0
        let total = report.findings.count + errorCount + passed
        output += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        output += "<testsuites name=\"lintel\" tests=\"\(total)\" failures=\"\(failures)\" errors=\"\(errorCount)\""
        output += " skipped=\"0\" time=\"\(time(report.duration))\">\n"
        for (file, findings) in groups {
            let failed = findings.count { options.failOn.isReached(by: $0.level, $0.severity) }
            open(name: options.paths.fromRoot(file), tests: findings.count, failures: failed, errors: 0, to: &output)
            let file = options.paths.fromRoot(file)
            for finding in findings { write(finding, in: file, to: &output) }
            output += "  </testsuite>\n"
        }
        if errorCount > 0 {
            open(name: "lintel", tests: errorCount, failures: 0, errors: errorCount, to: &output)
            for error in errors { write(error, to: &output) }
            if let nothing { writeError(code: "nothing_evaluated", message: nothing, place: nil, to: &output) }
            output += "  </testsuite>\n"
        } else if passed > 0 {
            open(name: "lintel", tests: 1, failures: 0, errors: 0, to: &output)
            output +=
                "    <testcase classname=\"lintel\" name=\"\(report.resources) resources have no violations\" time=\"0\"/>\n"
            output += "  </testsuite>\n"
        }
        output += "</testsuites>\n"
    }

    private func open(name: String, tests: Int, failures: Int, errors: Int, to output: inout ReportSink) {
        output += "  <testsuite name=\"\(XMLText.escaped(name))\" tests=\"\(tests)\" failures=\"\(failures)\""
        output += " errors=\"\(errors)\" skipped=\"0\" time=\"0\""
        if let timestamp = options.timestamp { output += " timestamp=\"\(XMLText.escaped(timestamp))\"" }
        output += ">\n"
    }

    private func write(_ finding: Finding, in file: String, to output: inout ReportSink) {
        let escapes = XMLText.escapes
        output += "    <testcase classname=\""
        output.append(finding.policyID, escapes)
        output += "\" name=\""
        output.append(finding.policySlug.isEmpty ? finding.policyID : finding.policySlug, escapes)
        output += ": "
        output.append(finding.resource.title, escapes)
        output += "\" file=\""
        output.append(file, escapes)
        output += "\" line=\""
        output.append(finding.location.start.line)
        output += "\" time=\"0\">\n"
        if options.failOn.isReached(by: finding.level, finding.severity) {
            output += "      <failure type=\""
            output += finding.severity.rawValue
            output += "\" message=\""
            output.append(finding.message, escapes)
            output += "\">"
            writeText(of: finding, in: file, escapes, to: &output)
            output += "</failure>\n"
        } else {
            output += "      <system-out>"
            writeText(of: finding, in: file, escapes, to: &output)
            output += "</system-out>\n"
        }
        output += "    </testcase>\n"
    }

    private func writeText(of finding: Finding, in file: String, _ escapes: TextEscapes, to output: inout ReportSink) {
        output.append(file, escapes)
        output += ":\(finding.location.start): "
        output += finding.severity.rawValue
        output += ": "
        output.append(finding.message, escapes)
        output.append("\n", escapes)
        if !finding.path.steps.isEmpty { output.append("at \(finding.path.fieldPath)\n", escapes) }
        if !finding.remediation.isEmpty {
            output += "fix: "
            output.append(finding.remediation, escapes)
            output.append("\n", escapes)
        }
    }

    private func write(_ error: Diagnostic, to output: inout ReportSink) {
        let place = error.range.map { "\(options.paths.fromRoot($0.file.path)):\($0.position)" }
        writeError(code: error.code, message: error.message, place: place, to: &output)
    }

    private func writeError(code: String, message: String, place: String?, to output: inout ReportSink) {
        let name = place ?? code
        output += "    <testcase classname=\"lintel\" name=\"\(XMLText.escaped(name))\" time=\"0\">\n"
        output += "      <error type=\"\(XMLText.escaped(code))\" message=\"\(XMLText.escaped(message))\"/>\n"
        output += "    </testcase>\n"
    }

    private func time(_ seconds: Double) -> String {
        let thousandths = Int((seconds * 1000).rounded())
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
    }

    private func grouped(_ findings: [Finding]) -> [(file: String, findings: ArraySlice<Finding>)] {
        var groups: [(file: String, findings: ArraySlice<Finding>)] = []
        var start = 0
        for end in findings.indices {
            let file = findings[end].location.file
            if end + 1 < findings.count, findings[end + 1].location.file == file { continue }
            groups.append((file, findings[start...end]))
            start = end + 1
        }
        return groups
    }
}
