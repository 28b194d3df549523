import Documents
import GoTemplate
import Text

/// Compares the values that a chart has with those that its templates mention.
struct ValuesUse {
    private let charts: [ChartView]
    private let view: ChartView
    private let mentions: Mentions
    private let further: [GoMap]
    /// Members that are for Helm or for charts inside.
    private let reserved: Set<String>
    /// How many names may still be compared in search of those that were meant.
    private var patience = ChartMistakes.patience
    private lazy var comments = CommentWords(view.chart.valuesFile?.bytes ?? [])
    /// What stands between quotes in the schema.
    private lazy var schemaNames = Set(view.chart.schema?.bytes.split(separator: UInt8(ascii: "\"")) ?? [])
    private(set) var mistakes: [ChartMistakes.Mistake] = []

    /// - Parameter further: values that the chart of all is rendered with.
    init(_ charts: [ChartView], _ index: Int, _ mentions: Mentions, further: [GoMap]) {
        (self.charts, view, self.mentions, self.further) = (charts, charts[index], mentions, index == 0 ? further : [])
        reserved = view.childNames.union(["global", "tags", "exports"])
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

    /// Finds values that nothing looks at; their paths.
    private mutating func findUnused(_ root: Value, _ document: Document, _ file: Int) -> Set<String> {
        if mentions.usesAll { return [] }
        var found: Set<String> = []
        walk(root, [], file, document, &found)
        return found
    }

    private mutating func walk(
        _ value: Value, _ path: [String], _ file: Int, _ document: Document, _ found: inout Set<String>
    ) {
        guard value.kind == .object else { return }
        for index in 0..<value.count {
            guard let name = value.keys[index].stringValue else { continue }
            if path.isEmpty, reserved.contains(name) || name.hasPrefix("x-") || name.hasPrefix("_") || name.hasPrefix(".") {
                continue
            }
            let inner = path + [name]
            switch mentions.use(of: inner) {
            case .whole: continue
            case .parts: walk(value.values[index], inner, file, document, &found)
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
        var told: Set<String> = []
        let unused = Self.byParent(unused)
        for reference in view.search.references where reference.use != .set && reference.isOwn {
            let path = reference.path
            if reserved.contains(path[0]) || mentions.isSet(path) { continue }
            guard let miss = miss(path, root), !isKnownElsewhere(Array(path[...miss.step])), !isMentioned(path, miss.step)
            else { continue }
            let near = nearName(path, miss.step, unused)
            let detail = reference.isPlain && near == nil ? failure(path, miss) : ""
            // What may be missing is a mistake only where a default under nearly the same name is never looked at, and
            // where the rendering fails.
            let isWritten = miss.holder == nil && reference.use == .written && reference.isUnconditional
            guard near != nil || isWritten || !detail.isEmpty else { continue }
            let name = (detail.isEmpty ? path[...miss.step] : path[...]).joined(separator: ".")
            // One thing that is not there is told once, however much is looked for in it.
            let key =
                detail.isEmpty ? "\(reference.file) \(reference.offset) \(name)" : path[...miss.step].joined(separator: ".")
            if !told.insert(key).inserted { continue }
            let template = view.templates.first { $0.file == reference.file }?.bodies.last?.source.bytes ?? []
            mistakes.append(
                ChartMistakes.Mistake(
                    kind: .undefinedValue, file: reference.file, range: ChartMistakes.token(at: reference.offset, in: template),
                    name: name, detail: detail,
                    suggestion: near.map { (path[..<miss.step] + [$0]).joined(separator: ".") } ?? ""))
        }
    }

    /// The last names of paths, by the path before them.
    private static func byParent(_ paths: Set<String>) -> [String: [String]] {
        var names: [String: [String]] = [:]
        for path in paths {
            let steps = path.split(separator: ".")
            names[steps.dropLast().joined(separator: "."), default: []].append(String(steps.last ?? ""))
        }
        return names.mapValues { $0.sorted() }
    }

    /// The default that nothing looks at with nearly the name of a step of a path.
    private mutating func nearName(_ path: [String], _ step: Int, _ unused: [String: [String]]) -> String? {
        guard let siblings = unused[path[..<step].joined(separator: ".")], patience > 0 else { return nil }
        patience -= siblings.count
        return Spelling.nearest(to: path[step], in: siblings)
    }

    /// Why a rendering that comes to a reference fails; empty when it does not, and where templates make sure that it is not
    /// come to.
    private func failure(_ path: [String], _ miss: Miss) -> String {
        let held = path[..<miss.step].joined(separator: ".")
        if let holder = miss.holder {
            let isAsked = mentions.isTypeTested(path, upTo: miss.step)
            return isAsked ? "" : "\(held) is \(holder), in which no \(path[miss.step]) can be looked for"
        }
        guard miss.step + 1 < path.count else { return "" }
        let isAsked = mentions.isMentioned(path, from: miss.step + 1)
        let missing = path[...miss.step].joined(separator: ".")
        return isAsked ? "" : "\(missing) is not there, and the rendering fails where \(path[miss.step + 1]) is looked for in it"
    }

    /// Where a path leaves the values that are there.
    private struct Miss {
        /// The number of the first step that cannot be made.
        var step: Int
        /// What holds no members, in words; nil for a mapping without the member.
        var holder: String?
    }

    /// Nil when all steps of a path can be made or may be.
    private func miss(_ path: [String], _ root: Value) -> Miss? {
        var value = root
        for (index, name) in path.enumerated() {
            // What is empty is for the user to fill in.
            switch value.kind {
            case .object where value.count > 0: break
            case .array where value.count > 0: return Miss(step: index, holder: "a list")
            case .string where !value.string.isEmpty: return Miss(step: index, holder: "a text")
            default: return nil
            }
            let member = value.field(named: name)
            if member.isUndefined { return Miss(step: index, holder: nil) }
            value = member
        }
        return nil
    }

    /// Whether the values of a chart around, of a rendering or the schema have a path.
    private mutating func isKnownElsewhere(_ path: [String]) -> Bool {
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
        return schemaNames.contains(Array(path[path.count - 1].utf8)[...])
    }

    /// Whether the values file names a value in a comment, as an example.
    private mutating func isMentioned(_ path: [String], _ missing: Int) -> Bool {
        comments.contains(path[missing] + ":") || comments.contains(path[...missing].joined(separator: "."))
    }
}
