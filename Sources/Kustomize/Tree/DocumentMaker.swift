import Diagnostics
import Documents

/// Turns a finished tree into a document, the form in which the rest of the program reads objects. Each node stands where
/// its text does, whatever file that is; what no text made stands where the node above it does.
struct DocumentMaker: ~Copyable {
    private let arena: Arena
    private let sources: BuildSources?
    /// The files that nodes stand in, some more than once.
    private var used: [UInt32] = []
    /// The file that was asked for last, and where its bytes begin; most nodes stand in that of the one before.
    private var last: (file: UInt32, base: UInt32) = (0, 0)

    private init(arena: Arena, sources: BuildSources?) {
        self.arena = arena
        self.sources = sources
    }

    /// The document of a tree without places.
    static func document(_ root: Node) throws(BuildError) -> Document {
        try document(root, sources: nil, notes: [])
    }

    /// The document of a tree; `notes` tell how it came to be.
    static func document(_ root: Node, sources: BuildSources?, notes: [Diagnostic.Note]) throws(BuildError) -> Document {
        let arena = Arena.make(capacity: 16 << 10)
        var maker = DocumentMaker(arena: arena, sources: sources)
        do throws(BuildError) {
            let span = maker.span(root, .nowhere)
            let value = try maker.value(root, span, isRoot: true)
            guard let sources else { return Document(arena: arena, root: value) }
            var texts: [SourceFile] = [], before: UInt32 = 0
            for number in maker.used.sorted() where number != before {
                if let file = sources[number] { texts.append(file) }
                before = number
            }
            return Document(arena: arena, root: value, rootSpan: span, parts: [], texts: texts, origin: notes)
        } catch {
            arena.destroy()
            throw error
        }
    }

    private mutating func span(_ node: Node, _ outer: ByteSpan) -> ByteSpan {
        let origin = node.origin
        if origin.file == 0 { return outer }
        if origin.file != last.file {
            guard let sources, let file = sources[origin.file] else { return outer }
            used.append(origin.file)
            last = (origin.file, file.base)
        }
        return ByteSpan(start: last.base + origin.start, end: last.base + origin.end)
    }

    private mutating func value(_ node: Node, _ span: ByteSpan, isRoot: Bool = false) throws(BuildError) -> Value {
        switch node.kind {
        case .scalar: return try scalar(node)
        case .sequence: return try sequence(node, span)
        case .mapping:
            try node.checkKeys(isRoot: isRoot)
            return try mapping(node, span)
        }
    }

    private mutating func sequence(_ node: Node, _ span: ByteSpan) throws(BuildError) -> Value {
        var elements: [Value] = []
        var spans: [ByteSpan] = []
        elements.reserveCapacity(node.content.count)
        spans.reserveCapacity(node.content.count)
        for child in node.content {
            let place = self.span(child, span)
            elements.append(try value(child, place))
            spans.append(place)
        }
        return elements.withUnsafeBufferPointer { elements in
            spans.withUnsafeBufferPointer { arena.array(elements, spans: $0) }
        }
    }

    private mutating func mapping(_ node: Node, _ span: ByteSpan) throws(BuildError) -> Value {
        var entries: [PositionedEntry] = []
        entries.reserveCapacity(node.content.count / 2)
        var index = 0
        while index < node.content.count {
            let (key, child) = (node.content[index], node.content[index + 1])
            let place = self.span(child, span)
            entries.append(
                PositionedEntry(
                    key: arena.string(key.text), value: try value(child, place), keySpan: self.span(key, place),
                    valueSpan: place))
            index += 2
        }
        return entries.withUnsafeMutableBufferPointer { entries in
            ValueOrder.sort(entries)
            return arena.object(sorted: UnsafeBufferPointer(entries))
        }
    }

    private func scalar(_ node: Node) throws(BuildError) -> Value {
        switch try node.jsonScalar() {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let digits):
            if let integer = Int64(digits) { return .int(integer) }
            var copy = digits
            return copy.withUTF8 { NumberText.value($0, in: arena) }
        case .string(let text): return arena.string(text)
        }
    }
}
