import Diagnostics
import Documents
import Inputs

/// Checks the metadata of library policies against `policies/README.md`; remembers ids to find doubles.
struct MetadataCheck {
    private var ids: [String: String] = [:]
    private var slugs: [String: String] = [:]

    private static let topKeys = ["scope", "title", "description", "related_resources", "custom"]
    static let keys = [
        "id", "slug", "aliases", "version", "status", "severity", "tags", "profiles", "confidence", "scope", "targets",
        "suppressible",
        "requires", "merges", "parameters", "remediation", "fix", "effort", "compliance", "defaults",
    ]
    private static let required = [
        "id", "slug", "version", "status", "severity", "confidence", "scope", "targets", "profiles", "remediation", "compliance",
    ]
    /// What the folders of policies are called.
    private static let categories = [
        "security", "reliability", "network", "rbac", "images", "supply-chain", "secrets", "deprecation", "best-practice",
        "gitops", "wiring", "audit",
    ]
    private static let closed: KeyValuePairs<String, [String]> = [
        "status": ["experimental", "stable", "deprecated"],
        "severity": PolicySeverity.allCases.map(\.rawValue),
        "confidence": ["exact", "heuristic", "needs-context"],
        "scope": Policy.Scope.allCases.map(\.rawValue),
        "effort": ["low", "medium", "high"],
    ]
    private static let areas: Set = [
        "POD", "IMG", "RES", "REL", "REF", "NET", "RBAC", "SEC", "API", "GIT", "ARGO", "FLUX", "HOOK", "MON", "CIS", "AUD",
    ]

    mutating func problems(of text: AnnotationText, package: String, path: String) -> [Diagnostic] {
        var report = Report(text: text)
        let root = text.document.root, custom = root.field("custom")
        report.checkKeys(of: root, allowed: Self.topKeys, at: [])
        for key in ["title", "description"] where (root.field(named: key).stringValue ?? "").isEmpty {
            report.add("\(key) is missing", at: [])
        }
        if let title = root.field("title").stringValue, title.unicodeScalars.count > 60 {
            report.add("the title is longer than 60 characters", at: [.key("title")])
        }
        guard custom.kind == .object else {
            report.add("custom is missing", at: [])
            return report.problems
        }
        report.checkKeys(of: custom, allowed: Self.keys, at: [.key("custom")])
        for key in Self.required where custom.field(named: key).isUndefined {
            report.add("custom.\(key) is missing", at: [.key("custom")])
        }
        for (key, values) in Self.closed {
            guard let text = custom.field(named: key).stringValue, !values.contains(text) else { continue }
            report.add(
                "\"\(text)\" is not a valid \(key)\(Suggestion.text(for: text, among: values))", at: [.key("custom"), .key(key)])
        }
        checkProfiles(custom.field("profiles"), &report)
        let fix = custom.field("fix")
        if let problem = FixMetadata.problem(of: fix) {
            report.add(problem, at: [.key("custom"), .key("fix")])
        } else if let rule = fix.field("rule").stringValue, rule != "deny" {
            report.add("the rule of a fix is deny, whose results have a member fix", at: [.key("custom"), .key("fix")])
        }
        checkIdentity(custom, package: package, path: path, &report)
        return report.problems
    }

    private func checkProfiles(_ profiles: Value, _ report: inout Report) {
        for name in profiles.strings where !PolicySelection.profiles.contains(name) {
            report.add(
                "\"\(name)\" is not a profile\(Suggestion.text(for: name, among: PolicySelection.profiles))",
                at: [.key("custom"), .key("profiles")])
        }
    }

    private mutating func checkIdentity(_ custom: Value, package: String, path: String, _ report: inout Report) {
        let id = custom.field("id").stringValue ?? "", slug = custom.field("slug").stringValue ?? ""
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        let isRegular =
            parts.count == 3 && parts[0] == "LT" && Self.areas.contains(String(parts[1])) && parts[2].count == 3
            && parts[2].allSatisfy(\.isNumber)
        if !isRegular { report.add("\"\(id)\" is not an id of the form LT-<AREA>-<NNN>", at: [.key("custom"), .key("id")]) }
        if let other = ids.updateValue(path, forKey: id) {
            report.add("\(id) is the id of \(other) already", at: [.key("custom"), .key("id")])
        }
        if let other = slugs.updateValue(path, forKey: slug) {
            report.add("\(slug) is the slug of \(other) already", at: [.key("custom"), .key("slug")])
        }
        let folders = path.split(separator: "/").dropLast()
        if folders.last.map(String.init) != slug {
            report.add("the folder is not called \(slug)", at: [.key("custom"), .key("slug")])
        }
        let category = folders.first.map(String.init) ?? ""
        if folders.count == 2, !Self.categories.contains(category) {
            report.add("\(category) is not a category\(Suggestion.text(for: category, among: Self.categories))", at: [])
        }
        let expected = "lintel." + folders.joined(separator: ".").replacing("-", with: "_")
        if package != expected { report.add("the package is \(package), not \(expected)", at: []) }
    }

    private struct Report {
        let text: AnnotationText
        var problems: [Diagnostic] = []

        mutating func add(_ message: String, at steps: [DocumentPath.Step]) {
            problems.append(Diagnostic(code: "metadata_error", message: message, range: text.range(at: steps, onKey: true)))
        }

        mutating func checkKeys(of value: Value, allowed: [String], at steps: [DocumentPath.Step]) {
            guard value.kind == .object else { return }
            for key in value.keys.compactMap(\.stringValue) where !allowed.contains(key) {
                add("unknown key \(key)\(Suggestion.text(for: key, among: allowed))", at: steps + [.key(key)])
            }
        }
    }
}
