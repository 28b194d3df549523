import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging

/// SonarQube's generic issues with their rules, for quality gates of both of its modes.
struct SonarQubeReporter: Reporter {
    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        let used = Set(report.findings.map(\.policyID))
        var seen: Set<String> = []
        let rules = report.policies.filter { used.contains($0.id) && seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
        var json = JSONText(to: output)
        json.object { json in
            json.array("rules", rules, rule)
            json.array("issues", report.findings, issue)
        }
        json.finish()
    }

    private func rule(_ json: inout JSONText, _ policy: Policy) {
        let title = policy.title.isEmpty ? policy.id : policy.title
        json.object { json in
            json.member("id", policy.id)
            json.member("name", title)
            json.member("description", policy.summary.isEmpty ? title : policy.summary)
            json.member("engineId", "lintel")
            json.member("cleanCodeAttribute", isSecurity(policy) ? "TRUSTWORTHY" : "CONVENTIONAL")
            json.member("type", isSecurity(policy) ? "VULNERABILITY" : "CODE_SMELL")
            json.member("severity", standardSeverity(policy.severity))
            json.array("impacts", [policy]) { json, policy in
                json.object { json in
                    json.member("softwareQuality", isSecurity(policy) ? "SECURITY" : "RELIABILITY")
                    json.member("severity", impact(policy.severity))
                }
            }
        }
    }

    private func isSecurity(_ policy: Policy) -> Bool {
        ["security", "rbac", "network", "secrets", "audit", "images", "supply-chain"].contains(policy.category)
            || policy.tags.contains("security")
    }

    private func issue(_ json: inout JSONText, _ finding: Finding) {
        let place = finding.location
        json.object { json in
            json.member("ruleId", finding.policyID)
            json.object("primaryLocation") { json in
                json.member("message", "\(finding.message) (\(finding.resource.title))")
                json.member("filePath", options.paths.fromRoot(place.file))
                json.object("textRange") { json in
                    json.member("startLine", place.start.line)
                    json.member("endLine", place.start.line)
                    // Columns count from 0, and an empty range is refused.
                    if place.end.line == place.start.line, place.end.column > place.start.column {
                        json.member("startColumn", place.start.column - 1)
                        json.member("endColumn", place.end.column - 1)
                    }
                }
            }
        }
    }

    private func standardSeverity(_ severity: PolicySeverity) -> String {
        switch severity {
        case .critical: "BLOCKER"
        case .high: "CRITICAL"
        case .medium: "MAJOR"
        case .low: "MINOR"
        case .info: "INFO"
        }
    }

    private func impact(_ severity: PolicySeverity) -> String {
        switch severity {
        case .critical, .high: "HIGH"
        case .medium: "MEDIUM"
        case .low, .info: "LOW"
        }
    }
}
