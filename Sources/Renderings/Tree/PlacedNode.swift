package import Diagnostics
package import Documents

/// A node of a document with its place and the document that keeps it alive.
struct PlacedNode: Sendable {
    let document: Document
    let value: Value
    let span: ByteSpan

    init(_ document: Document, _ value: Value, _ span: ByteSpan) {
        (self.document, self.value, self.span) = (document, value, span)
    }

    /// The root of a document.
    init(_ document: Document) { self.init(document, document.root, document.rootSpan) }

    /// The text it stands in; nil when a program made it.
    var range: SourceRange? { document.range(span) }

    /// A member; nil when there is none or it is null.
    subscript(_ key: String) -> PlacedNode? {
        guard value.kind == .object else { return nil }
        for index in 0..<value.count where value.keys[index].stringValue == key {
            let member = value.values[index]
            if member.kind == .null { return nil }
            return PlacedNode(document, member, value.hasPositions ? value.valueSpan(at: index) : span)
        }
        return nil
    }

    /// The node that member names lead to.
    func at(_ keys: String...) -> PlacedNode? {
        var node: PlacedNode? = self
        for key in keys { node = node?[key] }
        return node
    }

    var items: [PlacedNode] { value.items(madeAt: span).map { PlacedNode(document, $0.value, $0.span) } }

    var members: [(key: String, node: PlacedNode)] {
        value.entries(madeAt: span).map { ($0.key.stringValue ?? "", PlacedNode(document, $0.value, $0.valueSpan)) }
    }

    /// The text of a string that is not empty.
    var text: String? { value.kind == .string && value.count > 0 ? value.string : nil }

    /// A scalar as text, whatever its type.
    var scalarText: String? {
        switch value.kind {
        case .string: value.string
        case .bool, .int, .decimal: JSONWriter.string(value)
        default: nil
        }
    }

    var isTrue: Bool { value.kind == .bool && value.isTrue }
}

/// Puts a mapping together of nodes of other documents, which keep their places.
struct DocumentBuilder {
    private let arena = Arena.make(capacity: 1 << 12)
    private var entries: [PositionedEntry] = []
    private var parts: [Document] = []

    var isEmpty: Bool { entries.isEmpty }

    /// A text that stands where a node does.
    func text(_ text: String, at node: PlacedNode) -> PlacedNode { PlacedNode(node.document, arena.string(text), node.span) }

    /// A list of nodes that stands where a node does.
    func list(_ items: [PlacedNode], at node: PlacedNode) -> PlacedNode {
        let copied = items.map { PositionedItem(value: arena.copy($0.value, madeAt: $0.span), span: $0.span) }
        return PlacedNode(node.document, arena.array(items: copied), node.span)
    }

    /// A mapping that stands where a node does.
    func mapping(_ members: [(String, PlacedNode)], at node: PlacedNode) -> PlacedNode {
        PlacedNode(node.document, arena.object(entries: members.map(entry)), node.span)
    }

    func flag(_ flag: Bool, at node: PlacedNode) -> PlacedNode { PlacedNode(node.document, .bool(flag), node.span) }

    private func entry(_ key: String, _ node: PlacedNode) -> PositionedEntry {
        PositionedEntry(
            key: arena.string(key), value: arena.copy(node.value, madeAt: node.span), keySpan: node.span, valueSpan: node.span)
    }

    mutating func add(_ key: String, _ node: PlacedNode?) {
        guard let node else { return }
        entries.append(entry(key, node))
        if !parts.contains(where: { $0 === node.document }) { parts.append(node.document) }
    }

    /// The mapping as a document of its own.
    consuming func document(at node: PlacedNode) -> Document {
        Document(arena: arena, root: arena.object(entries: entries), rootSpan: node.span, parts: parts + [node.document])
    }
}

extension Document {
    /// A copy whose strings are changed; each node keeps its place.
    func rewritten(_ change: (String) throws -> String) throws -> Document {
        let arena = Arena.make(capacity: 1 << 12)
        func copy(_ value: Value, _ span: ByteSpan) throws -> Value {
            switch value.kind {
            case .array:
                return arena.array(
                    items: try value.items(madeAt: span).map {
                        PositionedItem(value: try copy($0.value, $0.span), span: $0.span)
                    })
            case .object:
                return arena.object(
                    entries: try value.entries(madeAt: span).map { entry in
                        let key = try entry.key.stringValue.map { arena.string(try change($0)) } ?? arena.copy(entry.key)
                        return PositionedEntry(
                            key: key, value: try copy(entry.value, entry.valueSpan), keySpan: entry.keySpan,
                            valueSpan: entry.valueSpan)
                    })
            case .string: return arena.string(try change(value.string))
            default: return arena.copy(value)
            }
        }
        do {
            let root = try withRoot { try copy($0, rootSpan) }
            return Document(arena: arena, root: root, rootSpan: rootSpan, parts: [self], origin: origin)
        } catch {
            arena.destroy()
            throw error
        }
    }

    /// A copy that has a namespace, placed where `source` is.
    func inNamespace(_ namespace: String, at source: PlacedNode) -> Document {
        let arena = Arena.make(capacity: 1 << 10)
        var entries = root.entries(madeAt: rootSpan)
        let name = PositionedEntry(
            key: arena.string("namespace"), value: arena.string(namespace), keySpan: source.span, valueSpan: source.span)
        if let index = entries.firstIndex(where: { $0.key.stringValue == "metadata" }), entries[index].value.kind == .object {
            let members = entries[index].value.entries(madeAt: entries[index].valueSpan)
            entries[index].value = arena.object(entries: members.filter { $0.key.stringValue != "namespace" } + [name])
        } else {
            return self
        }
        return Document(
            arena: arena, root: arena.object(entries: entries), rootSpan: rootSpan, parts: [self, source.document],
            index: index, origin: origin)
    }

    /// A copy with further steps by which it came to be.
    func with(_ notes: [Diagnostic.Note]) -> Document {
        Document(
            arena: Arena.make(capacity: 16), root: root, rootSpan: rootSpan, parts: [self], index: index, origin: origin + notes)
    }
}
