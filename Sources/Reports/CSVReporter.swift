import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Text

/// One row a finding (RFC 4180, lines that end in a line feed), for spreadsheets; accepted and known findings too, with
/// their state.
struct CSVReporter: Reporter {
    let options: ReportOptions

    private static let header = [
        "state", "severity", "level", "policy", "name", "message", "file", "line", "column", "apiVersion", "kind", "namespace",
        "resource", "path", "remediation", "fingerprint", "reason",
    ]

    func write(_ report: Report, to output: inout ReportSink) {
        row(Self.header, to: &output)
        let isCompared = report.comparison != nil
        for finding in report.findings { write(finding, isCompared ? "new" : "open", to: &output) }
        for finding in report.suppressed { write(finding, "suppressed", to: &output) }
        guard let comparison = report.comparison else { return }
        for finding in comparison.unchanged { write(finding, "unchanged", to: &output) }
        for gone in comparison.gone {
            let line = gone.line > 0 ? String(gone.line) : ""
            row(
                [
                    "fixed", gone.severity, "", gone.policyID, gone.policySlug, gone.message, options.paths.fromRoot(gone.file),
                    line,
                    "", "", "", "", gone.resource, "", "", gone.fingerprint, "",
                ], to: &output)
        }
    }

    private func write(_ finding: Finding, _ state: String, to output: inout ReportSink) {
        let resource = finding.resource
        row(
            [
                state, finding.severity.rawValue, finding.level.rawValue, finding.policyID, finding.policySlug, finding.message,
                options.paths.fromRoot(finding.location.file), String(finding.location.start.line),
                String(finding.location.start.column), resource.type.apiVersion, resource.type.kind, resource.namespace ?? "",
                resource.name, finding.path.fieldPath, finding.remediation, finding.fingerprint,
                finding.suppression?.text ?? "",
            ], to: &output)
    }

    private func row(_ fields: [String], to output: inout ReportSink) {
        output += fields.map(Self.field).joined(separator: ",") + "\n"
    }

    private static let controls = TextEscapes([:])
    private static let quotes = TextEscapes(["\"": "\"\""])
    /// Bytes for which a field stands in quotes.
    private static let quoted = Array(",\"\n".utf8)

    /// Quoted where needed; a leading `=`, `+`, `-` or `@` would be a formula to a spreadsheet.
    static func field(_ text: String) -> String {
        let first = text.unicodeScalars.first
        let safe = controls.escaped(first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true ? "'" + text : text)
        guard safe.utf8.contains(where: quoted.contains) else { return safe }
        return "\"" + quotes.escaped(safe) + "\""
    }
}
