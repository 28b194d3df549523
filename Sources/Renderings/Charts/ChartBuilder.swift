import Diagnostics
import Documents
import GoTemplate
import Helm
import Inputs
import Kustomize

/// Renders charts for checks.
struct ChartBuilder: Sendable {
    let settings: BuildSettings
    let sources: SourceMap

    /// Whether a chart is at a path: a folder with `Chart.yaml`, or an archive.
    static func isChart(_ path: String) -> Bool {
        (try? FileSystem.status(of: path.hasSuffix(".tgz") ? path : FilePath.join(path, "Chart.yaml")))?.kind == .file
    }

    var store: DiskCharts { DiskCharts(settings.disk) }

    func shown(_ path: String) -> String { SlashPath.relative(path, to: settings.workingFolder) }

    /// The release of a chart, with the problems that stand in its way.
    /// - Parameter name: what its values are called.
    private func release(_ job: ChartJob, _ name: String) -> Result<ChartRelease?, BuildFailure> {
        let table = ChartSources(isOn: true)
        do {
            return .success(
                try ChartThread.run { () -> ChartRelease? in
                    var files = try store.chart(at: job.path, shown: shown(job.path))
                    if ChartKind.isLibrary(files) { return nil }
                    settings.visits?.add(job.path, shown: shown(job.path), files)
                    if job.leavesDefaultsOut { files.removeAll { $0.name == "values.yaml" } }
                    var render = try renderSettings(job, table)
                    let visited = TemplateVisits.Rendering()
                    if settings.visits != nil { render.visit = visited.visit }
                    let release = try ChartRelease(files, render, table)
                    settings.visits?.add(job.path, values: name, visited, table)
                    return release
                })
        } catch let problem as HelmProblem {
            return .failure(
                BuildFailure(
                    reason: problem.summary,
                    diagnostics: problem.diagnostics("\(shown(job.path)): the chart is not rendered: ", table, sources)))
        } catch {
            return .failure(BuildFailure(reason: "\(error)", diagnostics: []))
        }
    }

    private func renderSettings(_ job: ChartJob, _ table: ChartSources) throws -> RenderSettings {
        var render = RenderSettings()
        if let name = job.releaseName { render.releaseName = name }
        if let namespace = job.namespace { render.namespace = namespace }
        if let version = job.kubeVersion { try render.capabilities.setKubeVersion(version) }
        render.capabilities.apiVersions += job.apiVersions
        render.includesCRDs = !job.skipsCRDs
        render.functions = settings.functions()
        // Findings do not depend on the day or on luck.
        (render.now, render.seed) = (Moment(seconds: 1_735_689_600, nanoseconds: 0), 1)
        render.usesKnownKey = true
        render.values = try values(job.layers, table)
        return render
    }

    func values(_ layers: [ChartJob.Layer], _ table: ChartSources) throws -> GoMap {
        let placed = PlacedValues(table)
        var values = GoMap()
        for layer in layers {
            switch layer {
            case .file(let path, let isOptional):
                if isOptional, (try? FileSystem.status(of: path)) == nil { continue }
                values = values.merged(with: try placed.map(text: try store.file(path), shown: shown(path)))
            case .map(let node):
                if let map = placed.map(node.value, at: node.span, in: node.document) { values = values.merged(with: map) }
            case .text(let node): values = values.merged(with: try placed.map(text: node.value, at: node.span, in: node.document))
            case .set(let text, let isText, let node):
                values = values.deepCopy()
                try placed.set(text, in: values, isText: isText, at: node.span, of: node.document)
            case .given(let given):
                var options = ValueOptions()
                options.files = given.values.flatMap { $0.split(separator: ",").map(String.init) }
                (options.set, options.setString, options.setJSON) = (given.set, given.setString, given.setJSON)
                values = values.merged(with: try options.merged(table) { try store.file($0) })
            case .fileText(let name, let path, let node):
                values = values.deepCopy()
                let text = String(decoding: try store.file(path), as: UTF8.self)
                try placed.set("\(name)=\(Self.escaped(text))", in: values, isText: true, at: node.span, of: node.document)
            }
        }
        return values
    }

    /// A text as a value of `--set`, in which commas and backslashes have a meaning.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(",", with: "\\,")
    }

    /// The objects that a chart renders to, as documents with their places.
    ///
    /// - Parameters:
    ///   - name: what its values are called.
    ///   - notes: steps after the rendering.
    func documents(_ job: ChartJob, values name: String, _ notes: [Diagnostic.Note]) -> Result<BuildProduct, BuildFailure> {
        switch release(job, name) {
        case .failure(let failure): return .failure(failure)
        case .success(nil): return .success(BuildProduct())
        case .success(let release?):
            do {
                if let edits = job.postRenderer { return try postRendered(release, job, edits, notes) }
                var product = BuildProduct()
                for (manifest, document) in try release.placedObjects(in: sources, note: job.remark, further: notes) {
                    settings.imageOrigins?.record(manifest, of: release, as: document)
                    product.documents.append((document, document.source?.path ?? manifest.source))
                }
                for (_, file) in release.crds {
                    let source = try sources.source(path: file.path, bytes: file.bytes)
                    let note = Diagnostic.Note("as rendered from \(shown(job.path))\(job.remark)")
                    for document in YAMLReader().read(source).documents where document.root.kind == .object {
                        product.documents.append((document.with([note] + notes), file.path))
                    }
                }
                return .success(product)
            } catch {
                return .failure(BuildFailure(reason: error.diagnostic.message, diagnostics: [error.diagnostic]))
            }
        }
    }

    /// The objects after changes by a kustomization.
    private func postRendered(
        _ release: ChartRelease, _ job: ChartJob, _ edits: Edits, _ notes: [Diagnostic.Note]
    ) throws(SourceMap.Exhausted) -> Result<BuildProduct, BuildFailure> {
        let text = try release.placedText(in: sources, hooks: true, skipsTests: false)
        var edits = edits
        edits.isAlone = true
        edits.resources = []
        var options = BuildOptions()
        options.workingFolder = settings.workingFolder
        (options.sortsByDefault, options.keepsPlaces) = (false, settings.causes != nil)
        options.charts = RenderedChart(text: ChartText(bytes: text.bytes, files: text.files, place: text.place))
        let folder = job.path.hasSuffix(".tgz") ? FilePath.folder(of: job.path) : job.path
        let build = Kustomizer(options, files: settings.disk).build(folder, map: sources, edits: edits)
        if build.hasErrors {
            let errors = build.problems.filter { $0.severity == .error }
            return .failure(BuildFailure(reason: errors.first?.message ?? "", diagnostics: errors))
        }
        var product = BuildProduct()
        let first = Diagnostic.Note("as rendered from \(shown(job.path))\(job.remark)")
        for object in build.objects {
            settings.causes?.record(object)
            let document = Document(
                arena: Arena.make(capacity: 16), root: object.document.root, rootSpan: object.document.rootSpan,
                parts: [object.document], origin: [first] + notes)
            product.documents.append((document, document.range(document.rootSpan)?.file.path ?? shown(job.path)))
        }
        return .success(product)
    }
}

/// The text of a chart that is rendered already, for a kustomization that changes it.
private final class RenderedChart: ChartRenderer, @unchecked Sendable {
    // Used by the one build that it is made for, on its thread.
    private let text: ChartText

    init(text: ChartText) { self.text = text }

    func manifests(of chart: Document, in folder: String, sources: SourceMap) -> Result<ChartText, ChartFailure> {
        .success(text)
    }
}
