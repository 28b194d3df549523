package import Documents

/// Applies the operations of a JSON Patch (RFC 6902) to an immutable document; each makes new nodes along its path only.
/// As in OPA, paths may be arrays too, and sets may be patched; problems have OPA's words.
///
/// With places, each node of the result knows where its text is written: what an operation adds stands in the patch, what
/// it moves or copies stays where it was written.
package struct JSONPatcher {
    /// Why an operation cannot be applied.
    package struct Problem: Error {
        package var message: String
        /// Whether the operation has the wrong shape, so that a policy's call of `json.patch` is a type error.
        package var isTypeError = false

        init(_ message: String, isTypeError: Bool = false) {
            self.message = message
            self.isTypeError = isTypeError
        }
    }

    /// The document; undefined after the whole of it was removed.
    package var root: Value { top.value }
    /// Where the document stands; only with places.
    package var rootSpan: ByteSpan { top.span }

    /// A value on its way from one place to another.
    private struct Node {
        var value: Value
        var span = ByteSpan.nowhere
        var keySpan = ByteSpan.nowhere
    }

    private var top: Node
    private let arena: Arena
    private let keepsPlaces: Bool

    /// Patches a value without places; new nodes are made in `arena`.
    package init(root: Value, arena: Arena) {
        top = Node(value: root)
        self.arena = arena
        keepsPlaces = false
    }

    /// Patches a document whose nodes keep their places; new nodes are made in `arena`. The result may use nodes of the
    /// document and of the operations.
    package init(_ document: Document, arena: Arena) {
        top = Node(value: document.root, span: document.rootSpan, keySpan: document.rootSpan)
        self.arena = arena
        keepsPlaces = true
    }

    /// Applies one operation; a node of it whose place is not known stands at `place`.
    /// - Throws: `Problem`; the document is then as it was before.
    package mutating func apply(_ operation: Value, at place: ByteSpan = .nowhere) throws(Problem) {
        let before = top
        do throws(Problem) { try applyPart(by: operation, place) } catch {
            top = before
            throw error
        }
    }

    /// How many elements the collections have that an operation makes anew: the bound of its work and of what it makes.
    package func width(of operation: Value) -> Int {
        guard operation.kind == .object else { return 0 }
        return [operation.field("path"), operation.field("from")].reduce(0) { $0 &+ width(along: $1) }
    }

    private func width(along path: Value) -> Int {
        guard let steps = DocumentSteps.parse(path, in: arena) else { return 0 }
        var (node, width) = (top.value, steps.count)
        for step in steps {
            width &+= 2 &* node.count
            switch node.kind {
            case .object, .set: node = node.member(step)
            case .array:
                guard let position = try? index(step, in: node), position >= 0, position < node.count else { return width }
                node = node.elements[position]
            default: return width
            }
        }
        return width
    }

    private mutating func applyPart(by operation: Value, _ place: ByteSpan) throws(Problem) {
        guard operation.kind == .object else {
            throw Problem("must be an array of JSON-Patch objects, but at least one element is not an object")
        }
        let name = try attribute(operation, "op").stringValue
        let path = try steps(operation, "path")
        switch name {
        case "add": try insert(try newNode(operation, place), at: path)
        case "remove": try remove(at: path)
        case "replace":
            try remove(at: path)
            try insert(try newNode(operation, place), at: path)
        case "move":
            let source = try steps(operation, "from")
            let node = try self.node(at: source)
            try remove(at: source)
            try insert(node, at: path)
        case "copy": try insert(try node(at: try steps(operation, "from")), at: path)
        case "test":
            let expected = try attribute(operation, "value")
            let found = try node(at: path).value
            if found != expected {
                throw Problem(
                    "value from EditTree != patch value.\n\nExpected: \(RegoTermWriter.short(expected))"
                        + "\n\nFound: \(RegoTermWriter.short(found))")
            }
        default: throw Problem("unrecognized op: '\(operation.field("op").stringValue ?? "")'")
        }
    }

    /// The `value` of an operation.
    private func newNode(_ operation: Value, _ place: ByteSpan) throws(Problem) -> Node {
        let value = try attribute(operation, "value")
        guard keepsPlaces else { return Node(value: value) }
        guard operation.hasPositions else { return Node(value: value, span: place, keySpan: place) }
        let index = operation.keyIndex(arena.string("value"))
        return Node(value: value, span: operation.valueSpan(at: index), keySpan: operation.keySpan(at: index))
    }

    private func attribute(_ operation: Value, _ name: StaticString) throws(Problem) -> Value {
        let value = operation.field(name)
        if value.isUndefined { throw Problem("missing required attribute '\(name)'") }
        return value
    }

    private func steps(_ operation: Value, _ name: StaticString) throws(Problem) -> [Value] {
        let path = try attribute(operation, name)
        guard let steps = DocumentSteps.parse(path, in: arena) else {
            throw Problem(DocumentSteps.problem(path), isTypeError: true)
        }
        return steps
    }

    // MARK: Reading

    private func node(at steps: [Value]) throws(Problem) -> Node {
        if root.isUndefined { throw Problem("deleted node encountered during render operation") }
        var node = top
        for step in steps { node = try child(of: node, step) }
        return node
    }

    private func child(of node: Node, _ step: Value) throws(Problem) -> Node {
        let parent = node.value
        var shown = step
        let index: Int
        switch parent.kind {
        case .object, .set: index = parent.keyIndex(step)
        case .array:
            let position = try self.index(step, in: parent)
            shown = .int(position)
            index = position >= 0 && position < parent.count ? position : -1
        default:
            throw Problem("expected composite type for path \(RegoTermWriter.short(step)), \(describe(parent))")
        }
        guard index >= 0 else {
            throw Problem(
                "path \(RegoTermWriter.short(shown)) does not exist in \(parent.typeName) term "
                    + RegoTermWriter.short(parent))
        }
        let value = parent.kind == .object ? parent.values[index] : parent.elements[index]
        guard keepsPlaces else { return Node(value: value) }
        guard parent.hasPositions else { return Node(value: value, span: node.span, keySpan: node.keySpan) }
        return Node(
            value: value, span: parent.valueSpan(at: index),
            keySpan: parent.kind == .object ? parent.keySpan(at: index) : parent.valueSpan(at: index))
    }

    private func describe(_ node: Value) -> String {
        let type = node.typeName
        return
            "found value: \(RegoTermWriter.short(node)) (type: ast.\(type.prefix(1).uppercased())\(type.dropFirst()))"
    }

    /// The position that a step means; `-` is the one after the last element.
    private func index(_ step: Value, in array: Value) throws(Problem) -> Int {
        switch step.kind {
        case .int, .decimal:
            guard let number = step.integerValue else { throw Problem("invalid number type for indexing") }
            return Int(number)
        case .string:
            let text = step.string
            if text == "-" { return array.count }
            if text.count > 1, text.hasPrefix("0") { throw Problem("leading zeros are not allowed in JSON paths") }
            guard let number = Int(text) else { throw Problem("invalid string for indexing") }
            return number
        default: throw Problem("invalid type for indexing")
        }
    }

    // MARK: Changing

    private mutating func insert(_ new: Node, at steps: [Value]) throws(Problem) {
        if steps.isEmpty {
            top = new
            return
        }
        if root.isUndefined { throw Problem("deleted node encountered during insert operation") }
        top.value = try changing(top, steps[...]) { (node, step) throws(Problem) in
            switch node.value.kind {
            case .object: return object(node, setting: step, to: new)
            case .set:
                if step != new.value {
                    throw Problem(
                        "set key \(RegoTermWriter.short(step)) does not equal value to be inserted "
                            + RegoTermWriter.short(new.value))
                }
                return arena.set(Array(node.value.elements) + [new.value])
            case .array:
                let position = try index(step, in: node.value)
                guard position >= 0, position <= node.value.count else {
                    throw Problem("index for array insertion out of bounds")
                }
                return array(node, at: position, .insert(new))
            default: throw Problem("expected composite type, \(describe(node.value))")
            }
        }
    }

    private mutating func remove(at steps: [Value]) throws(Problem) {
        if root.isUndefined { throw Problem("deleted node encountered during delete operation") }
        if steps.isEmpty {
            top.value = .undefined
            return
        }
        top.value = try changing(top, steps[...]) { (node, step) throws(Problem) in
            switch node.value.kind {
            case .object, .set:
                guard node.value.keyIndex(step) >= 0 else {
                    throw Problem("cannot delete child key \(RegoTermWriter.short(step)) that does not exist")
                }
                if node.value.kind == .set { return arena.set(node.value.elements.filter { $0 != step }) }
                return object(node, setting: step, to: nil)
            case .array:
                let position = try index(step, in: node.value)
                guard position >= 0, position < node.value.count else {
                    throw Problem("index for array delete out of bounds")
                }
                return array(node, at: position, .remove)
            default: throw Problem("expected composite type, \(describe(node.value))")
            }
        }
    }

    /// A copy of an object with another value under a key, or without the key.
    private func object(_ node: Node, setting key: Value, to new: Node?) -> Value {
        let old = node.value
        guard keepsPlaces else {
            var entries = zip(old.keys, old.values).filter { $0.0 != key }.map { ObjectEntry(key: $0.0, value: $0.1) }
            if let new { entries.append(ObjectEntry(key: key, value: new.value)) }
            return arena.object(entries)
        }
        var entries = old.entries(madeAt: node.span).filter { $0.key != key }
        if let new {
            entries.append(PositionedEntry(key: key, value: new.value, keySpan: new.keySpan, valueSpan: new.span))
        }
        return arena.object(entries: entries)
    }

    private enum Change {
        case insert(Node)
        case remove
        case replace(Value)
    }

    /// A copy of an array that is changed at one position.
    private func array(_ node: Node, at position: Int, _ change: Change) -> Value {
        guard keepsPlaces else {
            var elements = Array(node.value.elements)
            switch change {
            case .insert(let new): elements.insert(new.value, at: position)
            case .remove: elements.remove(at: position)
            case .replace(let value): elements[position] = value
            }
            return arena.array(elements)
        }
        var items = node.value.items(madeAt: node.span)
        switch change {
        case .insert(let new): items.insert(PositionedItem(value: new.value, span: new.span), at: position)
        case .remove: items.remove(at: position)
        case .replace(let value): items[position].value = value
        }
        return arena.array(items: items)
    }

    /// A copy of `node` in which the collection above the last step is what `change` makes of it.
    private func changing(
        _ node: Node, _ steps: ArraySlice<Value>, _ change: (Node, Value) throws(Problem) -> Value
    ) throws(Problem) -> Value {
        guard let step = steps.first else { return node.value }
        if steps.count == 1 { return try change(node, step) }
        let old = try child(of: node, step)
        var new = old
        new.value = try changing(old, steps.dropFirst(), change)
        switch node.value.kind {
        case .object: return object(node, setting: step, to: new)
        case .set: return arena.set(node.value.elements.filter { $0 != step } + [new.value])
        default:
            return array(node, at: try index(step, in: node.value), .replace(new.value))
        }
    }
}
