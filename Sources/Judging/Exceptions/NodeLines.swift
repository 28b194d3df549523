import Diagnostics
import Documents

/// Where the nodes of a file begin and end, for what stands beside them in the text.
struct NodeLines {
    private struct Node {
        var start: UInt32
        var end: UInt32
    }

    private let source: SourceFile
    /// Members, list items and whole documents, by the line they begin on.
    private var nodes: [Int: [Node]] = [:]
    /// The same by the line they end on.
    private var ends: [Int: [Node]] = [:]
    /// Texts in which a `#` begins no comment, in order.
    private var texts: [Node] = []

    /// Nil for a file that is no YAML or not all of it.
    init?(_ source: SourceFile) {
        let copy = SourceFile(path: source.path, bytes: source.bytes)
        let stream = YAMLReader().read(copy)
        guard stream.diagnostics.isEmpty, stream.source === copy else { return nil }
        self.source = copy
        for document in stream.documents {
            document.withRoot { root in
                add(document.rootSpan)
                if root.isCollection { add(root) } else { addText(document.rootSpan) }
            }
        }
        texts.sort { $0.start < $1.start }
    }

    private mutating func add(_ span: ByteSpan) {
        let node = Node(start: span.start, end: span.end)
        nodes[source.line(at: Int(span.start)), default: []].append(node)
        ends[source.line(at: max(Int(span.start), Int(span.end) - 1)), default: []].append(node)
    }

    private mutating func addText(_ span: ByteSpan) { texts.append(Node(start: span.start, end: span.end)) }

    private mutating func add(_ collection: Value) {
        guard collection.hasPositions else { return }
        let isObject = collection.kind == .object
        let children = isObject ? collection.values : collection.elements
        for index in children.indices {
            let number = index - children.startIndex
            var span = collection.valueSpan(at: number)
            if !children[index].isCollection { addText(span) }
            if isObject {
                let key = collection.keySpan(at: number)
                addText(key)
                // A value that an alias stands for is elsewhere.
                span = ByteSpan(start: key.start, end: span.start >= key.start ? max(key.end, span.end) : key.end)
            }
            add(span)
            if children[index].isCollection { add(children[index]) }
        }
    }

    /// Whether a `#` is part of a text: quoted, or a line of a block. The line that opens a block may end in a comment.
    func isText(at offset: Int) -> Bool {
        var low = 0, high = texts.count
        while low < high {
            let middle = (low + high) / 2
            if Int(texts[middle].start) <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, offset < Int(texts[low - 1].end) else { return false }
        let text = texts[low - 1], first = source.bytes[Int(text.start)]
        guard first == UInt8(ascii: "|") || first == UInt8(ascii: ">") else { return true }
        return source.line(at: offset) != source.line(at: Int(text.start))
    }

    /// Where the nodes that a comment is about begin and end.
    func nodes(of line: Int, isTrailing: Bool) -> [Range<UInt32>] {
        var line = line
        if !isTrailing {
            line += 1
            while line <= source.lineCount, nodes[line] == nil {
                // A document that ends in between has nothing more to say.
                if isMark(line, "---") || isMark(line, "...") { return [] }
                if !isBlank(line) { return [] }
                line += 1
            }
        }
        if let found = nodes[line] { return outermost(found).map { $0.start..<max($0.start, $0.end) } }
        // Behind what ends on the line, such as the brace that closes a mapping: the innermost of it.
        guard isTrailing, let ended = ends[line]?.min(by: { $0.end - $0.start < $1.end - $1.start }) else { return [] }
        return [ended.start..<max(ended.start, ended.end)]
    }

    private func outermost(_ nodes: [Node]) -> [Node] {
        var result: [Node] = []
        for node in nodes.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) }) {
            if let last = result.last, node.start >= last.start, node.end <= last.end { continue }
            result.append(node)
        }
        return result
    }

    private func isBlank(_ line: Int) -> Bool {
        let text = source.bytes[source.byteRange(ofLine: line)].drop { " \t-?".utf8.contains($0) }
        return text.isEmpty || text.first == UInt8(ascii: "#")
    }

    private func isMark(_ line: Int, _ mark: String) -> Bool {
        source.bytes[source.byteRange(ofLine: line)].starts(with: mark.utf8)
    }
}
