import Documents

extension Builtins {
    private static let patch = RegoType.object(
        static: [RegoType.Property("op", .string), RegoType.Property("path", .any)],
        dynamic: RegoType.DynamicProperty(.any, .any))

    /// JSON Patch (RFC 6902) with OPA's extensions: paths as arrays, sets as targets.
    static let jsonPatches: [Builtin] = [
        Builtin("json.patch", .any, .array(of: patch), returns: .any) { call in
            guard let operations = call.arrayOperand(1) else { return .undefined }
            var patcher = JSONPatcher(root: call[0], arena: call.arena)
            for operation in operations.elements {
                if call.context.isCancelled() || !call.context.hasRoom(for: 0) { return .undefined }
                do throws(JSONPatcher.Problem) {
                    try patcher.apply(operation)
                } catch {
                    return error.isTypeError ? call.typeFailure(error.message) : call.fail(error.message)
                }
            }
            if patcher.root.isUndefined { return call.fail("cannot render a deleted document") }
            return patcher.root
        }
    ]
}

/// Applies operations to an immutable document; each makes new nodes along its path only.
private struct JSONPatcher {
    struct Problem: Error {
        var message: String
        var isTypeError = false

        init(_ message: String, isTypeError: Bool = false) {
            self.message = message
            self.isTypeError = isTypeError
        }
    }

    /// The document; undefined after the whole of it was removed.
    var root: Value
    let arena: Arena

    mutating func apply(_ operation: Value) throws(Problem) {
        guard operation.kind == .object else {
            throw Problem("must be an array of JSON-Patch objects, but at least one element is not an object")
        }
        let path = try steps(operation, "path")
        switch try attribute(operation, "op").stringValue {
        case "add": try insert(try attribute(operation, "value"), at: path)
        case "remove": try remove(at: path)
        case "replace":
            let value = try attribute(operation, "value")
            try remove(at: path)
            try insert(value, at: path)
        case "move":
            let source = try steps(operation, "from")
            let value = try self.value(at: source)
            try remove(at: source)
            try insert(value, at: path)
        case "copy": try insert(try value(at: try steps(operation, "from")), at: path)
        case "test":
            let expected = try attribute(operation, "value")
            let found = try value(at: path)
            if found != expected {
                throw Problem(
                    "value from EditTree != patch value.\n\nExpected: \(RegoTermWriter.string(expected))"
                        + "\n\nFound: \(RegoTermWriter.string(found))")
            }
        default: throw Problem("unrecognized op: '\(operation.field("op").stringValue ?? "")'")
        }
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

    private func value(at steps: [Value]) throws(Problem) -> Value {
        if root.isUndefined { throw Problem("deleted node encountered during render operation") }
        var node = root
        for step in steps { node = try child(of: node, step) }
        return node
    }

    private func child(of node: Value, _ step: Value) throws(Problem) -> Value {
        var shown = step
        let found: Value
        switch node.kind {
        case .object, .set: found = node.member(step)
        case .array:
            let position = try index(step, in: node)
            shown = .int(position)
            found = node.member(shown)
        default:
            throw Problem("expected composite type for path \(RegoTermWriter.string(step)), \(describe(node))")
        }
        guard found.isDefined else {
            throw Problem(
                "path \(RegoTermWriter.string(shown)) does not exist in \(node.typeName) term "
                    + RegoTermWriter.string(node))
        }
        return found
    }

    private func describe(_ node: Value) -> String {
        let type = node.typeName
        return "found value: \(RegoTermWriter.string(node)) (type: ast.\(type.prefix(1).uppercased())\(type.dropFirst()))"
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

    private mutating func insert(_ value: Value, at steps: [Value]) throws(Problem) {
        if steps.isEmpty {
            root = value
            return
        }
        if root.isUndefined { throw Problem("deleted node encountered during insert operation") }
        root = try changing(root, steps[...]) { (node, step) throws(Problem) in
            switch node.kind {
            case .object: return arena.object(entries(node, without: step) + [ObjectEntry(key: step, value: value)])
            case .set:
                if step != value {
                    throw Problem(
                        "set key \(RegoTermWriter.string(step)) does not equal value to be inserted "
                            + RegoTermWriter.string(value))
                }
                return arena.set(Array(node.elements) + [value])
            case .array:
                let position = try index(step, in: node)
                guard position >= 0, position <= node.count else {
                    throw Problem("index for array insertion out of bounds")
                }
                var elements = Array(node.elements)
                elements.insert(value, at: position)
                return arena.array(elements)
            default: throw Problem("expected composite type, \(describe(node))")
            }
        }
    }

    private mutating func remove(at steps: [Value]) throws(Problem) {
        if root.isUndefined { throw Problem("deleted node encountered during delete operation") }
        if steps.isEmpty {
            root = .undefined
            return
        }
        root = try changing(root, steps[...]) { (node, step) throws(Problem) in
            switch node.kind {
            case .object, .set:
                guard node.keyIndex(step) >= 0 else {
                    throw Problem("cannot delete child key \(RegoTermWriter.string(step)) that does not exist")
                }
                if node.kind == .set { return arena.set(node.elements.filter { $0 != step }) }
                return arena.object(entries(node, without: step))
            case .array:
                let position = try index(step, in: node)
                guard position >= 0, position < node.count else {
                    throw Problem("index for array delete out of bounds")
                }
                var elements = Array(node.elements)
                elements.remove(at: position)
                return arena.array(elements)
            default: throw Problem("expected composite type, \(describe(node))")
            }
        }
    }

    private func entries(_ object: Value, without key: Value) -> [ObjectEntry] {
        zip(object.keys, object.values).filter { $0.0 != key }.map { ObjectEntry(key: $0.0, value: $0.1) }
    }

    /// A copy of `node` in which the collection above the last step is what `change` makes of it.
    private func changing(
        _ node: Value, _ steps: ArraySlice<Value>, _ change: (Value, Value) throws(Problem) -> Value
    ) throws(Problem) -> Value {
        guard let step = steps.first else { return node }
        if steps.count == 1 { return try change(node, step) }
        let old = try child(of: node, step)
        let new = try changing(old, steps.dropFirst(), change)
        switch node.kind {
        case .object: return arena.object(entries(node, without: step) + [ObjectEntry(key: step, value: new)])
        case .set: return arena.set(node.elements.filter { $0 != step } + [new])
        default:
            var elements = Array(node.elements)
            elements[try index(step, in: node)] = new
            return arena.array(elements)
        }
    }
}
