import Documents
import GoTemplate

/// Checks values against the `values.schema.json` of each chart.
enum ValuesSchema {
    /// - Throws: `HelmProblem` that lists what does not fit, with the place in the values file where it is known.
    static func check(_ chart: Chart, _ values: GoMap) throws {
        var report = ""
        try collect(chart, values, &report)
        if report.isEmpty { return }
        throw HelmProblem(
            "values don't meet the specifications of the schema(s) in the following chart(s):\n"
                + String(report.dropLast()))
    }

    private static func collect(_ chart: Chart, _ values: GoMap, _ report: inout String) throws {
        if let file = chart.schema {
            guard let schema = JSONPrefix.value(Array(file.bytes.drop { $0 <= 0x20 }))?.value else {
                throw HelmProblem("\(file.path): values.schema.json is not JSON")
            }
            var check = SchemaCheck(SchemaDocument(schema))
            let faults = try check.faults(.map(values)).sorted { left, right in
                left.place != right.place ? left.place.lexicographicallyPrecedes(right.place) : false
            }
            if !faults.isEmpty {
                report += "\(chart.name):\n" + faults.flatMap { $0.lines() }.joined(separator: "\n") + "\n"
            }
        }
        for child in chart.dependencies {
            if let inner = values[child.name]?.asMap { try collect(child, inner, &report) }
        }
    }
}
