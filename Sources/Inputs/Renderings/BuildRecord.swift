/// What was made of a folder or a chart of the input, or why nothing was.
package struct BuildRecord: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case kustomization, chart
        /// Plain files that something applies.
        case manifests
    }

    package var kind: Kind
    /// The folder or archive, as reports show it; what was named instead when it is not here.
    package var path: String
    /// The values a chart is rendered with, by name; empty for its defaults.
    package var values: String
    /// The object that applies it, such as `Application argocd/web`; empty when none in the input does.
    package var appliedBy: String
    /// How many objects it makes.
    package var objects = 0
    /// Why it is not built; empty when it is.
    package var reason = ""

    package init(_ kind: Kind, path: String, values: String = "", appliedBy: String = "") {
        self.kind = kind
        self.path = path
        self.values = values
        self.appliedBy = appliedBy
    }

    package var isBuilt: Bool { reason.isEmpty }

    /// What the values of a chart are called: a set of values, what applies it, or its defaults.
    package var valuesName: String { values.isEmpty ? (appliedBy.isEmpty ? "defaults" : appliedBy) : values }
}
