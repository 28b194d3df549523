import Diagnostics
import Documents
import RegoSyntax

/// Puts the expressions of a body in an order in which every variable is bound before it is needed, and reports the
/// variables for which there is none (OPA's `CheckSafety` and body reordering).
struct Ordering {
    let locals: LocalScope
    let report: (VarID) -> Void
    /// Reports a variable that a template string uses and nothing declares.
    let reportUndeclared: (VarID) -> Void

    /// Orders `body` in place; returns the variables bound after it.
    /// - Parameters:
    ///   - bound: variables bound before it.
    ///   - visible: variables of the enclosing bodies, which closures of this body capture.
    func order(_ body: inout CoreBody, bound: Set<VarID>, visible: Set<VarID>) -> Set<VarID> {
        var bound = bound
        var visible = visible
        body.forEachVar { id, inClosure in if !inClosure { visible.insert(id) } }
        var rest = body.exprs
        var ordered: [CoreExpr] = []
        while !rest.isEmpty {
            let before = ordered.count
            rest.removeAll { expr in
                var next = bound
                guard Binding(visible: visible, isNamed: locals.isNamed).run(expr, &next) else { return false }
                orderNested(expr, bound: bound, after: next, visible: visible)
                bound = next
                ordered.append(expr)
                return true
            }
            if ordered.count == before { reportBlocked(&rest, &ordered, &bound, visible) }
        }
        body.exprs = ordered
        return bound
    }

    /// Reports what the first blocked expression lacks, then goes on as if it were bound.
    private func reportBlocked(
        _ rest: inout [CoreExpr], _ ordered: inout [CoreExpr], _ bound: inout Set<VarID>, _ visible: Set<VarID>
    ) {
        let produced: [Set<VarID>] = rest.map { Binding(visible: visible, isNamed: locals.isNamed).outputs($0) }
        let wanted = rest.map { needed($0, visible).filter { !bound.contains($0) } }
        // What no expression gives; else what those give each other only: `x := y` lacks y, not x.
        var victim = 0, missing: [VarID] = []
        func look(_ isMissing: (VarID, Int) -> Bool) {
            for index in rest.indices where missing.isEmpty {
                missing = wanted[index].filter { locals.isNamed($0) && isMissing($0, index) }
                victim = index
            }
        }
        look { id, _ in !produced.contains { $0.contains(id) } }
        look { !produced[$1].contains($0) }
        look { id, _ in locals.isImplicit(id) }
        look { _, _ in true }
        var reported = Set<VarID>()
        for id in missing where reported.insert(id).inserted { report(id) }
        needed(rest[victim], visible).forEach { bound.insert($0) }
        let expr = rest.remove(at: victim)
        orderNested(expr, bound: bound, after: bound, visible: visible)
        ordered.append(expr)
    }

    private func needed(_ expr: CoreExpr, _ visible: Set<VarID>) -> [VarID] {
        var result: [VarID] = []
        expr.forEachVar { id, inClosure in if !inClosure || visible.contains(id) { result.append(id) } }
        return result
    }

    /// Orders the bodies inside an expression that runs with `bound`.
    private func orderNested(_ expr: CoreExpr, bound: Set<VarID>, after: Set<VarID>, visible: Set<VarID>) {
        switch expr.kind {
        case .unify(let left, let right):
            orderClosures(left, after, visible)
            orderClosures(right, after, visible)
        case .call(_, let arguments, let output):
            for argument in arguments { orderClosures(argument, after, visible) }
            if let output { orderClosures(output, after, visible) }
        case .test(let term): orderClosures(term, after, visible)
        case .not(var body):
            _ = order(&body, bound: bound, visible: visible)
            expr.kind = .not(body)
        case .either(var left, var right):
            _ = order(&left, bound: bound, visible: visible)
            _ = order(&right, bound: bound, visible: visible)
            expr.kind = .either(left, right)
        case .every(let key, let value, let domain, var body):
            orderClosures(domain, after, visible)
            let own = Set([value] + (key.map { [$0] } ?? []))
            _ = order(&body, bound: after.union(own), visible: visible.union(own))
            expr.kind = .every(key: key, value: value, domain: domain, body: body)
        case .with(let modifiers, var body):
            for modifier in modifiers { orderClosures(modifier.value, bound, visible) }
            _ = order(&body, bound: bound, visible: visible)
            expr.kind = .with(modifiers, body)
        case .invalid: break
        }
    }

    /// Whether an operand of `print` or an expression of a template string has variables of its own, which are reported.
    private func declaresVar(_ part: CoreComprehension, _ visible: Set<VarID>) -> Bool {
        var own: [VarID] = []
        part.body.forEachVar { id, inClosure in
            if !inClosure, !visible.contains(id), !locals.variables[id].name.isEmpty { own.append(id) }
        }
        own.forEach(reportUndeclared)
        return !own.isEmpty
    }

    private func orderClosures(_ term: CoreTerm, _ bound: Set<VarID>, _ visible: Set<VarID>) {
        switch term {
        case .constant, .local: break
        case .ref(let head, let path):
            if case .term(let inner) = head { orderClosures(inner, bound, visible) }
            for part in path { orderClosures(part, bound, visible) }
        case .array(let terms), .set(let terms): for part in terms { orderClosures(part, bound, visible) }
        case .object(let entries):
            for entry in entries {
                orderClosures(entry.key, bound, visible)
                orderClosures(entry.value, bound, visible)
            }
        case .comprehension(let comprehension) where comprehension.bringsNoVariables && declaresVar(comprehension, visible): break
        case .comprehension(let comprehension):
            let after = order(&comprehension.body, bound: bound, visible: visible)
            for head in [comprehension.key, comprehension.head].compactMap({ $0 }) {
                head.forEachVar { id, _ in if !after.contains(id), !visible.contains(id) { report(id) } }
            }
        }
    }
}

/// Which variables an expression needs and binds.
struct Binding {
    let visible: Set<VarID>
    let isNamed: (VarID) -> Bool

    /// Whether `expr` can run with `bound`; adds what it binds.
    func run(_ expr: CoreExpr, _ bound: inout Set<VarID>) -> Bool {
        switch expr.kind {
        case .unify(let left, let right) where expr.isComparison: return compare(left, right, &bound)
        case .unify(let left, let right) where expr.isAssignment:
            var trial = bound
            return evaluate(right, &trial) && unify(left, right, &bound)
        case .unify(let left, let right) where expr.bindsLeftOnly:
            return capturesBound(bound, { right.forEachVar($0) }) && match(left, &bound)
        case .unify(let left, let right): return unify(left, right, &bound)
        case .call(_, let arguments, let output):
            return arguments.allSatisfy { evaluate($0, &bound) } && (output.map { match($0, &bound) } ?? true)
        case .test(let term): return evaluate(term, &bound)
        case .not(let body):
            return capturesBound(expr.isLogical ? bound.union(made(in: body)) : bound) { expr.forEachVar($0) }
        case .either(let left, let right):
            return capturesBound(bound.union(made(in: left)).union(made(in: right))) { expr.forEachVar($0) }
        case .every(_, _, let domain, let body):
            var after = bound
            guard evaluate(domain, &after), capturesBound(after, { body.forEachVar(inClosure: true, $0) }) else {
                return false
            }
            bound = after
            return true
        case .with(let modifiers, let body):
            guard modifiers.allSatisfy({ evaluate($0.value, &bound) }) else { return false }
            var rest = body.exprs
            while !rest.isEmpty {
                let before = rest.count
                rest.removeAll { run($0, &bound) }
                if rest.count == before { return false }
            }
            return true
        case .invalid(let vars):
            bound.formUnion(vars)
            return true
        }
    }

    /// The variables that lowering made for the operand of an `and`, `or` or improved `not`, which gives them their values.
    private func made(in body: CoreBody) -> Set<VarID> {
        body.exprs.reduce(into: []) { result, expr in
            result.formUnion(outputs(expr).filter { !isNamed($0) })
            if case .not(let inner) = expr.kind, expr.isLogical { result.formUnion(made(in: inner)) }
            if case .either(let left, let right) = expr.kind { result.formUnion(made(in: left).union(made(in: right))) }
        }
    }

    /// What the expression might bind if all it needs were bound.
    func outputs(_ expr: CoreExpr) -> Set<VarID> {
        var result = Set<VarID>()
        switch expr.kind {
        case .unify(let left, let right):
            for (term, gives) in [(left, !expr.isComparison), (right, !expr.isComparison && !expr.isAssignment)] {
                if gives {
                    collectPattern(term, &result)
                } else if case .ref(_, let path) = term {
                    for part in path { collectPattern(part, &result) }
                }
                if expr.bindsLeftOnly { break }
            }
        case .call(_, _, let output): if let output { collectPattern(output, &result) }
        case .test(let term): collectPattern(term, &result)
        case .with(_, let body): for inner in body.exprs { result.formUnion(outputs(inner)) }
        case .not, .either, .every, .invalid: break
        }
        return result
    }

    private func collectPattern(_ term: CoreTerm, _ result: inout Set<VarID>) {
        switch term {
        case .local(let id): result.insert(id)
        case .array(let terms): for inner in terms { collectPattern(inner, &result) }
        case .object(let entries): for entry in entries { collectPattern(entry.value, &result) }
        case .ref(_, let path): for part in path { collectPattern(part, &result) }
        case .constant, .set, .comprehension: break
        }
    }

    /// Whether all variables are bound, of those inside closures the ones that enclosing bodies know.
    private func capturesBound(_ bound: Set<VarID>, _ forEach: ((VarID, Bool) -> Void) -> Void) -> Bool {
        var isBound = true
        forEach { id, inClosure in
            if !bound.contains(id), !inClosure || visible.contains(id) { isBound = false }
        }
        return isBound
    }

    func evaluate(_ term: CoreTerm, _ bound: inout Set<VarID>) -> Bool {
        switch term {
        case .constant: return true
        case .local(let id): return bound.contains(id)
        case .array(let terms), .set(let terms): return terms.allSatisfy { evaluate($0, &bound) }
        case .object(let entries):
            return entries.allSatisfy { evaluate($0.key, &bound) && evaluate($0.value, &bound) }
        case .ref(let head, let path):
            switch head {
            case .input, .data: break
            case .local(let id): if !bound.contains(id) { return false }
            case .term(let inner): if !evaluate(inner, &bound) { return false }
            }
            return path.allSatisfy { match($0, &bound) }
        case .comprehension(let comprehension):
            return capturesBound(bound) { CoreTerm.comprehension(comprehension).forEachVar($0) }
        }
    }

    func match(_ pattern: CoreTerm, _ bound: inout Set<VarID>) -> Bool {
        switch pattern {
        case .local(let id):
            bound.insert(id)
            return true
        case .array(let terms): return terms.allSatisfy { match($0, &bound) }
        case .object(let entries):
            return entries.allSatisfy { evaluate($0.key, &bound) && match($0.value, &bound) }
        case .constant, .ref, .set, .comprehension: return evaluate(pattern, &bound)
        }
    }

    /// Whether both sides have values, keys of references in one being variables of the other at times.
    private func compare(_ left: CoreTerm, _ right: CoreTerm, _ bound: inout Set<VarID>) -> Bool {
        for (first, second) in [(left, right), (right, left)] {
            var trial = bound
            if evaluate(first, &trial), evaluate(second, &trial) {
                bound = trial
                return true
            }
        }
        return false
    }

    func unify(_ left: CoreTerm, _ right: CoreTerm, _ bound: inout Set<VarID>) -> Bool {
        var trial = bound
        if CoreTerm.haveDifferentShapes(left, right) || CoreTerm.isUnreadable(left, right) {
            return evaluate(left, &bound) && evaluate(right, &bound)
        }
        if evaluate(left, &trial), match(right, &trial) {
            bound = trial
            return true
        }
        trial = bound
        if evaluate(right, &trial), match(left, &trial) {
            bound = trial
            return true
        }
        guard let pairs = CoreTerm.pairs(left, right) else { return false }
        trial = bound
        var rest = pairs
        while !rest.isEmpty {
            let before = rest.count
            rest.removeAll { unify($0.0, $0.1, &trial) }
            if rest.count == before { return false }
        }
        bound = trial
        return true
    }
}

extension CoreTerm {
    /// Whether two composites can never be equal, so that unifying them binds nothing (OPA's `unify`).
    static func haveDifferentShapes(_ left: CoreTerm, _ right: CoreTerm) -> Bool {
        guard let a = left.shape, let b = right.shape else { return false }
        return a != b
    }

    /// Whether one side is an object as written and the other a comprehension, of which OPA reads no variables.
    static func isUnreadable(_ left: CoreTerm, _ right: CoreTerm) -> Bool {
        switch (left, right) {
        case (.object, .comprehension), (.comprehension, .object): true
        default: false
        }
    }

    /// Kind and size of an array or object, kind alone of a scalar; nil for what is known only at evaluation.
    private var shape: (kind: Value.Kind, count: Int)? {
        switch self {
        case .array(let terms): (.array, terms.count)
        case .object(let entries): (.object, entries.count)
        case .constant(let value): (value.kind, value.kind == .array || value.kind == .object ? value.count : 0)
        case .local, .ref, .set, .comprehension: nil
        }
    }

    /// The parts of two composites that must be equal one by one; nil when they are not of one shape.
    static func pairs(_ left: CoreTerm, _ right: CoreTerm) -> [(CoreTerm, CoreTerm)]? {
        switch (left, right) {
        case (.array(let a), .array(let b)) where a.count == b.count: return Array(zip(a, b))
        case (.object(let a), .object(let b)) where a.count == b.count:
            var result: [(CoreTerm, CoreTerm)] = []
            for entry in a {
                guard case .constant(let key) = entry.key,
                    let other = b.first(where: { if case .constant(key) = $0.key { true } else { false } })
                else { return nil }
                result.append((entry.value, other.value))
            }
            return result
        case (.array(let a), .constant(let b)) where b.kind == .array && a.count == b.count:
            return zip(a, b.elements).map { ($0, .constant($1)) }
        case (.constant, .array): return pairs(right, left)?.map { ($1, $0) }
        default: return nil
        }
    }
}
