import Diagnostics
import Documents
import RegoSyntax
import Text

/// One rule or `else` branch, ordered and ready to be emitted.
struct LoweredRule {
    var arguments: [CoreTerm] = []
    var body = CoreBody()
    /// The element of a partial set.
    var key: CoreTerm?
    var value: CoreTerm?
    /// Keys of the head ref after its constant path.
    var tail: [CoreTerm] = []
    var locals: LocalScope
}

/// A query, ordered and ready to be emitted.
struct LoweredQuery {
    /// One column of the answer.
    struct Column {
        var name: String
        var id: VarID
        /// Set for the value of a whole expression rather than of a variable.
        var expression: Location?
    }
    var body: CoreBody
    var columns: [Column]
    var locals: LocalScope
    var file: SourceFile
}

/// Lowers and orders rules.
struct RuleLowering {
    let compilation: Compilation
    let definition: RuleDefinition

    init(_ compilation: Compilation, _ definition: RuleDefinition) {
        self.compilation = compilation
        self.definition = definition
    }

    /// The value of a rule whose head value is a scalar constant, as text that tells values apart.
    static func constantValue(_ definition: RuleDefinition) -> String? {
        switch definition.rule.head.value?.value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text): "n\(text)"
        case .string(let text): "s\(text)"
        default: nil
        }
    }

    func lower(_ rule: Rule) -> LoweredRule {
        let names = compilation.names[definition.moduleIndex]
        let lowering = Lowering(compilation, module: names, definition: definition)
        var lowered = LoweredRule(locals: lowering.locals)
        let scope = BlockScope(parent: nil)
        for argument in definition.rule.head.args { lowering.declareArgument(argument, in: scope) }
        var before: [CoreExpr] = []
        lowered.arguments = definition.rule.head.args.map {
            lowering.declaredPattern($0, in: scope, into: &before, as: "argument")
        }
        lowered.body = lowering.body(rule.body, in: scope)
        lowered.body.exprs.insert(contentsOf: before, at: 0)
        let head = rule.head
        lowered.tail = definition.tail.map { lowering.term($0, in: scope, into: &lowered.body.exprs, asOperand: true) }
        lowered.key = head.key.map { lowering.term($0, in: scope, into: &lowered.body.exprs, asOperand: true) }
        lowered.value = head.value.map { lowering.term($0, in: scope, into: &lowered.body.exprs, asOperand: true) }
        lowering.reportUnused()
        order(&lowered, lowering)
        return lowered
    }

    private func order(_ lowered: inout LoweredRule, _ lowering: Lowering) {
        var arguments = Set<VarID>()
        for argument in lowered.arguments { arguments.formUnion(argument.vars) }
        let ordering = Ordering(lowering)
        var heads = Set<VarID>()
        for term in lowered.tail + [lowered.key, lowered.value].compactMap({ $0 }) { heads.formUnion(term.vars) }
        let bound = ordering.order(&lowered.body, bound: arguments, visible: arguments.union(heads))
        for term in lowered.tail + [lowered.key, lowered.value].compactMap({ $0 }) {
            term.forEachVar { id, inClosure in if !inClosure, !bound.contains(id) { ordering.report(id) } }
        }
        markMessage(&lowered)
    }

    /// Marks the expressions whose only use is to make up what the head shows.
    private func markMessage(_ lowered: inout LoweredRule) {
        var wanted = Set<VarID>()
        for term in lowered.tail + [lowered.key, lowered.value].compactMap({ $0 }) { wanted.formUnion(term.vars) }
        var needed = Set<VarID>()
        for expr in lowered.body.exprs.reversed() {
            let outputs: Set<VarID>
            switch expr.kind {
            case .unify(.local(let id), let term):
                if case .ref(_, let path) = term, path.contains(where: { if case .constant = $0 { false } else { true } }) {
                    outputs = []
                } else {
                    outputs = [id]
                }
            case .call(_, _, .some(.local(let id))): outputs = [id]
            default: outputs = []
            }
            if !outputs.isEmpty, outputs.isSubset(of: wanted), outputs.isDisjoint(with: needed) {
                expr.servesMessage = true
                expr.forEachVar { id, _ in wanted.insert(id) }
            } else {
                expr.forEachVar { id, _ in needed.insert(id) }
            }
        }
    }
}

extension Ordering {
    /// An ordering that reports each unsafe variable of a rule or query once, by name.
    init(_ lowering: Lowering) {
        let locals = lowering.locals
        var reported = Set<String>()
        func report(_ id: VarID, _ code: String, _ problem: String) {
            if !locals.isNamed(id) { return }
            let variable = locals.variables[id]
            if lowering.misdeclared.contains(variable.name) { return }
            let name = variable.name.isEmpty || variable.name.hasPrefix("$") ? "_" : variable.name
            guard reported.insert(name).inserted else { return }
            let known = lowering.knownNames.filter { $0 != name }
            let hint =
                Spelling.nearest(to: name, in: known).map { "did you mean \($0)?" }
                ?? (name == "_" ? nil : "nothing gives \(name) a value")
            lowering.report(code, "var \(name) \(problem)", at: variable.location, hint: hint)
        }
        self.init(
            locals: locals, report: { report($0, RegoCode.unsafeVar, "is unsafe") },
            reportUndeclared: { report($0, RegoCode.compile, "is undeclared") })
    }
}

extension Lowering {
    /// Declares the variables of a parameter; a name that stands twice is one variable.
    func declareArgument(_ term: Term, in scope: BlockScope) {
        switch term.value {
        case .var(let name): declare(name, at: term.location, in: scope, by: "argument")
        case .array(let terms): for inner in terms { declareArgument(inner, in: scope) }
        case .object(let items): for item in items { declareArgument(item.value, in: scope) }
        default: break
        }
    }

    /// Lowers a query: named variables and whole expressions become columns.
    static func query(
        _ body: Body, in compilation: Compilation, names: ModuleNames, capturesExpressions: Bool
    ) -> LoweredQuery {
        let lowering = Lowering(compilation, module: names)
        let scope = BlockScope(parent: nil)
        var core = CoreBody(), columns: [LoweredQuery.Column] = []
        // As in OPA one expression alone may be false; where there are several solutions or conditions, it may not.
        let mustHold = body.exprs.count > 1 || body.exprs.contains(where: \.iterates)
        for expr in body.exprs {
            if capturesExpressions, let captured = lowering.captured(expr, in: scope, into: &core.exprs) {
                if mustHold { core.exprs.append(CoreExpr(.test(.local(captured)), location: expr.location)) }
                columns.append(LoweredQuery.Column(name: "", id: captured, expression: expr.location))
            } else {
                core.exprs += lowering.body(Body([expr]), in: scope).exprs
                if capturesExpressions {
                    let id = lowering.locals.generated(at: expr.location)
                    core.exprs.append(CoreExpr(.unify(.local(id), .constant(.true)), location: expr.location))
                    columns.append(LoweredQuery.Column(name: "", id: id, expression: expr.location))
                }
            }
        }
        let ordering = Ordering(lowering)
        let locals = lowering.locals
        let bound = ordering.order(&core, bound: [], visible: [])
        let variables = locals.named.filter { bound.contains($0.id) }
            .map { LoweredQuery.Column(name: $0.name, id: $0.id, expression: nil) }
        return LoweredQuery(body: core, columns: variables + columns, locals: locals, file: names.file)
    }

    /// Evaluates a statement that is a term or call for its value, whatever it is; nil for other statements.
    private func captured(_ expr: Expr, in scope: BlockScope, into exprs: inout [CoreExpr]) -> VarID? {
        guard !expr.negated else { return nil }
        switch expr.kind {
        case .term: break
        case .call(let call) where call.infix != .assign && call.infix != .eq: break
        default: return nil
        }
        let modifiers = expr.with.compactMap { modifier($0, in: scope, into: &exprs) }
        var inner: [CoreExpr] = []
        let id = locals.generated(at: expr.location)
        switch expr.kind {
        case .term(let term):
            let value = self.term(term, in: scope, into: &inner)
            inner.append(CoreExpr(.unify(.local(id), value), location: expr.location))
        case .call(let call):
            if let callee = callee(call, at: expr.location, in: scope), arityMatches(callee, call) {
                self.call(call, output: .local(id), at: expr.location, in: scope, into: &inner)
            } else {
                return nil
            }
        default: return nil
        }
        if modifiers.isEmpty {
            exprs += inner
        } else {
            exprs.append(CoreExpr(.with(modifiers, CoreBody(exprs: inner)), location: expr.location))
        }
        return id
    }
}
