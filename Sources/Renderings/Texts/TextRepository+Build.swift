import Diagnostics
import Documents
import GoTemplate
import Helm
import Inputs
import Kustomize

extension TextRepository {
    /// Builds a chart or a kustomization.
    package func build(_ root: Root) -> TextBuild {
        switch root.kind {
        case .chart: chart(root)
        case .kustomization, .manifests: kustomization(root)
        }
    }

    // MARK: Charts

    private func chart(_ root: Root) -> TextBuild {
        let values = settings.values.joined(separator: ", ")
        var build = TextBuild(BuildRecord(.chart, path: root.path, values: values))
        build.used = Set(texts.keys.filter { $0.hasPrefix("/" + root.path + "/") })
        let table = ChartSources(isOn: true)
        do {
            try ChartThread.run {
                let store = TextCharts(texts: texts)
                let files = try store.chart(at: "/" + root.path, shown: root.path)
                if ChartKind.isLibrary(files) {
                    throw HelmProblem("library charts are not installable", hint: "choose a chart that uses the library")
                }
                let release = try ChartRelease(files, try renderSettings(store, table), table)
                try add(release, to: &build)
            }
        } catch let problem as HelmProblem {
            build.record.reason = problem.summary
            build.problems += problem.diagnostics("\(root.path): the chart is not rendered: ", table, sources)
            if let rendered = problem.rendered { build.append(rendered, []) }
        } catch let full as SourceMap.Exhausted {
            build.record.reason = full.diagnostic.message
            build.problems.append(full.diagnostic)
        } catch {
            build.record.reason = "\(error)"
            build.problems.append(Diagnostic(code: "helm_render_error", message: "\(root.path): \(error)"))
        }
        build.record.objects = build.objects.count
        return build
    }

    private func renderSettings(_ store: TextCharts, _ table: ChartSources) throws -> RenderSettings {
        var render = RenderSettings()
        if let name = settings.releaseName {
            try ReleaseName.check(name)
            render.releaseName = name
        }
        if let namespace = settings.namespace { render.namespace = namespace }
        render.includesCRDs = true
        render.functions = settings.functions()
        // What is made does not depend on the day or on luck.
        (render.now, render.seed) = (Moment(seconds: 1_735_689_600, nanoseconds: 0), 1)
        render.usesKnownKey = true
        (render.limits, render.isCancelled) = (settings.bounds.limits, settings.bounds.isCancelled)
        let placed = PlacedValues(table)
        for path in settings.values {
            render.values = render.values.merged(with: try placed.map(text: try store.file("/" + path), shown: path))
        }
        return render
    }

    private func add(_ release: ChartRelease, to build: inout TextBuild) throws {
        build.problems += release.warnings.map {
            Diagnostic(code: "helm_values_warning", severity: .warning, message: "\(build.record.path): \($0)")
        }
        for (source, file) in release.crds { try add(source, file, to: &build) }
        let files = try release.files(in: sources)
        for (manifest, document) in try release.placedObjects(in: sources) {
            build.append("---\n# Source: \(manifest.source)\n")
            let first = build.lines.count
            let places = release.lines(of: manifest, files).map { $0.map { TextBuild.Place($0.range, $0.role.rawValue) } }
            build.append(manifest.bytes, places)
            build.objects.append(
                TextBuild.Object(
                    document: document, path: document.source?.path ?? manifest.source, text: manifest.bytes, firstLine: first))
        }
    }

    /// A file of definitions, which is what it is.
    private func add(_ name: String, _ file: ChartFile, to build: inout TextBuild) throws {
        let source = try sources.source(path: file.path, bytes: file.bytes)
        build.append("---\n# Source: \(name)\n")
        let first = build.lines.count
        var places: [[TextBuild.Place]] = []
        let lineCount = file.bytes.count { $0 == 0x0A } + 1
        for number in 0..<lineCount {
            let range = source.byteRange(ofLine: number + 1)
            let place = SourceRange(file: source, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
            places.append(range.isEmpty ? [] : [TextBuild.Place(place, "file")])
        }
        build.append(file.bytes, places)
        let stream = YAMLReader().read(source)
        build.problems += stream.diagnostics
        let note = Diagnostic.Note("as rendered from \(build.record.path)")
        for document in stream.documents where document.root.kind == .object {
            let start = Int(document.range(document.rootSpan)?.start ?? 0)
            let end = Int(document.range(document.rootSpan)?.end ?? 0)
            build.objects.append(
                TextBuild.Object(
                    document: document.with([note]), path: file.path, text: Array(file.bytes[start..<end]),
                    firstLine: first + source.line(at: start) - 1))
        }
    }

    // MARK: Kustomizations

    private func kustomization(_ root: Root) -> TextBuild {
        var text = TextBuild(BuildRecord(.kustomization, path: root.path))
        let build = Self.kustomizer(texts, settings).build("/" + root.path, map: sources)
        text.used = build.files
        text.problems = build.problems
        if let error = build.problems.first(where: { $0.severity == .error }) { text.record.reason = error.message }
        for (index, object) in build.objects.enumerated() {
            do throws(BuildError) {
                let (own, origins) = try build.lines(of: object)
                if index > 0 { text.append("---\n") }
                let first = text.lines.count
                text.append(Array(own.utf8), origins.map { $0.map { TextBuild.Place($0.range, $0.shown) } })
                let path = object.document.range(object.document.rootSpan)?.file.path ?? build.sources.first?.path ?? ""
                text.objects.append(
                    TextBuild.Object(document: object.document, path: path, text: Array(own.utf8), firstLine: first))
            } catch {
                text.problems.append(Diagnostic(code: "kustomize_build_error", message: error.message))
                text.record.reason = error.message
            }
        }
        text.record.objects = text.objects.count
        return text
    }
}

extension Build.LineOrigin {
    /// What the text is, in a word or two.
    fileprivate var shown: String {
        let name =
            switch cause {
            case .file: "file"
            case .nameReference: "reference"
            case .contentHash: "hash"
            case .builtin: "builtin"
            default: cause.words
            }
        return isFormer ? "before: \(name)" : name
    }
}
