import Documents
import RegoRuntime

/// A variable of a residual query, by number in its evaluation.
typealias ResidualVar = Int

/// A term of which parts may be unknown.
indirect enum PartialTerm {
    case value(Value)
    case variable(ResidualVar)
    case ref(PartialHead, [PartialTerm])
    case array([PartialTerm])
    case set([PartialTerm])
    case object([(key: PartialTerm, value: PartialTerm)])
    /// The call of a builtin or function with its arguments.
    case call(String, [PartialTerm])
    case comprehension(CoreComprehension.Kind, key: PartialTerm?, head: PartialTerm, body: [PartialExpr])

    /// Calls `visit` for each variable in it.
    func forEachVar(_ visit: (ResidualVar) -> Void) {
        switch self {
        case .value: break
        case .variable(let id): visit(id)
        case .ref(let head, let path):
            switch head {
            case .variable(let id): visit(id)
            case .term(let term): term.forEachVar(visit)
            case .input, .data: break
            }
            for term in path { term.forEachVar(visit) }
        case .array(let terms), .set(let terms), .call(_, let terms): for term in terms { term.forEachVar(visit) }
        case .object(let entries):
            for entry in entries {
                entry.key.forEachVar(visit)
                entry.value.forEachVar(visit)
            }
        case .comprehension(_, let key, let head, let body):
            key?.forEachVar(visit)
            head.forEachVar(visit)
            for expr in body { expr.forEachVar(visit) }
        }
    }

    /// The term with variables replaced.
    func mapVars(_ replacement: (ResidualVar) -> PartialTerm?) -> PartialTerm {
        switch self {
        case .value: return self
        case .variable(let id): return replacement(id) ?? self
        case .ref(let head, let path):
            let path = path.map { $0.mapVars(replacement) }
            switch head {
            case .input, .data: return .ref(head, path)
            case .variable(let id):
                guard let new = replacement(id) else { return .ref(head, path) }
                switch new {
                case .variable(let other): return .ref(.variable(other), path)
                case .ref(let inner, let prefix): return .ref(inner, prefix + path)
                default: return .ref(.term(new), path)
                }
            case .term(let term): return .ref(.term(term.mapVars(replacement)), path)
            }
        case .array(let terms): return .array(terms.map { $0.mapVars(replacement) })
        case .set(let terms): return .set(terms.map { $0.mapVars(replacement) })
        case .call(let name, let terms): return .call(name, terms.map { $0.mapVars(replacement) })
        case .object(let entries):
            return .object(entries.map { ($0.key.mapVars(replacement), $0.value.mapVars(replacement)) })
        case .comprehension(let kind, let key, let head, let body):
            return .comprehension(
                kind, key: key?.mapVars(replacement), head: head.mapVars(replacement),
                body: body.map { $0.mapVars(replacement) })
        }
    }

    /// The value, when no part is unknown.
    func known(in arena: Arena) -> Value? {
        func all(_ terms: [PartialTerm]) -> [Value]? {
            var values: [Value] = []
            for term in terms {
                guard let value = term.known(in: arena) else { return nil }
                values.append(value)
            }
            return values
        }
        switch self {
        case .value(let value): return value
        case .array(let terms): return all(terms).map { arena.array($0) }
        case .set(let terms): return all(terms).map { arena.set($0) }
        case .object(let entries):
            guard let keys = all(entries.map(\.key)), let values = all(entries.map(\.value)) else { return nil }
            return arena.object(zip(keys, values).map { ObjectEntry(key: $0, value: $1) })
        case .variable, .ref, .call, .comprehension: return nil
        }
    }
}

enum PartialHead {
    case input
    case data
    case variable(ResidualVar)
    case term(PartialTerm)
}

/// One expression of a residual query.
struct PartialExpr {
    indirect enum Kind {
        case unify(PartialTerm, PartialTerm)
        /// A call whose result must be true, or is unified with the output.
        case call(String, [PartialTerm], output: PartialTerm?)
        case test(PartialTerm)
        case not([PartialExpr])
        case either([PartialExpr], [PartialExpr])
        case every(key: ResidualVar?, value: ResidualVar, domain: PartialTerm, body: [PartialExpr])
        case some([ResidualVar])
    }
    var kind: Kind
    /// What `with` replaces, as written, and by what.
    var modifiers: [(target: String, value: PartialTerm)] = []

    init(_ kind: Kind) { self.kind = kind }

    func forEachVar(_ visit: (ResidualVar) -> Void) {
        switch kind {
        case .unify(let left, let right):
            left.forEachVar(visit)
            right.forEachVar(visit)
        case .call(_, let arguments, let output):
            for term in arguments { term.forEachVar(visit) }
            output?.forEachVar(visit)
        case .test(let term): term.forEachVar(visit)
        case .not(let body): for expr in body { expr.forEachVar(visit) }
        case .either(let left, let right): for expr in left + right { expr.forEachVar(visit) }
        case .every(let key, let value, let domain, let body):
            if let key { visit(key) }
            visit(value)
            domain.forEachVar(visit)
            for expr in body { expr.forEachVar(visit) }
        case .some(let ids): ids.forEach(visit)
        }
        for modifier in modifiers { modifier.value.forEachVar(visit) }
    }

    func mapVars(_ replacement: (ResidualVar) -> PartialTerm?) -> PartialExpr {
        var result = self
        switch kind {
        case .unify(let left, let right): result.kind = .unify(left.mapVars(replacement), right.mapVars(replacement))
        case .call(let name, let arguments, let output):
            result.kind = .call(name, arguments.map { $0.mapVars(replacement) }, output: output?.mapVars(replacement))
        case .test(let term): result.kind = .test(term.mapVars(replacement))
        case .not(let body): result.kind = .not(body.map { $0.mapVars(replacement) })
        case .either(let left, let right):
            result.kind = .either(left.map { $0.mapVars(replacement) }, right.map { $0.mapVars(replacement) })
        case .every(let key, let value, let domain, let body):
            result.kind = .every(
                key: key, value: value, domain: domain.mapVars(replacement), body: body.map { $0.mapVars(replacement) })
        case .some: break
        }
        result.modifiers = modifiers.map { ($0.target, $0.value.mapVars(replacement)) }
        return result
    }
}

/// What one way through a query has come to.
struct PartialState {
    /// Variables that have a value, or are another variable.
    var bindings: [ResidualVar: PartialTerm] = [:]
    /// What is left to evaluate.
    var saved: [PartialExpr] = []

    /// A term with what is known of its variables put in.
    func plugged(_ term: PartialTerm) -> PartialTerm {
        if bindings.isEmpty { return term }
        return term.mapVars { id in bindings[id].map(plugged) }
    }

    func plugged(_ expr: PartialExpr) -> PartialExpr { expr.mapVars { id in bindings[id].map(plugged) } }

    /// The term behind a variable, as far as it leads.
    func resolved(_ term: PartialTerm) -> PartialTerm {
        var term = term
        while case .variable(let id) = term, let next = bindings[id] { term = next }
        return term
    }
}
