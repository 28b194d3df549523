package import Diagnostics
import Documents

/// Why a text is not changed.
package struct FixRefusal: Error, Sendable, Hashable {
    package var reason: String

    package init(reason: String) { self.reason = reason }
}

/// Changes of one object that belong together: all are made or none.
package struct FixRequest: Sendable {
    /// The object's number among those that are read from the file.
    package var object: Int
    package var operations: [FixOperation]

    package init(object: Int, _ operations: [FixOperation]) {
        self.object = object
        self.operations = operations
    }
}

/// What became of a request.
package enum FixAnswer: Sendable, Hashable {
    case changed
    /// The object is already as it should be.
    case unchanged
    case refused(FixRefusal)
}

/// The text of a file with changes of its objects.
///
/// What the edits made is read again: each object must be as its changes say, and every other document as it was. An edit
/// that means more or less, such as one below an anchor that others use, is refused.
package enum FixedText {
    /// One change after the other, in their order; each sees what the ones before it made.
    package static func make(_ source: SourceFile, _ requests: [FixRequest]) -> (text: SourceFile, answers: [FixAnswer]) {
        // Readers leave the mark at the beginning out of the text.
        let mark: [UInt8] = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
        var batch = FixBatch(
            mark.isEmpty ? source : SourceFile(path: source.path, bytes: Array(source.bytes.dropFirst(mark.count))), requests)
        batch.run()
        if !batch.answers.contains(.changed) { return (source, batch.answers) }
        return (SourceFile(path: source.path, bytes: mark + batch.current.source.bytes), batch.answers)
    }

    /// - Returns: nil when the object is already as it should be.
    package static func make(
        _ source: SourceFile, object number: Int, _ operations: [FixOperation]
    ) throws(FixRefusal) -> SourceFile? {
        let (text, answers) = make(source, [FixRequest(object: number, operations)])
        switch answers.first {
        case .changed: return text
        case .refused(let refusal): throw refusal
        case .unchanged, nil: return nil
        }
    }
}
