package import Diagnostics
import Documents
import Inputs

/// Why a text is not changed.
package struct FixRefusal: Error, Sendable, Hashable {
    package var reason: String

    package init(reason: String) { self.reason = reason }
}

/// The text of a file with changes of one of its objects.
///
/// What an edit made is read again: the object must be as the change says, and every other document as it was. An edit that
/// means more or less, such as one below an anchor that others use, is refused.
package enum FixedText {
    /// - Parameter number: the object's number among those that are read from the file.
    /// - Returns: nil when the object is already as it should be.
    package static func make(
        _ source: SourceFile, object number: Int, _ operations: [FixOperation]
    ) throws(FixRefusal) -> SourceFile? {
        var current = source
        var isChanged = false
        for operation in operations {
            guard let next = try step(current, number, operation) else { continue }
            (current, isChanged) = (next, true)
        }
        return isChanged ? current : nil
    }

    private static func step(
        _ source: SourceFile, _ number: Int, _ operation: FixOperation
    ) throws(FixRefusal) -> SourceFile? {
        let before = ResourceReader().read(source)
        guard before.resources.indices.contains(number) else { throw FixRefusal(reason: "the object cannot be found again") }
        let document = before.resources[number].document
        guard document.source === source else { throw FixRefusal(reason: "the file is not plain UTF-8") }
        let arena = Arena.make()
        guard let root = PatchedValue.make(document.root, operation, in: arena) else {
            arena.destroy()
            throw FixRefusal(reason: "\(operation.path.fieldPath) leads through a value that has no fields")
        }
        let wanted = Document(arena: arena, root: root, rootSpan: document.rootSpan, partOf: document)
        if wanted.root == document.root { return nil }
        let edit = try TextEditor(document, source).edit(operation)
        var bytes = source.bytes
        bytes.replaceSubrange(edit.range, with: Array(edit.text.utf8))
        let fixed = SourceFile(path: source.path, bytes: bytes)
        let after = ResourceReader().read(fixed)
        let isRight = after.resources.indices.contains(number) && after.resources[number].value == wanted.root
        guard isRight, hasSameOthers(before, after, but: number), hasSameDocuments(source, fixed, but: document.index) else {
            throw FixRefusal(reason: "a change of \(operation.path.fieldPath) in this text would change something else too")
        }
        return fixed
    }

    private static func hasSameOthers(
        _ before: ResourceReader.Contents, _ after: ResourceReader.Contents, but number: Int
    ) -> Bool {
        before.resources.count == after.resources.count && before.skipped.count == after.skipped.count
            && before.diagnostics.count == after.diagnostics.count
            && before.resources.indices.allSatisfy { $0 == number || before.resources[$0].value == after.resources[$0].value }
    }

    /// Documents that hold no object are kept too.
    private static func hasSameDocuments(_ before: SourceFile, _ after: SourceFile, but index: Int) -> Bool {
        var reader = YAMLReader()
        reader.makesDoubles = true
        let old = reader.read(before).documents, new = reader.read(after).documents
        return old.count == new.count
            && zip(old, new).allSatisfy { $0.index == $1.index && ($0.index == index || $0.root == $1.root) }
    }
}
