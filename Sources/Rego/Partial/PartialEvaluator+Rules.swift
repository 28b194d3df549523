import Documents
import RegoRuntime
import RegoSyntax

/// A rule of a support module.
struct SupportRule {
    var isDefault = false
    var isElse = false
    /// Keys of the head's ref behind its path.
    var tail: [PartialTerm] = []
    /// The element of a partial set.
    var element: PartialTerm?
    var value: PartialTerm?
    var body: [PartialExpr] = []
}

/// Rules and functions.
extension PartialEvaluator {
    /// The documents that the rules at a place define, each rule in place of the reference.
    func rules(
        at place: RuleTree, _ path: ArraySlice<PartialTerm>, _ expected: PartialTerm?, _ frame: Frame,
        _ state: PartialState, _ then: TermContinuation
    ) throws(EvaluationFault) {
        try count(depth: frame.depth)
        let all = place.rules + place.dynamicRules
        let hasElse = all.contains { !$0.rule.elseRules.isEmpty }
        let isSet = place.rules.contains { $0.rule.head.isPartialSet }
        let isWhole = path.isEmpty && (isSet || !place.dynamicRules.isEmpty || !place.childOrder.isEmpty)
        let initial = place.rules.first { $0.rule.isDefault }
        var needsDefault = initial != nil
        if let initial, let expected, path.isEmpty, let value = initial.rule.head.value {
            var other = state
            let constant = try constantTerm(value, initial)
            if case .value = state.resolved(expected) { needsDefault = unify(constant, expected, &other) }
        }
        if hasElse || isWhole || needsDefault {
            if let value = try known(place, frame) {
                if value.isDefined { try member(of: .value(value), path, .rule, frame, state, then) }
                return
            }
            try support(place)
            return try then(.ref(.data, supportPath(place.path) + path), .rule, frame, state)
        }
        for definition in all where !definition.rule.isDefault {
            try inline(definition, path, frame, state, then)
        }
        for name in place.childOrder {
            guard let child = place.child(name), let first = path.first else { continue }
            var inner = state
            if unify(.value(arena.string(name)), first, &inner) {
                if child.rules.isEmpty && child.dynamicRules.isEmpty {
                    try nested(child, path.dropFirst(), frame, inner, then)
                } else {
                    try rules(at: child, path.dropFirst(), nil, frame, inner, then)
                }
            }
        }
    }

    private func nested(
        _ place: RuleTree, _ path: ArraySlice<PartialTerm>, _ frame: Frame, _ state: PartialState, _ then: TermContinuation
    ) throws(EvaluationFault) {
        for name in place.childOrder {
            guard let child = place.child(name), let first = path.first else { continue }
            var inner = state
            if unify(.value(arena.string(name)), first, &inner) {
                try rules(at: child, path.dropFirst(), nil, frame, inner, then)
            }
        }
    }

    /// One rule in place of a reference to its document.
    private func inline(
        _ definition: RuleDefinition, _ path: ArraySlice<PartialTerm>, _ caller: Frame, _ state: PartialState,
        _ then: TermContinuation
    ) throws(EvaluationFault) {
        let lowered = RuleLowering(compilation, definition).lower(definition.rule)
        var frame = Frame(locals: lowered.locals, depth: caller.depth + 1)
        var state = state
        var rest = path
        var wrapping: [PartialTerm] = []
        // Keys of the head that the reference has are known before the body is evaluated.
        for term in lowered.tail {
            let key = try writtenTerm(term, &frame, state)
            if let first = rest.first {
                if !unify(key, first, &state) { return }
                rest = rest.dropFirst()
            } else {
                wrapping.append(key)
            }
        }
        var element: PartialTerm?
        if let key = lowered.key {
            element = try writtenTerm(key, &frame, state)
            if let first = rest.first, let element { if !unify(element, first, &state) { return } }
        }
        let below = rest
        try run(lowered.body.exprs[...], frame, state) { (inner, state) throws(EvaluationFault) in
            var inner = inner
            if let element {
                if below.isEmpty {
                    let set = wrapping.reversed().reduce(PartialTerm.set([element])) { .object([($1, $0)]) }
                    return try then(set, .rule, caller, state)
                }
                return try self.member(of: element, below.dropFirst(), .rule, caller, state, then)
            }
            guard let head = lowered.value else { return }
            let value = try self.writtenTerm(head, &inner, state)
            let wrapped = wrapping.reversed().reduce(value) { .object([($1, $0)]) }
            try self.member(of: state.resolved(wrapped), below, .rule, caller, state, then)
        }
    }

    private func constantTerm(_ term: Term, _ definition: RuleDefinition) throws(EvaluationFault) -> PartialTerm {
        let lowered = RuleLowering(compilation, definition).lower(definition.rule)
        var frame = Frame(locals: lowered.locals, depth: 1)
        return try lowered.value.map { value throws(EvaluationFault) in try writtenTerm(value, &frame, PartialState()) }
            ?? .value(.true)
    }

    // MARK: Whole documents

    /// The document at a place when nothing in it is unknown (undefined for none); else nil.
    func known(_ place: RuleTree, _ caller: Frame) throws(EvaluationFault) -> Value? {
        if place.isFunction { return .undefined }
        let rules = try supportRules(place, depth: caller.depth)
        var value = Value.undefined
        var elements: [Value] = []
        var isSet = false
        var initial = Value.undefined
        for rule in rules {
            guard rule.body.isEmpty, rule.tail.allSatisfy({ $0.known(in: arena) != nil }) else { return nil }
            let tail = rule.tail.map { $0.known(in: arena) ?? .null }
            if let element = rule.element {
                guard let known = element.known(in: arena), tail.isEmpty else { return nil }
                (isSet, elements) = (true, elements + [known])
                continue
            }
            guard let known = rule.value?.known(in: arena) else { return nil }
            if rule.isDefault {
                initial = known
            } else if value.isUndefined || !tail.isEmpty {
                let nested = tail.reversed().reduce(known) { arena.object([ObjectEntry(key: $1, value: $0)]) }
                value = value.kind == .object && !tail.isEmpty ? merged(value, nested) : nested
            }
        }
        for name in place.childOrder {
            guard let child = place.child(name), !child.isFunction else { continue }
            guard let inner = try known(child, caller) else { return nil }
            if inner.isDefined {
                let nested = arena.object([ObjectEntry(key: arena.string(name), value: inner)])
                value = value.kind == .object ? merged(value, nested) : nested
            }
        }
        let hasSet = place.rules.contains { $0.rule.head.isPartialSet }
        if isSet || hasSet { return arena.set(elements) }
        if value.isUndefined, initial.isUndefined, !place.dynamicRules.isEmpty { return arena.object([ObjectEntry]()) }
        return value.isDefined ? value : initial
    }

    private func merged(_ left: Value, _ right: Value) -> Value {
        guard left.kind == .object, right.kind == .object else { return right }
        var entries = zip(left.keys, left.values).filter { right.member($0.0).isUndefined }
            .map { ObjectEntry(key: $0.0, value: $0.1) }
        for (key, value) in zip(right.keys, right.values) {
            let other = left.member(key)
            entries.append(ObjectEntry(key: key, value: other.isDefined ? merged(other, value) : value))
        }
        return arena.object(entries)
    }

    func supportPath(_ path: [String]) -> [PartialTerm] {
        (["partial"] + path).map { .value(arena.string($0)) }
    }

    /// Puts the rules at a place, and below it, into the support modules.
    private func support(_ place: RuleTree) throws(EvaluationFault) {
        guard support[place.path] == nil else { return }
        support[place.path] = []
        support[place.path] = try supportRules(place, depth: 0)
        for name in place.childOrder {
            if let child = place.child(name), !child.isFunction { try support(child) }
        }
    }

    /// The rules at a place after partial evaluation, those that can never hold left out.
    private func supportRules(_ place: RuleTree, depth: Int) throws(EvaluationFault) -> [SupportRule] {
        var found: [SupportRule] = []
        for definition in place.rules + place.dynamicRules {
            var isChained = false
            for rule in [definition.rule] + definition.rule.elseRules {
                let lowered = RuleLowering(compilation, definition).lower(rule)
                let frame = Frame(locals: lowered.locals, depth: depth + 1)
                var alternatives: [SupportRule] = []
                try run(lowered.body.exprs[...], frame, PartialState()) { (inner, state) throws(EvaluationFault) in
                    var inner = inner
                    var made = SupportRule(isDefault: rule.isDefault, isElse: isChained)
                    made.tail = try lowered.tail.map { term throws(EvaluationFault) in
                        state.plugged(try self.writtenTerm(term, &inner, state))
                    }
                    made.element = try lowered.key.map { term throws(EvaluationFault) in
                        state.plugged(try self.writtenTerm(term, &inner, state))
                    }
                    made.value = try lowered.value.map { term throws(EvaluationFault) in
                        state.plugged(try self.writtenTerm(term, &inner, state))
                    }
                    var live = Set<ResidualVar>()
                    for term in made.tail + [made.element, made.value].compactMap({ $0 }) { term.forEachVar { live.insert($0) } }
                    made.body = ResidualSimplifier(self, bindings: state).simplified(state.saved, keeping: live)
                    alternatives.append(made)
                }
                found += alternatives
                // What follows a branch that holds for certain is never reached.
                if alternatives.contains(where: { $0.body.isEmpty }) || lowered.key != nil { break }
                isChained = !alternatives.isEmpty || isChained
            }
        }
        return found
    }

    // MARK: Calls

    func call(
        _ callee: CoreCallee, _ arguments: [CoreTerm], _ output: CoreTerm?, _ frame: Frame, _ state: PartialState,
        _ then: Continuation
    ) throws(EvaluationFault) {
        var frame = frame
        let terms = try arguments.map { term throws(EvaluationFault) in try self.argument(term, &frame, state) }
        let result = try output.map { term throws(EvaluationFault) in try writtenTerm(term, &frame, state) }
        switch callee {
        case .builtin(let name): try builtin(name, terms, result, frame, state, then)
        case .function(let path):
            guard let place = compilation.tree.place(path) else { return }
            let isSimple = place.rules.allSatisfy { !$0.rule.isDefault && $0.rule.elseRules.isEmpty }
            guard isSimple else {
                var state = state
                state.saved.append(
                    PartialExpr(.call("data." + path.joined(separator: "."), terms.map(state.plugged), output: result)))
                return try then(frame, state)
            }
            for definition in place.rules { try function(definition, terms, result, frame, state, then) }
        }
    }

    private func argument(_ term: CoreTerm, _ frame: inout Frame, _ state: PartialState) throws(EvaluationFault) -> PartialTerm {
        guard case .comprehension = term else { return try writtenTerm(term, &frame, state) }
        var found = PartialTerm.value(.null)
        var after = frame
        try resolve(term, expecting: nil, frame, state) { (result, _, frame, _) throws(EvaluationFault) in
            (found, after) = (result, frame)
        }
        frame = after
        return found
    }

    private func builtin(
        _ name: String, _ arguments: [PartialTerm], _ result: PartialTerm?, _ frame: Frame, _ state: PartialState,
        _ then: Continuation
    ) throws(EvaluationFault) {
        var state = state
        if name == "internal.print" { return try then(frame, state) }
        let plugged = arguments.map(state.plugged)
        let values = plugged.compactMap { $0.known(in: arena) }
        guard let builtin = compilation.builtins[name] else { return }
        guard values.count == arguments.count, !builtin.isNondeterministic else {
            state.saved.append(PartialExpr(.call(name, plugged, output: result)))
            return try then(frame, state)
        }
        let answer = values.withUnsafeBufferPointer { operands in
            var call = BuiltinCall(operands: operands, context: context)
            let value = builtin.call(&call)
            return (value, call.failure)
        }
        if let failure = answer.1, failure.kind == .cancel || failure.kind == .halt {
            throw EvaluationFault(code: failure.kind.rawValue, message: "\(name): \(failure.message)")
        }
        guard answer.1 == nil, answer.0.isDefined else { return }
        if let result {
            if unify(.value(answer.0), result, &state) { try then(frame, state) }
        } else if !answer.0.isFalse {
            try then(frame, state)
        }
    }

    private func function(
        _ definition: RuleDefinition, _ arguments: [PartialTerm], _ result: PartialTerm?, _ caller: Frame,
        _ state: PartialState, _ then: Continuation
    ) throws(EvaluationFault) {
        let lowered = RuleLowering(compilation, definition).lower(definition.rule)
        var frame = Frame(locals: lowered.locals, depth: caller.depth + 1)
        var state = state
        for (parameter, argument) in zip(lowered.arguments, arguments) {
            let pattern = try writtenTerm(parameter, &frame, state)
            if !unify(pattern, argument, &state) { return }
        }
        try run(lowered.body.exprs[...], frame, state) { (inner, state) throws(EvaluationFault) in
            var (inner, state) = (inner, state)
            guard let head = lowered.value else { return }
            let value = state.plugged(try self.writtenTerm(head, &inner, state))
            if let result {
                if self.unify(value, result, &state) { try then(caller, state) }
            } else if let known = value.known(in: self.arena) {
                if !known.isFalse { try then(caller, state) }
            } else {
                state.saved.append(PartialExpr(.test(value)))
                try then(caller, state)
            }
        }
    }
}
