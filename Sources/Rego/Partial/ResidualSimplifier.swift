import Documents

/// Puts what variables stand for in their place (OPA's copy propagation): `x = input.a; x.b > 1` becomes
/// `input.a.b > 1`. Variables that the caller keeps stay.
struct ResidualSimplifier {
    private let evaluator: PartialEvaluator
    private let state: PartialState

    init(_ evaluator: PartialEvaluator, bindings state: PartialState) {
        self.evaluator = evaluator
        self.state = state
    }

    /// - Parameter values: what the caller's variables are; put after what was saved, and kept.
    func simplified(
        _ saved: [PartialExpr], and values: [PartialExpr] = [], keeping live: Set<ResidualVar>
    ) -> [PartialExpr] {
        var removed: [(id: ResidualVar, term: PartialTerm)] = []
        var meanings: [ResidualVar: PartialTerm] = [:]
        var kept: [PartialExpr] = []
        for expr in evaluator.withRelations(saved.map(state.plugged)) {
            let expr = expr.mapVars { meanings[$0] }
            if isTrivial(expr) { continue }
            guard expr.modifiers.isEmpty, let (id, term) = definition(expr, live), meanings[id] == nil, !mentions(term, id) else {
                kept.append(expr)
                continue
            }
            meanings[id] = term
            removed.append((id, term))
            // What was saved before may use the variable too.
            kept = kept.map { $0.mapVars { $0 == id ? term : nil } }
        }
        kept += values.map { $0.mapVars { meanings[$0] } }
        // A document that nothing uses any more must still be defined.
        var used: [PartialTerm] = []
        for (id, term) in removed {
            let full = term.mapVars { meanings[$0] }
            let isUsed = kept.contains { holds($0, full) } || used.contains { same($0, full) }
            if !isUsed {
                kept.append(PartialExpr(.unify(.variable(id), full)))
                used.append(full)
            }
        }
        return deduplicated(kept)
    }

    private func isTrivial(_ expr: PartialExpr) -> Bool {
        switch expr.kind {
        case .unify(let left, let right): same(left, right) && left.known(in: evaluator.arena) != nil
        case .test(let term): term.known(in: evaluator.arena).map { !$0.isFalse } ?? false
        default: false
        }
    }

    /// The variable that an expression only gives a name to something.
    private func definition(_ expr: PartialExpr, _ live: Set<ResidualVar>) -> (ResidualVar, PartialTerm)? {
        switch expr.kind {
        case .unify(.variable(let id), let term) where !live.contains(id) && isReplaceable(term): return (id, term)
        case .unify(let term, .variable(let id)) where !live.contains(id) && isReplaceable(term): return (id, term)
        case .call(let name, let arguments, .some(.variable(let id)))
        where !live.contains(id) && !evaluator.isRelation(name):
            return (id, .call(name, arguments))
        default: return nil
        }
    }

    private func isReplaceable(_ term: PartialTerm) -> Bool {
        switch term {
        case .ref, .call: true
        default: false
        }
    }

    private func mentions(_ term: PartialTerm, _ id: ResidualVar) -> Bool {
        var found = false
        term.forEachVar { if $0 == id { found = true } }
        return found
    }

    private func text(_ term: PartialTerm) -> String { ResidualText(evaluator).term(term) }

    private func same(_ left: PartialTerm, _ right: PartialTerm) -> Bool { text(left) == text(right) }

    private func holds(_ expr: PartialExpr, _ term: PartialTerm) -> Bool {
        ResidualText(evaluator).expr(expr).contains(text(term))
    }

    private func deduplicated(_ exprs: [PartialExpr]) -> [PartialExpr] {
        var seen = Set<String>()
        return exprs.filter { seen.insert(ResidualText(evaluator).expr($0)).inserted }
    }
}
