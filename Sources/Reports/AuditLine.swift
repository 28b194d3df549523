import Catalogue
import Diagnostics
package import Findings
package import Inputs
import Judging

/// One violation by an audit event on one line, for logs that are followed.
package struct AuditLine: Sendable {
    private let finding: Finding
    private let event: AuditEvent

    package init(_ finding: Finding, _ event: AuditEvent) {
        self.finding = finding
        self.event = event
    }

    /// The line, as text for people or as a JSON object.
    package func text(as format: ReportFormat, colour: Bool) -> String {
        format == .json ? json : plain(colour)
    }

    private func plain(_ colour: Bool) -> String {
        let severity = colour ? "\u{1B}[1;31m\(finding.severity.rawValue):\u{1B}[0m" : finding.severity.rawValue + ":"
        let place = "\(DisplayText.escapedAtLineStart(finding.location.file)):\(finding.location.start)"
        let name = finding.policySlug.isEmpty ? finding.policyID : "\(finding.policyID) \(finding.policySlug)"
        return
            "\(place): \(DisplayText.escaped(event.time)) \(severity) \(DisplayText.escaped(finding.message)) [\(DisplayText.escaped(name))]\n"
    }

    private var json: String {
        var json = JSONText()
        json.object { json in
            json.member("time", event.time)
            json.head(of: finding)
            json.member("auditID", event.id)
            json.member("stage", event.stage)
            json.member("user", event.user)
            json.member("verb", event.verb)
            json.member("requestURI", event.requestURI)
            json.member("sourceIPs", event.sources)
        }
        return json.line + "\n"
    }
}
