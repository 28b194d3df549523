import Diagnostics
import Documents
import Helm
import Inputs

/// The mistakes in a chart as an object that policies look at; each of its items stands where the mistake is.
struct ChartMistakesObject {
    private static let lists: [(kind: ChartMistakes.Kind, name: String)] = [
        (.undefinedTemplate, "undefinedTemplates"), (.unusedValue, "unusedValues"), (.undefinedValue, "undefinedValues"),
        (.indentation, "indentation"), (.unquoted, "unquoted"),
    ]

    private let mistakes: ChartMistakes
    private let chartFile: ChartFile
    private let sources: SourceMap

    init(_ mistakes: ChartMistakes, chartFile: ChartFile, sources: SourceMap) {
        (self.mistakes, self.chartFile, self.sources) = (mistakes, chartFile, sources)
    }

    /// - Parameter shown: the path of the chart, as reports show it.
    /// - Throws: `SourceMap.Exhausted` when the files do not fit the map.
    func document(shown: String) throws(SourceMap.Exhausted) -> Document {
        let chart = try sources.source(path: chartFile.path, bytes: chartFile.bytes)
        var texts: [Int: SourceFile] = [:]
        for number in Set(mistakes.mistakes.map(\.file)) {
            let file = mistakes.files[number]
            texts[number] = try sources.source(path: file.path, bytes: file.bytes)
        }
        let arena = Arena.make(capacity: 1024)
        let place = ByteSpan(start: chart.base, end: chart.base)
        func object(_ members: [(String, Value)], _ span: ByteSpan) -> Value {
            arena.object(
                entries: members.map { name, value in
                    PositionedEntry(key: arena.string(name), value: value, keySpan: span, valueSpan: span)
                })
        }
        var members: [(String, Value)] = [
            ("apiVersion", arena.string("\(GitOpsFile.group)/v1")), ("kind", arena.string("HelmTemplates")),
            ("metadata", object([("name", arena.string(FilePath.name(of: shown)))], place)),
            ("file", arena.string(chartFile.path)),
        ]
        for (kind, name) in Self.lists {
            let items = mistakes.mistakes.compactMap { mistake -> PositionedItem? in
                guard mistake.kind == kind, let base = texts[mistake.file]?.base else { return nil }
                let span = ByteSpan(
                    start: base + UInt32(mistake.range.lowerBound), end: base + UInt32(mistake.range.upperBound))
                var fields = [("name", arena.string(mistake.name))]
                if !mistake.detail.isEmpty { fields.append(("detail", arena.string(mistake.detail))) }
                if !mistake.suggestion.isEmpty { fields.append(("suggestion", arena.string(mistake.suggestion))) }
                return PositionedItem(value: object(fields, span), span: span)
            }
            if !items.isEmpty { members.append((name, arena.array(items: items))) }
        }
        return Document(
            arena: arena, root: object(members, place), rootSpan: place, parts: [], texts: [chart] + Array(texts.values),
            index: 0,
            origin: [Diagnostic.Note("in the templates of \(shown) as they are written")])
    }
}

extension ChartBuilder {
    /// The mistakes in a chart that show without rendering it, also when there are none: policies looked at it then, too. Nil
    /// for a chart that cannot be read, of which its rendering tells.
    ///
    /// - Parameter jobs: what it is rendered with.
    func mistakes(in path: String, _ jobs: [ChartJob]) -> Document? {
        try? ChartThread.run { () -> Document? in
            let files = try store.chart(at: path, shown: shown(path))
            let given = jobs.compactMap { try? values($0.layers, ChartSources(isOn: false)) }
            let found = try ChartMistakes(files, functions: settings.functions(), values: given)
            guard let file = files.first(where: { $0.name == "Chart.yaml" }) else { return nil }
            return try ChartMistakesObject(found, chartFile: file, sources: sources).document(shown: shown(path))
        }
    }
}
