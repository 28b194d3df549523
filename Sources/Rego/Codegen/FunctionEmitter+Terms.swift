import Documents
import RegoRuntime
import RegoSyntax

extension FunctionEmitter {
    /// Emits the evaluation of a term; opens loops for unbound variables in references.
    /// - Returns: the operand that holds the value.
    func evaluate(_ term: CoreTerm) -> UInt32 {
        switch term {
        case .constant(let value): return constant(value)
        case .local(let id): return operands[id] ?? constant(.null)  // unbound only after a reported error
        case .array(let terms):
            let target = register()
            emit(.makeArray, a: target, b: UInt32(consecutive(terms)), c: UInt32(terms.count))
            return UInt32(target)
        case .set(let terms):
            let target = register()
            emit(.makeSet, a: target, b: UInt32(consecutive(terms)), c: UInt32(terms.count))
            return UInt32(target)
        case .object(let entries):
            if let record = record(entries) { return record }
            let target = register()
            let parts = consecutive(entries.flatMap { [$0.key, $0.value] })
            emit(.makeObject, a: target, b: UInt32(parts), c: UInt32(entries.count))
            return UInt32(target)
        case .comprehension(let comprehension):
            return indexedComprehension(comprehension) ?? self.comprehension(comprehension)
        case .ref(let head, let path): return reference(head, path)
        }
    }

    /// An object of constant keys: only its values are put together at evaluation. Nil for other objects.
    private func record(_ entries: [(key: CoreTerm, value: CoreTerm)]) -> UInt32? {
        var keys: [Value] = []
        for entry in entries {
            guard case .constant(let key) = entry.key else { return nil }
            keys.append(key)
        }
        let order = keys.indices.sorted { ValueOrder.compare(keys[$0], keys[$1]) < 0 }
        if keys.isEmpty || zip(order, order.dropFirst()).contains(where: { keys[$0] == keys[$1] }) { return nil }
        let shape = planner.shape(order.map { keys[$0] })
        let values = entries.map { evaluate($0.value) }, target = register()
        emit(.makeRecord, a: target, b: UInt32(row(order.map { values[$0] })), c: shape)
        return UInt32(target)
    }

    /// Evaluates terms into registers in a row; returns the first.
    func consecutive(_ terms: [CoreTerm]) -> Int { row(terms.map(evaluate)) }

    /// Puts operands into registers in a row; returns the first.
    private func row(_ values: [UInt32]) -> Int {
        let first = register(max(values.count, 1))
        for (index, value) in values.enumerated() { emit(.move, a: first + index, b: value) }
        return first
    }

    private func comprehension(_ comprehension: CoreComprehension) -> UInt32 {
        let mark = register(), target = register()
        emit(.collectBegin, a: mark)
        alternative {
            let end = failure
            planner.instrument(.body(.comprehension), of: comprehension.body, in: self)
            body(comprehension.body)
            planner.instrument(.solution, of: comprehension.body, in: self)
            let head = evaluate(comprehension.head)
            if let key = comprehension.key {
                emit(.collectPair, b: evaluate(key), c: head)
            } else {
                emit(.collect, b: head)
            }
            continueSearch(end: end)
        }
        let seal: Instruction.Operation =
            switch comprehension.kind {
            case .array: .sealArray
            case .set: .sealSet
            case .object: .sealObject
            }
        emit(seal, a: target, b: UInt32(mark))
        return UInt32(target)
    }

    // MARK: References

    private func reference(_ head: CoreHead, _ path: [CoreTerm]) -> UInt32 {
        switch head {
        case .input:
            planner.dependOnInput(path)
            return follow(path[...], from: lookUp(.input))
        case .local(let id): return follow(path[...], from: operands[id] ?? constant(.null))
        case .term(let term): return follow(path[...], from: evaluate(term))
        case .data: return dataReference(path)
        }
    }

    /// Follows a path from a value that is no place in the tree of virtual documents, or may be one when `isNode`, or is a
    /// base document when `isBase`.
    func follow(_ path: ArraySlice<CoreTerm>, from source: UInt32, isNode: Bool = false, isBase: Bool = false) -> UInt32 {
        var source = source
        var rest = path
        while let first = rest.first {
            let keys = isNode || isBase ? [] : constants(at: rest)
            if keys.count > 1 {
                source = lookUp(.path, b: source, c: planner.path(keys))
                rest = rest.dropFirst(keys.count)
            } else {
                source = step(first, from: source, isBase: isBase)
                rest = rest.dropFirst()
            }
        }
        guard isNode else { return source }
        let target = register()
        emit(.materialize, a: target, b: source, to: failure)
        return UInt32(target)
    }

    private func constants(at path: ArraySlice<CoreTerm>) -> [Value] {
        var keys: [Value] = []
        for term in path {
            guard case .constant(let key) = term else { break }
            keys.append(key)
        }
        return keys
    }

    /// One step of a reference: a lookup, or a loop when the key has unbound variables.
    private func step(_ key: CoreTerm, from source: UInt32, isBase: Bool) -> UInt32 {
        if canEvaluate(key) { return lookUp(isBase ? .baseMember : .member, b: source, c: evaluate(key)) }
        let isUnnamed: Bool
        if case .local(let id) = key, locals.variables[id].isUnused { isUnnamed = true } else { isUnnamed = false }
        let step = isUnnamed ? nil : register()
        let element = openLoop(source, key: step)
        if let step { match(key, UInt32(step)) }
        return element
    }

    /// Whether all variables of the term are bound.
    func canEvaluate(_ term: CoreTerm) -> Bool {
        switch term {
        case .constant: return true
        case .local(let id): return operands[id] != nil
        case .array(let terms), .set(let terms): return terms.allSatisfy(canEvaluate)
        case .object(let entries): return entries.allSatisfy { canEvaluate($0.key) && canEvaluate($0.value) }
        case .comprehension: return true
        case .ref(let head, _):
            switch head {
            case .input, .data: return true
            case .local(let id): return operands[id] != nil
            case .term(let inner): return canEvaluate(inner)
            }
        }
    }

    // MARK: Unification

    func unify(_ left: CoreTerm, _ right: CoreTerm) {
        if canEvaluate(left) {
            match(right, evaluate(left))
        } else if canEvaluate(right) {
            match(left, evaluate(right))
        } else if var pairs = CoreTerm.pairs(left, right) {
            while !pairs.isEmpty {
                let ready = pairs.firstIndex { canEvaluate($0.0) || canEvaluate($0.1) || CoreTerm.pairs($0.0, $0.1) != nil }
                let pair = pairs.remove(at: ready ?? 0)
                unify(pair.0, pair.1)
                if ready == nil { return }
            }
        }
    }

    /// Unifies a pattern with a value; unbound variables become other names of the value's place.
    func match(_ pattern: CoreTerm, _ value: UInt32) {
        if canEvaluate(pattern) {
            emit(.equal, b: evaluate(pattern), c: value, to: failure)
            return
        }
        switch pattern {
        case .local(let id): operands[id] = value
        case .array(let terms):
            emit(.isArray, b: value, c: UInt32(terms.count), to: failure)
            for (index, term) in terms.enumerated() {
                if case .local(let id) = term, operands[id] == nil, locals.variables[id].isUnused { continue }
                let element = register()
                emit(.member, a: element, b: value, c: constant(.int(Int64(index))), to: failure)
                match(term, UInt32(element))
            }
        case .object(let entries):
            emit(.isObject, b: value, c: UInt32(entries.count), to: failure)
            for entry in entries {
                let element = register()
                emit(.member, a: element, b: value, c: evaluate(entry.key), to: failure)
                match(entry.value, UInt32(element))
            }
        case .constant, .set, .comprehension, .ref:
            emit(.equal, b: evaluate(pattern), c: value, to: failure)
        }
    }
}
