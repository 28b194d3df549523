import Documents
import GoTemplate
import Text

/// Compares the values that a chart has with those that its templates mention.
struct ValuesUse {
    private let charts: [ChartView]
    private let view: ChartView
    private let further: [GoMap]
    private(set) var mistakes: [ChartMistakes.Mistake] = []

    /// - Parameter further: values that the chart of all is rendered with.
    init(_ charts: [ChartView], _ index: Int, further: [GoMap]) {
        (self.charts, view, self.further) = (charts, charts[index], index == 0 ? further : [])
    }

    mutating func find() {
        guard let document = view.defaults, let file = view.valuesFile, !view.chart.isLibrary else { return }
        document.withRoot { root in
            guard root.kind == .object else { return }
            let unused = findUnused(root, document, file)
            findUndefined(root, unused)
        }
        // A name that two files spell differently is one mistake.
        let meant = Set(mistakes.map(\.suggestion))
        mistakes.removeAll { $0.kind == .unusedValue && meant.contains($0.name) }
    }

    // MARK: Values that nothing looks at

    /// What all templates mention: charts inside may be handed the scope of the chart around.
    private var references: [ValueReference] { charts.flatMap(\.search.references) }

    /// Members that are for Helm or for charts inside.
    private var reserved: Set<String> { view.childNames.union(["global", "tags", "exports"]) }

    /// Finds values that nothing looks at; their paths.
    private mutating func findUnused(_ root: Value, _ document: Document, _ file: Int) -> Set<String> {
        if charts.contains(where: \.search.usesAll) { return [] }
        let used = UsedPaths()
        for reference in references { used.add(reference.path) }
        for chart in charts {
            for dependency in chart.chart.metadata.dependencies {
                for condition in dependency.condition.split(separator: ",") {
                    used.add(condition.split(separator: ".").map { StringFunctions.trimmed(String($0)) })
                }
                // Values that a chart inside lends.
                for entry in dependency.importValues {
                    if let parent = entry.asMap?["parent"]?.asString { used.add(parent.split(separator: ".").map(String.init)) }
                }
            }
        }
        var found: Set<String> = []
        walk(root, [], used, file, document, &found)
        return found
    }

    private mutating func walk(
        _ value: Value, _ path: [String], _ used: UsedPaths, _ file: Int, _ document: Document, _ found: inout Set<String>
    ) {
        guard value.kind == .object else { return }
        for index in 0..<value.count {
            guard let name = value.keys[index].stringValue else { continue }
            if path.isEmpty, reserved.contains(name) || name.hasPrefix("x-") || name.hasPrefix("_") || name.hasPrefix(".") {
                continue
            }
            let inner = path + [name]
            switch used.use(of: inner) {
            case .whole: continue
            case .parts: walk(value.values[index], inner, used, file, document, &found)
            case .none:
                let (start, end) = (value.keySpan(at: index), value.valueSpan(at: index))
                if isShared(from: Int(start.start), to: Int(end.end)) { continue }
                found.insert(inner.joined(separator: "."))
                mistakes.append(
                    ChartMistakes.Mistake(
                        kind: .unusedValue, file: file, range: Int(start.start)..<Int(start.end),
                        name: inner.joined(separator: ".")))
            }
        }
    }

    /// Whether an anchor in a part of the values is used elsewhere.
    private func isShared(from start: Int, to end: Int) -> Bool {
        guard let bytes = view.chart.valuesFile?.bytes, start < end, end <= bytes.count else { return false }
        let lineEnd = bytes[end...].firstIndex(of: 0x0A) ?? bytes.count
        var position = start
        while let mark = bytes[position..<lineEnd].firstIndex(of: UInt8(ascii: "&")) {
            let name = bytes[(mark + 1)...].prefix { ReferenceSearch.isName($0) || $0 == UInt8(ascii: "-") }
            if !name.isEmpty, StringFunctions.find([UInt8(ascii: "*")] + name, in: bytes, from: 0) != nil { return true }
            position = mark + 1
        }
        return false
    }

    // MARK: Values that nothing gives

    private mutating func findUndefined(_ root: Value, _ unused: Set<String>) {
        let sets = references.filter { $0.use == .set }.map(\.path)
        var told: Set<String> = []
        for reference in view.search.references where reference.use != .set && reference.isOwn {
            let path = reference.path
            if reserved.contains(path[0]) || sets.contains(where: { path.starts(with: $0) }) { continue }
            guard let missing = missing(path, root), !isKnownElsewhere(Array(path[...missing])), !isMentioned(path, missing)
            else { continue }
            let parent = path[..<missing]
            let siblings = unused.filter { name in
                let steps = name.split(separator: ".").map(String.init)
                return steps.count == missing + 1 && steps.dropLast().elementsEqual(parent)
            }
            let near = Spelling.nearest(
                to: path[missing], in: siblings.map { String($0.split(separator: ".").last ?? "") }.sorted())
            // What may be missing is a mistake only where a default under nearly the same name is never looked at.
            guard near != nil || reference.use == .written && reference.isUnconditional else { continue }
            let name = path[...missing].joined(separator: ".")
            if !told.insert("\(reference.file) \(reference.offset) \(name)").inserted { continue }
            let template = view.templates.first { $0.file == reference.file }?.bodies.last?.source.bytes ?? []
            mistakes.append(
                ChartMistakes.Mistake(
                    kind: .undefinedValue, file: reference.file, range: ChartMistakes.token(at: reference.offset, in: template),
                    name: name, suggestion: near.map { (parent + [$0]).joined(separator: ".") } ?? ""))
        }
    }

    /// The number of the first step of a path that values do not have; nil when all are there or may be.
    private func missing(_ path: [String], _ root: Value) -> Int? {
        var value = root
        for (index, name) in path.enumerated() {
            // What is empty, or no map, is for the user to fill in.
            guard value.kind == .object, value.count > 0 else { return nil }
            let member = value.field(named: name)
            if member.isUndefined { return index }
            value = member
        }
        return nil
    }

    /// Whether the values of a chart around, of a rendering or the schema have a path.
    private func isKnownElsewhere(_ path: [String]) -> Bool {
        if further.contains(where: { ValuesMerge.value($0, path.map { $0[...] }) != nil }) { return true }
        if let parent = view.parent {
            let outer = charts[parent].chart.values
            let entries = charts[parent].chart.metadata.dependencies.filter { $0.name == view.chart.name }
            for name in [view.chart.name] + entries.map(\.alias)
            where ValuesMerge.value(outer, ([name] + path).map { $0[...] }) != nil {
                return true
            }
        }
        // Values that charts inside lend.
        if view.chart.metadata.dependencies.contains(where: { !$0.importValues.isEmpty }) { return true }
        guard let schema = view.chart.schema else { return false }
        return StringFunctions.find(Array("\"\(path[path.count - 1])\"".utf8), in: schema.bytes, from: 0) != nil
    }

    /// Whether the values file names a value in a comment, as an example.
    private func isMentioned(_ path: [String], _ missing: Int) -> Bool {
        guard let bytes = view.chart.valuesFile?.bytes else { return false }
        let texts = [path[missing] + ":", path[...missing].joined(separator: ".")]
        for line in bytes.split(separator: 0x0A) {
            guard let comment = line.firstIndex(of: UInt8(ascii: "#")) else { continue }
            let text = Array(line[comment...])
            for wanted in texts {
                guard let place = StringFunctions.find(Array(wanted.utf8), in: text, from: 0) else { continue }
                if place == 0 || !ReferenceSearch.isName(text[place - 1]) { return true }
            }
        }
        return false
    }
}

/// Paths that are mentioned, as a tree.
private struct UsedPaths {
    enum Use { case whole, parts, none }

    private final class Node {
        var isWhole = false
        var members: [String: Node] = [:]
    }

    private let root = Node()

    func add(_ path: [String]) {
        var node = root
        for name in path {
            let next = node.members[name] ?? Node()
            node.members[name] = next
            node = next
        }
        node.isWhole = true
    }

    func use(of path: [String]) -> Use {
        var node = root
        for name in path {
            if node.isWhole { return .whole }
            guard let next = node.members[name] else { return .none }
            node = next
        }
        return node.isWhole ? .whole : .parts
    }
}
