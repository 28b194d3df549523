import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// Evaluates what does not depend on unknown documents and keeps the rest, as OPA's partial evaluation does: rules are
/// put in place of their references, known collections are iterated, each way through is a query of its own.
final class PartialEvaluator {
    /// The variables of one body.
    struct Frame {
        let locals: LocalScope
        var terms: [VarID: PartialTerm] = [:]
        let depth: Int
    }

    typealias Continuation = (Frame, PartialState) throws(EvaluationFault) -> Void

    let compilation: Compilation
    let context: EvaluationContext
    let input: Value
    let data: Value
    /// Paths from `input` or `data`, that word included.
    let unknowns: [[String]]
    var arena: Arena { context.arena }
    /// The names of variables, and whether the caller asked for them.
    private(set) var variables: [(name: String, isLive: Bool)] = []
    /// Rules that stand below `data.partial`, by path.
    var support: [[String]: [SupportRule]] = [:]
    private var steps = 0
    /// Expressions and terms that wait for those after them; each is some frames of the stack.
    private var waiting = 0
    private static let waitingLimit = 600
    private static let stepLimit = 2_000_000
    private static let depthLimit = 200

    init(_ compilation: Compilation, input: Value, data: Value, unknowns: [[String]], context: EvaluationContext) {
        (self.compilation, self.input, self.data) = (compilation, input, data)
        (self.unknowns, self.context) = (unknowns, context)
    }

    func makeVariable(_ name: String, isLive: Bool = false) -> ResidualVar {
        variables.append((name, isLive))
        return variables.count - 1
    }

    func count(depth: Int = 0) throws(EvaluationFault) {
        steps += 1
        if steps > Self.stepLimit || depth > Self.depthLimit || !context.spend(50) {
            throw EvaluationFault(code: "eval_cancel_error", message: "partial evaluation takes too many steps")
        }
    }

    /// Does what comes after an expression or term, unless too many wait already.
    func nested(_ body: () throws(EvaluationFault) -> Void) throws(EvaluationFault) {
        waiting += 1
        defer { waiting -= 1 }
        if waiting > Self.waitingLimit {
            throw EvaluationFault(code: "eval_cancel_error", message: "the query is too long for partial evaluation")
        }
        try body()
    }

    /// Whether a document is unknown: it lies below an unknown one or holds one.
    func isUnknown(_ path: [String]) -> Bool {
        unknowns.contains { $0.starts(with: path) || path.starts(with: $0) }
    }

    // MARK: Bodies

    func run(
        _ exprs: ArraySlice<CoreExpr>, _ frame: Frame, _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        guard let expr = exprs.first else { return try then(frame, state) }
        try count(depth: frame.depth)
        let rest = exprs.dropFirst()
        try nested { () throws(EvaluationFault) in
            try step(expr, frame, state) { (frame, state) throws(EvaluationFault) in
                try self.run(rest, frame, state, then)
            }
        }
    }

    private func step(
        _ expr: CoreExpr, _ frame: Frame, _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        switch expr.kind {
        case .unify(let left, let right): try unify(left, right, frame, state, then)
        case .test(let term): try test(term, frame, state, then)
        case .call(let callee, let arguments, let output): try call(callee, arguments, output, frame, state, then)
        case .not(let body): try negate(body, frame, state, then)
        case .either(let left, let right):
            var holds = false
            for side in [left, right] where !holds {
                let before = state.saved.count
                try run(side.exprs[...], frame, state) { (_, inner) throws(EvaluationFault) in
                    if inner.saved.count == before { holds = true }
                    try then(frame, inner)
                }
            }
        case .every(let key, let value, let domain, let body):
            try every(key, value, domain, body, frame, state, then)
        case .with(let modifiers, let body): try with(modifiers, body, frame, state, then)
        case .invalid: break
        }
    }

    // MARK: Unification

    /// What a resolved term was: evaluated rules stand first in what is saved, as OPA has it.
    enum Origin { case written, rule, base }

    private func unify(
        _ left: CoreTerm, _ right: CoreTerm, _ frame: Frame, _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        try resolve(left, expecting: right, frame, state) { (first, origin, frame, state) throws(EvaluationFault) in
            try self.resolve(right, expecting: left, frame, state) { (second, other, frame, state) throws(EvaluationFault) in
                var (first, second) = (first, second)
                if other == .rule && origin == .written || origin == .base && other == .written { swap(&first, &second) }
                var state = state
                if self.unify(first, second, &state) { try then(frame, state) }
            }
        }
    }

    /// Makes two terms equal, or saves that they must be; false when they cannot be.
    func unify(_ left: PartialTerm, _ right: PartialTerm, _ state: inout PartialState) -> Bool {
        let (left, right) = (state.resolved(left), state.resolved(right))
        switch (left, right) {
        case (.variable(let a), .variable(let b)):
            if a == b { return true }
            // The caller's variables stay.
            if variables[b].isLive, !variables[a].isLive { state.bindings[a] = right } else { state.bindings[b] = left }
            if variables[a].isLive, variables[b].isLive {
                state.bindings[b] = nil
                state.saved.append(PartialExpr(.unify(left, right)))
            }
            return true
        case (.variable(let id), let term), (let term, .variable(let id)):
            switch term {
            case .ref, .call, .comprehension: state.saved.append(PartialExpr(.unify(left, right)))
            default:
                if occurs(id, in: term, state) { return false }
                state.bindings[id] = term
            }
            return true
        case (.value(let a), .value(let b)): return a == b
        case (.array(let a), .array(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { unify($0, $1, &state) }
        case (.array(let terms), .value(let value)), (.value(let value), .array(let terms)):
            guard value.kind == .array, value.count == terms.count else { return false }
            return zip(terms, value.elements).allSatisfy { unify($0, .value($1), &state) }
        case (.object(let entries), .value(let value)), (.value(let value), .object(let entries)):
            guard value.kind == .object, value.count == entries.count else { return false }
            return entries.allSatisfy { entry in
                guard let key = state.plugged(entry.key).known(in: arena) else {
                    state.saved.append(PartialExpr(.unify(left, right)))
                    return true
                }
                let member = value.member(key)
                return member.isDefined && unify(entry.value, .value(member), &state)
            }
        case (.object(let a), .object(let b)):
            guard a.count == b.count else { return false }
            return zip(sorted(a, state), sorted(b, state)).allSatisfy {
                unify($0.key, $1.key, &state) && unify($0.value, $1.value, &state)
            }
        case (.set, .array), (.set, .object), (.array, .set), (.object, .set), (.array, .object), (.object, .array): return false
        case (.set, .value(let value)), (.value(let value), .set):
            if value.kind != .set { return false }
            if let known = state.plugged(left).known(in: arena), let other = state.plugged(right).known(in: arena) {
                return known == other
            }
            state.saved.append(PartialExpr(.unify(left, right)))
            return true
        default:
            state.saved.append(PartialExpr(.unify(left, right)))
            return true
        }
    }

    private func sorted(
        _ entries: [(key: PartialTerm, value: PartialTerm)], _ state: PartialState
    ) -> [(key: PartialTerm, value: PartialTerm)] {
        entries.sorted { left, right in
            guard let a = state.plugged(left.key).known(in: arena), let b = state.plugged(right.key).known(in: arena) else {
                return false
            }
            return ValueOrder.compare(a, b) < 0
        }
    }

    private func occurs(_ id: ResidualVar, in term: PartialTerm, _ state: PartialState) -> Bool {
        var found = false
        state.plugged(term).forEachVar { if $0 == id { found = true } }
        return found
    }

    // MARK: Tests

    private func test(
        _ term: CoreTerm, _ frame: Frame, _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        try resolve(term, expecting: nil, frame, state) { (result, _, frame, state) throws(EvaluationFault) in
            let plugged = state.plugged(result)
            if let value = plugged.known(in: self.arena) {
                if !value.isFalse { try then(frame, state) }
                return
            }
            switch plugged {
            case .array, .set, .object, .comprehension: try then(frame, state)
            default:
                var state = state
                state.saved.append(PartialExpr(.test(plugged)))
                try then(frame, state)
            }
        }
    }

    // MARK: Negation, every, with

    private func negate(
        _ body: CoreBody, _ frame: Frame, _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        let alternatives = try solutions(of: body, frame, state)
        if alternatives.isEmpty { return try then(frame, state) }
        if alternatives.contains(where: \.isEmpty) { return }
        // None of the alternatives may hold: each way to pick one expression of each that does not.
        let choices = alternatives.reduce(1) { min($0 * $1.count, 1000) }
        let outer = variablesInUse(state, frame)
        let isPlain = alternatives.joined().allSatisfy { expr in
            var isClosed = true
            expr.forEachVar { if !outer.contains($0) { isClosed = false } }
            return isClosed && expr.modifiers.isEmpty
        }
        guard choices <= 16, isPlain || alternatives.allSatisfy({ $0.count == 1 }) else {
            var state = state
            for alternative in alternatives { state.saved.append(PartialExpr(.not(alternative))) }
            return try then(frame, state)
        }
        try pick(alternatives[...], frame, state, then)
    }

    private func pick(
        _ alternatives: ArraySlice<[PartialExpr]>, _ frame: Frame, _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        guard let first = alternatives.first else { return try then(frame, state) }
        for expr in first {
            var state = state
            if case .not(let inner) = expr.kind { state.saved += inner } else { state.saved.append(PartialExpr(.not([expr]))) }
            try pick(alternatives.dropFirst(), frame, state, then)
        }
    }

    /// What is left of a body that only asks whether something holds; nothing is left of one that does.
    private func solutions(
        of body: CoreBody, _ frame: Frame, _ state: PartialState
    ) throws(EvaluationFault) -> [[PartialExpr]] {
        var found: [[PartialExpr]] = []
        let count = state.saved.count
        try run(body.exprs[...], frame, state) { (_, inner) throws(EvaluationFault) in
            found.append(
                ResidualSimplifier(self, bindings: inner).simplified(
                    Array(inner.saved[count...]), keeping: self.variablesInUse(state, frame)))
        }
        return found
    }

    func variablesInUse(_ state: PartialState, _ frame: Frame) -> Set<ResidualVar> {
        var used = Set<ResidualVar>()
        for expr in state.saved { state.plugged(expr).forEachVar { used.insert($0) } }
        for term in frame.terms.values { state.plugged(term).forEachVar { used.insert($0) } }
        return used
    }

    private func every(
        _ key: VarID?, _ value: VarID, _ domain: CoreTerm, _ body: CoreBody, _ frame: Frame, _ state: PartialState,
        _ then: Continuation
    ) throws(EvaluationFault) {
        try resolve(domain, expecting: nil, frame, state) { (collection, _, frame, state) throws(EvaluationFault) in
            let whole = state.plugged(collection).known(in: self.arena)
            guard let known = whole, !known.isCollection || known.count <= 100 else {
                var inner = frame
                let names = (
                    key.map { self.makeVariable(frame.locals.variables[$0].name) },
                    self.makeVariable(frame.locals.variables[value].name)
                )
                if let key, let name = names.0 { inner.terms[key] = .variable(name) }
                inner.terms[value] = .variable(names.1)
                var state = state
                let written = try self.written(body, inner, state)
                state.saved.append(
                    PartialExpr(.every(key: names.0, value: names.1, domain: state.plugged(collection), body: written)))
                return try then(frame, state)
            }
            guard known.isCollection else { return }
            let keys =
                known.kind == .array
                ? (0..<known.count).map { Value.int(Int64($0)) } : Array(known.kind == .set ? known.elements : known.keys)
            let values = known.kind == .object ? Array(known.values) : Array(known.elements)
            try self.all(Array(zip(keys, values))[...], key, value, body, frame, state, then)
        }
    }

    private func all(
        _ pairs: ArraySlice<(Value, Value)>, _ key: VarID?, _ value: VarID, _ body: CoreBody, _ frame: Frame,
        _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        guard let first = pairs.first else { return try then(frame, state) }
        var inner = frame
        if let key { inner.terms[key] = .value(first.0) }
        inner.terms[value] = .value(first.1)
        let count = state.saved.count
        var isDone = false
        try run(body.exprs[...], inner, state) { (_, state) throws(EvaluationFault) in
            if isDone { return }
            if state.saved.count == count { isDone = true }
            try self.all(pairs.dropFirst(), key, value, body, frame, state, then)
        }
    }

    /// An expression with modifiers is kept as it is: what they replace is not known before they are in force.
    private func with(
        _ modifiers: [CoreWith], _ body: CoreBody, _ frame: Frame, _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        var (frame, state) = (frame, state)
        var exprs = try written(body, &frame, state)
        let values = try modifierTerms(modifiers, &frame, state)
        for index in exprs.indices { exprs[index].modifiers += values }
        state.saved += exprs
        try then(frame, state)
    }
}
