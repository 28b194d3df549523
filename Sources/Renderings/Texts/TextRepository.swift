package import Diagnostics
package import GoTemplate
import Helm
package import Inputs
import Kustomize
import Text

/// Charts and kustomizations among texts in memory: what there is, and what is built of it as `lintel check` builds the same
/// files. Nothing outside of the texts is read.
package struct TextRepository: Sendable {
    /// Something that can be built.
    package struct Root: Sendable, Hashable {
        package var kind: BuildRecord.Kind
        /// The folder, relative.
        package var path: String
        /// What it is built into, by folder: such a base is judged as part of that.
        package var usedBy: [String] = []
        /// Whether it is nothing by itself: a component, or a library chart.
        package var isPart = false

        /// Whether it is built unless something else is chosen.
        package var isOwn: Bool { usedBy.isEmpty && !isPart }
    }

    /// How things are built.
    package struct Settings: Sendable {
        /// Files with values for charts, relative; of several the later wins.
        package var values: [String] = []
        package var releaseName: String?
        package var namespace: String?
        package var functions: @Sendable () -> [String: TemplateFunction] = { FunctionTable.core }
        package var bounds = RenderBounds()
        /// Objects and folders of one kustomization.
        package var largestObjectCount = 5_000
        package var largestFolderCount = 1_000

        package init() {}
    }

    package let roots: [Root]
    let texts: [String: [UInt8]]
    let links: [String: FolderLinks]
    let settings: Settings
    let sources: SourceMap

    /// - Parameters:
    ///   - files: by relative path.
    ///   - sources: the numbering of the files that take part.
    package init(_ files: [(path: String, bytes: [UInt8])], _ settings: Settings, sources: SourceMap) {
        let texts = Dictionary(files.map { ("/" + $0.path, $0.bytes) }) { first, _ in first }
        (self.texts, self.settings, self.sources) = (texts, settings, sources)
        let paths = texts.keys.sorted { ExactText.precedes($0, $1) }
        let charts = Set(paths.filter { FilePath.name(of: $0) == "Chart.yaml" }.map { String(FilePath.folder(of: $0)) })
        let outer = charts.filter { chart in !Self.folders(above: chart).contains(where: charts.contains) }
        let kustomizer = Self.kustomizer(texts, settings)
        var links: [String: FolderLinks] = [:], folders: [String] = []
        for path in paths where Kustomizer.fileNames.contains(String(FilePath.name(of: path))) {
            let folder = String(FilePath.folder(of: path))
            if folders.last == folder || outer.contains(folder) || Self.folders(above: folder).contains(where: outer.contains) {
                continue
            }
            folders.append(folder)
            links[folder] = kustomizer.links(of: folder)
        }
        self.links = links
        let users = { (folder: String) in
            links.filter { $0.value.folders.contains(folder) }.keys.sorted().map { String($0.dropFirst()) }
        }
        let store = TextCharts(texts: texts)
        let found = outer.sorted().map { folder in
            let isLibrary = ChartKind.isLibrary((try? store.chart(at: folder, shown: folder)) ?? [])
            return Root(kind: .chart, path: String(folder.dropFirst()), usedBy: users(folder), isPart: isLibrary)
        }
        roots =
            found
            + folders.map { folder in
                Root(
                    kind: .kustomization, path: String(folder.dropFirst()), usedBy: users(folder),
                    isPart: links[folder]?.isComponent ?? false)
            }
    }

    /// The folders above a path, the nearest first.
    static func folders(above path: String) -> [String] {
        var folders: [String] = []
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/"), slash > rest.startIndex {
            rest = rest[..<slash]
            folders.append(String(rest))
        }
        return folders
    }

    static func kustomizer(_ texts: [String: [UInt8]], _ settings: Settings) -> Kustomizer {
        var options = BuildOptions()
        options.isCancelled = settings.bounds.isCancelled
        options.largestBuild = 64 << 20
        options.deepestInclude = 50
        (options.largestObjectCount, options.largestFolderCount) = (settings.largestObjectCount, settings.largestFolderCount)
        options.charts = KustomizeCharts(
            functions: settings.functions, workingFolder: "/", store: TextCharts(texts: texts), bounds: settings.bounds)
        return Kustomizer(options, files: MemoryFiles(texts))
    }

    /// The files that could give values to a chart besides its `values.yaml`, relative.
    package func valuesFiles(of root: Root) -> [String] {
        let folder = "/" + root.path + "/"
        return texts.keys.filter { path in
            guard path.hasPrefix(folder), path != folder + "values.yaml" else { return false }
            let parts = path.dropFirst(folder.utf8.count).split(separator: "/")
            guard ["yaml", "yml"].contains(FilePath.suffix(of: path)), parts.count < 3 else { return false }
            return parts.count == 1 ? parts[0].contains("values") : parts[0] == "ci" || parts[0] == "values"
        }.sorted().map { String($0.dropFirst()) }
    }

    /// The YAML and JSON files that belong to nothing that can be built, relative: they are what they are.
    package func plainFiles(besides builds: [TextBuild]) -> [String] {
        var used = builds.reduce(into: Set(settings.values.map { "/" + $0 })) { $0.formUnion($1.used) }
        for links in links.values { used.formUnion(links.files + links.patches) }
        let charts = Set(roots.filter { $0.kind == .chart }.map { "/" + $0.path })
        return texts.keys.filter { path in
            ["yaml", "yml", "json"].contains(FilePath.suffix(of: path)) && !used.contains(path)
                && !Kustomizer.fileNames.contains(String(FilePath.name(of: path)))
                && !Self.folders(above: path).contains(where: charts.contains)
        }.sorted().map { String($0.dropFirst()) }
    }
}
