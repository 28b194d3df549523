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
    struct State {
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
    let values: BlockValues
    var state = State()
    var mistakes: [Found] = []

    /// - Parameter bodies: the templates that it may ask for, by name.
    init(_ body: TemplateBody, chart: ChartView, bodies: [String: TemplateBody]) {
        self.body = body
        values = BlockValues(chart, bodies)
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
        if let column = Self.block(branch) {
            state.endLine()
            state.lines = BlockLine(.block(column: column), after: state.lines)
        } else if Self.beginsLine(branch.body), branch.otherwise.map(Self.beginsLine) ?? true {
            state.isFollowed = true
            if state.partial.allSatisfy({ $0 == 0x20 }) { state.addUnknown() }
        } else {
            writeUnknown()
        }
    }

    /// The column of the block that is all a branch writes, when a value is there.
    private static func block(_ branch: BranchNode) -> Int? {
        guard branch.otherwise == nil, branch.word != .range, branch.pipeline.commands.count == 1,
            branch.pipeline.commands[0].operands.count == 1
        else { return nil }
        var column: Int?
        for node in branch.body {
            switch node {
            case .text(let text, _) where text.allSatisfy({ $0 <= 0x20 }): continue
            case .output(let pipeline) where column == nil && pipeline.variables.isEmpty:
                guard let found = BlockValues.block(pipeline) else { return nil }
                column = found
            default: return nil
            }
        }
        return column
    }

    /// Whether the first thing that nodes write is the end of a line.
    static func beginsLine(_ nodes: [TemplateNode]) -> Bool {
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
        if state.textColumn == nil, let column = BlockValues.block(pipeline) {
            state.lines = BlockLine(.block(column: column), after: state.lines)
        } else {
            state.addUnknown()
        }
    }

    /// The end of the action that begins at an offset.
    func end(of offset: Int) -> Int {
        let bytes = body.source.bytes
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A, !bytes[end...].starts(with: "}}".utf8) { end += 1 }
        while end > offset + 1, bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return end
    }

    // MARK: Columns

    /// What is wrong with a block that is put at a column after the lines so far.
    private func problem(_ pipeline: Pipeline, _ column: Int) -> String? {
        if case .block(let above)? = state.lines?.content { return problem(after: above, column) }
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
        return problem(among: outerColumns(line), column)
    }

    /// What is wrong with a column after a block that an action writes at another one.
    private func problem(after above: Int, _ column: Int) -> String? {
        if column > above { return "the block above stands at column \(above): nothing can be below it" }
        var next = state.lines?.previous
        while case .block? = next?.content { next = next?.previous }
        guard column < above, case .text(let bytes)? = next?.content, let line = BlockText(bytes) else { return nil }
        return problem(among: [above] + outerColumns(line, from: next), column)
    }

    private func problem(among columns: [Int], _ column: Int) -> String? {
        guard let outermost = columns.last, column > outermost, !columns.contains(column) else { return nil }
        let shown = Set(columns).sorted().map(String.init).joined(separator: ", ")
        return "no block begins at that column: those around it are at \(shown)"
    }

    func shown(_ line: BlockText) -> String {
        let key = String(decoding: (line.key ?? line.text).map { $0 == BlockText.mark ? UInt8(ascii: "*") : $0 }, as: UTF8.self)
        return "\"\(key)\""
    }

    /// The columns of the blocks around a line, the innermost first, as far as they are known.
    ///
    /// - Parameter place: where the line is; nil for the last one.
    private func outerColumns(_ line: BlockText, from place: BlockLine? = nil) -> [Int] {
        var columns = [line.column]
        var indent = line.indent
        if line.isItem { columns.append(indent) }
        var next = (place ?? state.lines)?.previous
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
}
