import Catalogue
import Inputs

/// What the checks of other tools are called, and which policies find what they find.
enum ForeignChecks {
    private static let policies: [String: [String]] = {
        var policies: [String: [String]] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            policies["\(words[0]) \(normalized(words[1]))"] = Array(words.dropFirst(2))
        }
        return policies
    }()

    /// Whether a check of another tool finds what a policy finds. A policy that says several in one finding is meant only
    /// when all of them are.
    static func check(_ name: String, of tool: String, means policy: Policy) -> Bool {
        guard let ids = policies["\(tool) \(normalized(name))"] else { return false }
        if ids.contains(policy.id) { return true }
        return !policy.merges.isEmpty && policy.merges.allSatisfy(ids.contains)
    }

    /// Trivy writes `KSV-0017`, `AVD-KSV-0017` and `KSV017` for one check.
    private static func normalized(_ name: String) -> String {
        let upper = name.uppercased()
        guard let start = upper.firstRange(of: "KSV") else { return name.lowercased() }
        let digits = upper[start.upperBound...].drop { $0 == "-" }
        return Int(digits).map { "ksv-\($0)" } ?? name.lowercased()
    }

    /// What annotations and labels of an object accept: the tool, the check (`*` for all) and the reason.
    static func requests(in metadata: Metadata) -> [(tool: String, check: String, reason: String)] {
        var found: [(tool: String, check: String, reason: String)] = []
        for (key, value) in metadata.annotations {
            if key == "kube-linter.io/ignore-all" {
                found.append(("kube-linter", "*", value))
            } else if let check = suffix(of: key, after: "ignore-check.kube-linter.io/") {
                found.append(("kube-linter", check, value))
            } else if key.hasPrefix("checkov.io/skip") {
                let parts = value.split(separator: "=", maxSplits: 1)
                if let check = parts.first { found.append(("checkov", String(check), parts.count > 1 ? String(parts[1]) : "")) }
            } else if key == "kube-score/ignore" {
                for check in value.split(whereSeparator: { ", ".contains($0) }) {
                    found.append(("kube-score", String(check), ""))
                }
            } else if let name = suffix(of: key, after: "polaris.fairwinds.com/"), value.lowercased() == "true" {
                if name == "exempt" { found.append(("polaris", "*", "")) }
                if name.hasSuffix("-exempt") { found.append(("polaris", String(name.dropLast("-exempt".count)), "")) }
            } else if key == "kubescape.io/ignore", isYes(value) {
                found.append(("kubescape", "*", ""))
            }
        }
        for (key, value) in metadata.labels where key == "kubescape.io/ignore" && isYes(value) {
            found.append(("kubescape", "*", ""))
        }
        return found
    }

    private static func isYes(_ value: String) -> Bool {
        ["true", "yes", "1", "enable", "enabled"].contains(value.lowercased())
    }

    private static func suffix(of key: String, after prefix: String) -> String? {
        key.hasPrefix(prefix) && key.utf8.count > prefix.utf8.count ? String(key.dropFirst(prefix.count)) : nil
    }

    /// Whether a tool has a check for what a policy finds.
    static func tool(_ tool: String, covers policy: Policy) -> Bool {
        policies.contains { key, ids in key.hasPrefix(tool + " ") && ids.contains(policy.id) }
    }

    /// What a comment of another tool accepts: the checks, the last day and the reason.
    static func comment(_ mark: String, _ text: String) -> (tool: String, checks: [String], until: String, reason: String)? {
        let word = text.prefix { $0 != " " && $0 != "\t" }
        if mark == "checkov:skip=" {
            let parts = text.split(separator: ":", maxSplits: 1)
            let check = parts.first.map(String.init)?.split(separator: " ").first.map(String.init)
            return check.map { ("checkov", [$0], "", parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "") }
        }
        // `trivy:ignore:KSV-0017:exp:2027-01-31`, several with a space between.
        var checks: [String] = [], until = ""
        for part in text.split(separator: " ") {
            let name = part.hasPrefix("trivy:ignore:") ? part.dropFirst("trivy:ignore:".count) : part
            let fields = name.split(separator: ":").map(String.init)
            guard let check = fields.first else { continue }
            checks.append(check)
            if fields.count >= 3, fields[1] == "exp" { until = fields[2] }
            if name.startIndex == part.startIndex, !word.isEmpty, part.startIndex != word.startIndex { checks.removeLast() }
        }
        return checks.isEmpty ? nil : ("trivy", checks, until, "")
    }

    /// The annotations and labels of an object.
    struct Metadata {
        var annotations: [(key: String, value: String)]
        var labels: [(key: String, value: String)]
    }
}
