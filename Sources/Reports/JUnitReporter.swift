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
            for finding in findings { write(finding, to: &output) }
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

    private func write(_ finding: Finding, to output: inout ReportSink) {
        let name = "\(finding.policySlug.isEmpty ? finding.policyID : finding.policySlug): \(finding.resource.title)"
        let file = XMLText.escaped(options.paths.fromRoot(finding.location.file)), line = finding.location.start.line
        output += "    <testcase classname=\"\(XMLText.escaped(finding.policyID))\" name=\"\(XMLText.escaped(name))\""
        output += " file=\"\(file)\" line=\"\(line)\" time=\"0\">\n"
        let place = "\(options.paths.fromRoot(finding.location.file)):\(finding.location.start)"
        var text = "\(place): \(finding.severity.rawValue): \(finding.message)\n"
        if !finding.path.steps.isEmpty { text += "at \(finding.path.fieldPath)\n" }
        if !finding.remediation.isEmpty { text += "fix: \(finding.remediation)\n" }
        if options.failOn.isReached(by: finding.level, finding.severity) {
            output += "      <failure type=\"\(finding.severity.rawValue)\" message=\"\(XMLText.escaped(finding.message))\">"
            output += "\(XMLText.escaped(text))</failure>\n"
        } else {
            output += "      <system-out>\(XMLText.escaped(text))</system-out>\n"
        }
        output += "    </testcase>\n"
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
