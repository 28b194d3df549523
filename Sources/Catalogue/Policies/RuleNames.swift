package import Diagnostics
import Inputs
package import RegoSyntax
import Text

/// Finds rules that were meant to be `deny`, `violation` or `warn` and are called almost so: they would never be evaluated.
package enum RuleNames {
    /// Forms of the words that edit distance does not reach.
    private static let inflections: Set<String> = [
        "denies", "denied", "denial", "denials", "warned", "warning", "warnings", "violate", "violates", "violated", "violating",
    ]
    private static let words = ["deny", "violation", "warn"]

    /// An error where a package holds no rule that is evaluated, a warning beside one that is. A rule that something else
    /// names is a helper, whatever it is called.
    package static func problems(in modules: [Module]) -> [Diagnostic] {
        var mentions: NameMentions?
        var problems: [Diagnostic] = []
        for (_, members) in packages(of: modules) {
            let rules = members.flatMap { module in module.rules.map { (module, $0) } }.filter {
                !$1.head.isFunction && !$1.isDefault
            }
            let hasProperRule = rules.contains { UserPolicies.level(of: $1.head.name) != nil }
            var seen: Set<String> = []
            for (module, rule) in rules where seen.insert(rule.head.name).inserted {
                let name = rule.head.name
                guard let word = nearest(to: name, isSet: rule.head.isPartialSet && !hasProperRule) else { continue }
                let counted = mentions ?? count(in: modules)
                mentions = counted
                let heads = members.flatMap(\.rules).count { $0.head.name == name }
                if counted.count(of: name) > heads { continue }
                problems.append(
                    Diagnostic(
                        code: "policy_error", severity: hasProperRule ? .warning : .error,
                        message: "the rule \(name) is never evaluated; did you mean \"\(word)\"?",
                        range: module.range(of: rule.head.location),
                        hint: "rules called deny, violation or warn are evaluated, also with a suffix, such as deny_latest"))
            }
        }
        return problems
    }

    private static func packages(of modules: [Module]) -> [(key: String, value: [Module])] {
        Dictionary(grouping: modules) { module in
            module.package.path.terms.map { $0.stringOrVarName ?? "" }.joined(separator: ".")
        }.sorted { ExactText.precedes($0.key, $1.key) }
    }

    private static func count(in modules: [Module]) -> NameMentions {
        var mentions = NameMentions()
        for module in modules { mentions.add(module.file) }
        return mentions
    }

    /// The word that a name, or what stands before its first `_`, is almost; nil for names that are evaluated.
    private static func nearest(to name: String, isSet: Bool) -> String? {
        if UserPolicies.level(of: name) != nil { return nil }
        let parts = name.split(separator: "_", maxSplits: 1)
        guard let stem = parts.first.map(String.init), stem != "test" else { return nil }
        let suffix = parts.count > 1 ? "_" + parts[1] : ""
        if let word = Suggestion.nearest(to: stem, among: words) { return word + suffix }
        guard isSet, inflections.contains(stem.lowercased()) else { return nil }
        return (stem.lowercased().first == "d" ? "deny" : stem.lowercased().first == "w" ? "warn" : "violation") + suffix
    }
}
