package import Catalogue
package import Documents

/// One change of an object that a policy's `fix` asks for.
package struct FixOperation: Sendable {
    package enum Kind: String, Sendable { case add, replace, remove }

    package var kind: Kind
    /// From the object.
    package var path: DocumentPath
    /// What is put there; undefined for `remove`. It lives as long as its policy.
    package var value: Value

    package init(_ kind: Kind, _ path: DocumentPath, _ value: Value = .undefined) {
        self.kind = kind
        self.path = path
        self.value = value
    }
}

/// What a policy's metadata say about how a violation of it is remedied: `fix: {op, path, value, unsafe}`, or a list of these.
package struct Fix: Sendable {
    private var steps: [(kind: FixOperation.Kind, path: [String], value: Value)] = []
    /// Whether programs may behave differently afterwards.
    package private(set) var isUnsafe = false
    /// Keeps the values alive.
    private let policy: Policy

    /// Nil for a policy without a fix, or with one that is not in order.
    package init?(_ policy: Policy) {
        self.policy = policy
        let fix = policy.fix
        let operations = fix.kind == .array ? Array(fix.elements) : [fix]
        for operation in operations {
            guard let kind = operation.field("op").stringValue.flatMap(FixOperation.Kind.init(rawValue:)),
                let path = operation.field("path").stringValue, !path.isEmpty
            else { return nil }
            let value = operation.field("value")
            if (kind == .remove) == value.isDefined { return nil }
            if operation.field("unsafe").isTrue { isUnsafe = true }
            steps.append((kind, Self.steps(path), value))
        }
        if steps.isEmpty { return nil }
    }

    /// The changes for a violation at a place of an object: the path of the fix begins where it and the place overlap, such as
    /// `securityContext/privileged` and `spec.containers[0].securityContext.privileged`, or else at an item of a list.
    /// A fix at `.` changes the place itself. Nil when it is not clear where that is.
    package func operations(at place: DocumentPath) -> [FixOperation]? {
        var operations: [FixOperation] = []
        for step in steps {
            guard let base = Self.base(of: step.path, in: place.steps) else { return nil }
            operations.append(
                FixOperation(step.kind, DocumentPath(base + step.path.map { .key($0) }), step.value))
        }
        return operations
    }

    /// `a/b`, with `~1` for a slash in a key as in JSON Pointers; `.` is the place itself.
    private static func steps(_ path: String) -> [String] {
        if path == "." { return [] }
        return path.split(separator: "/").map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
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
