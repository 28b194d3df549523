import Diagnostics
import Documents
import Inputs
import Kustomize

/// One thing to build, and what it is built for.
struct BuildJob: Sendable {
    enum Work: Sendable {
        /// - Parameter isRestricted: whether it may read files of its folder only, as kustomize has it.
        case kustomization(folder: String, edits: Edits?, isRestricted: Bool)
        case chart(ChartJob)
        /// Plain files.
        case manifests(ManifestFolder)
        /// Nothing: it is not here, or not known.
        case nothing(BuildFailure)
    }

    var work: Work
    var record: BuildRecord
    /// Steps after the build.
    var notes: [Diagnostic.Note] = []
    /// The namespace of objects that name none.
    var namespace: PlacedNode?
    /// Where it is applied to; builds of one place know each other.
    var destination: String?
    /// What applies it: equal ones are built once.
    var identity = ""

    /// The folder or archive that is built; absolute.
    var place: String? {
        switch work {
        case .kustomization(let folder, _, _): folder
        case .chart(let chart): chart.path
        case .manifests(let folder): folder.path
        case .nothing: nil
        }
    }
}

extension BuildJob {
    /// What equal builds have in common.
    var key: String { identity + "\u{0}" + (place ?? record.path) + "\u{0}" + record.values }

    /// The folder that is built, and those that a kustomization made for it names.
    var places: [String] {
        guard let place else { return [] }
        guard case .kustomization(_, let edits?, _) = work else { return [place] }
        return [place] + (edits.resources ?? []).map { SlashPath.join(place, $0) }
    }
}

/// Plain files of a folder that are applied as they are.
struct ManifestFolder: Sendable {
    /// Absolute.
    var path: String
    var isRecursive = false
    var include: [PathGlob] = []
    var exclude: [PathGlob] = []

    private static let mostFiles = 20_000

    /// The files, absolute, in the order of their paths.
    func files() -> [String] {
        var files: [String] = []
        var folders = [path]
        while let folder = folders.popLast(), files.count < Self.mostFiles {
            for name in (try? FileSystem.names(in: folder)) ?? [] where !name.hasPrefix(".") {
                let inner = FilePath.join(folder, name)
                guard let kind = try? FileSystem.status(of: inner).kind else { continue }
                if kind == .folder, isRecursive { folders.append(inner) }
                guard kind == .file, ["yaml", "yml", "json"].contains(FilePath.suffix(of: name)) else { continue }
                let relative = String(inner.dropFirst(path.utf8.count + 1))
                if exclude.contains(where: { $0.matches(relative) }) { continue }
                if !include.isEmpty, !include.contains(where: { $0.matches(relative) }) { continue }
                files.append(inner)
            }
        }
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// Carries builds out.
struct BuildRunner: Sendable {
    let settings: BuildSettings
    let sources: SourceMap

    /// The options of kustomizations.
    var options: BuildOptions {
        var options = BuildOptions()
        options.workingFolder = settings.workingFolder
        options.charts = KustomizeCharts(
            functions: settings.functions, workingFolder: settings.workingFolder, localCharts: settings.localCharts)
        options.mayBeMissing = { GitIgnore.ignores($0) }
        return options
    }

    func run(_ job: BuildJob) -> Result<BuildProduct, BuildFailure> {
        switch job.work {
        case .nothing(let failure): return .failure(failure)
        case .chart(let chart):
            return ChartBuilder(settings: settings, sources: sources).documents(chart, job.notes).map { product in
                var product = product
                product.used = chartFiles(chart)
                return product
            }
        case .manifests(let folder): return .success(manifests(folder, job.notes))
        case .kustomization(let folder, let edits, let isRestricted):
            var options = options
            options.restrictsToRoot = isRestricted
            let build = Kustomizer(options, files: DiskFiles()).build(folder, map: sources, edits: edits, notes: job.notes)
            if build.hasErrors {
                let errors = build.problems.filter { $0.severity == .error }
                return .failure(BuildFailure(reason: errors.first?.message ?? "", diagnostics: errors))
            }
            var product = BuildProduct()
            // What kustomize calls deprecated is judged by policies, not told here.
            product.warnings = build.problems.filter { $0.code == "kustomize-missing-file" }
            product.used = build.files
            for object in build.objects {
                let document = object.document
                let path = document.range(document.rootSpan)?.file.path ?? build.sources.first?.path ?? ""
                product.documents.append((document, path))
            }
            return .success(product)
        }
    }

    /// All files of a chart, absolute: none is judged on its own as an object.
    private func chartFiles(_ chart: ChartJob) -> Set<String> {
        if chart.path.hasSuffix(".tgz") { return [chart.path] }
        var files: Set<String> = []
        for folder in ["templates", "crds", "charts"] {
            var all = ManifestFolder(path: FilePath.join(chart.path, folder))
            all.isRecursive = true
            // Charts below have a `Chart.yaml` and values that policies look at.
            files.formUnion(all.files().filter { folder != "charts" || $0.contains("/templates/") || $0.contains("/crds/") })
        }
        return files
    }

    private func manifests(_ folder: ManifestFolder, _ notes: [Diagnostic.Note]) -> BuildProduct {
        var product = BuildProduct()
        for path in folder.files() {
            let shown = SlashPath.relative(path, to: settings.workingFolder)
            guard let bytes = try? FileSystem.read(path), let source = try? sources.source(path: shown, bytes: bytes) else {
                continue
            }
            product.used.insert(path)
            let stream = YAMLReader().read(source)
            product.warnings += stream.diagnostics
            for document in stream.documents where document.root.kind == .object {
                product.documents.append((document.with(notes), shown))
            }
        }
        return product
    }
}
