import Diagnostics
import Documents
import GoTemplate
import Helm
import HelmCrypto
import Inputs
import RegoRuntime

/// How `check` renders the charts that it meets: each with the values given, or else with its defaults and, for objects
/// that those do not make, with each values file in its `ci` folder.
struct ChartRenderings: Sendable {
    var values: [String] = []
    var set: [String] = []
    var setString: [String] = []
    var setJSON: [String] = []
    var releaseName: String?
    var namespace: String?

    private var hasValues: Bool { !(values.isEmpty && set.isEmpty && setString.isEmpty && setJSON.isEmpty) }

    /// Renders the chart in a folder.
    func contents(of folder: String, _ sources: SourceMap) -> ResourceReader.Contents {
        do {
            return try ChartThread.run { try rendered(folder, sources) }
        } catch {
            return failure(folder, error)
        }
    }

    private func rendered(_ folder: String, _ sources: SourceMap) throws -> ResourceReader.Contents {
        let files = try ChartFolder.files(at: folder)
        if ChartKind.isLibrary(files) { return ResourceReader.Contents() }
        var contents = ResourceReader.Contents()
        var known: Set<String> = []
        var firstProblem: (any Error)?
        for set in [nil] + (hasValues ? [] : ciFiles(folder)) {
            do {
                let release = try release(files, adding: set)
                let note = set.map { " with \($0)" } ?? ""
                for (manifest, document) in try release.placedObjects(in: sources, note: note) {
                    guard known.insert("\(manifest.kind)/\(manifest.name)").inserted || set == nil else { continue }
                    let path = document.source?.path ?? manifest.source
                    contents.resources += ResourceReader().read(document, path: path).resources
                }
            } catch {
                firstProblem = firstProblem ?? error
            }
        }
        if let firstProblem, contents.resources.isEmpty { throw firstProblem }
        return contents
    }

    private func release(_ files: [ChartFile], adding set: String?) throws -> ChartRelease {
        let table = ChartSources(isOn: true)
        var settings = RenderSettings()
        if let releaseName { settings.releaseName = releaseName }
        if let namespace { settings.namespace = namespace }
        settings.functions = HelmCrypto.table
        // Findings do not depend on the day or on luck.
        (settings.now, settings.seed) = (Moment(seconds: 1_735_689_600, nanoseconds: 0), 1)
        var given = ValueOptions()
        given.files = values.flatMap { $0.split(separator: ",").map(String.init) } + (set.map { [$0] } ?? [])
        (given.set, given.setString, given.setJSON) = (self.set, setString, setJSON)
        settings.values = try given.merged(table) { try ChartFolder.read($0) }
        return try ChartRelease(files, settings, table)
    }

    /// The values files that a chart brings for its tests.
    private func ciFiles(_ folder: String) -> [String?] {
        let names = (try? FileSystem.names(in: folder + "/ci")) ?? []
        return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map { folder + "/ci/" + $0 }
    }

    private func failure(_ folder: String, _ error: any Error) -> ResourceReader.Contents {
        var contents = ResourceReader.Contents()
        contents.skipped = [
            SkippedDocument(path: folder + "/Chart.yaml", documentIndex: 0, line: 1, reason: .helmTemplate)
        ]
        let problem = error as? HelmProblem
        contents.diagnostics = [
            Diagnostic(
                code: "helm_render_error", severity: .warning,
                message: "\(folder): the chart is not rendered: \(problem?.message ?? "\(error)")",
                hint: problem?.hint ?? "name values that it needs with --values or --set")
        ]
        return contents
    }
}
