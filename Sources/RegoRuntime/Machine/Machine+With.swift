import Documents

extension Machine {
    /// A replacement in force.
    struct ActiveTarget {
        var target: Program.WithSite.Target
        /// The value of a replaced function or builtin.
        var value: Value

        var isData: Bool {
            if case .data = target { return true }
            return false
        }
    }

    /// What `endWith` restores.
    struct SavedContext {
        var input: Value
        var data: Value
        var changesData: Bool
        var memo: UnsafeMutablePointer<Value>
        var callGeneration: UInt64
        var targetCount: Int
        var affected: [Int]
    }

    /// Enters the modifiers of a site: replaces input, data and functions, and voids the memo of what they touch.
    func beginWith(_ site: Int, values: UnsafeMutablePointer<Value>) {
        let info = program.withSites[site]
        state.pointee.saved.append(
            SavedContext(
                input: state.pointee.input, data: state.pointee.data, changesData: state.pointee.changesData,
                memo: state.pointee.memo, callGeneration: state.pointee.callGeneration,
                targetCount: state.pointee.activeTargets.count, affected: info.affected))
        for (index, target) in info.targets.enumerated() {
            let value = values[index]
            switch target {
            case .input(let path):
                state.pointee.input = replacing(state.pointee.input, at: path[...], with: value)
            case .data(let path, _, _):
                state.pointee.changesData = true
                state.pointee.data = replacing(state.pointee.data, at: path[...], with: value)
                state.pointee.activeTargets.append(ActiveTarget(target: target, value: value))
            case .builtin, .function:
                state.pointee.activeTargets.append(ActiveTarget(target: target, value: value))
            }
        }
        let count = program.functions.count
        let memo = context.arena.allocate(count * 16).assumingMemoryBound(to: Value.self)
        memo.initialize(from: state.pointee.memo, count: count)
        for function in 0..<count where functions[function].isSticky && stickyMemo[function].kind != .node {
            memo[function] = stickyMemo[function]
        }
        for function in info.affected { memo[function] = Self.notEvaluated }
        state.pointee.memo = memo
        state.pointee.lastCallGeneration &+= 1
        state.pointee.callGeneration = state.pointee.lastCallGeneration
    }

    /// Leaves the innermost modifiers; what they did not touch stays known.
    func endWith() {
        guard let saved = state.pointee.saved.popLast() else { return }
        let inner = state.pointee.memo
        restore(saved)
        let outer = state.pointee.memo
        let affected = Set(saved.affected)
        for function in 0..<program.functions.count
        where outer[function].isIdentical(to: Self.notEvaluated) && !inner[function].isIdentical(to: Self.notEvaluated)
            && !affected.contains(function)
        {
            if outer == rootMemo { touch(function) }
            outer[function] = inner[function]
        }
    }

    func restore(_ saved: SavedContext) {
        state.pointee.input = saved.input
        state.pointee.data = saved.data
        state.pointee.changesData = saved.changesData
        state.pointee.memo = saved.memo
        state.pointee.callGeneration = saved.callGeneration
        state.pointee.activeTargets.removeLast(state.pointee.activeTargets.count - saved.targetCount)
    }

    /// A copy of the document with `value` at `path`; objects are made where there are none.
    private func replacing(_ document: Value, at path: ArraySlice<Value>, with value: Value) -> Value {
        guard let key = path.first else { return value }
        let isObject = document.kind == .object
        let old = isObject ? document.member(key) : .undefined
        let new = replacing(old, at: path.dropFirst(), with: value)
        var entries = isObject ? zip(document.keys, document.values).map { ObjectEntry(key: $0, value: $1) } : []
        entries.append(ObjectEntry(key: key, value: new))
        return context.arena.object(entries)
    }

    /// Whether a `with` put base documents in place of the virtual documents at a node.
    func isReplaced(node: Int) -> Bool {
        for active in state.pointee.activeTargets {
            if case .data(_, _, let nodes) = active.target, nodes.contains(node) { return true }
        }
        return false
    }

    /// Evaluates a virtual document unless a `with` put a base document in its place.
    func callRuleReplaceable(_ function: Int, base: UnsafeMutablePointer<Value>) -> Bool {
        for active in state.pointee.activeTargets {
            guard case .data(_, let functions, _) = active.target, functions.contains(function) else { continue }
            var found = state.pointee.data
            for key in program.functions[function].path where found.isDefined { found = found.member(key) }
            state.pointee.result = found
            return true
        }
        return callRule(function, base: base)
    }

    /// A function or builtin that a `with` may name.
    enum Callee {
        case builtin(Int)
        case function(Int)
    }

    /// Calls what stands in for the callee; inside a stand-in nothing is replaced but data.
    func callReplaceable(
        _ callee: Callee, base: UnsafeMutablePointer<Value>, count: Int, pc: Int, in function: Int
    ) -> Bool {
        let targets = state.pointee.activeTargets
        for index in targets.indices.reversed() {
            let replacement: Program.WithSite.Replacement
            switch (targets[index].target, callee) {
            case (.builtin(let name, let by), .builtin(let called)) where name == called: replacement = by
            case (.function(let name, let by), .function(let called)) where name == called: replacement = by
            default: continue
            }
            switch replacement {
            case .value:
                state.pointee.result = targets[index].value
                return true
            case .builtin(let builtin):
                return callBuiltin(builtin, at: base, count: count, pc: pc, in: function)
            case .function(let standIn):
                state.pointee.activeTargets.removeAll { !$0.isData }
                let generation = state.pointee.callGeneration
                state.pointee.lastCallGeneration &+= 1
                state.pointee.callGeneration = state.pointee.lastCallGeneration
                let isDone = run(standIn, base: base)
                state.pointee.callGeneration = generation
                if isDone { state.pointee.activeTargets = targets }
                return isDone
            }
        }
        switch callee {
        case .builtin(let builtin): return callBuiltin(builtin, at: base, count: count, pc: pc, in: function)
        case .function(let called): return callFunction(called, base: base, count: count)
        }
    }
}
