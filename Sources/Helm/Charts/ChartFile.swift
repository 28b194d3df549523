package import GoTemplate

/// A file of a chart.
package struct ChartFile: Sendable {
    /// The path inside the chart, with slashes.
    package var name: String
    package var bytes: [UInt8]
    /// The path that messages show: where the file stands for the user.
    package var path: String

    package init(name: String, bytes: [UInt8], path: String) {
        (self.name, self.bytes, self.path) = (name, bytes, path)
    }
}

/// Why a chart cannot be read or rendered.
package struct HelmProblem: Error {
    package var message: String
    /// Places in templates, outermost first.
    package var places: [Place]
    /// What would help.
    package var hint: String?
    /// What was rendered before the problem was found in it.
    package var rendered: [UInt8]?
    /// Whether files of the chart are broken: no values would mend that.
    package var isBroken = false
    /// What is wrong with single values, by `values.schema.json`, with the places of the values where they are known.
    package var faults: [(message: String, place: TextPlace?)] = []

    /// A place in a file of the chart.
    package struct Place: Sendable {
        package var path: String
        package var line: Int
        /// Counted in bytes from 1.
        package var column: Int?
        /// The place in the sources of the rendering; nil when none were kept.
        package var source: TextPlace?

        /// `path:line:column`.
        package var text: String { "\(path):\(line)" + (column.map { ":\($0)" } ?? "") }
    }

    package init(_ message: String, places: [Place] = [], hint: String? = nil, isBroken: Bool = false) {
        (self.message, self.places, self.hint, self.isBroken) = (message, places, hint, isBroken)
    }

    /// The problem in one line.
    package var summary: String {
        guard let fault = faults.first else { return message }
        let more = faults.count > 1 ? " and \(faults.count - 1) more" : ""
        return "its values do not fit values.schema.json: \(fault.message)\(more)"
    }
}
