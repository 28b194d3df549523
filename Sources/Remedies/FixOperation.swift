package import Documents
import Diagnostics
package import Judging

/// One change of an object that a fix asks for.
package struct FixOperation: Sendable {
    package enum Kind: Sendable, Hashable {
        case add, replace, remove
        /// Gives a field another name and leaves its value and place; `value` is the name.
        case rename
        /// Puts an item at the end of the list at the path.
        case append
        /// Puts an item before that at the path.
        case insert
    }

    package var kind: Kind
    /// From the object.
    package var path: DocumentPath
    /// What is put there; undefined for `remove`. It lives as long as its document.
    package var value: Value
    /// For the removal of an item of a list, what is removed: its number may be another one by then.
    package var removed: Value = .undefined
    /// Keeps the value alive, when nothing else does.
    private var holder: Document?

    /// Says what is removed, as it stands in the object.
    mutating func takeAway(from document: Document) {
        takeAway(from: document, at: path)
    }

    /// The same for an item that stands elsewhere in an object than where it is removed.
    mutating func takeAway(from document: Document, at path: DocumentPath) {
        removed = document.value(at: path)
        holder = document
    }

    /// Whether it changes the numbers of a list's items.
    var movesItems: Bool {
        if kind == .insert { return true }
        if kind == .remove, case .index? = path.steps.last { return true }
        return false
    }

    /// - Parameter holder: keeps the value alive.
    package init(_ kind: Kind, _ path: DocumentPath, _ value: Value = .undefined, in holder: Document? = nil) {
        self.kind = kind
        self.path = path
        self.value = value
        self.holder = holder
    }

    /// Nil when the value is no JSON.
    package init?(_ change: ObjectEdit) {
        switch change.kind {
        case .add: kind = .add
        case .replace: kind = .replace
        case .remove: kind = .remove
        case .rename: kind = .rename
        case .append: kind = .append
        case .insert: kind = .insert
        }
        path = change.path
        value = .undefined
        if kind == .remove { return }
        let document: Document
        if kind == .rename {
            document = Document { $0.string(change.value) }
            value = document.root
        } else {
            let source = SourceFile(path: "fix.json", text: "[\(change.value)]")
            guard let read = YAMLReader().read(source).documents.first, read.root.kind == .array, read.root.count == 1 else {
                return nil
            }
            document = read
            value = read.root.elements[0]
        }
        holder = document
    }

    /// Operations that say what they remove from lists: each sees what the ones before it made.
    static func naming(_ operations: [FixOperation], in document: Document) -> [FixOperation] {
        var operations = operations, current = document
        for number in operations.indices {
            if operations[number].kind == .remove, operations[number].movesItems { operations[number].takeAway(from: current) }
            let arena = Arena.make(capacity: 256)
            guard let root = PatchedValue.make(current.root, operations[number], in: arena) else {
                arena.destroy()
                break
            }
            current = Document(arena: arena, root: root, rootSpan: document.rootSpan, partOf: current)
        }
        return operations
    }
}
