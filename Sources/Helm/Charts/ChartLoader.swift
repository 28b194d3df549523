import GoTemplate
import Text

/// What can be told of a chart without loading it.
package enum ChartKind {
    /// Whether the chart only lends templates to others.
    package static func isLibrary(_ files: [ChartFile]) -> Bool {
        guard let file = files.first(where: { $0.name == "Chart.yaml" }),
            let map = try? YAMLForm.value(file.bytes).asMap
        else { return false }
        return map["type"]?.asString == "library"
    }
}

/// Makes a chart of the files of a folder or archive, as Helm loads charts.
struct ChartLoader {
    /// The numbers and paths of the files whose places are kept; nil to keep none.
    let sources: ChartSources

    /// Charts inside of charts.
    private static let maximumDepth = 50

    func load(_ files: [ChartFile], depth: Int = 0) throws -> Chart {
        if depth > Self.maximumDepth { throw HelmProblem("charts inside of charts nest too deeply") }
        guard let chartFile = files.first(where: { $0.name == "Chart.yaml" }) else {
            throw HelmProblem("Chart.yaml file is missing")
        }
        var metadata = try metadata(chartFile, "cannot load Chart.yaml")
        var values = GoMap()
        var valuesFile: ChartFile?
        var schema: ChartFile?
        var templates: [ChartFile] = []
        var others: [ChartFile] = []
        var names: [String] = []
        var subcharts: [String: [ChartFile]] = [:]
        for file in files where file.name != "Chart.yaml" {
            switch file.name {
            case "values.yaml":
                values = try ValuesFile.read(file, sources) { "cannot load values.yaml: \($0)" }
                valuesFile = file
            case "values.schema.json": schema = file
            case "Chart.lock": break
            case "requirements.yaml":
                let needed = try self.metadata(file, "cannot load requirements.yaml").dependencies
                if !needed.isEmpty { metadata.dependencies = needed }
                if metadata.apiVersion == "v1" { others.append(file) }
            case "requirements.lock": if metadata.apiVersion == "v1" { others.append(file) }
            case _ where file.name.hasPrefix("templates/"): templates.append(file)
            case _ where file.name.hasPrefix("charts/") && !file.name.hasSuffix(".prov"):
                var inner = file
                inner.name = String(file.name.dropFirst("charts/".count))
                let folder = String(inner.name.prefix { $0 != "/" })
                if subcharts[folder] == nil { names.append(folder) }
                subcharts[folder, default: []].append(inner)
            default: others.append(file)
            }
        }
        if let problem = metadata.problem { throw HelmProblem(problem) }
        // Helm looks at the form of the chart that it is given, not at those inside.
        if depth == 0, !["v1", "v2", "v3"].contains(metadata.apiVersion) { throw HelmProblem("unsupported chart version") }
        let chart = Chart(
            metadata: metadata, values: values, valuesFile: valuesFile, schema: schema, templates: templates, files: others)
        chart.setDependencies(
            try names.sorted(by: ExactText.precedes).compactMap { name in
                try subchart(name, subcharts[name] ?? [], of: chart, depth)
            })
        return chart
    }

    private func subchart(_ folder: String, _ files: [ChartFile], of chart: Chart, _ depth: Int) throws -> Chart? {
        if folder.hasPrefix("_") || folder.hasPrefix(".") { return nil }
        do {
            if folder.hasSuffix(".tgz") {
                guard let file = files.first, file.name == folder else {
                    throw HelmProblem(
                        "error unpacking subchart tar in \(chart.name): expected \(folder), got \(files.first?.name ?? "")"
                    )
                }
                return try load(try ChartArchive.files(file.bytes, path: file.path), depth: depth + 1)
            }
            let inner = files.compactMap { file -> ChartFile? in
                guard let slash = file.name.firstIndex(of: "/") else { return nil }
                return ChartFile(
                    name: String(file.name[file.name.index(after: slash)...]), bytes: file.bytes, path: file.path)
            }
            return try load(inner, depth: depth + 1)
        } catch let problem as HelmProblem {
            var outer = problem
            outer.message = "error unpacking subchart \(folder) in \(chart.name): \(problem.message)"
            throw outer
        }
    }

    private func metadata(_ file: ChartFile, _ context: String) throws -> ChartMetadata {
        do throws(YAMLForm.Problem) {
            let value = try YAMLForm.value(file.bytes, file: sources.number(file))
            if value.isNil { return try ChartMetadata(GoMap()) }
            guard let map = value.asMap else {
                throw YAMLForm.Problem(message: YAMLForm.mismatch(value, "v2.Metadata"))
            }
            return try ChartMetadata(map)
        } catch {
            throw HelmProblem.unreadable(file, part: file.bytes.indices, sources, "\(context): \(error.message)")
        }
    }
}
