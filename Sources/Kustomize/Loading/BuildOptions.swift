package import Diagnostics
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
    /// Whether a file of a generator, by its absolute path, may be missing, as one that is made where the kustomization
    /// is applied: the build then goes on with an empty text and a warning.
    package var mayBeMissing: @Sendable (String) -> Bool = { _ in false }

    /// Whether objects know what put each of their values there and what it was before, beside the place that their
    /// document has.
    package var keepsPlaces = true

    /// Whether parts that are elsewhere, or that only another program makes, are left out: each is told as an error, and the
    /// rest is built without what names objects of them.
    package var leavesForeignOut = false

    /// Asked before each step of the build whether it must end.
    package var isCancelled: @Sendable () -> Bool = { false }

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
    ///   - sources: the numbering of the build's sources.
    func manifests(of chart: Document, in folder: String, sources: SourceMap) -> Result<ChartText, ChartFailure>
}

/// The text of a rendered chart.
package struct ChartText {
    /// As `helm template` prints it.
    package var bytes: [UInt8]
    /// The files that the text comes from.
    package var files: [SourceFile]
    /// The place that a range of the text comes from: the number of the file and the range in it; nil when it is not known.
    package var place: (Range<Int>) -> (file: Int, range: Range<Int>)?

    package init(
        bytes: [UInt8], files: [SourceFile], place: @escaping (Range<Int>) -> (file: Int, range: Range<Int>)?
    ) {
        (self.bytes, self.files, self.place) = (bytes, files, place)
    }
}

/// Why a chart cannot be rendered.
package struct ChartFailure: Error {
    package var message: String
    package var hint: String?
    /// Whether the chart is not on this machine, rather than wrong.
    package var isMissing: Bool

    package init(message: String, hint: String? = nil, isMissing: Bool = false) {
        (self.message, self.hint, self.isMissing) = (message, hint, isMissing)
    }
}
