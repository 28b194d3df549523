import Documents

/// A value of the object with the way to it. A node for what is not there has the way to where it would be.
struct Node {
    unowned(unsafe) let inspection: Inspection
    let value: Value
    let link: Int32

    subscript(_ name: StaticString) -> Node {
        let key = Value.string(name.utf8Start, count: name.utf8CodeUnitCount)
        return Node(
            inspection: inspection, value: value.kind == .object ? value.objectMember(key) : .undefined,
            link: inspection.link(link, key: key))
    }

    /// The child under a key of this object.
    func child(at index: Int) -> Node {
        Node(
            inspection: inspection, value: value.values[index],
            link: inspection.link(link, key: value.keys[index]))
    }

    func element(_ index: Int) -> Node {
        Node(inspection: inspection, value: value.elements[index], link: inspection.link(link, index: index))
    }

    var path: DocumentPath { inspection.path(link) }
    /// Neither absent nor null.
    var isSet: Bool { value.isDefined && value.kind != .null }
    var isObject: Bool { value.kind == .object }
    /// The number of elements; 0 for what is not a list.
    var count: Int { value.kind == .array ? value.count : 0 }
    var elements: NodeElements { NodeElements(node: self, count: count) }
    /// The entries of an object; none for anything else.
    var entries: NodeEntries { NodeEntries(node: self, count: value.kind == .object ? value.count : 0) }
    /// The text; empty where there is none, as Go has it.
    var text: String { value.kind == .string ? value.string : "" }
    var isTrue: Bool { value.isTrue }
    var isEmptyText: Bool { value.kind == .string ? value.count == 0 : !isSet }
    /// The whole number, also of `3.0`; nil where there is none.
    var integer: Int64? { value.isNumber ? value.integerValue : nil }

    func equals(_ text: StaticString) -> Bool { value.isText(text) }

    // MARK: Findings

    /// The name of the field in messages: the last step, with the list or map it is in where that is needed.
    var name: String {
        let steps = path.steps
        var start = steps.count - 1
        while start > 0, case .index = steps[start] { start -= 1 }
        if start < 0 { return "the object" }
        // A key with dots or slashes stands for itself.
        if start == steps.count - 1, case .key(let key) = steps[start] { return key.isEmpty ? "\"\"" : key }
        return DocumentPath(Array(steps[start...])).fieldPath
    }

    func invalid(_ message: String, hint: String? = nil) {
        inspection.report(.invalidValue, path, at: .value, message, hint: hint)
    }

    func forbidden(_ message: String, hint: String? = nil) {
        inspection.report(.forbiddenField, path, at: .key, message, hint: hint)
    }

    func missing(_ message: String? = nil, hint: String? = nil) {
        inspection.report(.missingField, path, at: .key, message ?? "\(name) is required", hint: hint)
    }

    func duplicate(_ message: String, hint: String? = nil) {
        inspection.report(.duplicateValue, path, at: .value, message, hint: hint)
    }

    func dangling(_ message: String, hint: String? = nil) {
        inspection.report(.missingReference, path, at: .value, message, hint: hint)
    }

    func tooMany(_ message: String, hint: String? = nil) {
        inspection.report(.tooLong, path, at: .value, message, hint: hint)
    }

    /// Reports a text that is none of the allowed ones; absent and empty text passes unless `isRequired`.
    /// - Returns: whether the text is one of them.
    @discardableResult
    func oneOf(_ allowed: [String], isRequired: Bool = false) -> Bool {
        guard value.kind == .string, value.count > 0 else {
            if isRequired, !isSet || value.kind == .string {
                missing("\(name) is required: \(Wording.choice(allowed))")
            }
            return false
        }
        if allowed.contains(where: { $0.utf8.elementsEqual(value.utf8) }) { return true }
        unsupported(allowed)
        return false
    }

    func unsupported(_ allowed: [String]) {
        let text = value.string
        let similar = Nearest.name(to: text, among: allowed)
        inspection.report(
            .unsupportedValue, path, at: .value,
            "\(name) is \(Wording.quoted(text)), but must be \(Wording.choice(allowed))",
            hint: similar.map { "write \($0)" }, meant: similar)
    }
}

/// The elements of a list, in order.
struct NodeElements: Sequence, IteratorProtocol {
    let node: Node
    let count: Int
    private var position = 0

    init(node: Node, count: Int) {
        self.node = node
        self.count = count
    }

    mutating func next() -> Node? {
        guard position < count else { return nil }
        defer { position += 1 }
        return node.element(position)
    }
}

/// The keys and values of an object, by key.
struct NodeEntries: Sequence, IteratorProtocol {
    let node: Node
    let count: Int
    private var position = 0

    init(node: Node, count: Int) {
        self.node = node
        self.count = count
    }

    mutating func next() -> (key: Value, value: Node)? {
        guard position < count else { return nil }
        defer { position += 1 }
        return (node.value.keys[position], node.child(at: position))
    }
}
