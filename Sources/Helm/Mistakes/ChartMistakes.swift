import Diagnostics
import Documents
package import GoTemplate
import Text

/// Mistakes in the templates and values of a chart that show without rendering it.
package struct ChartMistakes {
    package enum Kind: String, Sendable, CaseIterable {
        /// A template that is asked for is defined nowhere.
        case undefinedTemplate
        /// A default value that no template looks at.
        case unusedValue
        /// A value that no values file gives.
        case undefinedValue
        /// A text of several lines that is moved to where it belongs to another block.
        case indentation
        /// A text that YAML reads as a number or a word of its own.
        case unquoted
    }

    package struct Mistake: Sendable {
        package var kind: Kind
        /// The number of the file among `files`.
        package var file: Int
        package var range: Range<Int>
        /// The name of the template or value.
        package var name: String
        /// What is wrong, where the name alone does not say it.
        package var detail = ""
        /// The name that was probably meant; empty without one.
        package var suggestion = ""
    }

    /// How many names are compared, of a chart, in search of those that were meant.
    static let patience = 1_000_000

    package private(set) var files: [ChartFile] = []
    /// In the order of files and places.
    package private(set) var mistakes: [Mistake] = []

    /// Looks at a chart with all charts inside of it.
    ///
    /// - Parameters:
    ///   - files: those of the chart.
    ///   - functions: those that templates may call.
    ///   - values: further values that it is rendered with somewhere.
    /// - Throws: `HelmProblem` for files that are no chart, or whose templates cannot be read: a rendering says why.
    package init(_ files: [ChartFile], functions: [String: TemplateFunction], values: [GoMap] = []) throws {
        let root = try ChartLoader(sources: ChartSources(isOn: false)).load(files)
        var charts: [ChartView] = []
        try add(root, nil, functions, &charts)
        // What is missing may define and use anything.
        let isWhole = charts.allSatisfy(\.hasAllDependencies)
        if isWhole, !root.isLibrary { findUndefinedTemplates(charts) }
        let mentions = Mentions(charts)
        let bodies = charts.lazy.flatMap(\.templates).flatMap(\.bodies).map { ($0.name, $0) }
        let named = Dictionary(bodies, uniquingKeysWith: { first, _ in first })
        for index in charts.indices where charts[index].isOwn {
            if isWhole {
                var use = ValuesUse(charts, index, mentions, further: values)
                use.find()
                mistakes += use.mistakes
            }
            findTextMistakes(charts, index, named)
        }
        mistakes.sort { ($0.file, $0.range.lowerBound, $0.name) < ($1.file, $1.range.lowerBound, $1.name) }
    }

    private mutating func add(
        _ chart: Chart, _ parent: Int?, _ functions: [String: TemplateFunction], _ charts: inout [ChartView]
    ) throws {
        var view = ChartView(chart, parent: parent)
        view.isOwn = parent.map { charts[$0].isOwn && charts[$0].writes(chart) } ?? true
        for file in chart.templates {
            var set = TemplateSet(functions: functions)
            set.maximumNesting = 1000
            let source = TemplateSource(name: chart.fullPath + "/" + file.name, bytes: file.bytes)
            do {
                view.templates.append((files.count, try set.templates(of: source)))
            } catch { throw ExecutionMessage.parsing(error, source.name) }
            files.append(file)
        }
        if let file = chart.valuesFile {
            view.valuesFile = files.count
            files.append(file)
        }
        let index = charts.count
        charts.append(view)
        for child in chart.dependencies { try add(child, index, functions, &charts) }
    }

    private mutating func findUndefinedTemplates(_ charts: [ChartView]) {
        var names: Set<String> = []
        for chart in charts { for (_, bodies) in chart.templates { names.formUnion(bodies.map(\.name)) } }
        let sorted = names.sorted()
        var patience = Self.patience
        for chart in charts {
            for call in chart.search.calls where !names.contains(call.name) {
                let file = files[call.file]
                let near = patience > 0 ? Spelling.nearest(to: call.name, in: sorted) : nil
                patience -= sorted.count
                mistakes.append(
                    Mistake(
                        kind: .undefinedTemplate, file: call.file, range: Self.token(at: call.offset, in: file.bytes),
                        name: call.name, suggestion: near ?? ""))
            }
        }
    }

    /// The text around an offset up to what separates it from others, for showing it.
    static func token(at offset: Int, in bytes: [UInt8]) -> Range<Int> {
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "`") {
            let end = bytes[(offset + 1)...].firstIndex { $0 == bytes[offset] || $0 == 0x0A } ?? bytes.count - 1
            return offset..<end + 1
        }
        func isPart(_ byte: UInt8) -> Bool {
            ReferenceSearch.isName(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "-")
        }
        var start = offset, end = offset
        while start > 0, isPart(bytes[start - 1]), bytes[start - 1] != UInt8(ascii: "-") { start -= 1 }
        while end < bytes.count, isPart(bytes[end]) { end += 1 }
        return start..<max(end, start + 1)
    }

    private mutating func findTextMistakes(_ charts: [ChartView], _ index: Int, _ named: [String: TemplateBody]) {
        let chart = charts[index]
        for (file, bodies) in chart.templates where !files[file].name.hasSuffix(".txt") {
            for body in bodies {
                var walk = BlockWalk(body, chart: chart, bodies: named)
                walk.run()
                mistakes += walk.mistakes.map { found in
                    Mistake(kind: found.kind, file: file, range: found.range, name: found.name, detail: found.detail)
                }
            }
        }
    }
}

/// A chart as it is looked at.
struct ChartView {
    let chart: Chart
    /// The number of the chart around it.
    let parent: Int?
    /// Whether its text belongs to the chart of all, so that its author can change it.
    var isOwn = true
    /// Templates with the numbers of their files.
    var templates: [(file: Int, bodies: [TemplateBody])] = [] {
        didSet {
            guard let added = templates.last else { return }
            search.add(added.bodies, file: added.file)
        }
    }
    /// The number of `values.yaml`.
    var valuesFile: Int?
    var search = ReferenceSearch()
    let defaults: Document?

    init(_ chart: Chart, parent: Int?) {
        (self.chart, self.parent) = (chart, parent)
        defaults = chart.valuesFile.flatMap { file in
            let documents = YAMLReader().read(SourceFile(path: file.path, bytes: file.bytes)).documents
            return documents.count == 1 ? documents[0] : nil
        }
        for file in chart.files + [chart.valuesFile].compactMap(\.self) {
            search.add(text: file.bytes[...])
        }
    }

    var hasAllDependencies: Bool {
        chart.metadata.dependencies.allSatisfy { wanted in chart.dependencies.contains { $0.name == wanted.name } }
    }

    /// Whether a chart inside was written with this one, instead of being fetched.
    func writes(_ child: Chart) -> Bool {
        guard let entry = chart.metadata.dependencies.first(where: { $0.name == child.name }) else { return true }
        return (entry.repository.isEmpty || entry.repository.hasPrefix("file://")) && !isPacked(child)
    }

    private func isPacked(_ chart: Chart) -> Bool {
        (chart.templates + chart.files + [chart.valuesFile].compactMap(\.self)).contains { $0.path.contains(".tgz:") }
    }

    /// The names under which its values hold those of charts inside.
    var childNames: Set<String> {
        Set(chart.metadata.dependencies.flatMap { [$0.name, $0.alias] } + chart.dependencies.map(\.name)).subtracting([""])
    }
}
