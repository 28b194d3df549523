import Diagnostics
import Documents

/// `helmCharts`: charts that the caller's renderer unfolds.
enum ChartGenerator {
    static func generate(
        _ chart: Fields, _ globals: Fields?, namespace: Node?, _ loader: Loader
    ) throws(BuildError) -> [Resource] {
        let context = loader.context
        let name = try chart.text("name", "chartName")
        guard let renderer = context.options.charts else {
            throw BuildError(
                "the chart '\(name?.text ?? "")' is not rendered: nothing here unfolds Helm charts", at: chart.node)
        }
        let settings = chart.node.copy()
        for (key, value) in globals?.node.entries ?? [] where settings.field(key.text) == nil {
            settings.content += [key.copy(), value.copy()]
        }
        if settings.field("namespace") == nil, let namespace {
            settings.content += [.scalar("namespace"), namespace.copy()]
        }
        let document = try DocumentMaker.document(settings, sources: context.sources, notes: [])
        let text: ChartText
        switch renderer.manifests(of: document, in: loader.root, sources: context.map) {
        case .success(let rendered): text = rendered
        case .failure(let failure):
            let repository = try chart.text("repo", "chartRepo")
            if failure.isMissing, let repository { throw RemotePath.refusal(repository.text, at: repository, hint: failure.hint) }
            throw BuildError(failure.message, at: chart.node, hint: failure.hint)
        }
        let shown = "\(loader.shown(loader.root))/\(name?.text ?? "chart") as rendered"
        let number = try context.add(text.bytes, named: shown, at: chart.node).number
        let documents = try TreeReader.documents(
            of: text.bytes, number: number, cause: .chart, limits: context.options.limits)
        let files = text.files.map { context.sources.add($0) }
        context.chartFiles += text.files.map(\.path)
        for document in documents { relocate(document, text, files) }
        let resources = try ResourceReader.resources(documents, context)
        for resource in resources { resource.isChartOutput = true }
        return resources
    }

    /// Gives nodes the places in templates and values files that their text comes from.
    private static func relocate(_ node: Node, _ text: ChartText, _ files: [UInt32]) {
        let origin = node.origin
        // A collection stands where it begins.
        let end = node.kind == .scalar ? max(origin.end, origin.start + 1) : origin.start + 1
        if let place = text.place(Int(origin.start)..<Int(end)), files.indices.contains(place.file) {
            node.origin = Origin(
                file: files[place.file], start: UInt32(place.range.lowerBound), end: UInt32(place.range.upperBound),
                cause: .chart)
        }
        for child in node.content { relocate(child, text, files) }
    }
}
