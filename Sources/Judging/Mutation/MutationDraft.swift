import Documents
import JSONPatch

/// An object while one policy changes it; what cannot be done undoes all of the policy's work.
struct MutationDraft {
    /// Why a policy's result cannot be carried out.
    struct Problem: Error {
        var message: String
    }

    private var draft: DocumentDraft
    private var arena: Arena { draft.arena }

    /// - Parameter arena: for what is made; it goes over to `document`.
    init(_ document: Document, arena: Arena) { draft = DocumentDraft(document, arena: arena) }

    var operations: [PatchOperation] { draft.operations }
    /// The object as it is now.
    var root: Value { draft.root }
    /// The object as a document; what was put in stands where the object does.
    var document: Document { draft.document }

    /// Carries out the value of a rule `mutate`: a set or list of changes, or one.
    mutating func take(_ value: Value) throws(Problem) {
        switch value.kind {
        case .set, .array: for element in value.elements { try take(element) }
        case .object:
            let overwrites = value.field("overwrite").isTrue
            if value.field("op").kind == .string { return try patch(value, overwrites) }
            if value.field("patch").kind == .array { return try takePatch(value.field("patch"), overwrites) }
            guard value.field("merge").kind == .object else {
                throw Problem(message: "a change is an operation of JSON Patch, {\"patch\": [...]} or {\"merge\": {...}}")
            }
            try merge(value.field("merge"), into: root, at: [], overwrites)
        case .undefined: break
        default: throw Problem(message: "mutate is a \(value.typeName); a set of changes is expected")
        }
    }

    /// A patch is carried out completely, or not at all when a `test` in it does not hold.
    private mutating func takePatch(_ list: Value, _ overwrites: Bool) throws(Problem) {
        let before = self
        for operation in list.elements {
            if operation.field("op").stringValue == "test" {
                guard let path = operation.field("path").stringValue.flatMap(DocumentPointer.steps),
                    member(at: path) == operation.field("value")
                else {
                    self = before
                    return
                }
                continue
            }
            try patch(operation, overwrites || operation.field("overwrite").isTrue)
        }
    }

    // MARK: JSON Patch

    private mutating func patch(_ operation: Value, _ overwrites: Bool) throws(Problem) {
        guard let kind = operation.field("op").stringValue.flatMap(PatchOperation.Kind.init(rawValue:)), kind != .test else {
            throw Problem(message: "op is one of add, remove, replace, move, copy, and in a patch test")
        }
        guard let path = operation.field("path").stringValue.flatMap(DocumentPointer.steps), !path.isEmpty else {
            throw Problem(message: "path is a JSON Pointer such as /metadata/labels/team")
        }
        let value = operation.field("value"), current = member(at: path)
        switch kind {
        case .add, .replace:
            guard value.isDefined else { throw Problem(message: "\(kind.rawValue) needs a value") }
            if current == value { return }
            if kind == .add {
                // What a user set stays, and what is in a list already is not added once more.
                let parent = member(at: Array(path.dropLast()))
                if parent.kind == .array {
                    if parent.elements.contains(where: { $0 == value || Self.haveSameName($0, value) }) { return }
                } else if current.isDefined, current.kind != .null, !overwrites {
                    return
                }
            } else if current.isUndefined {
                throw Problem(message: "there is nothing to replace at \(DocumentPointer.text(path))")
            }
            try apply(PatchOperation(kind: kind, path: path, value: value))
        case .remove:
            if current.isDefined { try apply(PatchOperation(kind: .remove, path: path)) }
        case .move, .copy:
            guard let from = operation.field("from").stringValue.flatMap(DocumentPointer.steps), !from.isEmpty else {
                throw Problem(message: "\(kind.rawValue) needs from")
            }
            // What has been moved is not there any more.
            let source = member(at: from)
            if source.isUndefined || source == current || current.isDefined && !overwrites { return }
            try apply(PatchOperation(kind: kind, path: path, from: from))
        case .test: break
        }
    }

    private static func haveSameName(_ left: Value, _ right: Value) -> Bool {
        left.kind == .object && right.kind == .object && left.field("name").kind == .string
            && left.field("name") == right.field("name")
    }

    private func member(at path: [String]) -> Value { draft.member(at: path) }

    private mutating func apply(_ operation: PatchOperation) throws(Problem) {
        do { try draft.apply(operation) } catch { throw Problem(message: error.message) }
    }

    // MARK: Defaults

    /// Puts in what is missing, or with `overwrites` also what differs. Lists of named elements are merged by name; an
    /// element with the name `*` stands for all that are there.
    private mutating func merge(
        _ defaults: Value, into current: Value, at path: [String], _ overwrites: Bool
    ) throws(Problem) {
        for (key, wanted) in zip(defaults.keys, defaults.values) {
            guard let name = key.stringValue else { throw Problem(message: "a member of an object has a text for its key") }
            let place = path + [name], present = current.field(named: name)
            if present.isUndefined || present.kind == .null {
                if let value = Self.withoutPatterns(wanted, in: arena) {
                    try apply(PatchOperation(kind: .add, path: place, value: value))
                }
            } else if present.kind == .object, wanted.kind == .object {
                try merge(wanted, into: present, at: place, overwrites)
            } else if present.kind == .array, wanted.kind == .array, Self.isNamed(wanted) {
                try mergeList(wanted, into: present, at: place, overwrites)
            } else if overwrites, present != wanted {
                try apply(PatchOperation(kind: .replace, path: place, value: wanted))
            }
        }
    }

    private mutating func mergeList(
        _ defaults: Value, into list: Value, at path: [String], _ overwrites: Bool
    ) throws(Problem) {
        for wanted in defaults.elements {
            let name = wanted.field("name"), isPattern = name.stringValue == "*"
            var isFound = false
            for (index, present) in list.elements.enumerated() where present.kind == .object {
                guard isPattern || present.field("name") == name else { continue }
                isFound = true
                let fields = isPattern ? Self.withoutName(wanted, in: arena) : wanted
                try merge(fields, into: present, at: path + [String(index)], overwrites)
            }
            if !isFound, !isPattern { try apply(PatchOperation(kind: .add, path: path + ["-"], value: wanted)) }
        }
    }

    private static func isNamed(_ list: Value) -> Bool {
        list.count > 0 && list.elements.allSatisfy { $0.kind == .object && $0.field("name").kind == .string }
    }

    private static func withoutName(_ value: Value, in arena: Arena) -> Value {
        arena.object(
            zip(value.keys, value.values).filter { $0.0.stringValue != "name" }.map { ObjectEntry(key: $0.0, value: $0.1) })
    }

    /// A default as it is put in where nothing is: elements that stand for others are none. Nil when nothing is left.
    private static func withoutPatterns(_ value: Value, in arena: Arena) -> Value? {
        switch value.kind {
        case .object:
            let entries = zip(value.keys, value.values).compactMap { key, member in
                withoutPatterns(member, in: arena).map { ObjectEntry(key: key, value: $0) }
            }
            return entries.isEmpty && value.count > 0 ? nil : arena.object(entries)
        case .array where isNamed(value):
            let elements = value.elements.filter { $0.field("name").stringValue != "*" }
            return elements.isEmpty ? nil : arena.array(elements)
        default: return value
        }
    }
}
