import GoTemplate

/// Texts that stand without quotes where YAML reads them as something else.
extension BlockWalk {
    /// How long a line may be whose end is looked at: it is read again for each output in it.
    private static let longestLine = 4096

    mutating func findUnquoted(_ pipeline: Pipeline, _ next: TemplateNode?) {
        // Where it stands takes a look at the lines before.
        guard state.textColumn == nil, state.partial.count <= Self.longestLine, let text = values.text(pipeline),
            let reading = BlockValues.otherReading(of: text),
            let line = BlockText(state.partial[...]), let place = placeOfText(line, next)
        else { return }
        mistakes.append(
            Found(
                kind: .unquoted, range: pipeline.position..<end(of: pipeline.position), name: pipeline.text,
                detail: "\(place) takes a text, and \(text) is read as \(reading)"))
    }

    /// What a text at the end of a line is the value of, as reports call it; nil when it need not be a text.
    private func placeOfText(_ line: BlockText, _ next: TemplateNode?) -> String? {
        if let flow = FlowPlace(line) {
            guard Self.endsFlowItem(next) else { return nil }
            let key = FlowPlace.opens(line.text) ? nil : line.key.map { String(decoding: $0, as: UTF8.self) }
            guard let outer = flow.owner ?? key ?? parent(of: line, isItem: true)?.key else { return nil }
            guard let key = flow.key else { return outer == "args" || outer == "command" ? "the item" : nil }
            return Self.takesText(key, in: outer) ? "\"\(key)\"" : nil
        }
        guard line.isLiteral, Self.endsLine(next) else { return nil }
        let isItem = line.isItem && line.text.isEmpty
        guard isItem || line.isOpen, takesText(line, isItem: isItem) else { return nil }
        return isItem ? "the item" : shown(line)
    }

    /// Whether an item of a list in brackets, or a member of a mapping in braces, ends where a node begins.
    private static func endsFlowItem(_ node: TemplateNode?) -> Bool {
        guard case .text(let text, _)? = node, let first = text.first(where: { $0 != 0x20 }) else { return false }
        return ",]}".utf8.contains(first)
    }

    /// Whether a line ends where a node begins.
    private static func endsLine(_ node: TemplateNode?) -> Bool {
        guard let node else { return true }
        switch node {
        case .text(let text, _):
            guard let first = text.firstIndex(where: { $0 != 0x20 && $0 != 0x0D }) else { return false }
            return text[first] == 0x0A || text[first] == UInt8(ascii: "#") && first > text.startIndex
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
        if outer == "data" || outer == "stringData" { return column == 0 && isOfSecretOrMap }
        return Self.takesText(key, in: outer)
    }

    /// Whether a member of a mapping with a name holds text in all kinds.
    private static func takesText(_ key: String, in outer: String) -> Bool {
        switch outer {
        case "labels", "annotations", "matchLabels", "nodeSelector": true
        case "env": key == "value"
        default: false
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
