import Diagnostics
import Documents

/// A change of a YAML text that need not hold objects: a base, a patch, values.
enum OriginText {
    /// The text with a change of one of its documents, read again and compared; nil when it is already as it should be.
    static func make(
        _ source: SourceFile, document number: Int, _ operation: FixOperation
    ) throws(FixRefusal) -> SourceFile? {
        // Readers leave the mark at the beginning out of the text.
        let mark: [UInt8] = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
        let text = mark.isEmpty ? source : SourceFile(path: source.path, bytes: Array(source.bytes.dropFirst(mark.count)))
        let old = read(text)
        guard old.documents.indices.contains(number), old.documents[number].source === text else {
            throw FixRefusal(reason: "\(source.path) is not plain UTF-8")
        }
        let document = old.documents[number]
        let arena = Arena.make(capacity: 256)
        guard let root = PatchedValue.make(document.root, operation, in: arena) else {
            arena.destroy()
            throw FixRefusal(reason: "\(operation.path.fieldPath) of \(source.path) has no place for it")
        }
        let wanted = Document(arena: arena, root: root, rootSpan: document.rootSpan, partOf: document)
        if wanted.root == document.root { return nil }
        let edit = try TextEditor(document, text).edit(operation)
        let bytes =
            Array(text.bytes[..<edit.range.lowerBound]) + Array(edit.text.utf8) + Array(text.bytes[edit.range.upperBound...])
        let new = read(SourceFile(path: source.path, bytes: bytes))
        let isRight =
            new.documents.count == old.documents.count && new.diagnostics.count == old.diagnostics.count
            && new.documents.indices.allSatisfy {
                new.documents[$0].root == ($0 == number ? wanted.root : old.documents[$0].root)
            }
        guard isRight else {
            throw FixRefusal(
                reason: "a change of \(operation.path.fieldPath) in \(source.path) would change something else too")
        }
        return SourceFile(path: source.path, bytes: mark + bytes)
    }

    static func read(_ source: SourceFile) -> (documents: [Document], diagnostics: [Diagnostic]) {
        var reader = YAMLReader()
        reader.makesDoubles = true
        let stream = reader.read(source)
        return (stream.documents, stream.diagnostics)
    }
}
