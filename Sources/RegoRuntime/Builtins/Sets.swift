import Documents

extension Builtins {
    /// Set algebra (OPA policy reference, "Sets").
    static let sets: [Builtin] = [
        Builtin("and", help: "(x, y) The elements that both sets have.", .anySet, .anySet, returns: .anySet, infix: "&") {
            $0.combine(SetAlgebra.intersection)
        },
        Builtin("or", help: "(x, y) The elements that either set has.", .anySet, .anySet, returns: .anySet, infix: "|") {
            $0.combine(SetAlgebra.union)
        },
        Builtin(
            "set_diff", help: "(x, y) The elements of a set that another has not; use -.", .anySet, .anySet, returns: .anySet,
            deprecated: true
        ) {
            $0.combine(SetAlgebra.difference)
        },
        Builtin("intersection", help: "(sets) The elements that all sets of a set have.", .set(of: .anySet), returns: .anySet) {
            call in
            guard let sets = call.setsOperand() else { return .undefined }
            guard let first = sets.first else { return call.arena.set([Value]()) }
            guard call.context.spend(sets.reduce(0) { $0 &+ 2 &* $1.count }) else { return call.stopped() }
            return sets.dropFirst().reduce(first) { SetAlgebra.intersection($0, $1, call.arena) }
        },
        Builtin("union", help: "(sets) The elements that any set of a set has.", .set(of: .anySet), returns: .anySet) { call in
            guard let sets = call.setsOperand() else { return .undefined }
            let total = sets.reduce(0) { $0 + $1.count }
            guard call.context.spend(total &* 8) else { return call.stopped() }
            guard call.context.hasRoom(for: total * 24) else { return call.exceedsMemory() }
            return withUnsafeTemporaryAllocation(of: Value.self, capacity: total) { buffer in
                var count = 0
                for set in sets {
                    for element in set.elements {
                        buffer[count] = element
                        count += 1
                    }
                }
                return call.arena.set(sorting: buffer)
            }
        },
    ]
}

extension BuiltinCall {
    fileprivate mutating func combine(_ operation: (Value, Value, Arena) -> Value) -> Value {
        guard let left = setOperand(0), let right = setOperand(1) else { return .undefined }
        guard context.hasRoom(for: 24 * (left.count + right.count)) else { return exceedsMemory() }
        return operation(left, right, arena)
    }

    /// The sets within the first operand, a set of sets.
    fileprivate mutating func setsOperand() -> UnsafeBufferPointer<Value>? {
        guard let sets = setOperand(0) else { return nil }
        for set in sets.elements where set.kind != .set {
            _ = typeFailure("operand 1 must be set but got \(set.typeName)")
            return nil
        }
        return sets.elements
    }
}
