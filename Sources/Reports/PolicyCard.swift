package import Catalogue
import Diagnostics
import Documents

/// One policy explained on a terminal.
package struct PolicyCard {
    private let policy: Policy
    private let configuration: Configuration

    package init(_ policy: Policy, configuration: Configuration) {
        self.policy = policy
        self.configuration = configuration
    }

    /// Title, reason, facts, parameters with their values, and what to do.
    package var text: String {
        var lines = [policy.slug.isEmpty ? policy.id : "\(policy.id) \(policy.slug)"]
        if !policy.title.isEmpty { lines.append(policy.title) }
        if !policy.summary.isEmpty { lines += ["", policy.summary] }
        lines.append("")
        let severity = configuration.severities[policy.id]
        add(
            "severity", severity.map { "\($0.rawValue) (\(policy.severity.rawValue) by default)" } ?? policy.severity.rawValue,
            &lines)
        add("category", policy.category, &lines)
        add("confidence", policy.confidence, &lines)
        add("effort to fix", policy.effort, &lines)
        add("scope", policy.scope.rawValue, &lines)
        add(
            "profiles", PolicySelection.profiles(of: policy).joined(separator: ", "),
            &lines)
        add("applies to", policy.targets.map(Self.text).joined(separator: ", "), &lines)
        add("requires", policy.requires.map(\.text).joined(separator: " or "), &lines)
        for (framework, clauses) in policy.compliance { add(framework, clauses.joined(separator: ", "), &lines) }
        add("aliases", policy.aliases.joined(separator: ", "), &lines)
        add("rule", policy.entrypoint, &lines)
        add("file", policy.path, &lines)
        addParameters(&lines)
        if !policy.remediation.isEmpty { lines += ["", "Fix: \(policy.remediation)"] }
        for page in policy.relatedResources { lines.append("See: \(page)") }
        return lines.map { DisplayText.escaped($0) + "\n" }.joined()
    }

    private func add(_ name: String, _ value: String, _ lines: inout [String]) {
        if value.isEmpty { return }
        let padding = String(repeating: " ", count: max(1, 14 - name.unicodeScalars.count))
        lines.append("  \(name)\(padding)\(value)")
    }

    private func addParameters(_ lines: inout [String]) {
        let parameters = policy.parameters
        if parameters.isEmpty { return }
        lines += ["", "Parameters:"]
        for parameter in parameters {
            let value = configuration.value(of: parameter, for: policy)
            var line = "  \(parameter.name) (\(parameter.type)) = \(JSONWriter.string(value))"
            if value != parameter.defaultValue { line += " (\(JSONWriter.string(parameter.defaultValue)) by default)" }
            lines.append(line)
            if !parameter.summary.isEmpty { lines.append("    \(parameter.summary)") }
        }
    }

    /// `Deployment, StatefulSet (apps)`.
    static func text(of target: Policy.Target) -> String {
        if target.group == "*", target.kinds == ["*"] { return "all kinds" }
        let kinds = target.kinds.joined(separator: ", ")
        return target.group.isEmpty ? kinds : "\(kinds) (\(target.group))"
    }
}
