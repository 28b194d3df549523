/// How each collection of a document is reached from its root: parents by identity.
final class NodeIndex: Sendable {
    private struct Entry {
        /// Number of the parent's entry; -1 for the root.
        var parent: Int32
        /// Which child of the parent it is.
        var child: Int32
        var depth: Int32
        var value: Value
    }

    private struct Table: @unchecked Sendable {
        var entries: [Entry] = []
        /// One more than the number of an entry, at its place or the next free one after it; 0 where there is none.
        var numbers = [Int32](repeating: 0, count: 128)

        private func place(_ value: Value) -> Int {
            let hash = UInt64(UInt(bitPattern: value.rawPointer)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(value.kind.rawValue)
            return Int(truncatingIfNeeded: hash >> 20) & (numbers.count - 1)
        }

        /// Where the number of a collection stands, or would.
        private func slot(_ value: Value) -> Int {
            var slot = place(value)
            while numbers[slot] != 0, !isSame(entries[Int(numbers[slot]) - 1].value, value) {
                slot = (slot + 1) & (numbers.count - 1)
            }
            return slot
        }

        private func isSame(_ left: Value, _ right: Value) -> Bool {
            left.rawPointer == right.rawPointer && left.kind == right.kind
        }

        func number(of value: Value) -> Int? {
            let number = Int(numbers[slot(value)])
            return number == 0 ? nil : number - 1
        }

        /// The number of a new entry; nil when the collection has one.
        mutating func add(_ value: Value, parent: Int32, child: Int, depth: Int32) -> Int32? {
            let free = slot(value)
            if numbers[free] != 0 { return nil }
            let number = Int32(entries.count)
            entries.append(Entry(parent: parent, child: Int32(truncatingIfNeeded: child), depth: depth, value: value))
            numbers[free] = number + 1
            if 2 * entries.count > numbers.count { grow() }
            return number
        }

        private mutating func grow() {
            numbers = [Int32](repeating: 0, count: 4 * numbers.count)
            for number in entries.indices { numbers[slot(entries[number].value)] = Int32(number) + 1 }
        }
    }

    private let table: Table

    /// Indexes a value and all collections below it; of a node that stands in several places the first one counts.
    init(_ root: Value) {
        var table = Table()
        if root.isCollection { Self.add(root, parent: -1, child: 0, depth: 0, to: &table) }
        self.table = table
    }

    private static func add(_ value: Value, parent: Int32, child: Int, depth: Int32, to table: inout Table) {
        guard let number = table.add(value, parent: parent, child: child, depth: depth) else { return }
        let children = value.kind == .object ? value.values : value.elements
        for index in children.indices where children[index].isCollection {
            add(children[index], parent: number, child: index, depth: depth + 1, to: &table)
        }
    }

    /// How many steps lead to a collection; nil for one that is not part of the document.
    func depth(of node: Value) -> Int? { table.number(of: node).map { Int(table.entries[$0].depth) } }

    /// The path to a collection; nil for one that is not part of the document.
    func path(of node: Value) -> DocumentPath? {
        guard var number = table.number(of: node) else { return nil }
        var steps: [DocumentPath.Step] = []
        while table.entries[number].parent >= 0 {
            let entry = table.entries[number], parent = table.entries[Int(entry.parent)].value, child = Int(entry.child)
            steps.append(parent.kind == .object ? .key(parent.keys[child].string) : .index(child))
            number = Int(entry.parent)
        }
        steps.reverse()
        return DocumentPath(steps)
    }
}
