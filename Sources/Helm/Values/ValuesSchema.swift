import Documents
import GoTemplate

/// Checks values against the `values.schema.json` of each chart.
enum ValuesSchema {
    /// - Throws: `HelmProblem` that lists what does not fit, with the place in the values file where it is known.
    static func check(_ chart: Chart, _ values: GoMap) throws {
        var report = "", places: [(message: String, place: TextPlace?)] = []
        try collect(chart, .map(values), &report, &places)
        if report.isEmpty { return }
        var problem = HelmProblem(
            "values don't meet the specifications of the schema(s) in the following chart(s):\n"
                + String(report.dropLast()))
        problem.faults = places
        throw problem
    }

    /// The faults without further causes, with the places of the values they are about.
    private static func leaves(_ fault: SchemaCheck.Fault, _ values: GoValue) -> [(message: String, place: TextPlace?)] {
        if !fault.causes.isEmpty { return fault.causes.flatMap { leaves($0, values) } }
        var value = values, place = values.trace?.segments.first?.place
        for step in fault.place {
            guard
                let next = value.asMap?[step]
                    ?? Int(step).flatMap({ index in
                        value.asList.flatMap { $0.items.indices.contains(index) ? $0.items[index] : nil }
                    })
            else { break }
            value = next
            place = next.trace?.segments.first?.place ?? place
        }
        let path = fault.place.isEmpty ? "" : fault.place.joined(separator: ".") + ": "
        return [("\(path)\(fault.message)", place)]
    }

    private static func collect(
        _ chart: Chart, _ values: GoValue, _ report: inout String, _ places: inout [(message: String, place: TextPlace?)]
    ) throws {
        if let file = chart.schema {
            guard let schema = JSONPrefix.value(Array(file.bytes.drop { $0 <= 0x20 }))?.value else {
                throw HelmProblem("\(file.path): values.schema.json is not JSON")
            }
            let document = SchemaDocument(schema)
            if let problem = document.problem {
                report += "\(chart.name):\n\(problem)\n"
            } else {
                var check = SchemaCheck(document)
                let faults = try check.faults(values).sorted { left, right in
                    left.place != right.place ? left.place.lexicographicallyPrecedes(right.place) : false
                }
                if !faults.isEmpty {
                    places += faults.flatMap { leaves($0, values) }
                    report += "\(chart.name):\n" + faults.flatMap { $0.lines() }.joined(separator: "\n") + "\n"
                }
            }
        }
        for child in chart.dependencies {
            if let inner = values.asMap?[child.name], inner.asMap != nil { try collect(child, inner, &report, &places) }
        }
    }
}
