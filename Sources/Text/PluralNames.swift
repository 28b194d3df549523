/// The resource names under which the API serves kinds.
package enum PluralNames {
    /// Kinds whose names follow no rule.
    private static let irregular = ["endpoints": "endpoints", "podmetrics": "pods", "nodemetrics": "nodes"]

    /// `deployments` for `Deployment`: the rule that custom resources and all but a few kinds of the API follow.
    package static func name(of kind: String) -> String {
        let word = kind.lowercased()
        if let known = irregular[word] { return known }
        if word.hasSuffix("s") || word.hasSuffix("x") || word.hasSuffix("ch") || word.hasSuffix("sh") {
            return word + "es"
        }
        if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
            return word.dropLast() + "ies"
        }
        return word + "s"
    }
}
