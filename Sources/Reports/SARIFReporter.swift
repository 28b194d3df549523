import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging

/// SARIF 2.1.0 for code scanning (OASIS standard; limits and musts of GitHub's upload).
struct SARIFReporter: Reporter {
    let options: ReportOptions

    static let informationURI = "https://github.com/lintel/lintel"
    private static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

    func write(_ report: Report, to output: inout ReportSink) {
        var rules: [Policy] = []
        for policy in report.policies.sorted(by: { $0.id < $1.id }) where rules.last?.id != policy.id { rules.append(policy) }
        let ruleIndex = Dictionary(rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var json = JSONText(to: output)
        json.object { json in
            json.member("$schema", Self.schema)
            json.member("version", "2.1.0")
            json.array("runs", [report]) { json, report in
                json.object { json in
                    json.object("tool") { json in
                        json.object("driver") { json in
                            json.member("name", "lintel")
                            json.member("semanticVersion", options.version)
                            json.member("informationUri", Self.informationURI)
                            json.array("rules", rules, rule)
                        }
                    }
                    json.array("invocations", [report], invocation)
                    json.object("originalUriBaseIds") { json in
                        json.object("%SRCROOT%") { json in
                            json.object("description") {
                                $0.member(
                                    "text", options.paths.hasRoot ? "The root of the repository." : "The folder the check ran in."
                                )
                            }
                        }
                    }
                    json.member("columnKind", "unicodeCodePoints")
                    json.array("results", Entry.all(of: report)) { json, entry in
                        switch entry {
                        case .present(let finding, let state):
                            result(&json, finding, state, index: ruleIndex[finding.policyID] ?? -1)
                        case .gone(let gone): result(&json, gone, index: ruleIndex[gone.policyID] ?? -1)
                        }
                    }
                }
            }
        }
        json.finish()
    }

    private func rule(_ json: inout JSONText, _ policy: Policy) {
        json.object { json in
            json.member("id", policy.id)
            json.member("name", unlessEmpty: policy.slug)
            let title = policy.title.isEmpty ? policy.id : policy.title
            json.object("shortDescription") { $0.member("text", title) }
            json.object("fullDescription") { $0.member("text", policy.summary.isEmpty ? title : policy.summary) }
            if let page = policy.relatedResources.first, page.hasPrefix("https://") { json.member("helpUri", page) }
            if !policy.remediation.isEmpty {
                json.object("help") { json in
                    json.member("text", policy.remediation)
                    json.member("markdown", "**Fix:** \(policy.remediation)\n\n\(policy.summary)")
                }
            }
            json.object("defaultConfiguration") { $0.member("level", policy.severity.level.rawValue) }
            json.object("properties") { json in
                json.member("tags", tags(policy))
                json.member("precision", policy.confidence == "exact" ? "very-high" : "medium")
                json.member("security-severity", score(policy.severity))
                if !policy.compliance.isEmpty {
                    json.object("compliance") { json in
                        for (framework, clauses) in policy.compliance { json.member(named: framework, clauses) }
                    }
                }
            }
        }
    }

    /// The category and the tags, each once, as the schema demands.
    private func tags(_ policy: Policy) -> [String] {
        var tags: [String] = []
        for tag in [policy.category] + policy.tags where !tag.isEmpty && !tags.contains(tag) { tags.append(tag) }
        return tags
    }

    /// GitHub's bands: 9.0 critical, 7.0 high, 4.0 medium, 0.1 low.
    private func score(_ severity: PolicySeverity) -> String {
        switch severity {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        case .info: "0.1"
        }
    }

    private func invocation(_ json: inout JSONText, _ report: Report) {
        json.object { json in
            json.member("executionSuccessful", report.conclusion(failOn: .never) != .failed)
            if let settings = report.settings { notifications(&json, settings) }
            let omitted = report.omitted.map { entry in
                Diagnostic(
                    code: "omitted", severity: .note,
                    message:
                        "\(entry.count) more violations of \(entry.rule.id) are not listed, in \(entry.objects) \(entry.objects == 1 ? "object" : "objects")"
                )
            }
            json.array("toolExecutionNotifications", report.diagnostics + omitted) { json, diagnostic in
                json.object { json in
                    json.object("descriptor") { $0.member("id", diagnostic.code) }
                    json.member("level", diagnostic.severity.rawValue)
                    json.object("message") { $0.member("text", diagnostic.message) }
                    if let range = diagnostic.range {
                        let (start, end) = (range.position, range.endPosition)
                        location(&json, file: range.file.path, start: start, end: end, snippet: nil, resource: nil, pointer: "")
                    }
                }
            }
        }
    }

    /// What the configuration changes, each change with the rule it is about.
    private func notifications(_ json: inout JSONText, _ settings: RunSettings) {
        let files = [settings.path, settings.floor].filter { !$0.isEmpty }
        json.array("toolConfigurationNotifications", settings.changes) { json, change in
            json.object { json in
                json.object("descriptor") { $0.member("id", "configuration.\(change.setting.prefix { $0 != " " })") }
                json.member("level", "note")
                json.object("message") { $0.member("text", "\(settings.path): \(change.text)") }
                if !change.policyID.isEmpty { json.object("associatedRule") { $0.member("id", change.policyID) } }
            }
        }
        json.object("properties") { $0.member("settings", files) }
    }

    /// A result: of this run with its state against the earlier one, or of the earlier one alone.
    private enum Entry {
        case present(Finding, String)
        case gone(Comparison.Gone)

        /// All results one after the other, made as they are asked for.
        static func all(of report: Report) -> some Sequence<Entry> {
            let isCompared = report.comparison != nil
            let unchanged = report.comparison?.unchanged ?? [], gone = report.comparison?.gone ?? []
            let first = report.findings.count, second = first + report.suppressed.count, third = second + unchanged.count
            return (0..<third + gone.count).lazy.map { index in
                if index < first { return .present(report.findings[index], isCompared ? "new" : "") }
                if index < second { return .present(report.suppressed[index - first], "") }
                if index < third { return .present(unchanged[index - second], "unchanged") }
                return .gone(gone[index - third])
            }
        }
    }

    /// A finding that is gone, which readers that keep results close.
    private func result(_ json: inout JSONText, _ gone: Comparison.Gone, index: Int) {
        json.object { json in
            json.member("ruleId", gone.policyID)
            if index >= 0 { json.member("ruleIndex", index) }
            json.member("kind", "fail")
            json.member("level", "none")
            json.object("message") { $0.member("text", gone.message) }
            let start = Position(line: max(1, gone.line), column: 1)
            location(&json, file: gone.file, start: start, end: start, snippet: nil, resource: nil, pointer: "")
            json.object("partialFingerprints") { $0.member(Self.fingerprintName, gone.fingerprint) }
            json.member("baselineState", "absent")
        }
    }

    private static let fingerprintName: StaticString = "lintelFinding/v2"

    private func suppressions(_ suppression: Suppression, _ json: inout JSONText) {
        json.array("suppressions", [suppression]) { json, suppression in
            json.object { json in
                json.member("kind", suppression.source == .configuration ? "external" : "inSource")
                json.member("status", "accepted")
                json.member("justification", suppression.text)
            }
        }
    }

    /// Other builds that a result names.
    private static let mostRelated = 20

    private func result(
        _ json: inout JSONText, _ finding: Finding, _ state: String, index: Int
    ) {
        json.object { json in
            json.member("ruleId", finding.policyID)
            if index >= 0 { json.member("ruleIndex", index) }
            json.member("kind", "fail")
            json.member("level", finding.level.rawValue)
            json.member("baselineState", unlessEmpty: state)
            if let suppression = finding.suppression { suppressions(suppression, &json) }
            json.object("message") { $0.member("text", finding.message) }
            let place = finding.location
            location(
                &json, file: place.file, start: place.start, end: place.end, snippet: snippet(place),
                resource: finding.resource, pointer: finding.path.jsonPointer)
            let others = finding.alsoIn.compactMap(\.first).prefix(Self.mostRelated)
            let steps = (finding.origin + others).filter { $0.range != nil }
            if !steps.isEmpty {
                json.array("relatedLocations", steps) { json, step in
                    json.object { json in
                        if let range = step.range {
                            physicalLocation(
                                &json, options.paths.fromRoot(range.file.path), start: range.position, end: range.endPosition,
                                snippet: nil)
                        }
                        json.object("message") { $0.member("text", step.message) }
                    }
                }
            }
            if !finding.edits.isEmpty { fix(&json, finding) }
            json.object("partialFingerprints") { $0.member(Self.fingerprintName, finding.fingerprint) }
            json.object("properties") { $0.member("severity", finding.severity.rawValue) }
        }
    }

    private func fix(_ json: inout JSONText, _ finding: Finding) {
        json.array("fixes", [finding]) { json, finding in
            json.object { json in
                let text = finding.remediation.isEmpty ? "Change the text." : finding.remediation
                json.object("description") { $0.member("text", text) }
                json.array("artifactChanges", finding.edits) { json, edit in
                    json.object { json in
                        artifact(&json, options.paths.fromRoot(edit.range.file.path))
                        json.array("replacements", [edit]) { json, edit in
                            json.object { json in
                                region(&json, "deletedRegion", edit.range.position, edit.range.endPosition)
                                json.object("insertedContent") { $0.member("text", edit.replacement) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func artifact(_ json: inout JSONText, _ file: String) {
        json.object("artifactLocation") { json in
            json.member("uri", ReportPath.uri(file))
            if !file.hasPrefix("/"), !file.hasPrefix("../") { json.member("uriBaseId", "%SRCROOT%") }
        }
    }

    private func region(
        _ json: inout JSONText, _ name: StaticString, _ start: Position, _ end: Position, snippet: String? = nil
    ) {
        json.object(name) { json in
            json.member("startLine", max(1, start.line))
            json.member("startColumn", max(1, start.column))
            json.member("endLine", max(start.line, end.line, 1))
            json.member("endColumn", max(1, end.column))
            if let snippet { json.object("snippet") { $0.member("text", snippet) } }
        }
    }

    /// The line of a finding; nil when it is empty, which strict readers refuse.
    private func snippet(_ place: SourcePlace) -> String? {
        guard let range = place.range else { return nil }
        let file = range.file
        let line = file.byteRange(ofLine: place.start.line)
        return line.isEmpty || line.count > 500 ? nil : file.text(in: line)
    }

    private func location(
        _ json: inout JSONText, file: String, start: Position, end: Position, snippet: String?,
        resource: ResourceReference?, pointer: String
    ) {
        json.array("locations", [options.paths.fromRoot(file)]) { json, file in
            json.object { json in
                physicalLocation(&json, file, start: start, end: end, snippet: snippet)
                if let resource {
                    json.array("logicalLocations", [resource]) { json, resource in
                        json.object { json in
                            let parts = [resource.namespace ?? "", resource.type.kind, resource.name]
                            json.member(
                                "fullyQualifiedName",
                                parts.filter { !$0.isEmpty }.joined(separator: "/") + "#" + pointer)
                            json.member("kind", "resource")
                        }
                    }
                }
            }
        }
    }

    private func physicalLocation(
        _ json: inout JSONText, _ file: String, start: Position, end: Position, snippet: String?
    ) {
        json.object("physicalLocation") { json in
            artifact(&json, file)
            region(&json, "region", start, end, snippet: snippet)
        }
    }
}
