import GoTemplate

/// A chart with the charts in its `charts` folder.
final class Chart {
    var metadata: ChartMetadata
    /// The values of `values.yaml`, later with those imported from other charts.
    var values: GoMap
    /// `values.yaml`.
    let valuesFile: ChartFile?
    let schema: ChartFile?
    let templates: [ChartFile]
    /// All further files, those in `crds` among them.
    let files: [ChartFile]
    private(set) var dependencies: [Chart] = []
    private(set) weak var parent: Chart?

    init(
        metadata: ChartMetadata, values: GoMap, valuesFile: ChartFile?, schema: ChartFile?, templates: [ChartFile],
        files: [ChartFile]
    ) {
        (self.metadata, self.values, self.valuesFile, self.schema) = (metadata, values, valuesFile, schema)
        (self.templates, self.files) = (templates, files)
    }

    var name: String { metadata.name }
    var isRoot: Bool { parent == nil }
    var isLibrary: Bool { metadata.type == "library" }

    /// The names from the root down, as paths of templates begin.
    var fullPath: String { parent.map { "\($0.fullPath)/charts/\(name)" } ?? name }

    func setDependencies(_ charts: [Chart]) {
        dependencies = charts
        for chart in charts { chart.parent = self }
    }

    /// A copy under another name, whose dependencies are copies too: an alias.
    func copy(named name: String) -> Chart {
        let copy = Chart(
            metadata: metadata, values: values, valuesFile: valuesFile, schema: schema, templates: templates, files: files)
        copy.metadata.name = name
        copy.setDependencies(dependencies.map { $0.copy(named: $0.name) })
        return copy
    }

    /// The files of custom resource definitions of this chart and those below, in Helm's order.
    var crds: [(source: String, file: ChartFile)] {
        let own = files.filter { $0.name.hasPrefix("crds/") && Self.isManifest($0.name) }
            .map { (source: "\(fullPath)/\($0.name)", file: $0) }
        return own + dependencies.flatMap(\.crds)
    }

    private static func isManifest(_ name: String) -> Bool {
        name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json")
    }
}
