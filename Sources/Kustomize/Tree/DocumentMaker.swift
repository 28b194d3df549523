package import Documents

/// Turns a finished tree into a document, the form in which the rest of the program reads objects.
struct DocumentMaker: ~Copyable {
    private let arena: Arena

    /// The document of a tree; the tree keeps the places.
    static func document(_ root: Node) throws(BuildError) -> Document {
        let arena = Arena.make(capacity: 16 << 10)
        let maker = DocumentMaker(arena: arena)
        do throws(BuildError) {
            return Document(arena: arena, root: try maker.value(root, isRoot: true))
        } catch {
            arena.destroy()
            throw error
        }
    }

    private func value(_ node: Node, isRoot: Bool = false) throws(BuildError) -> Value {
        switch node.kind {
        case .scalar: return try scalar(node)
        case .sequence:
            var elements: [Value] = []
            elements.reserveCapacity(node.content.count)
            for child in node.content { elements.append(try value(child)) }
            return arena.array(elements)
        case .mapping:
            try node.checkKeys(isRoot: isRoot)
            var entries: [ObjectEntry] = []
            entries.reserveCapacity(node.content.count / 2)
            var index = 0
            while index < node.content.count {
                entries.append(
                    ObjectEntry(key: arena.string(node.content[index].text), value: try value(node.content[index + 1])))
                index += 2
            }
            return arena.object(entries)
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
