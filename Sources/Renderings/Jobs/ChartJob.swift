import Diagnostics
import Documents
import GoTemplate
import Helm
import Inputs
import Kustomize

/// One rendering of a chart.
struct ChartJob: Sendable {
    /// What values come from, in the order in which later ones win.
    enum Layer: Sendable {
        /// A file by its absolute path; `isOptional` when it may be missing.
        case file(String, isOptional: Bool)
        case map(PlacedNode)
        /// YAML in a string.
        case text(PlacedNode)
        /// `name=value`, as `--set` or `--set-string` take it, placed where a node is.
        case set(String, isText: Bool, PlacedNode)
        /// What the command line gives.
        case given(BuildSettings.Given)
        /// The text of a file at the path of a name.
        case fileText(name: String, path: String, PlacedNode)
    }

    /// The folder or archive; absolute.
    var path: String
    var releaseName: String?
    var namespace: String?
    var layers: [Layer] = []
    /// Whether the chart's own `values.yaml` is not used.
    var leavesDefaultsOut = false
    var skipsCRDs = false
    var kubeVersion: String?
    var apiVersions: [String] = []
    /// Changes of the rendered objects.
    var postRenderer: Edits?
    /// What is added to the note of each object, such as the name of a set of values.
    var remark = ""
}
