import Documents
import RegoRuntime

/// Terms and bodies as they are written, with what is known of their variables put in later: nothing is evaluated.
extension PartialEvaluator {
    func writtenTerm(_ term: CoreTerm, _ frame: inout Frame, _ state: PartialState) throws(EvaluationFault) -> PartialTerm {
        switch term {
        case .constant(let value): return .value(value)
        case .local(let id): return local(id, &frame)
        case .array(let terms): return .array(try written(terms, &frame, state))
        case .set(let terms): return .set(try written(terms, &frame, state))
        case .object(let entries):
            var pairs: [(key: PartialTerm, value: PartialTerm)] = []
            for entry in entries {
                let key = try writtenTerm(entry.key, &frame, state)
                pairs.append((key, try writtenTerm(entry.value, &frame, state)))
            }
            return .object(pairs)
        case .ref(let head, let path):
            let keys = try written(path, &frame, state)
            switch head {
            case .input: return .ref(.input, keys)
            case .data: return .ref(.data, keys)
            case .local(let id):
                guard case .variable(let variable) = local(id, &frame) else {
                    return .ref(.term(local(id, &frame)), keys)
                }
                return .ref(.variable(variable), keys)
            case .term(let inner): return .ref(.term(try writtenTerm(inner, &frame, state)), keys)
            }
        case .comprehension(let inner):
            let body = try written(inner.body, &frame, state)
            let key = try inner.key.map { term throws(EvaluationFault) in try writtenTerm(term, &frame, state) }
            return .comprehension(inner.kind, key: key, head: try writtenTerm(inner.head, &frame, state), body: body)
        }
    }

    private func written(
        _ terms: [CoreTerm], _ frame: inout Frame, _ state: PartialState
    ) throws(EvaluationFault) -> [PartialTerm] {
        var result: [PartialTerm] = []
        for term in terms { result.append(try writtenTerm(term, &frame, state)) }
        return result
    }

    func written(_ body: CoreBody, _ frame: Frame, _ state: PartialState) throws(EvaluationFault) -> [PartialExpr] {
        var frame = frame
        return try written(body, &frame, state)
    }

    func written(_ body: CoreBody, _ frame: inout Frame, _ state: PartialState) throws(EvaluationFault) -> [PartialExpr] {
        var result: [PartialExpr] = []
        for expr in body.exprs {
            try count(depth: frame.depth)
            result += try written(expr, &frame, state).map(state.plugged)
        }
        return result
    }

    private func written(
        _ expr: CoreExpr, _ frame: inout Frame, _ state: PartialState
    ) throws(EvaluationFault) -> [PartialExpr] {
        switch expr.kind {
        case .unify(let left, let right):
            let first = try writtenTerm(left, &frame, state)
            return [PartialExpr(.unify(first, try writtenTerm(right, &frame, state)))]
        case .test(let term): return [PartialExpr(.test(try writtenTerm(term, &frame, state)))]
        case .call(let callee, let arguments, let output):
            let terms = try written(arguments, &frame, state)
            let result = try output.map { term throws(EvaluationFault) in try writtenTerm(term, &frame, state) }
            switch callee {
            case .builtin("internal.print"): return []
            case .builtin(let name): return [PartialExpr(.call(name, terms, output: result))]
            case .function(let path):
                return [PartialExpr(.call("data." + path.joined(separator: "."), terms, output: result))]
            }
        case .not(let body): return [PartialExpr(.not(try written(body, &frame, state)))]
        case .either(let left, let right):
            let first = try written(left, &frame, state)
            return [PartialExpr(.either(first, try written(right, &frame, state)))]
        case .every(let key, let value, let domain, let body):
            let collection = try writtenTerm(domain, &frame, state)
            var names: [ResidualVar?] = []
            for id in [key, value] {
                guard let id else {
                    names.append(nil)
                    continue
                }
                let made = makeVariable(frame.locals.variables[id].name)
                frame.terms[id] = .variable(made)
                names.append(made)
            }
            let inner = try written(body, &frame, state)
            return [PartialExpr(.every(key: names[0], value: names[1] ?? 0, domain: collection, body: inner))]
        case .with(let modifiers, let body):
            var exprs = try written(body, &frame, state)
            let values = try modifierTerms(modifiers, &frame, state)
            for index in exprs.indices { exprs[index].modifiers += values }
            return exprs
        case .invalid: return []
        }
    }

    /// What `with` replaces, and by what.
    func modifierTerms(
        _ modifiers: [CoreWith], _ frame: inout Frame, _ state: PartialState
    ) throws(EvaluationFault) -> [(target: String, value: PartialTerm)] {
        var result: [(target: String, value: PartialTerm)] = []
        for modifier in modifiers {
            let target: [String] =
                switch modifier.target {
                case .input(let path): ["input"] + path
                case .data(let path), .function(let path): ["data"] + path
                case .builtin(let name): name.split(separator: ".").map(String.init)
                }
            let value: PartialTerm
            switch modifier.standIn {
            case .builtin(let name): value = .call(name, [])
            case .function(let path): value = .ref(.data, path.map { .value(arena.string($0)) })
            case nil: value = state.plugged(try writtenTerm(modifier.value, &frame, state))
            }
            result.append((ResidualText.path(target), value))
        }
        return result
    }
}
