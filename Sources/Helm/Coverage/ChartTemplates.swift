package import GoTemplate

/// The templates of a chart and of all charts inside it, whichever of them a rendering uses.
package struct ChartTemplates {
    /// One of the charts.
    package struct Part {
        /// The names from the chart of all down, such as `shop/charts/redis`.
        package var name: String
        /// Whether it only lends templates to others.
        package var isLibrary: Bool
        package var files: [ChartFile]
    }

    package private(set) var parts: [Part] = []

    /// - Throws: `HelmProblem` when the files are no chart.
    package init(_ files: [ChartFile]) throws {
        add(try ChartLoader(sources: ChartSources(isOn: false)).load(files))
    }

    private mutating func add(_ chart: Chart) {
        parts.append(Part(name: chart.fullPath, isLibrary: chart.isLibrary, files: chart.templates))
        for child in chart.dependencies { add(child) }
    }

    /// What of a template can run; nil for a file that is no template.
    package static func outline(of file: ChartFile, _ functions: [String: TemplateFunction]) -> TemplateOutline? {
        var set = TemplateSet(functions: functions)
        set.maximumNesting = 1000
        return try? set.outline(of: TemplateSource(name: file.path, bytes: file.bytes))
    }
}
