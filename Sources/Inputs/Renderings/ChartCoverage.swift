/// How much of the templates of a chart the sets of values of a run render.
package struct ChartCoverage: Sendable {
    /// A branch that no set of values reaches; branches inside of it are not told.
    package struct Branch: Sendable {
        package var line: Int
        package var lastLine: Int
        /// Such as `if .Values.ingress.enabled`.
        package var text: String

        package init(line: Int, lastLine: Int, text: String) { (self.line, self.lastLine, self.text) = (line, lastLine, text) }
    }

    package struct File: Sendable {
        /// As reports show it.
        package var path: String
        /// Lines with text or an action.
        package var lines = 0
        /// Those of them that no set of values renders, in their order.
        package var missed: [Int] = []
        package var branches: [Branch] = []

        package init(path: String) { self.path = path }

        package var rendered: Int { lines - missed.count }
    }

    /// The chart, or a chart inside it.
    package struct Part: Sendable {
        /// Such as `shop/charts/redis`.
        package var name: String
        /// Whether it only lends templates: those are not counted.
        package var isLibrary: Bool
        package var files: [File]

        package init(name: String, isLibrary: Bool, files: [File]) {
            (self.name, self.isLibrary, self.files) = (name, isLibrary, files)
        }

        package var lines: Int { files.reduce(0) { $0 + $1.lines } }
        package var rendered: Int { files.reduce(0) { $0 + $1.rendered } }
    }

    /// The folder or archive, as reports show it.
    package var path: String
    /// The sets of values that render it, by name.
    package var valueSets: [String]
    /// The chart itself first.
    package var parts: [Part]

    package init(path: String, valueSets: [String], parts: [Part]) {
        (self.path, self.valueSets, self.parts) = (path, valueSets, parts)
    }

    private var counted: [Part] { parts.filter { !$0.isLibrary } }

    package var lines: Int { counted.reduce(0) { $0 + $1.lines } }
    package var rendered: Int { counted.reduce(0) { $0 + $1.rendered } }
    /// The share in tenths of a percent, rounded down, so that only a whole one is 1000; nil of a chart without templates.
    package var permille: Int? { lines == 0 ? nil : rendered * 1000 / lines }
}
