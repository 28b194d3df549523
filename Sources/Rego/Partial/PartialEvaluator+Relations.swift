import RegoRuntime

/// Relations such as `walk`: the compiler has them give all tuples, Rego has a statement hold for each tuple.
extension PartialEvaluator {
    func isRelation(_ name: String) -> Bool { compilation.builtins[name]?.isRelation == true }

    /// A body in which what takes a tuple from a relation's result is the call itself, with the tuple as its last operand.
    func withRelations(_ body: [PartialExpr]) -> [PartialExpr] {
        let exprs = body.map { expr in
            guard case .every(let key, let value, let domain, let body) = expr.kind else { return expr }
            var expr = expr
            expr.kind = .every(key: key, value: value, domain: domain, body: withRelations(body))
            return expr
        }
        var relations: [ResidualVar: (name: String, arguments: [PartialTerm])] = [:]
        for expr in exprs {
            if case .call(let name, let arguments, .some(.variable(let tuples))) = expr.kind, isRelation(name) {
                relations[tuples] = (name, arguments)
            }
        }
        if relations.isEmpty { return exprs }
        let called = exprs.map { expr in
            rewritten(expr) { tuples, tuple in
                relations[tuples].map { PartialExpr.Kind.call($0.name, $0.arguments, output: tuple) }
            }
        }
        return called.filter { expr in
            guard case .call(_, _, .some(.variable(let tuples))) = expr.kind, relations[tuples] != nil else { return true }
            return called.contains { other in
                var mentions = 0
                other.forEachVar { if $0 == tuples { mentions += 1 } }
                if case .call(_, _, .some(.variable(tuples))) = other.kind { mentions -= 1 }
                return mentions > 0
            }
        }
    }

    private func rewritten(
        _ expr: PartialExpr, _ call: (ResidualVar, PartialTerm?) -> PartialExpr.Kind?
    ) -> PartialExpr {
        var result = expr
        switch expr.kind {
        case .unify(let tuple, .ref(.variable(let tuples), let path)) where path.count == 1,
            .unify(.ref(.variable(let tuples), let path), let tuple) where path.count == 1:
            result.kind = call(tuples, tuple) ?? expr.kind
        case .call("internal.member_2", let sides, nil):
            if case .variable(let tuples)? = sides.last { result.kind = call(tuples, sides[0]) ?? expr.kind }
        case .test(.ref(.variable(let tuples), let path)) where path.count == 1:
            result.kind = call(tuples, nil) ?? expr.kind
        case .not(let body): result.kind = .not(body.map { rewritten($0, call) })
        case .either(let left, let right):
            result.kind = .either(left.map { rewritten($0, call) }, right.map { rewritten($0, call) })
        case .every(let key, let value, let domain, let body):
            result.kind = .every(key: key, value: value, domain: domain, body: body.map { rewritten($0, call) })
        case .unify, .call, .test, .some: break
        }
        return result
    }
}
