import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// Emits whole functions: the definitions of a rule one after another, and what joins their results.
struct RuleEmitter {
    let planner: Planner

    func emit(_ function: PlannedFunction) -> FunctionEmitter {
        let file: SourceFile, location: Location
        switch function.kind {
        case .rule(let place), .function(let place):
            (file, location) = (place.rules[0].module.file, place.rules[0].rule.head.location)
        case .group(let place, _):
            let first = place.rules.first ?? place.dynamicRules[0]
            (file, location) = (first.module.file, first.rule.head.location)
        case .query(let query): (file, location) = (query.file, Location(start: 0, end: 0))
        }
        let emitter = FunctionEmitter(planner: planner, locals: LocalScope(), file: file)
        emitter.mark(location)
        switch function.kind {
        case .rule(let place):
            if place.rules.contains(where: { $0.rule.head.isPartialSet }) {
                partialSet(place, emitter)
            } else {
                complete(place, emitter)
            }
        case .function(let place):
            _ = emitter.register(function.argumentCount)
            complete(place, emitter)
        case .group(let place, let group): self.group(place, group, emitter)
        case .query(let query): self.query(query, emitter)
        }
        emitter.finish()
        return emitter
    }

    // MARK: Complete rules and functions

    private func complete(_ place: RuleTree, _ emitter: FunctionEmitter) {
        let rules = place.rules.filter { !$0.rule.isDefault }
        let values = rules.map(RuleLowering.constantValue)
        let isOneValue = values.allSatisfy { $0 != nil && $0 == values[0] } && rules.allSatisfy { $0.rule.elseRules.isEmpty }
        let outcome = Outcome(
            isOneValue: isOneValue, isOneDefinition: rules.count == 1, isFunction: place.isFunction, emitter: emitter)
        // A chain of `else` is decided as a whole; it has no one condition.
        let lowered = rules.map { $0.rule.elseRules.isEmpty ? lower($0.rule, of: $0) : nil }
        emitter.definitions(lowered) { index in
            if let branch = lowered[index] {
                self.branch(branch, rules[index].rule, of: rules[index], to: outcome)
            } else {
                chain(rules[index], to: outcome)
            }
        }
        if let fallback = place.rules.first(where: { $0.rule.isDefault }) {
            outcome.endIfDefined()
            outcome.isOneDefinition = true
            branch(lower(fallback.rule, of: fallback), fallback.rule, of: fallback, to: outcome)
        }
        outcome.end()
    }

    /// Where the value of a complete rule or function goes: out of the function when nothing that comes later can
    /// differ, else into a register, where later values are compared with it.
    private final class Outcome {
        let isOneValue: Bool
        var isOneDefinition: Bool
        let isFunction: Bool
        let emitter: FunctionEmitter
        private let done: FunctionEmitter.Label
        private var register: Int?

        init(isOneValue: Bool, isOneDefinition: Bool, isFunction: Bool, emitter: FunctionEmitter, register: Int? = nil) {
            (self.isOneValue, self.isOneDefinition) = (isOneValue, isOneDefinition)
            (self.isFunction, self.emitter) = (isFunction, emitter)
            done = emitter.makeLabel()
            self.register = register
        }

        func assign(_ operand: UInt32) {
            let place = register ?? emitter.clearedRegister()
            register = place
            emitter.emit(.assign, x: isFunction ? 1 : 0, a: place, b: operand)
        }

        func endIfDefined() {
            if let register { emitter.emit(.jumpIfDefined, b: UInt32(register), to: done) }
        }

        func end() {
            emitter.place(done)
            if let register { emitter.emit(.returnValue, b: UInt32(register)) } else { emitter.emit(.returnUndefined) }
        }
    }

    /// A rule and its `else` branches: the first that has a result.
    private func chain(_ definition: RuleDefinition, to outcome: Outcome) {
        let rules = [definition.rule] + definition.rule.elseRules, emitter = outcome.emitter
        if outcome.isOneDefinition {
            for rule in rules {
                branch(lower(rule, of: definition), rule, of: definition, to: outcome)
                outcome.endIfDefined()
            }
            return
        }
        let local = emitter.register()
        let found = emitter.makeLabel(), end = emitter.makeLabel()
        emitter.emit(.clear, a: local)
        let own = Outcome(
            isOneValue: false, isOneDefinition: false, isFunction: outcome.isFunction, emitter: emitter, register: local)
        for rule in rules {
            branch(lower(rule, of: definition), rule, of: definition, to: own)
            emitter.emit(.jumpIfDefined, b: UInt32(local), to: found)
        }
        emitter.jump(to: end)
        emitter.place(found)
        outcome.assign(UInt32(local))
        emitter.place(end)
    }

    private func lower(_ rule: Rule, of definition: RuleDefinition) -> LoweredRule {
        planner.lowered(rule, of: definition)
    }

    /// One body: its solutions' values are the outcome.
    private func branch(_ lowered: LoweredRule, _ rule: Rule, of definition: RuleDefinition, to outcome: Outcome) {
        let emitter = outcome.emitter
        emitter.locals = lowered.locals
        emitter.file = definition.module.file
        emitter.operands = [:]
        emitter.alternative {
            let end = emitter.failure
            emitter.mark(rule.head.location)
            if definition.isFunction { emitter.emitForOrigins(.readMode, x: 2) }
            planner.instrument(.rule, at: rule.location, in: emitter)
            for (index, pattern) in lowered.arguments.enumerated() { emitter.match(pattern, UInt32(index)) }
            emitter.body(lowered.body)
            guard let value = lowered.value else { return }
            let operand = emitter.evaluate(value)
            emitter.mark(rule.head.location)
            planner.recordLabels(of: definition, in: emitter)
            let isConstant = if case .constant = value { true } else { false }
            let isDecided = outcome.isOneValue || outcome.isOneDefinition && (isConstant || emitter.failure == end)
            if isDecided {
                planner.instrument(.exit, at: rule.location, in: emitter)
                emitter.emit(.returnValue, b: operand)
                return
            }
            outcome.assign(operand)
            planner.instrument(.exit, at: rule.location, in: emitter)
            if isConstant { return }  // further solutions cannot differ
            emitter.continueSearch(end: end)
        }
    }

    // MARK: Partial documents

    private func partialSet(_ place: RuleTree, _ emitter: FunctionEmitter) {
        let mark = emitter.register(), result = emitter.register()
        emitter.emit(.collectBegin, a: mark)
        let lowered = place.rules.map { lower($0.rule, of: $0) }
        emitter.definitions(lowered) { index in
            solutions(lowered[index], of: place.rules[index], emitter) {
                guard let key = lowered[index].key else { return }
                let element = emitter.evaluate(key)
                emitter.emitForOrigins(.recordOrigin, b: element)
                emitter.emit(.collect, b: element)
            }
        }
        emitter.emit(.sealSet, a: result, b: UInt32(mark))
        emitter.emit(.returnValue, b: UInt32(result))
    }

    private func solutions(
        _ lowered: LoweredRule, of definition: RuleDefinition, _ emitter: FunctionEmitter, _ content: () -> Void
    ) {
        emitter.locals = lowered.locals
        emitter.file = definition.module.file
        emitter.operands = [:]
        emitter.alternative {
            let end = emitter.failure
            emitter.mark(definition.rule.head.location)
            emitter.emitForOrigins(.readMode, x: 2)
            planner.instrument(.rule, at: definition.rule.location, in: emitter)
            bodySeparatingMessage(lowered, emitter)
            emitter.mark(definition.rule.head.location)
            planner.recordLabels(of: definition, in: emitter)
            content()
            planner.instrument(.exit, at: definition.rule.location, in: emitter)
            emitter.continueSearch(end: end)
        }
    }

    /// The body, with the reads of expressions that only make up the message told apart from those that decide.
    private func bodySeparatingMessage(_ lowered: LoweredRule, _ emitter: FunctionEmitter) {
        var servesMessage = false
        for expr in lowered.body.exprs {
            if expr.servesMessage != servesMessage {
                servesMessage = expr.servesMessage
                emitter.emitForOrigins(.readMode, x: servesMessage ? 1 : 0)
            }
            emitter.body(CoreBody(exprs: [expr]))
        }
        if servesMessage { emitter.emitForOrigins(.readMode, x: 0) }
    }

    private func group(_ root: RuleTree, _ group: Group, _ emitter: FunctionEmitter) {
        let mark = emitter.register(), result = emitter.register()
        emitter.emit(.collectBegin, a: mark)
        for part in group.parts { self.part(part, below: root, emitter) }
        for object in group.objects { self.object(object, root, emitter) }
        for unused in group.unusedRules { _ = lower(unused.rule, of: unused) }
        // A chain of `else` is decided as a whole; it has no one condition.
        let rules = group.dynamicRules.map { $0.rule.elseRules.isEmpty ? lower($0.rule, of: $0) : nil }
        emitter.definitions(rules) { index in
            let definition = group.dynamicRules[index]
            if let lowered = rules[index] { return collect(lowered, of: definition, below: root, emitter) }
            let found = emitter.clearedRegister(), done = emitter.makeLabel()
            for rule in [definition.rule] + definition.rule.elseRules {
                collect(lower(rule, of: definition), of: definition, below: root, emitter, found: found)
                emitter.emit(.jumpIfDefined, b: UInt32(found), to: done)
            }
            emitter.place(done)
        }
        // A conflict is found when the last rule has been evaluated.
        let last = (group.parts.flatMap(\.place.rules) + group.dynamicRules)
            .max { ($0.moduleIndex, $0.rule.location.start) < ($1.moduleIndex, $1.rule.location.start) }
        if let last {
            emitter.file = last.module.file
            emitter.mark(last.rule.head.location)
        }
        emitter.emit(.sealPaths, a: result, b: UInt32(mark))
        emitter.emit(.returnValue, b: UInt32(result))
    }

    /// The paths of one rule's solutions; `found` is a register to define when there is one.
    private func collect(
        _ lowered: LoweredRule, of definition: RuleDefinition, below root: RuleTree, _ emitter: FunctionEmitter,
        found: Int? = nil
    ) {
        let prefix = definition.path.dropFirst(root.path.count)
        solutions(lowered, of: definition, emitter) {
            let keys = emitter.register(prefix.count + lowered.tail.count)
            for (index, key) in prefix.enumerated() {
                emitter.emit(.move, a: keys + index, b: emitter.constant(planner.text(key)))
            }
            for (index, term) in lowered.tail.enumerated() {
                emitter.emit(.move, a: keys + prefix.count + index, b: emitter.evaluate(term))
            }
            guard let leaf = lowered.key ?? lowered.value else { return }
            emitter.emit(
                .collectPath, x: prefix.count + lowered.tail.count, a: lowered.key == nil ? 0 : 1, b: UInt32(keys),
                c: emitter.evaluate(leaf))
            if let found { emitter.emit(.move, a: found, b: emitter.constant(.true)) }
        }
    }

    /// An object that is there with or without members.
    private func object(_ keys: [Term], _ root: RuleTree, _ emitter: FunctionEmitter) {
        let lowering = Lowering(planner.compilation, module: ModuleNames(file: emitter.file, package: root.path))
        var none: [CoreExpr] = []
        let start = emitter.register(keys.count)
        for (index, key) in keys.enumerated() {
            let operand = emitter.evaluate(lowering.term(key, in: BlockScope(parent: nil), into: &none))
            emitter.emit(.move, a: start + index, b: operand)
        }
        emitter.emit(.collectPath, x: keys.count, a: 3, b: UInt32(start), c: emitter.constant(.null))
    }

    /// A document of ground ref that is part of a group.
    private func part(_ part: Group.Part, below root: RuleTree, _ emitter: FunctionEmitter) {
        let function = planner.function(of: part)
        planner.depend(on: function)
        let place = part.place, relative = place.path.dropFirst(root.path.count), count = relative.count + part.tail.count
        emitter.alternative {
            let end = emitter.failure
            let value = emitter.register()
            emitter.emit(.callRule, a: value, b: UInt32(function), to: emitter.failure)
            let keys = emitter.register(max(count, 1))
            for (index, key) in relative.enumerated() {
                emitter.emit(.move, a: keys + index, b: emitter.constant(planner.text(key)))
            }
            if let first = place.rules.first, !part.tail.isEmpty {
                let lowered = lower(first.rule, of: first)
                for (index, term) in lowered.tail.enumerated() {
                    emitter.emit(.move, a: keys + relative.count + index, b: emitter.evaluate(term))
                }
            }
            guard place.rules.contains(where: { $0.rule.head.isPartialSet }) else {
                emitter.emit(.collectPath, x: count, a: 0, b: UInt32(keys), c: UInt32(value))
                return
            }
            if !part.isCovered { emitter.emit(.collectPath, x: count, a: 2, b: UInt32(keys), c: emitter.constant(.null)) }
            let element = emitter.openLoop(UInt32(value))
            emitter.emit(.collectPath, x: count, a: 1, b: UInt32(keys), c: element)
            emitter.continueSearch(end: end)
        }
    }

    // MARK: Queries

    private func query(_ query: LoweredQuery, _ emitter: FunctionEmitter) {
        let mark = emitter.register(), result = emitter.register()
        emitter.locals = query.locals
        emitter.emit(.collectBegin, a: mark)
        let whole = Location(start: 0, end: UInt32(query.file.bytes.count))
        planner.instrument(.rule, at: whole, in: emitter)
        emitter.alternative {
            let end = emitter.failure
            emitter.body(query.body)
            planner.instrument(.exit, at: whole, in: emitter)
            let row = emitter.evaluate(.array(query.columns.map { .local($0.id) }))
            emitter.emit(.collect, b: row)
            emitter.continueSearch(end: end)
        }
        emitter.emit(.sealArray, a: result, b: UInt32(mark))
        emitter.emit(.returnValue, b: UInt32(result))
    }
}
