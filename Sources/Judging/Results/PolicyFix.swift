package import Catalogue
package import Documents
import JSONPatch

/// What a policy's metadata say about how a violation of it is remedied: `fix: {op, path, value, unsafe}`, or a list of these.
package struct PolicyFix: Sendable {
    private var steps: [(kind: ObjectEdit.Kind, path: [String], value: String)] = []
    /// Whether programs may behave differently afterwards.
    package private(set) var isUnsafe = false

    /// Nil for a policy without a fix, or with one that is not in order.
    package init?(_ policy: Policy) {
        let fix = policy.fix
        let operations = fix.kind == .array ? Array(fix.elements) : [fix]
        for operation in operations {
            guard let kind = operation.field("op").stringValue.flatMap(ObjectEdit.Kind.init(rawValue:)),
                FixMetadata.operations.contains(kind.rawValue),
                let path = operation.field("path").stringValue, !path.isEmpty
            else { return nil }
            let value = operation.field("value")
            if (kind == .remove) == value.isDefined { return nil }
            if operation.field("unsafe").isTrue { isUnsafe = true }
            let text = kind == .rename ? value.stringValue ?? "" : value.isDefined ? JSONWriter.string(value) : ""
            steps.append((kind, Self.steps(path), text))
        }
        if steps.isEmpty { return nil }
    }

    /// The changes for a violation at a place of an object: the path of the fix begins where it and the place overlap, such as
    /// `securityContext/privileged` and `spec.containers[0].securityContext.privileged`, or else at an item of a list.
    /// A fix at `.` changes the place itself. Nil when it is not clear where that is.
    package func changes(at place: DocumentPath) -> [ObjectEdit]? {
        var changes: [ObjectEdit] = []
        for step in steps {
            guard let base = Self.base(of: step.path, in: place.steps) else { return nil }
            let path = DocumentPath(base + step.path.map { .key($0) })
            changes.append(ObjectEdit(step.kind, path, step.value, isUnsafe: isUnsafe))
        }
        return changes
    }

    /// `a/b`, with `~1` for a slash in a key as in JSON Pointers; `.` is the place itself.
    private static func steps(_ path: String) -> [String] {
        if path == "." { return [] }
        return path.utf8.split(separator: UInt8(ascii: "/")).map { DocumentPointer.step($0) }
    }

    private static func base(of path: [String], in place: [DocumentPath.Step]) -> ArraySlice<DocumentPath.Step>? {
        if path.isEmpty { return place[...] }
        let wanted = path.map { DocumentPath.Step.key($0) }
        for start in place.indices where wanted.starts(with: place[start...]) { return place[..<start] }
        // Of another field of the same mapping, when there is only one such mapping on the way.
        let starts = place.indices.filter { place[$0] == wanted[0] }
        if starts.count == 1 { return place[..<starts[0]] }
        if case .index? = place.last { return place[...] }
        return place.isEmpty ? place[...] : nil
    }
}
