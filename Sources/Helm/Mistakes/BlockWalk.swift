import Documents
import GoTemplate

/// Follows the text of a template and finds blocks that are moved to a wrong column, and texts without quotes.
struct BlockWalk {
    struct Found {
        var kind: ChartMistakes.Kind
        var range: Range<Int>
        var name: String
        var detail: String
    }

    /// Where the output is.
    private struct State {
        var lines: BlockLine?
        /// The line that is not at its end, with marks for what actions write.
        var partial: [UInt8] = []
        /// The column of the key whose text the lines are, as behind `|`.
        var textColumn: Int?
        /// Whether unknown lines follow the one that is not at its end.
        var isFollowed = false

        mutating func append(_ bytes: some Sequence<UInt8>) {
            for byte in bytes {
                if byte == 0x0A { endLine() } else { partial.append(byte) }
            }
        }

        mutating func endLine() {
            if let line = BlockText(partial[...]) {
                if let column = textColumn, line.indent <= column { textColumn = nil }
                if textColumn == nil, line.opensText { textColumn = line.textColumn }
                lines = BlockLine(.text(partial[...]), after: lines)
            }
            partial = []
            if isFollowed { addUnknown() }
            isFollowed = false
        }

        mutating func addUnknown() {
            if case .unknown? = lines?.content { return }
            lines = BlockLine(.unknown, after: lines)
        }
    }

    private let body: TemplateBody
    private let values: BlockValues
    private var state = State()
    private(set) var mistakes: [Found] = []

    init(_ body: TemplateBody, chart: ChartView, charts: [ChartView]) {
        self.body = body
        values = BlockValues(chart, charts)
    }

    mutating func run() { walk(body.nodes) }

    private mutating func walk(_ nodes: [TemplateNode]) {
        for (index, node) in nodes.enumerated() {
            switch node {
            case .text(let text, _): state.append(text)
            case .output(let pipeline):
                if pipeline.variables.isEmpty { write(pipeline, next: index + 1 < nodes.count ? nodes[index + 1] : nil) }
            case .template: writeUnknown()
            case .branch(let branch): walk(branch)
            case .breakLoop, .continueLoop: break
            }
        }
    }

    private mutating func walk(_ branch: BranchNode) {
        let before = state
        walk(branch.body)
        if let otherwise = branch.otherwise {
            state = before
            walk(otherwise)
        }
        state = before
        if Self.beginsLine(branch.body), branch.otherwise.map(Self.beginsLine) ?? true {
            state.isFollowed = true
            if state.partial.allSatisfy({ $0 == 0x20 }) { state.addUnknown() }
        } else {
            writeUnknown()
        }
    }

    /// Whether the first thing that nodes write is the end of a line.
    private static func beginsLine(_ nodes: [TemplateNode]) -> Bool {
        for node in nodes {
            switch node {
            case .text(let text, _):
                guard let first = text.first(where: { $0 != 0x20 && $0 != 0x0D }) else { continue }
                return first == 0x0A
            case .output(let pipeline):
                if pipeline.variables.isEmpty { return BlockValues.indentation(pipeline) != nil }
            case .branch(let branch): return beginsLine(branch.body) && branch.otherwise.map(beginsLine) ?? true
            default: return false
            }
        }
        return false
    }

    private mutating func writeUnknown() {
        state.partial.append(BlockText.mark)
        state.isFollowed = true
    }

    private mutating func write(_ pipeline: Pipeline, next: TemplateNode?) {
        guard let indentation = BlockValues.indentation(pipeline) else {
            findUnquoted(pipeline, next)
            state.partial.append(BlockText.mark)
            if BlockValues.mayHaveLines(pipeline) { state.isFollowed = true }
            return
        }
        state.endLine()
        if let detail = problem(pipeline, indentation) {
            let range = pipeline.position..<end(of: pipeline.position)
            mistakes.append(Found(kind: .indentation, range: range, name: "nindent \(indentation)", detail: detail))
        }
        state.addUnknown()
    }

    /// The end of the action that begins at an offset.
    private func end(of offset: Int) -> Int {
        let bytes = body.source.bytes
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A, !bytes[end...].starts(with: "}}".utf8) { end += 1 }
        while end > offset + 1, bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return end
    }

    // MARK: Columns

    /// What is wrong with a block that is put at a column after the lines so far.
    private func problem(_ pipeline: Pipeline, _ column: Int) -> String? {
        guard case .text(let bytes)? = state.lines?.content, let line = BlockText(bytes) else { return nil }
        if let text = state.textColumn {
            guard column <= text else { return nil }
            return "the text above is indented deeper than column \(text), so that what is written here is not a part of it"
        }
        let name = shown(line)
        if line.isOpen {
            if column < line.column {
                return "\(name) stands at column \(line.column) and gets no value: what is written here is not below it"
            }
            if column == line.column, values.isMapping(pipeline) {
                return "\(name) stands at column \(line.column) too and gets no value: what is written here is beside it"
            }
            return nil
        }
        guard line.isClosed else { return nil }
        if column > line.column { return "\(name) stands at column \(line.column) and has a value: nothing can be below it" }
        let columns = outerColumns(line)
        if column > columns.last ?? 0, !columns.contains(column) {
            return
                "no block begins at that column: those around it are at \(columns.reversed().map(String.init).joined(separator: ", "))"
        }
        return nil
    }

    private func shown(_ line: BlockText) -> String {
        let key = String(decoding: (line.key ?? line.text).map { $0 == BlockText.mark ? UInt8(ascii: "*") : $0 }, as: UTF8.self)
        return "\"\(key)\""
    }

    /// The columns of the blocks around a line, the innermost first, as far as they are known.
    private func outerColumns(_ line: BlockText) -> [Int] {
        var columns = [line.column]
        var indent = line.indent
        if line.isItem { columns.append(indent) }
        var next = state.lines?.previous
        while let current = next {
            guard case .text(let bytes) = current.content, let text = BlockText(bytes) else { break }
            if text.indent < indent || text.column < columns[columns.count - 1] {
                if text.column < columns[columns.count - 1] { columns.append(text.column) }
                if text.isItem, text.indent < columns[columns.count - 1] { columns.append(text.indent) }
                indent = min(indent, text.indent)
            }
            next = current.previous
        }
        return columns
    }

    // MARK: Quotes

    private mutating func findUnquoted(_ pipeline: Pipeline, _ next: TemplateNode?) {
        guard state.textColumn == nil, let line = BlockText(state.partial[...]), line.isLiteral, Self.endsLine(next) else {
            return
        }
        let isItem = line.isItem && line.text.isEmpty
        guard isItem || line.isOpen, takesText(line, isItem: isItem) else { return }
        guard let text = values.text(pipeline), !text.isEmpty, let reading = BlockValues.otherReading(of: text) else { return }
        let place = isItem ? "the item" : shown(line)
        mistakes.append(
            Found(
                kind: .unquoted, range: pipeline.position..<end(of: pipeline.position), name: pipeline.text,
                detail: "\(place) takes a text, and \(text) is read as \(reading)"))
    }

    /// Whether a line ends where a node begins.
    private static func endsLine(_ node: TemplateNode?) -> Bool {
        guard let node else { return true }
        switch node {
        case .text(let text, _): return text.first { $0 != 0x20 && $0 != 0x0D }.map { $0 == 0x0A } ?? false
        case .branch(let branch): return beginsLine(branch.body) && branch.otherwise.map(beginsLine) ?? true
        case .output(let pipeline): return BlockValues.indentation(pipeline) != nil
        default: return false
        }
    }

    /// Whether the field of a line is one that holds text in all kinds.
    private func takesText(_ line: BlockText, isItem: Bool) -> Bool {
        let key = line.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard let (outer, column, isOfSecretOrMap) = parent(of: line, isItem: isItem) else { return false }
        if isItem { return outer == "args" || outer == "command" }
        switch outer {
        case "labels", "annotations", "matchLabels", "nodeSelector": return true
        case "data", "stringData": return column == 0 && isOfSecretOrMap
        case "env": return key == "value"
        default: return false
        }
    }

    /// The key that a line is below of, its column, and whether the object is a ConfigMap or Secret.
    private func parent(of line: BlockText, isItem: Bool) -> (key: String, column: Int, isText: Bool)? {
        var limit = line.isItem ? line.indent : line.column
        var found: (key: String, column: Int)?
        var isText = false
        var next = state.lines
        while let current = next {
            defer { next = current.previous }
            guard case .text(let bytes) = current.content, let text = BlockText(bytes) else { continue }
            let key = text.key.map { String(decoding: $0, as: UTF8.self) }
            if text.indent == 0, key == "kind", let value = text.value {
                let kind = String(decoding: value, as: UTF8.self)
                isText = kind == "ConfigMap" || kind == "Secret"
                break
            }
            if text.indent == 0, text.text.elementsEqual("---".utf8) { break }
            if found != nil { continue }
            // An item of a list may stand right below its key.
            let isOuter = text.column < limit || text.column == limit && (line.isItem || limit < line.column) && !text.isItem
            if text.isItem, text.column == line.column, !line.isItem, limit == line.column {
                limit = text.indent
                continue
            }
            if isOuter, text.isOpen, let key { found = (key, text.column) } else if text.column < limit { return nil }
        }
        return found.map { ($0.key, $0.column, isText) }
    }
}
