import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Text

/// Objects of the Policy Report API, one a resource with findings, as a `List` that `kubectl apply` takes.
///
/// What passed is not written, and a report holds a bounded number of results: reports live in etcd.
struct PolicyReportReporter: Reporter {
    /// The two groups that define such objects.
    enum Form { case workingGroup, openReports }

    let options: ReportOptions
    let form: Form

    private static let mostResults = 500
    private static let longestMessage = 1_000

    private struct Group {
        var resource: ResourceReference
        var findings: [Finding] = []
        var suppressed: [Finding] = []
    }

    func write(_ report: Report, to output: inout ReportSink) {
        let policies = Dictionary(report.policies.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var json = JSONText(to: output)
        json.object { json in
            json.member("apiVersion", "v1")
            json.member("kind", "List")
            json.array("items", groups(report)) { write($1, policies, &$0) }
        }
        json.finish()
    }

    private func groups(_ report: Report) -> [Group] {
        struct Key: Hashable {
            var type: GroupVersionKind
            var namespace: String
            var name: String
        }
        var groups: [Group] = [], index: [Key: Int] = [:]
        func place(_ resource: ResourceReference) -> Int {
            let key = Key(type: resource.type, namespace: resource.namespace ?? "", name: resource.name)
            if let known = index[key] { return known }
            groups.append(Group(resource: resource))
            index[key] = groups.count - 1
            return groups.count - 1
        }
        for finding in report.findings { groups[place(finding.resource)].findings.append(finding) }
        for finding in report.suppressed { groups[place(finding.resource)].suppressed.append(finding) }
        return groups
    }

    private func write(_ group: Group, _ policies: [String: Policy], _ json: inout JSONText) {
        let resource = group.resource, isCluster = ClusterScope.contains(resource.type.groupKind)
        let prefix = isCluster ? "Cluster" : ""
        json.object { json in
            json.member("apiVersion", form == .openReports ? "openreports.io/v1alpha1" : "wgpolicyk8s.io/v1alpha2")
            json.member("kind", prefix + (form == .openReports ? "Report" : "PolicyReport"))
            json.object("metadata") { json in
                json.member("name", "lintel-\(identity(resource))")
                if !isCluster { json.member("namespace", namespace(resource)) }
                json.object("labels") { $0.member("app.kubernetes.io/managed-by", "lintel") }
                let left = group.findings.count + group.suppressed.count - Self.mostResults
                if left > 0 { json.object("annotations") { $0.member("lintel.dev/results-left-out", String(left)) } }
            }
            if form == .openReports { json.member("source", "lintel") }
            json.object("scope") { reference(to: resource, isCluster: isCluster, &$0) }
            let errors = group.findings.count { $0.level == .error }
            json.object("summary") { json in
                json.member("pass", 0)
                json.member("fail", errors)
                json.member("warn", group.findings.count - errors)
                json.member("error", 0)
                json.member("skip", group.suppressed.count)
            }
            let results = (group.findings + group.suppressed).prefix(Self.mostResults)
            json.array("results", results) { write($1, policies[$1.policyID], &$0) }
        }
    }

    private func write(_ finding: Finding, _ policy: Policy?, _ json: inout JSONText) {
        json.object { json in
            json.member("source", "lintel")
            json.member("policy", finding.policyID)
            json.member("rule", unlessEmpty: finding.policySlug)
            json.member("category", unlessEmpty: policy?.category)
            json.member("severity", finding.severity.rawValue)
            json.member("result", finding.suppression != nil ? "skip" : finding.level == .error ? "fail" : "warn")
            json.member("scored", true)
            json.member("message", String(finding.message.prefix(Self.longestMessage)))
            if let seconds = options.timestamp.flatMap(TimestampText.seconds) {
                json.object("timestamp") { json in
                    json.member("seconds", seconds)
                    json.member("nanos", 0)
                }
            }
            json.object("properties") { json in
                json.member("file", options.paths.fromRoot(finding.location.file))
                json.member("line", String(finding.location.start.line))
                json.member("path", unlessEmpty: finding.path.fieldPath)
                json.member("remediation", unlessEmpty: finding.remediation)
                json.member("fingerprint", finding.fingerprint)
                json.member("exception", unlessEmpty: finding.suppression?.text)
            }
        }
    }

    private func reference(to resource: ResourceReference, isCluster: Bool, _ json: inout JSONText) {
        json.member("apiVersion", resource.type.apiVersion)
        json.member("kind", resource.type.kind)
        if !isCluster { json.member("namespace", namespace(resource)) }
        json.member("name", unlessEmpty: resource.name)
    }

    private func namespace(_ resource: ResourceReference) -> String { resource.namespace ?? "default" }

    /// A name that the API server takes, the same for the same object.
    private func identity(_ resource: ResourceReference) -> String {
        var hash = FNVHash()
        for part in [resource.type.group, resource.type.kind, resource.namespace ?? "", resource.name] {
            hash.combine(part.utf8)
        }
        return hash.text
    }
}

/// Times as RFC 3339 in UTC.
enum TimestampText {
    /// Seconds since 1970 of `2026-11-29T01:02:03Z`; nil for another form.
    static func seconds(_ text: String) -> Int? {
        let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).map { Int($0.prefix { $0 != "." }) }
        guard parts.count == 6, let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3],
            let minute = parts[4], let second = parts[5], (1...12).contains(month)
        else { return nil }
        // Days from 1970-01-01 in the Gregorian calendar, with years that begin in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400, yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400 + hour * 3_600 + minute * 60 + second
    }
}
