import Documents
import RegoRuntime
import RegoSyntax

extension FunctionEmitter {
    /// Emits a call; the output, if any, is unified with the result, else the result must not be false.
    func call(_ callee: CoreCallee, _ arguments: [CoreTerm], output: CoreTerm?) {
        switch callee {
        case .builtin(let name):
            if !planner.isReplaceable(builtin: name) {
                if output == nil, let comparison = Self.comparisons[name], arguments.count == 2 {
                    let left = evaluate(arguments[0]), right = evaluate(arguments[1])
                    emit(comparison, b: left, c: right, to: failure)
                    return
                }
                if let operation = Self.arithmetic[name], arguments.count == 2 {
                    let left = evaluate(arguments[0]), right = evaluate(arguments[1]), target = register()
                    emit(operation, a: target, b: left, c: right, to: failure)
                    return finish(UInt32(target), output)
                }
            }
            if name == "count", arguments.count == 1, !planner.isReplaceable(builtin: name) {
                let counted = evaluate(arguments[0]), target = register()
                emit(.count, a: target, b: counted, c: UInt32(planner.builtin(name)), to: failure)
                return finish(UInt32(target), output)
            }
            let operands = arguments.map(evaluate), target = register()
            emitCall(
                planner.isReplaceable(builtin: name) ? .callBuiltinReplaceable : .callBuiltin, a: target,
                callee: planner.builtin(name), operands: operands)
            finish(UInt32(target), output)
        case .function(let path):
            let operands = arguments.map(evaluate)
            let function = planner.function(at: path)
            depend(on: function)
            if let result = inlined(path, operands) { return finish(result, output) }
            let target = register()
            emitCall(
                planner.isReplaceable(function: path) ? .callFunctionReplaceable : .callFunction, a: target,
                callee: function, operands: operands)
            finish(UInt32(target), output)
        }
    }

    /// Notes what the function calls itself; the calls of functions in its code are theirs.
    private func depend(on function: Int) { if inlineDepth == 0 { planner.depend(on: function) } }

    private func finish(_ result: UInt32, _ output: CoreTerm?) {
        if let output { match(output, result) } else if result != constant(.true) { emit(.test, b: result, to: failure) }
    }

    private static let comparisons: [String: Instruction.Operation] = [
        "neq": .notEqual, "lt": .less, "lte": .lessOrEqual, "gt": .greater, "gte": .greaterOrEqual, "equal": .equal,
    ]

    private static let arithmetic: [String: Instruction.Operation] = [
        "plus": .add, "minus": .subtract, "mul": .multiply, "div": .divide, "rem": .remainder,
    ]

    /// A reference that starts at `data`: rules and packages as far as keys are constant, base documents beyond.
    func dataReference(_ path: [CoreTerm]) -> UInt32 {
        var keys: [String] = []
        for term in path {
            guard case .constant(let key) = term, key.kind == .string else { break }
            keys.append(key.string)
        }
        let rest = path.dropFirst(keys.count).map { term -> String? in
            if case .constant(let key) = term, key.kind == .string { key.string } else { nil }
        }
        switch planner.resolve(keys, rest: rest) {
        case .function(let function, let used, let isReplaceable):
            depend(on: function)
            return follow(path[used...], from: lookUp(isReplaceable ? .callRuleReplaceable : .callRule, b: UInt32(function)))
        case .node(let node, let used):
            planner.dependOnNode(path)
            let source = register()
            let (start, keys) = planner.startBelowReplaced(Array(keys.prefix(used))) ?? (node, used)
            emit(.move, a: source, b: constant(.node(start)))
            return follow(path[keys...], from: UInt32(source), isNode: true)
        case .base:
            planner.dependOnData(keys)
            return follow(path[keys.count...], from: lookUp(.base, b: planner.path(keys.map(planner.text))), isBase: true)
        }
    }
}
