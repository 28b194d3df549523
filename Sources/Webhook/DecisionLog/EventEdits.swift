import Documents

/// Members of a decision that are left out or replaced before it is logged.
struct EventEdits {
    private enum Change {
        case erase
        case replace(Value)
    }

    private final class Node {
        var change: Change?
        var children: [String: Node] = [:]
    }

    private let root = Node()
    /// JSON pointers of what was taken away and of what was replaced, as the event lists them.
    private(set) var erased: [String] = []
    private(set) var masked: [String] = []

    var isEmpty: Bool { erased.isEmpty && masked.isEmpty }

    /// Takes a member of the event away; nothing happens when there is none at that path.
    mutating func erase(_ path: [String], of event: (String) -> Value) {
        guard let first = path.first else { return }
        var value = event(first)
        for step in path.dropFirst() { value = Self.member(step, of: value) }
        if value.isUndefined { return }
        node(at: path).change = .erase
        erased.append(Self.pointer(path))
    }

    /// Puts a value in place of a member or adds it.
    mutating func replace(_ path: [String], by value: Value) {
        node(at: path).change = .replace(value)
        masked.append(Self.pointer(path))
    }

    private func node(at path: [String]) -> Node {
        var node = root
        for step in path {
            let next = node.children[step] ?? Node()
            node.children[step] = next
            node = next
        }
        return node
    }

    // MARK: Writing

    /// Appends a member of the event with the edits below it; false when it was taken away.
    func append(_ value: Value, named name: StaticString, to output: inout [UInt8]) -> Bool {
        let node = root.children["\(name)"]
        if case .erase? = node?.change { return false }
        if case .replace? = node?.change {} else if value.isUndefined, node?.children.isEmpty ?? true { return false }
        JSONBytes.appendKey(name, to: &output)
        Self.append(value, node, to: &output)
        return true
    }

    private static func append(_ value: Value, _ node: Node?, to output: inout [UInt8]) {
        guard let node else { return JSONWriter.append(value, to: &output, style: style) }
        if case .replace(let new)? = node.change { return JSONWriter.append(new, to: &output, style: style) }
        switch value.kind {
        case .object, .undefined: appendObject(value, node, to: &output)
        case .array:
            output += "["
            var isFirst = true
            for (index, element) in value.elements.enumerated() {
                let child = node.children[String(index)]
                if case .erase? = child?.change { continue }
                if !isFirst { output += "," }
                isFirst = false
                append(element, child, to: &output)
            }
            output += "]"
        default: JSONWriter.append(value, to: &output, style: style)
        }
    }

    private static func appendObject(_ value: Value, _ node: Node, to output: inout [UInt8]) {
        output += "{"
        var rest = node.children, isFirst = true
        func key(_ name: String) {
            if !isFirst { output += "," }
            isFirst = false
            JSONBytes.append(name, to: &output)
            output += ":"
        }
        for (index, name) in (value.kind == .object ? Array(value.keys) : []).enumerated() {
            let name = name.stringValue ?? JSONWriter.string(name)
            let child = rest.removeValue(forKey: name)
            if case .erase? = child?.change { continue }
            key(name)
            append(value.values[index], child, to: &output)
        }
        for (name, child) in rest.sorted(by: { $0.key < $1.key }) {
            if case .erase? = child.change { continue }
            if child.change == nil, child.children.isEmpty { continue }
            key(name)
            append(.undefined, child, to: &output)
        }
        output += "}"
    }

    static let style = JSONWriter.Style(escapesHTML: false)

    // MARK: Paths

    static func member(_ step: String, of value: Value) -> Value {
        switch value.kind {
        case .object: return value.field(named: step)
        case .array:
            guard let index = Int(step), value.elements.indices.contains(index) else { return .undefined }
            return value.elements[index]
        default: return .undefined
        }
    }

    static func pointer(_ path: [String]) -> String {
        path.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    /// The steps of a JSON pointer (RFC 6901); nil for text that is none.
    static func steps(of pointer: String) -> [String]? {
        guard pointer.hasPrefix("/") else { return nil }
        return pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }
}
