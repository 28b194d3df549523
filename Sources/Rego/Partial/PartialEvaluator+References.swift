import Documents
import RegoRuntime

/// Terms and references.
extension PartialEvaluator {
    typealias TermContinuation = (PartialTerm, Origin, Frame, PartialState) throws(EvaluationFault) -> Void

    /// What a term is, each way it can be.
    /// - Parameter other: what it is compared with, if anything.
    func resolve(
        _ term: CoreTerm, expecting other: CoreTerm?, _ frame: Frame, _ state: PartialState, _ then: TermContinuation
    ) throws(EvaluationFault) {
        switch term {
        case .constant(let value): try then(.value(value), .written, frame, state)
        case .local(let id):
            var frame = frame
            let variable = local(id, &frame)
            try then(state.resolved(variable), .written, frame, state)
        case .array(let terms):
            try resolve(terms[...], [], frame, state) { (parts, frame, state) throws(EvaluationFault) in
                try then(.array(parts), .written, frame, state)
            }
        case .set(let terms):
            try resolve(terms[...], [], frame, state) { (parts, frame, state) throws(EvaluationFault) in
                try then(.set(parts), .written, frame, state)
            }
        case .object(let entries):
            let terms = entries.flatMap { [$0.key, $0.value] }
            try resolve(terms[...], [], frame, state) { (parts, frame, state) throws(EvaluationFault) in
                let pairs = stride(from: 0, to: parts.count, by: 2).map { (key: parts[$0], value: parts[$0 + 1]) }
                try then(.object(pairs), .written, frame, state)
            }
        case .comprehension(let inner):
            var frame = frame
            let result = try comprehension(inner, &frame, state)
            try then(result, .written, frame, state)
        case .ref(let head, let path):
            var expected: PartialTerm?
            var frame = frame
            switch other {
            case .constant(let value): expected = .value(value)
            case .local(let id): expected = state.resolved(local(id, &frame))
            default: break
            }
            try resolve(path[...], [], frame, state) { (keys, frame, state) throws(EvaluationFault) in
                try self.reference(head, keys[...], expected, frame, state, then)
            }
        }
    }

    private func resolve(
        _ terms: ArraySlice<CoreTerm>, _ done: [PartialTerm], _ frame: Frame, _ state: PartialState,
        _ then: ([PartialTerm], Frame, PartialState) throws(EvaluationFault) -> Void
    ) throws(EvaluationFault) {
        guard let first = terms.first else { return try then(done, frame, state) }
        try nested { () throws(EvaluationFault) in
            try resolve(first, expecting: nil, frame, state) { (term, _, frame, state) throws(EvaluationFault) in
                try self.resolve(terms.dropFirst(), done + [term], frame, state, then)
            }
        }
    }

    /// The variable of a local, made when it is first met.
    func local(_ id: VarID, _ frame: inout Frame) -> PartialTerm {
        if let known = frame.terms[id] { return known }
        let variable = frame.locals.variables[id]
        let isNamed = !variable.isGenerated && !variable.name.isEmpty && !variable.name.hasPrefix("$")
        let name =
            isNamed ? (frame.depth == 0 ? variable.name : "\(variable.name)\(frame.depth)") : "__local\(id)__\(frame.depth)"
        let made = PartialTerm.variable(makeVariable(name, isLive: frame.depth == 0 && isNamed))
        frame.terms[id] = made
        return made
    }

    private func reference(
        _ head: CoreHead, _ path: ArraySlice<PartialTerm>, _ expected: PartialTerm?, _ frame: Frame,
        _ state: PartialState, _ then: TermContinuation
    ) throws(EvaluationFault) {
        switch head {
        case .input:
            if isUnknown(["input"] + Self.constants(path, state)) {
                return try then(.ref(.input, Array(path)), .written, frame, state)
            }
            try member(of: .value(input), path, .base, frame, state, then)
        case .data: try document(compilation.tree, data, path, expected, frame, state, then)
        case .local(let id):
            var frame = frame
            try member(of: state.resolved(local(id, &frame)), path, .written, frame, state, then)
        case .term(let term):
            try resolve(term, expecting: nil, frame, state) { (found, origin, frame, state) throws(EvaluationFault) in
                try self.member(of: found, path, origin, frame, state, then)
            }
        }
    }

    /// The leading constant texts of a path.
    static func constants(_ path: ArraySlice<PartialTerm>, _ state: PartialState) -> [String] {
        var keys: [String] = []
        for term in path {
            guard case .value(let key) = state.resolved(term), key.kind == .string else { break }
            keys.append(key.string)
        }
        return keys
    }

    /// What a path leads to in a term.
    func member(
        of term: PartialTerm, _ path: ArraySlice<PartialTerm>, _ origin: Origin, _ frame: Frame, _ state: PartialState,
        _ then: TermContinuation
    ) throws(EvaluationFault) {
        try count(depth: frame.depth)
        guard let first = path.first else { return try then(term, origin, frame, state) }
        let rest = path.dropFirst()
        let key = state.plugged(first)
        switch state.resolved(term) {
        case .variable(let id): try then(.ref(.variable(id), Array(path)), .written, frame, state)
        case .ref(let head, let prefix): try then(.ref(head, prefix + path), .written, frame, state)
        case .call, .comprehension: try then(.ref(.term(term), Array(path)), .written, frame, state)
        case .value(let value):
            if value.isUndefined { return }
            if let known = key.known(in: arena) {
                let found = value.member(known)
                if found.isDefined { try member(of: .value(found), rest, origin, frame, state, then) }
                return
            }
            guard value.isCollection else { return }
            for index in 0..<value.count {
                let name =
                    value.kind == .array
                    ? Value.int(Int64(index)) : value.kind == .set ? value.elements[index] : value.keys[index]
                let found = value.kind == .object ? value.values[index] : value.elements[index]
                var inner = state
                if unify(.value(name), key, &inner) { try member(of: .value(found), rest, origin, frame, inner, then) }
            }
        case .array(let terms):
            for (index, element) in terms.enumerated() {
                var inner = state
                if unify(key, .value(.int(Int64(index))), &inner) { try member(of: element, rest, origin, frame, inner, then) }
            }
        case .set(let terms):
            for element in terms {
                var inner = state
                if unify(element, key, &inner) { try member(of: element, rest, origin, frame, inner, then) }
            }
        case .object(let entries):
            for entry in entries {
                var inner = state
                if unify(entry.key, key, &inner) { try member(of: entry.value, rest, origin, frame, inner, then) }
            }
        }
    }

    /// What a path leads to below a place of the tree of rules, and in the base documents at that place.
    private func document(
        _ place: RuleTree, _ base: Value, _ path: ArraySlice<PartialTerm>, _ expected: PartialTerm?, _ frame: Frame,
        _ state: PartialState, _ then: TermContinuation
    ) throws(EvaluationFault) {
        if !place.rules.isEmpty || !place.dynamicRules.isEmpty {
            if place.isFunction { return }
            return try rules(at: place, path, expected, frame, state, then)
        }
        let here = ["data"] + place.path
        if place.path.count > 0 || path.isEmpty, isUnknown(here + Self.constants(path, state)), place.childOrder.isEmpty {
            let prefix = place.path.map { PartialTerm.value(arena.string($0)) }
            return try then(.ref(.data, prefix + path), .written, frame, state)
        }
        guard let first = path.first else {
            let value = try whole(place, base, frame)
            guard let value else {
                return try then(.ref(.data, supportPath(place.path)), .written, frame, state)
            }
            return try then(.value(value), .base, frame, state)
        }
        let rest = path.dropFirst()
        let key = state.plugged(first)
        for name in place.childOrder {
            guard let child = place.child(name) else { continue }
            let text = arena.string(name)
            var inner = state
            if let known = key.known(in: arena) {
                if known != text { continue }
            } else if !unify(.value(text), key, &inner) {
                continue
            }
            try document(child, base.isDefined ? base.member(text) : .undefined, rest, expected, frame, inner, then)
        }
        let constants = Self.constants(path, state)
        if let name = constants.first, place.child(name) == nil {
            if isUnknown(here + constants) {
                let prefix = place.path.map { PartialTerm.value(arena.string($0)) }
                return try then(.ref(.data, prefix + path), .written, frame, state)
            }
            if base.isDefined { try member(of: .value(base), path, .base, frame, state, then) }
        } else if constants.isEmpty {
            if unknowns.contains(where: { $0.starts(with: here) && $0.count > here.count || here.starts(with: $0) }),
                place.childOrder.isEmpty
            {
                let prefix = place.path.map { PartialTerm.value(arena.string($0)) }
                return try then(.ref(.data, prefix + path), .written, frame, state)
            }
            guard base.kind == .object else { return }
            let own = base.keys.filter { $0.kind != .string || place.child($0.string) == nil }
            for name in own {
                var inner = state
                if unify(.value(name), key, &inner) {
                    try member(of: .value(base.member(name)), rest, .base, frame, inner, then)
                }
            }
        }
    }

    /// The whole document at a place without rules of its own; nil when a part of it is unknown.
    private func whole(_ place: RuleTree, _ base: Value, _ frame: Frame) throws(EvaluationFault) -> Value? {
        if isUnknown(["data"] + place.path), unknowns.contains(where: { $0.first == "data" }) { return nil }
        var entries: [ObjectEntry] = []
        if base.kind == .object {
            entries = zip(base.keys, base.values).filter { $0.0.kind != .string || place.child($0.0.string) == nil }
                .map { ObjectEntry(key: $0.0, value: $0.1) }
        } else if base.isDefined {
            return base
        }
        for name in place.childOrder {
            guard let child = place.child(name), !child.isFunction else { continue }
            let text = arena.string(name)
            let inner = base.isDefined ? base.member(text) : .undefined
            let value: Value?
            if child.rules.isEmpty && child.dynamicRules.isEmpty {
                value = try whole(child, inner, frame)
            } else {
                value = try known(child, frame)
            }
            guard let value else { return nil }
            if value.isDefined { entries.append(ObjectEntry(key: text, value: value)) }
        }
        return arena.object(entries)
    }

    // MARK: Comprehensions

    private func comprehension(
        _ inner: CoreComprehension, _ frame: inout Frame, _ state: PartialState
    ) throws(EvaluationFault) -> PartialTerm {
        var keys: [PartialTerm] = [], heads: [PartialTerm] = []
        var rest: (head: PartialTerm, key: PartialTerm?, body: [PartialExpr])?
        var unknowns = 0
        let count = state.saved.count
        try run(inner.body.exprs[...], frame, state) { (inside, state) throws(EvaluationFault) in
            try self.resolve(inner.head, expecting: nil, inside, state) { (head, _, inside, state) throws(EvaluationFault) in
                var key: PartialTerm?
                var inside = inside
                if let term = inner.key { key = state.plugged(try self.writtenTerm(term, &inside, state)) }
                heads.append(state.plugged(head))
                if let key { keys.append(key) }
                let saved = Array(state.saved[count...])
                if !saved.isEmpty || heads[heads.count - 1].known(in: self.arena) == nil {
                    unknowns += 1
                    rest = (state.plugged(head), key, saved.map(state.plugged))
                }
            }
        }
        if unknowns == 0 {
            let values = heads.map { $0.known(in: arena) ?? .null }
            switch inner.kind {
            case .array: return .value(arena.array(values))
            case .set: return .value(arena.set(values))
            case .object:
                let names = keys.map { $0.known(in: arena) ?? .null }
                return .value(arena.object(zip(names, values).map { ObjectEntry(key: $0, value: $1) }))
            }
        }
        if unknowns == 1, heads.count == 1, let rest {
            return .comprehension(inner.kind, key: rest.key, head: rest.head, body: withRelations(rest.body))
        }
        // Several ways lead to its elements: it stays as it was written, with what is known put in.
        var inside = frame
        let body = withRelations(try written(inner.body, &inside, state))
        let head = try writtenTerm(inner.head, &inside, state)
        let key = try inner.key.map { term throws(EvaluationFault) in try writtenTerm(term, &inside, state) }
        return state.plugged(.comprehension(inner.kind, key: key, head: head, body: body))
    }

}
