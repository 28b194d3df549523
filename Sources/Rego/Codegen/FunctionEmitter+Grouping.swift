import RegoRuntime
import RegoSyntax

/// Comprehensions that pick, in a loop, the elements that belong to the loop's variable: `{c.name | some c in containers;
/// c.image == image}` for each `image`. They are evaluated once for all values of the variable, grouped by it, and
/// looked up in each round (OPA documentation, "Comprehension indexing").
extension FunctionEmitter {
    /// Where a comprehension's body says which group an element belongs to.
    private struct Grouping {
        /// Number of the expression `variable == term`.
        var expr: Int
        var variable: VarID
        var term: CoreTerm
    }

    /// The operand of the comprehension's value; nil when it cannot be grouped or that would not help.
    func indexedComprehension(_ comprehension: CoreComprehension) -> UInt32? {
        guard loopDepth > 0, withDepth == 0, !planner.options.isInstrumented, comprehension.kind != .object,
            let grouping = grouping(of: comprehension)
        else { return nil }
        let kind = comprehension.kind == .array ? 0 : 1
        let groups = clearedRegister(), mark = register(), target = register(), ready = makeLabel()
        emit(.jumpIfDefined, b: UInt32(groups), to: ready)
        emit(.collectBegin, a: mark)
        alternative {
            let end = failure
            var key: UInt32 = 0
            for (index, expr) in comprehension.body.exprs.enumerated() {
                if index == grouping.expr {
                    self.mark(expr.location)
                    key = evaluate(grouping.term)
                } else {
                    body(CoreBody(exprs: [expr]))
                }
            }
            let head = evaluate(comprehension.head)
            emit(.collectPair, b: key, c: head)
            continueSearch(end: end)
        }
        emit(.sealGroups, x: kind, a: groups, b: UInt32(mark))
        place(ready)
        emit(.group, x: kind, a: target, b: UInt32(groups), c: operands[grouping.variable]!)
        return UInt32(target)
    }

    private func grouping(of comprehension: CoreComprehension) -> Grouping? {
        var uses: [VarID: Int] = [:]
        comprehension.body.forEachVar { id, _ in uses[id, default: 0] += 1 }
        comprehension.head.forEachVar { id, _ in uses[id, default: 0] += 1 }
        let changing = uses.keys.filter { operands[$0] != nil && !steadyVariables.contains($0) }
        guard changing.count == 1, let variable = changing.first, uses[variable] == 1,
            comprehension.body.exprs.allSatisfy({ hasNoEffect($0) })
        else { return nil }
        var seen: Set<VarID> = []
        for (index, expr) in comprehension.body.exprs.enumerated() {
            if let term = Self.equated(with: variable, by: expr) {
                return isComputed(term, after: seen) ? Grouping(expr: index, variable: variable, term: term) : nil
            }
            expr.forEachVar { id, inClosure in if !inClosure { seen.insert(id) } }
        }
        return nil
    }

    /// Whether the term has a value of its own, and does not get it from the group's variable.
    private func isComputed(_ term: CoreTerm, after seen: Set<VarID>) -> Bool {
        switch term {
        case .local(let id), .ref(.local(let id), _): seen.contains(id) || operands[id] != nil
        case .ref(.input, _), .ref(.data, _): true
        default: false
        }
    }

    /// The other side of `variable == term`, in whatever spelling.
    private static func equated(with variable: VarID, by expr: CoreExpr) -> CoreTerm? {
        let sides: (CoreTerm, CoreTerm)
        switch expr.kind {
        case .unify(let left, let right): sides = (left, right)
        case .call(.builtin("equal"), let arguments, nil) where arguments.count == 2: sides = (arguments[0], arguments[1])
        default: return nil
        }
        if case .local(variable) = sides.0 { return sides.1 }
        if case .local(variable) = sides.1 { return sides.0 }
        return nil
    }

    /// Whether it does not matter how often the expression is evaluated.
    private func hasNoEffect(_ expr: CoreExpr) -> Bool {
        switch expr.kind {
        case .unify, .test: true
        case .call(.builtin(let name), _, _):
            planner.compilation.builtins[name].map { !$0.isNondeterministic && $0.result != nil } ?? false
        case .call(.function, _, _): true
        case .not(let body): body.exprs.allSatisfy { hasNoEffect($0) }
        case .either, .every, .with, .invalid: false
        }
    }
}
