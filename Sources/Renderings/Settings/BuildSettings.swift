package import GoTemplate
import Helm
package import Inputs

/// How the kustomizations and charts of a check are built.
package struct BuildSettings: Sendable {
    /// What charts are rendered with on the command line; where anything is given, defaults and further sets are not used.
    package struct Given: Sendable {
        package var values: [String] = []
        package var set: [String] = []
        package var setString: [String] = []
        package var setJSON: [String] = []
        package var releaseName: String?
        package var namespace: String?

        package init() {}

        var hasValues: Bool { !(values.isEmpty && set.isEmpty && setString.isEmpty && setJSON.isEmpty) }
    }

    /// Values files that belong together, for a chart.
    package struct ValueSet: Sendable, Hashable {
        package var name: String
        package var files: [String]

        package init(name: String, files: [String]) { (self.name, self.files) = (name, files) }
    }

    /// The folder that paths are shown relative to; absolute, links followed.
    package var workingFolder = "/"
    package var jobs = 1
    /// Leaves what was not built yet when it says so.
    package var stop: RunStop?
    /// Whether nothing is built.
    package var isPlain = false
    /// Whether kustomizations that others use are judged alone too.
    package var judgesBases = false
    package var given = Given()
    /// Whether mistakes in charts are looked for that show without rendering them.
    package var findsMistakes = false
    /// Makes the table of the functions that templates may call; most runs render none.
    package var functions: @Sendable () -> [String: TemplateFunction] = { FunctionTable.core }
    /// Folders or archives of charts that live in a registry, by name or by `repository/name`.
    package var localCharts: [String: String] = [:]
    /// Further values for charts, by the path of the chart.
    package var valueSets: [String: [ValueSet]] = [:]
    /// URLs by which Argo CD and Flux name this repository.
    package var repositoryURLs: [String] = []
    /// The folder that is the root of the repository of these URLs.
    package var repositoryRoot: String?
    /// Keeps where the images of charts come from; nil to keep nothing.
    package var imageOrigins: ImageOrigins?
    /// Keeps what of the templates of charts is run; nil to keep nothing.
    package var visits: TemplateVisits?
    /// Keeps what put the values of kustomizations there; nil to keep nothing.
    package var causes: ValueCauses?
    /// What files are to hold, by absolute path with links followed; it counts in place of what they hold.
    package var texts: [String: [UInt8]] = [:]
    /// Patterns of files whose findings are not told.
    package var exclude: [PathGlob] = []

    package init() {}

    /// The files of this machine, with the texts that they are to hold.
    var disk: DiskFiles { DiskFiles(texts: texts, folders: folders) }
    private let folders = FolderPaths()

    /// Names the repository as the clone around a folder does, for a run on a copy of its files.
    ///
    /// - Parameters:
    ///   - folder: an absolute path in the clone.
    ///   - root: the folder of the copy that stands for the root of the clone.
    package mutating func takeRemotes(around folder: String, root: String) {
        if repositoryURLs.isEmpty { repositoryURLs = Repository.remoteURLs(around: folder) }
        repositoryRoot = root
    }
}
