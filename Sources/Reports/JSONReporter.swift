import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging

/// The complete report for programs; its schema is `docs/report.schema.json`.
struct JSONReporter: Reporter {
    /// Counts up when a member changes its meaning or goes away.
    static let formatVersion = 1

    let options: ReportOptions

    func write(_ report: Report, to output: inout ReportSink) {
        var json = JSONText(to: output)
        json.object { json in
            json.member("formatVersion", Self.formatVersion)
            json.object("tool") { json in
                json.member("name", "lintel")
                json.member("version", options.version)
            }
            json.member("timestamp", unlessEmpty: options.timestamp)
            json.object("summary") { summary(report, &$0) }
            json.array("policies", violated(report), policy)
            json.array("findings", report.findings, finding)
            if !report.suppressed.isEmpty { json.array("suppressed", report.suppressed, finding) }
            if let comparison = report.comparison { json.object("comparison") { write(comparison, &$0) } }
            omitted(report, &json)
            skipped(report, &json)
            builds(report, &json)
            if let coverage = report.templateCoverage { json.array("templateCoverage", coverage) { $1.write(to: &$0) } }
            if let settings = report.settings { json.object("settings") { write(settings, &$0) } }
            json.array("notEvaluated", report.notEvaluated) { json, entry in
                json.object { json in
                    json.member("policy", entry.policyID)
                    json.member("name", unlessEmpty: entry.policySlug)
                    json.member("reason", entry.reason)
                }
            }
            json.array("diagnostics", report.diagnostics, diagnostic)
        }
        json.finish()
    }

    private func omitted(_ report: Report, _ json: inout JSONText) {
        if report.omitted.isEmpty { return }
        json.array("omitted", report.omitted) { json, entry in
            json.object { json in
                json.member("policy", entry.rule.id)
                json.member("name", unlessEmpty: entry.rule.slug)
                json.member("severity", entry.rule.severity.rawValue)
                json.member("level", entry.rule.level.rawValue)
                json.member("count", entry.count)
                json.member("objects", entry.objects)
            }
        }
    }

    private func skipped(_ report: Report, _ json: inout JSONText) {
        json.array("skipped", report.skipped) { json, skip in
            json.object { json in
                json.member("file", skip.path)
                json.member("line", skip.line)
                json.member("document", skip.documentIndex)
                json.member("reason", skip.reason.rawValue)
            }
        }
    }

    private func builds(_ report: Report, _ json: inout JSONText) {
        if report.builds.isEmpty { return }
        json.array("builds", report.builds) { json, build in
            json.object { json in
                json.member("kind", build.kind.rawValue)
                json.member("path", build.path)
                json.member("values", unlessEmpty: build.values)
                json.member("appliedBy", unlessEmpty: build.appliedBy)
                json.member("objects", build.objects)
                json.member("notBuilt", unlessEmpty: build.reason)
            }
        }
    }

    private func write(_ settings: RunSettings, _ json: inout JSONText) {
        json.member("configuration", unlessEmpty: settings.path)
        json.member("floor", unlessEmpty: settings.floor)
        json.array("changes", settings.changes) { json, change in
            json.object { json in
                json.member("setting", change.setting)
                json.member("file", unlessEmpty: change.layer)
                json.member("policy", unlessEmpty: change.policyID)
                json.member("name", unlessEmpty: change.policySlug)
                json.member("value", change.value)
                json.member("before", unlessEmpty: change.before)
            }
        }
    }

    private func summary(_ report: Report, _ json: inout JSONText) {
        json.member("files", report.files)
        json.member("resources", report.resources)
        json.member("policiesSelected", report.selectedPolicies ?? report.policies.count)
        json.member("policiesEvaluated", report.evaluatedPolicies)
        json.member("documentsSkipped", report.skipped.count)
        json.object("skippedByReason") { json in
            for (reason, count) in report.skipCounts { json.member(named: reason.id, count) }
        }
        if !report.unknownKinds.isEmpty {
            json.array("unknownKinds", report.unknownKinds) { json, entry in
                json.object { json in
                    json.member("apiVersion", entry.apiVersion)
                    json.member("kind", entry.kind)
                    json.member("objects", entry.objects)
                }
            }
        }
        json.object("violations") { json in
            json.member("total", report.findings.count)
            for severity in PolicySeverity.allCases { json.member(named: severity.rawValue, report.count(of: severity)) }
            if !report.omitted.isEmpty { json.member("omitted", report.omittedCount) }
        }
        if !report.suppressed.isEmpty { json.member("suppressed", report.suppressed.count) }
        if let comparison = report.comparison {
            json.member("unchanged", comparison.unchanged.count)
            json.member("fixed", comparison.gone.count)
        }
        json.member("passed", report.conclusion(failOn: options.failOn) == .passed)
    }

    /// What was violated, or is accepted: what people need to know of it is told once.
    private func violated(_ report: Report) -> [Policy] {
        var ids = Set<String>()
        for finding in report.findings { ids.insert(finding.policyID) }
        for finding in report.suppressed { ids.insert(finding.policyID) }
        for finding in report.comparison?.unchanged ?? [] { ids.insert(finding.policyID) }
        if ids.isEmpty { return [] }
        return report.policies.filter { ids.remove($0.id) != nil }.sorted { $0.id < $1.id }
    }

    private func policy(_ json: inout JSONText, _ policy: Policy) {
        json.object { json in
            json.member("policy", policy.id)
            json.member("name", unlessEmpty: policy.slug)
            json.member("title", unlessEmpty: policy.title)
            json.member("description", unlessEmpty: policy.summary)
            json.member("severity", policy.severity.rawValue)
            json.member("category", unlessEmpty: policy.category)
            if !policy.tags.isEmpty { json.member("tags", policy.tags) }
            json.member("confidence", unlessEmpty: policy.confidence)
            json.member("rule", unlessEmpty: policy.entrypoint)
            json.member("remediation", unlessEmpty: policy.remediation)
            if let page = policy.relatedResources.first { json.member("url", page) }
        }
    }

    private func write(_ comparison: Comparison, _ json: inout JSONText) {
        json.member("with", comparison.basis.rawValue)
        json.member("name", comparison.name)
        json.array("unchanged", comparison.unchanged, finding)
        json.array("fixed", comparison.gone) { json, gone in
            json.object { json in
                json.member("policy", gone.policyID)
                json.member("name", unlessEmpty: gone.policySlug)
                json.member("severity", unlessEmpty: gone.severity)
                json.member("message", gone.message)
                json.member("resource", gone.resource)
                json.member("file", gone.file)
                if gone.line > 0 { json.member("line", gone.line) }
                json.member("fingerprint", gone.fingerprint)
            }
        }
    }

    private func write(_ suppression: Suppression, _ json: inout JSONText) {
        json.member("source", suppression.source.rawValue)
        json.member("tool", unlessEmpty: suppression.tool)
        json.member("reason", unlessEmpty: suppression.reason)
        json.member("owner", unlessEmpty: suppression.owner)
        json.member("until", unlessEmpty: suppression.until)
        json.member("file", unlessEmpty: suppression.file)
        if suppression.line > 0 { json.member("line", suppression.line) }
    }

    private func finding(_ json: inout JSONText, _ finding: Finding) {
        json.object { json in
            json.head(of: finding)
            json.member("endLine", finding.location.end.line)
            json.member("endColumn", finding.location.end.column)
            json.member("document", finding.resource.documentIndex)
            json.object("resource") { json in
                json.member("apiVersion", finding.resource.type.apiVersion)
                json.member("kind", finding.resource.type.kind)
                json.member("namespace", unlessEmpty: finding.resource.namespace)
                json.member("name", finding.resource.name)
            }
            json.member("container", unlessEmpty: finding.container)
            json.member("path", finding.path.fieldPath)
            json.member("pointer", finding.path.jsonPointer)
            if !finding.origin.isEmpty { json.array("origin", finding.origin, step) }
            if !finding.alsoIn.isEmpty {
                json.array("alsoIn", finding.alsoIn) { json, steps in
                    json.object { $0.array("origin", steps, step) }
                }
            }
            json.member("remediation", unlessEmpty: finding.remediation)
            json.member("fingerprint", finding.fingerprint)
            if !finding.edits.isEmpty {
                json.array("edits", finding.edits) { json, edit in
                    let (start, end) = (edit.range.position, edit.range.endPosition)
                    json.object { json in
                        json.member("file", edit.range.file.path)
                        json.member("line", start.line)
                        json.member("column", start.column)
                        json.member("endLine", end.line)
                        json.member("endColumn", end.column)
                        json.member("replacement", edit.replacement)
                    }
                }
            }
            if finding.location.isSecret { json.member("secret", true) }
            if let expired = finding.expired { json.object("expiredException") { write(expired, &$0) } }
            if let suppression = finding.suppression { json.object("suppression") { write(suppression, &$0) } }
            if let details = finding.details {
                json.key("details")
                json.raw(details)
            }
        }
    }

    /// A step by which an object came to be.
    private func step(_ json: inout JSONText, _ note: Diagnostic.Note) {
        json.object { json in
            json.member("message", note.message)
            guard let range = note.range else { return }
            json.member("file", range.file.path)
            json.member("line", range.position.line)
            json.member("column", range.position.column)
        }
    }

    private func diagnostic(_ json: inout JSONText, _ diagnostic: Diagnostic) {
        json.object { json in
            json.member("code", diagnostic.code)
            json.member("severity", diagnostic.severity.rawValue)
            json.member("message", diagnostic.message)
            if let range = diagnostic.range {
                json.member("file", range.file.path)
                json.member("line", range.position.line)
                json.member("column", range.position.column)
            }
        }
    }
}

extension JSONText {
    /// The members that every JSON form of a finding begins with: the policy, how grave it is, what it says and where.
    mutating func head(of finding: Finding) {
        member("policy", finding.policyID)
        member("name", unlessEmpty: finding.policySlug)
        member("severity", finding.severity.rawValue)
        member("level", finding.level.rawValue)
        member("message", finding.message)
        member("file", finding.location.file)
        member("line", finding.location.start.line)
        member("column", finding.location.start.column)
    }
}
