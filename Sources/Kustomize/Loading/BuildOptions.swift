package import Documents

/// What a build may do and how far it may go.
package struct BuildOptions: Sendable {
    /// Whether files outside of a kustomization's folder are refused, as kustomize does unless told otherwise.
    package var restrictsToRoot = true
    /// Whether all objects get the label `app.kubernetes.io/managed-by`.
    package var addsManagedByLabel = false
    /// Whether objects are sorted as `kustomize build` does when the kustomization does not say.
    package var sortsByDefault = true
    /// The folder that paths are shown relative to; absolute, links followed.
    package var workingFolder = "/"
    /// The value of a variable that an env file names without a value.
    package var environment: @Sendable (String) -> String? = { _ in nil }
    /// Unfolds a chart; without one a `helmCharts` entry is an error.
    package var charts: (any ChartRenderer)?

    /// Bounds of each file.
    package var limits = DocumentLimits.standard
    /// Bytes of all files of a build.
    package var largestBuild = 512 << 20
    /// Kustomizations inside kustomizations.
    package var deepestInclude = 100
    /// Folders of one build, those used twice counted twice.
    package var largestFolderCount = 10_000
    /// Objects of one build, those that are dropped later included.
    package var largestObjectCount = 200_000

    package init() {}
}

/// Renders Helm charts for `helmCharts`; given by a caller that knows how.
package protocol ChartRenderer: Sendable {
    /// The manifests of a chart, as documents of one text.
    ///
    /// - Parameters:
    ///   - chart: what the kustomization says, as a document of the fields of one `helmCharts` entry with the fields of
    ///     `helmGlobals` that apply.
    ///   - folder: the folder of the kustomization, absolute.
    func manifests(of chart: Document, in folder: String) -> Result<[UInt8], ChartFailure>
}

/// Why a chart cannot be rendered.
package struct ChartFailure: Error {
    package var message: String
    package init(message: String) { self.message = message }
}
