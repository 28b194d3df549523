import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging

/// What `conftest test --output json` writes, for tools that read that: one entry a file with findings.
///
/// `successes` counts the policies of the run that found nothing in the file.
struct ConftestReporter: Reporter {
    let options: ReportOptions

    private struct Entry {
        var file: String
        var findings: [Finding] = []
        var suppressed: [Finding] = []
    }

    func write(_ report: Report, to output: inout ReportSink) {
        let entrypoints = Dictionary(report.policies.map { ($0.id, $0.entrypoint) }, uniquingKeysWith: { first, _ in first })
        var json = JSONText(to: output)
        json.array(entries(report)) { json, entry in
            let policies = Set(entry.findings.map(\.policyID))
            json.object { json in
                json.member("filename", entry.file)
                json.member("namespace", namespace(entry.findings + entry.suppressed, entrypoints))
                json.member("successes", max(0, report.evaluatedPolicies - policies.count))
                results("warnings", entry.findings.filter { $0.level != .error }, entrypoints, &json)
                results("failures", entry.findings.filter { $0.level == .error }, entrypoints, &json)
                results("exceptions", entry.suppressed, entrypoints, &json)
            }
        }
        json.finish()
    }

    private func entries(_ report: Report) -> [Entry] {
        var entries: [Entry] = [], index: [String: Int] = [:]
        func place(_ finding: Finding) -> Int {
            let file = finding.location.file
            if let known = index[file] { return known }
            entries.append(Entry(file: file))
            index[file] = entries.count - 1
            return entries.count - 1
        }
        for finding in report.findings { entries[place(finding)].findings.append(finding) }
        for finding in report.suppressed { entries[place(finding)].suppressed.append(finding) }
        return entries
    }

    /// The package that all findings are of; `lintel` when there are several.
    private func namespace(_ findings: [Finding], _ entrypoints: [String: String]) -> String {
        let names = Set(findings.map { name(of: entrypoints[$0.policyID] ?? "") })
        if names.count == 1, let name = names.first, !name.isEmpty { return name }
        return "lintel"
    }

    private func name(of entrypoint: String) -> String {
        entrypoint.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
    }

    private func results(
        _ name: StaticString, _ findings: [Finding], _ entrypoints: [String: String], _ json: inout JSONText
    ) {
        if findings.isEmpty { return }
        json.array(name, findings) { json, finding in
            json.object { json in
                json.member("msg", finding.message)
                json.object("loc") { json in
                    json.member("file", finding.location.file)
                    json.member("line", finding.location.start.line)
                }
                json.object("metadata") { json in
                    json.member("query", unlessEmpty: entrypoints[finding.policyID])
                    json.member("id", finding.policyID)
                    json.member("severity", finding.severity.rawValue)
                    json.member("resource", finding.resource.title)
                    json.member("path", unlessEmpty: finding.path.fieldPath)
                    json.member("exception", unlessEmpty: finding.suppression?.text)
                }
            }
        }
    }
}
