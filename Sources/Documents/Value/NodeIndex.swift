/// How each collection of a document is reached from its root: parents by identity.
final class NodeIndex: Sendable {
    private struct Key: Hashable {
        var address: UnsafeRawPointer
        var kind: Value.Kind
    }

    private struct Entry {
        /// Number of the parent's entry; -1 for the root.
        var parent: Int32
        /// Which child of the parent it is.
        var child: Int32
        var value: Value
    }

    private struct Table: @unchecked Sendable {
        var entries: [Entry] = []
        var numbers: [Key: Int32] = [:]
    }

    private let table: Table

    /// Indexes a value and all collections below it; of a node that stands in several places the first one counts.
    init(_ root: Value) {
        var table = Table()
        if root.isCollection { Self.add(root, parent: -1, child: 0, to: &table) }
        self.table = table
    }

    private static func add(_ value: Value, parent: Int32, child: Int, to table: inout Table) {
        let number = Int32(table.entries.count)
        let key = Key(address: value.rawPointer, kind: value.kind)
        if table.numbers[key] != nil { return }
        table.numbers[key] = number
        table.entries.append(Entry(parent: parent, child: Int32(truncatingIfNeeded: child), value: value))
        let children = value.kind == .object ? value.values : value.elements
        for index in children.indices where children[index].isCollection {
            add(children[index], parent: number, child: index, to: &table)
        }
    }

    /// The path to a collection; nil for one that is not part of the document.
    func path(of node: Value) -> DocumentPath? {
        guard var number = table.numbers[Key(address: node.rawPointer, kind: node.kind)] else { return nil }
        var steps: [DocumentPath.Step] = []
        while table.entries[Int(number)].parent >= 0 {
            let entry = table.entries[Int(number)], parent = table.entries[Int(entry.parent)].value, child = Int(entry.child)
            steps.append(parent.kind == .object ? .key(parent.keys[child].string) : .index(child))
            number = entry.parent
        }
        steps.reverse()
        return DocumentPath(steps)
    }
}
