import Documents

/// Places in the tree of virtual documents are values of kind `node` until somebody needs the document itself, so that
/// `data.app[x].allow` evaluates the rules it names and no others.
extension Machine {
    /// The base document at the path in constant `operand`, found once for a machine unless a `with` changes `data`.
    @inline(__always)
    func knownBase(_ operand: UInt32) -> Value {
        let index = Int(operand & ~Operand.constantBit)
        if state.pointee.changesData { return basePath(pool[index]) }
        let known = bases[index]
        if known.isDefined { return known }
        let found = basePath(pool[index])
        bases[index] = found
        return found
    }

    /// The base document at a path below `data`, or undefined.
    func basePath(_ path: Value) -> Value {
        var found = state.pointee.data
        for key in path.elements {
            if found.isUndefined { return found }
            found = baseMember(found, key)
        }
        return found
    }

    /// A member of a base document. OPA reads these by paths of texts: an integer finds the member whose key is its text,
    /// and its text the element of an array.
    func baseMember(_ source: Value, _ key: Value) -> Value {
        let found = source.member(key)
        if found.isDefined { return found }
        if source.kind == .object, key.kind == .int {
            return source.member(context.arena.string(String(key.rawInt)))
        }
        if source.kind == .array, key.kind == .string, let index = Int64(key.string), String(index) == key.string {
            return source.member(.int(index))
        }
        return .undefined
    }

    private func base(_ path: UnsafeBufferPointer<Value>) -> Value {
        var found = state.pointee.data
        for key in path where found.isDefined { found = found.member(key) }
        return found
    }

    /// The document or node under `key`; false when the evaluation ends with a fault.
    func nodeMember(_ node: Value, _ key: Value, base frame: UnsafeMutablePointer<Value>) -> Bool {
        let number = node.nodeID
        if let child = child(of: number, key) {
            switch child {
            case .function(let function):
                if functions[function].argumentCount > 0 {
                    state.pointee.result = .undefined
                    return true
                }
                guard callRuleReplaceable(function, base: frame) else { return false }
                return true
            case .node(let inner):
                if isReplaced(node: inner) { break }
                state.pointee.result = .node(inner)
                return true
            }
        }
        let document = base(program.nodes[number].path)
        state.pointee.result = document.isDefined ? baseMember(document, key) : .undefined
        return true
    }

    private func child(of node: Int, _ key: Value) -> Program.Node.Child? {
        let keys = program.nodes[node].childKeys
        for (index, candidate) in keys.enumerated() where candidate == key { return program.nodes[node].child(index) }
        return nil
    }

    /// The keys under a node: those of rules and packages, and of base documents.
    func nodeKeys(_ node: Value) -> Value {
        var keys = Array(program.nodes[node.nodeID].childKeys)
        let document = base(program.nodes[node.nodeID].path)
        if document.kind == .object {
            for key in document.keys where !keys.contains(key) { keys.append(key) }
        }
        ValueOrder.sort(&keys)
        return context.arena.array(keys)
    }

    /// The whole document at a node: every rule below it, over the base document.
    func materialize(_ node: Value, base frame: UnsafeMutablePointer<Value>) -> Bool {
        let number = node.nodeID
        let document = base(program.nodes[number].path)
        if isReplaced(node: number) || document.isDefined && document.kind != .object {
            state.pointee.result = document
            return true
        }
        var entries: [ObjectEntry] = []
        if document.kind == .object {
            entries = zip(document.keys, document.values).map { ObjectEntry(key: $0, value: $1) }
        }
        let info = program.nodes[number]
        for (index, key) in info.childKeys.enumerated() {
            let child = info.child(index)
            if case .function(let function) = child, functions[function].argumentCount > 0 { continue }
            if case .function = child, document.kind == .object, document.member(key).isDefined { continue }
            guard nodeMember(node, key, base: frame) else { return false }
            var value = state.pointee.result
            if value.kind == .node {
                guard materialize(value, base: frame) else { return false }
                value = state.pointee.result
            }
            if value.isDefined { entries.append(ObjectEntry(key: key, value: value)) }
        }
        state.pointee.result = context.arena.object(entries)
        return true
    }
}

extension ValueOrder {
    /// Sorts the values in place.
    static func sort(_ values: inout [Value]) { values.withUnsafeMutableBufferPointer { _ = sort($0) } }
}
