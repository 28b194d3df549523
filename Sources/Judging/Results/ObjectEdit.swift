package import Documents
import JSONPatch

/// One change of an object that would remedy a violation, as the policy that found it says.
package struct ObjectEdit: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case add, replace, remove
        /// Gives a field another name and leaves its value.
        case rename
        /// Puts an item at the end of a list.
        case append
        /// Puts an item before that at the path.
        case insert
    }

    package var kind: Kind
    /// From the object; of `append` the list.
    package var path: DocumentPath
    /// JSON; of `rename` the new name; empty for `remove`.
    package var value: String
    /// Whether programs may behave differently afterwards.
    package var isUnsafe: Bool

    package init(_ kind: Kind, _ path: DocumentPath, _ value: String = "", isUnsafe: Bool) {
        self.kind = kind
        self.path = path
        self.value = value
        self.isUnsafe = isUnsafe
    }
}

extension ObjectEdit {
    /// Why a policy's operations are none.
    package struct Malformed: Error, Sendable, Hashable {
        package var message: String
        /// Whether time was over before it could be known.
        var isStop = false
    }

    /// The most operations that remedy one violation.
    private static let mostOperations = 1000
    /// The most bytes of what they put in.
    private static let longestValues = 1 << 20

    /// Reads operations of JSON Patch (RFC 6902): a list of them or one. Missing parents are made when the object is changed.
    /// - Parameters:
    ///   - patch: `path` of each is a JSON Pointer, or fields with dots.
    ///   - base: where the paths begin.
    ///   - object: the object, which tells numbers of items from names of fields.
    package static func read(
        _ patch: Value, from base: DocumentPath, of object: Value
    ) throws(Malformed) -> [ObjectEdit] {
        let operations = patch.kind == .array || patch.kind == .set ? Array(patch.elements) : [patch]
        guard operations.count <= mostOperations, patch.writtenSize(upTo: longestValues) <= longestValues else {
            throw Malformed(message: "a fix has at most \(mostOperations) operations and \(longestValues >> 20) MiB")
        }
        var changes: [ObjectEdit] = []
        for operation in operations { changes += try Self.changes(of: operation, base, object) }
        return changes
    }

    private static func changes(
        of operation: Value, _ base: DocumentPath, _ object: Value
    ) throws(Malformed) -> [ObjectEdit] {
        guard operation.kind == .object, let name = operation.field("op").stringValue else {
            throw Malformed(
                message: "a fix is a list of operations of JSON Patch such as {\"op\": \"remove\", \"path\": \"/spec/a\"}")
        }
        let isUnsafe = operation.field("unsafe").isTrue, value = operation.field("value")
        guard let text = operation.field("path").stringValue, let place = path(text, base, object), !place.path.steps.isEmpty
        else {
            throw Malformed(message: "the path of an operation of a fix is a JSON Pointer such as /spec/replicas")
        }
        switch name {
        case "add", "replace":
            guard value.isDefined else { throw Malformed(message: "\(name) needs a value") }
            let kind: Kind =
                place.isAppended ? .append : place.isItem && name == "add" ? .insert : name == "add" ? .add : .replace
            return [ObjectEdit(kind, place.path, JSONWriter.string(value), isUnsafe: isUnsafe)]
        case "remove": return [ObjectEdit(.remove, place.path, isUnsafe: isUnsafe)]
        case "move", "copy":
            guard let text = operation.field("from").stringValue, let from = Self.path(text, base, object)?.path,
                case .key(let last)? = place.path.steps.last
            else { throw Malformed(message: "\(name) needs from, and a field for its path") }
            if name == "move", from.steps.dropLast() == place.path.steps.dropLast(), case .key? = from.steps.last {
                return [ObjectEdit(.rename, from, last, isUnsafe: isUnsafe)]
            }
            let taken = object.member(at: from.steps)
            guard taken.isDefined else { throw Malformed(message: "there is nothing at \(from.fieldPath) to \(name)") }
            let put = ObjectEdit(.add, place.path, JSONWriter.string(taken), isUnsafe: isUnsafe)
            return name == "copy" ? [put] : [put, ObjectEdit(.remove, from, isUnsafe: isUnsafe)]
        case "test":
            guard object.member(at: place.path.steps) == value else {
                throw Malformed(message: "a test of the fix does not hold")
            }
            return []
        default: throw Malformed(message: "op of a fix is one of add, replace, remove, move, copy and test")
        }
    }

    /// A place, and whether it is the end of a list, or an item of one.
    private static func path(
        _ text: String, _ base: DocumentPath, _ object: Value
    ) -> (path: DocumentPath, isAppended: Bool, isItem: Bool)? {
        var steps = base.steps
        if text.isEmpty || text == "." {
            guard case .index? = steps.last else { return (base, false, false) }
            return (base, false, true)
        }
        guard text.hasPrefix("/") else {
            guard let fields = DocumentPath(parsing: text) else { return nil }
            steps += fields.steps
            let isItem = if case .index? = steps.last { true } else { false }
            return (DocumentPath(steps), false, isItem)
        }
        var value = object.member(at: steps)
        let names = DocumentPointer.steps(text) ?? []
        for (number, name) in names.enumerated() {
            let isLast = number == names.count - 1
            if isLast, name == "-" { return (DocumentPath(steps), true, false) }
            if value.kind == .array {
                guard let index = Int(name), index >= 0, index <= value.count else { return nil }
                if index == value.count { return isLast ? (DocumentPath(steps), true, false) : nil }
                steps.append(.index(index))
                if isLast { return (DocumentPath(steps), false, true) }
            } else {
                steps.append(.key(name))
            }
            value = value.member(at: [steps[steps.count - 1]])
        }
        return (DocumentPath(steps), false, false)
    }
}
