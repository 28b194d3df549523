import Diagnostics
import Documents
import Inputs
import Kustomize

/// Carries builds out.
struct BuildRunner: Sendable {
    let settings: BuildSettings
    let sources: SourceMap

    /// The options of kustomizations.
    var options: BuildOptions {
        var options = BuildOptions()
        options.workingFolder = settings.workingFolder
        options.charts = KustomizeCharts(
            functions: settings.functions, workingFolder: settings.workingFolder, localCharts: settings.localCharts,
            store: DiskCharts(settings.disk), visits: settings.visits)
        options.mayBeMissing = { GitIgnore.ignores($0) }
        options.keepsPlaces = settings.causes != nil
        return options
    }

    func run(_ job: BuildJob) -> Result<BuildProduct, BuildFailure> {
        switch job.work {
        case .nothing(let failure): return .failure(failure)
        case .chart(let chart):
            let builder = ChartBuilder(settings: settings, sources: sources)
            return builder.documents(chart, values: valuesName(job.record), job.notes).map { product in
                var product = product
                product.used = chartFiles(chart)
                return product
            }
        case .manifests(let folder): return .success(manifests(folder, job.notes))
        case .kustomization(let folder, let edits, let isRestricted):
            var options = options
            (options.restrictsToRoot, options.leavesForeignOut) = (isRestricted, true)
            let build = Kustomizer(options, files: settings.disk).build(folder, map: sources, edits: edits, notes: job.notes)
            if build.hasErrors, build.objects.isEmpty {
                let errors = build.problems.filter { $0.severity == .error }
                return .failure(BuildFailure(reason: errors.first?.message ?? "", diagnostics: errors))
            }
            var product = BuildProduct()
            // What kustomize calls deprecated is judged by policies, not told here.
            product.warnings = build.problems.filter { $0.severity == .error || $0.code == "kustomize-missing-file" }
            for index in product.warnings.indices where product.warnings[index].severity == .error {
                product.warnings[index].notes.append(
                    Diagnostic.Note("the rest of the kustomization is built and checked without it"))
            }
            product.used = build.files
            for object in build.objects {
                settings.causes?.record(object)
                let document = object.document
                let path = document.range(document.rootSpan)?.file.path ?? build.sources.first?.path ?? ""
                product.documents.append((document, path))
            }
            return .success(product)
        }
    }

    private func valuesName(_ record: BuildRecord) -> String {
        let isGiven = settings.given.hasValues && record.appliedBy.isEmpty
        return isGiven ? "the given values" : record.valuesName
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
            guard let bytes = try? settings.disk.text(path) ?? FileSystem.read(path),
                let source = try? sources.source(path: shown, bytes: bytes)
            else {
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
