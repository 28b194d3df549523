import Diagnostics
import Documents
import Text

/// A JSON 6902 patch, applied with the rules of the library that kustomize uses (evanphx/json-patch v4).
struct JSONPatch {
    private struct Operation {
        var name: String
        var path: String
        var from: String
        var value: Node?
        var node: Node
    }

    private let operations: [Operation]

    /// The patch of a document that is a list of operations.
    init(_ document: Node) throws(BuildError) {
        guard document.kind == .sequence else {
            let what = document.kind == .mapping ? "object" : "string"
            throw BuildError("json: cannot unmarshal \(what) into Go value of type jsonpatch.Patch", at: document)
        }
        // Of equal keys the last counts, as in JSON.
        func last(_ key: String, of node: Node) -> Node? { node.entries.last { $0.key.text == key }?.value }
        var operations: [Operation] = []
        for node in document.content {
            guard node.kind == .mapping else {
                throw BuildError("json: cannot unmarshal value into Go value of type jsonpatch.Operation", at: node)
            }
            operations.append(
                Operation(
                    name: last("op", of: node)?.valueText ?? "unknown", path: last("path", of: node)?.valueText ?? "",
                    from: last("from", of: node)?.valueText ?? "", value: last("value", of: node), node: node))
        }
        self.operations = operations
    }

    /// kustomize takes a text that begins with a bracket as JSON, not as YAML.
    /// - Throws: `BuildError` for such a text that is no JSON.
    static func requireJSON(_ bytes: [UInt8], at node: Node?) throws(BuildError) {
        guard bytes.first == UInt8(ascii: "[") else { return }
        do { _ = try JSONReader.read(SourceFile(path: "patch", bytes: bytes)) } catch {
            throw BuildError(
                "a patch that begins with [ is JSON, and this is none", at: node,
                hint: "put keys and texts in quotes, or write one operation a line, each after a dash")
        }
    }

    /// Nodes that the copies of one patch may make, and levels that an object may have after it.
    private static let mostCopied = 1_000_000
    private static let deepest = 1_000

    /// Applies all operations in order.
    func apply(to root: Node) throws(BuildError) {
        var copied = 0
        for operation in operations {
            switch operation.name {
            case "add": try add(value(operation), at: operation.path, in: root, operation)
            case "remove": try remove(operation.path, in: root, operation)
            case "replace": try replace(operation, in: root)
            case "move":
                let value = try take(operation.from, in: root, operation)
                try add(value, at: operation.path, in: root, operation)
            case "copy":
                let value = try existing(operation.from, in: root, operation, "copy")
                guard let count = value.count(upTo: Self.mostCopied - copied, deepest: Self.deepest) else {
                    throw .limit("the copies of a patch grow beyond \(Self.mostCopied) values", at: operation.node.origin)
                }
                copied += count
                try add(value.copy(), at: operation.path, in: root, operation)
            case "test": try test(operation, in: root)
            default: throw BuildError("Unexpected kind: \(operation.name)", at: operation.node)
            }
        }
        // Few operations add few levels, and what files have is bounded.
        if operations.count > 100, root.count(upTo: .max, deepest: Self.deepest) == nil {
            throw .limit("the patch nests values deeper than \(Self.deepest)", at: operations[0].node.origin)
        }
    }

    /// A copy of the value that may be put into several objects; a missing one is null.
    private func value(_ operation: Operation) throws(BuildError) -> Node {
        guard let value = operation.value else {
            return Node(.scalar, tag: .null, text: "null", origin: operation.node.origin)
        }
        let copy = value.copy()
        copy.mark(.jsonPatch)
        try Self.settle(copy)
        copy.canonicalizeAsSettings()
        try Self.settleKeys(copy)
        return copy
    }

    /// Resolves tags that are written, as reading into JSON does.
    private static func settle(_ node: Node) throws(BuildError) {
        guard node.kind == .scalar else {
            for child in node.content { try settle(child) }
            return
        }
        if node.hasExplicitTag, node.tag == .timestamp {
            (node.tag, node.style, node.hasExplicitTag) = (.string, .quoted, false)
        }
        if node.hasExplicitTag { return try node.canonicalize() }
        if node.style == .plain, node.tag != .string, case .float(let number) = ScalarMeaning(plain: node.text), !number.isFinite
        {
            throw BuildError(
                "json: unsupported value: \(node.text)", at: node, hint: "JSON has no infinities; quote the text")
        }
    }

    /// Keys are texts in JSON, and of equal ones the last counts.
    private static func settleKeys(_ node: Node) throws(BuildError) {
        for child in node.content where child.kind != .scalar { try settleKeys(child) }
        guard node.kind == .mapping else { return }
        var places: [ExactText: Int] = [:]
        var content: [Node] = []
        for (key, value) in node.entries {
            if key.kind == .scalar, key.tag != .null, key.tag != .merge { (key.tag, key.style) = (.string, .quoted) }
            let name = ExactText(key.text)
            if let place = places[name] {
                content[place + 1] = value
            } else {
                places[name] = content.count
                content += [key, value]
            }
        }
        node.content = content
    }

    // MARK: Paths

    private func steps(_ path: String, _ operation: Operation) throws(BuildError) -> [String] {
        if path.isEmpty { return [] }
        // What stands before the first slash does not count.
        guard path.contains("/") else { throw missing(operation, operation.name, path) }
        return path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { step in
            step.contains("~") ? Self.unescape(step) : String(step)
        }
    }

    private static func unescape(_ text: Substring) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "~", let next = rest.first, next == "0" || next == "1" {
                result.append(next == "1" ? "/" : "~")
                rest = rest.dropFirst()
            } else {
                result.append(character)
            }
        }
        return result
    }

    private func missing(_ operation: Operation, _ name: String, _ path: String) -> BuildError {
        BuildError(
            "\(name) operation does not apply: doc is missing path: \"\(path)\": missing value",
            at: operation.node.field("path") ?? operation.node)
    }

    private func parent(_ path: String, in root: Node, _ operation: Operation, _ name: String) throws(BuildError) -> (
        node: Node, key: String
    ) {
        var steps = try steps(path, operation)
        guard let last = steps.popLast() else { throw missing(operation, name, path) }
        var node = root
        for step in steps {
            guard let next = try child(node, step, operation) else { throw missing(operation, name, path) }
            node = next
        }
        if node.kind == .scalar { throw missing(operation, name, path) }
        return (node, last)
    }

    private func child(_ node: Node, _ step: String, _ operation: Operation) throws(BuildError) -> Node? {
        switch node.kind {
        case .scalar: return nil
        case .mapping: return node.field(step)
        case .sequence:
            guard let index = Int(step), index >= 0, index < node.content.count else { return nil }
            return node.content[index]
        }
    }

    private func index(_ key: String, _ node: Node, _ operation: Operation, upTo end: Int) throws(BuildError) -> Int {
        guard var index = Int(key) else {
            throw BuildError(
                "\(operation.name) operation does not apply: value was not a proper array index: '\(key)'",
                at: operation.node.field("path") ?? operation.node)
        }
        // Negative indices count from the end.
        if index < 0, index >= -end { index += end }
        if index < 0 || index >= end {
            throw BuildError(
                "\(operation.name) operation does not apply: Unable to access invalid index: \(key): invalid index referenced",
                at: operation.node.field("path") ?? operation.node)
        }
        return index
    }

    // MARK: Operations

    private func add(_ value: Node, at path: String, in root: Node, _ operation: Operation) throws(BuildError) {
        let (parent, key) = try parent(path, in: root, operation, operation.name)
        if parent.kind == .mapping {
            put(value, key, in: parent, operation)
        } else if key == "-" {
            parent.content.append(value)
        } else {
            parent.content.insert(value, at: try index(key, parent, operation, upTo: parent.content.count + 1))
        }
    }

    private func put(_ value: Node, _ key: String, in parent: Node, _ operation: Operation) {
        if let existing = parent.field(key) {
            existing.assign(value)
        } else {
            parent.content += [
                Node(.scalar, tag: .string, style: .quoted, text: key, origin: operation.node.origin), value,
            ]
        }
    }

    private func replace(_ operation: Operation, in root: Node) throws(BuildError) {
        let value = try value(operation)
        if operation.path.isEmpty {
            root.assign(value)
            return
        }
        let (parent, key) = try parent(operation.path, in: root, operation, "replace")
        if parent.kind == .mapping {
            // The library asks whether the key is there and does not look at the answer.
            put(value, key, in: parent, operation)
        } else {
            parent.content[try index(key, parent, operation, upTo: parent.content.count)].assign(value)
        }
    }

    private func missingKey(_ operation: Operation, _ name: String, _ path: String) -> BuildError {
        BuildError(
            "\(name) operation does not apply: doc is missing key: \(path): missing value",
            at: operation.node.field("path") ?? operation.node)
    }

    private func remove(_ path: String, in root: Node, _ operation: Operation) throws(BuildError) {
        _ = try take(path, in: root, operation)
    }

    private func take(_ path: String, in root: Node, _ operation: Operation) throws(BuildError) -> Node {
        let (parent, key) = try parent(path, in: root, operation, operation.name)
        if parent.kind == .mapping {
            guard let value = parent.clear(key) else {
                throw BuildError(
                    "\(operation.name) operation does not apply: Unable to remove nonexistent key: \(key): missing value",
                    at: operation.node.field("path") ?? operation.node)
            }
            return value
        }
        return parent.content.remove(at: try index(key, parent, operation, upTo: parent.content.count))
    }

    private func existing(_ path: String, in root: Node, _ operation: Operation, _ name: String) throws(BuildError)
        -> Node
    {
        if path.isEmpty { return root }
        let (parent, key) = try parent(path, in: root, operation, name)
        if parent.kind == .mapping {
            if let value = parent.field(key) { return value }
            // A copy of what is not there is null.
            if name == "copy" { return Node(.scalar, tag: .null, text: "null", origin: operation.node.origin) }
            throw missingKey(operation, name, path)
        }
        return parent.content[try index(key, parent, operation, upTo: parent.content.count)]
    }

    private func test(_ operation: Operation, in root: Node) throws(BuildError) {
        let found: Node?
        do throws(BuildError) { found = try existing(operation.path, in: root, operation, "test") } catch {
            found = nil
        }
        let wanted = try value(operation)
        let isEqual = found.map { Self.isEqual($0, wanted) } ?? wanted.isNull
        if !isEqual {
            throw BuildError("testing value \(operation.path) failed: test failed", at: operation.node)
        }
    }

    private static func isEqual(_ left: Node, _ right: Node) -> Bool {
        guard left.kind == right.kind else { return false }
        switch left.kind {
        case .scalar: return left.tag == right.tag && left.text == right.text
        case .sequence:
            return left.content.count == right.content.count && zip(left.content, right.content).allSatisfy(isEqual)
        case .mapping:
            return left.content.count == right.content.count
                && left.entries.allSatisfy { key, value in right.field(key.text).map { isEqual(value, $0) } ?? false }
        }
    }
}
