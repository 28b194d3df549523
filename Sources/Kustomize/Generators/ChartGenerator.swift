import Diagnostics
import Documents

/// `helmCharts`: charts that the caller's renderer unfolds.
enum ChartGenerator {
    static func generate(
        _ chart: Fields, _ globals: Fields?, namespace: Node?, _ loader: Loader
    ) throws(BuildError) -> [Resource] {
        let context = loader.context
        let name = try chart.text("name", "chartName")
        if let repository = try chart.text("repo", "chartRepo") {
            let given = try globals?.text("chartHome")
            let own = try chart.text("chartHome")
            let home = (given ?? own)?.text ?? "charts"
            let local = SlashPath.join(loader.root, home + "/" + (name?.text ?? ""))
            if context.files.resolve(local)?.isFolder != true {
                throw RemotePath.refusal(repository.text, at: repository)
            }
        }
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
        let document = try DocumentMaker.document(settings)
        let bytes: [UInt8]
        switch renderer.manifests(of: document, in: loader.root) {
        case .success(let text): bytes = text
        case .failure(let failure): throw BuildError(failure.message, at: chart.node)
        }
        let shown = "\(loader.shown(loader.root))/\(name?.text ?? "chart") as rendered"
        let number = try context.add(bytes, named: shown, at: chart.node).number
        let documents = try TreeReader.documents(
            of: bytes, number: number, cause: .chart, limits: context.options.limits)
        let resources = try ResourceReader.resources(documents, context)
        for resource in resources { resource.isChartOutput = true }
        return resources
    }
}
