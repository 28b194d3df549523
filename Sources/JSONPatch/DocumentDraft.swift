package import Documents

/// An operation of JSON Patch (RFC 6902), which applies to what the ones before it made.
package struct PatchOperation: Sendable {
    package enum Kind: String, Sendable { case add, remove, replace, move, copy, test }

    package var kind: Kind
    package var path: [String]
    /// The path that `move` and `copy` take from.
    package var from: [String]
    /// What is put there; undefined for `remove`, `move` and `copy`.
    package var value: Value

    package init(kind: Kind, path: [String], from: [String] = [], value: Value = .undefined) {
        self.kind = kind
        self.path = path
        self.from = from
        self.value = value
    }
}

/// JSON Pointers (RFC 6901) and their steps.
package enum DocumentPointer {
    package static func text(_ steps: [String]) -> String {
        steps.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    /// Nil for text that is no pointer.
    package static func steps(_ text: String) -> [String]? {
        if text.isEmpty { return [] }
        guard text.hasPrefix("/") else { return nil }
        return text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { step($0) }
    }

    /// A step as it is written, with `~1` for a slash and `~0` for a tilde, which few have.
    package static func step(_ bytes: Substring.UTF8View) -> String {
        let text = String(Substring(bytes))
        if !bytes.contains(UInt8(ascii: "~")) { return text }
        return text.replacing("~1", with: "/").replacing("~0", with: "~")
    }
}

/// A document while it is changed step by step, and the operations that did so.
package struct DocumentDraft {
    /// Why an operation cannot be carried out.
    package struct Problem: Error {
        package var message: String

        package init(message: String) { self.message = message }
    }

    package private(set) var operations: [PatchOperation] = []
    /// For what is made; it goes over to `document`.
    package let arena: Arena
    private var patcher: JSONPatcher
    private let original: Document

    /// The most operations on one document.
    private static let longest = 10_000
    /// The most members of collections that may be made anew by them: some 100 MB.
    private static let widest = 4_000_000
    private var width = 0

    package init(_ document: Document, arena: Arena) {
        original = document
        self.arena = arena
        patcher =
            document.root.hasPositions ? JSONPatcher(document, arena: arena) : JSONPatcher(root: document.root, arena: arena)
    }

    /// The document's root as it is now.
    package var root: Value { patcher.root }

    /// What became of the document; what was put in stands where the document does.
    package var document: Document { Document(arena: arena, root: root, rootSpan: original.rootSpan, partOf: original) }

    /// What is at a path; undefined when nothing is.
    package func member(at path: [String]) -> Value {
        var value = root
        for step in path {
            switch value.kind {
            case .object: value = value.field(named: step)
            case .array:
                guard let index = Int(step), value.elements.indices.contains(index) else { return .undefined }
                value = value.elements[index]
            default: return .undefined
            }
        }
        return value
    }

    /// - Throws: `Problem`; the document is then as it was before.
    package mutating func apply(_ operation: PatchOperation) throws(Problem) {
        if operations.count >= Self.longest { throw Problem(message: "there are more than \(Self.longest) operations") }
        var members = [
            ObjectEntry(key: arena.string("op"), value: arena.string(operation.kind.rawValue)),
            ObjectEntry(key: arena.string("path"), value: arena.string(DocumentPointer.text(operation.path))),
        ]
        if operation.value.isDefined { members.append(ObjectEntry(key: arena.string("value"), value: operation.value)) }
        if !operation.from.isEmpty {
            members.append(ObjectEntry(key: arena.string("from"), value: arena.string(DocumentPointer.text(operation.from))))
        }
        let step = arena.object(members)
        width += patcher.width(of: step)
        if width > Self.widest { throw Problem(message: "there is too much to change in lists of this length") }
        do { try patcher.apply(step, at: original.rootSpan) } catch { throw Problem(message: error.message) }
        operations.append(operation)
    }
}
