import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax
import Text

extension Lowering {
    /// A call as a statement: its result, unless unified with an output operand, must not be false.
    func call(
        _ call: Call, at location: Location, in scope: BlockScope, into exprs: inout [CoreExpr], last: inout [CoreExpr]
    ) {
        switch call.infix {
        case .assign where call.args.count == 2: assign(call, at: location, in: scope, into: &exprs, last: &last)
        case .eq where call.args.count == 2, .equal where call.args.count == 2:
            unify(call, at: location, in: scope, into: &exprs, last: &last)
        default:
            guard let callee = callee(call, at: location, in: scope) else {
                var vars: [VarID] = []
                for argument in call.args {
                    term(argument, in: scope, into: &exprs, asOperand: true).forEachVar { id, _ in vars.append(id) }
                }
                last.append(CoreExpr(.invalid(vars), location: location))
                return
            }
            emit(callee, call, output: nil, at: location, in: scope, into: &exprs, last: &last)
        }
    }

    /// A call inside a term: `output` is set to its result before the statement.
    func call(
        _ call: Call, output: CoreTerm, at location: Location, in scope: BlockScope, into exprs: inout [CoreExpr]
    ) {
        var last: [CoreExpr] = []
        if call.infix == .assign || call.infix == .eq {
            report(RegoCode.compile, "\(call.infix == .eq ? "=" : ":=") cannot be used inside a term", at: location)
            exprs.append(CoreExpr(.invalid(output.vars), location: location))
        } else if let callee = callee(call, at: location, in: scope) {
            if case .builtin(let name) = callee, compilation.builtins[name]?.result == nil {
                report(RegoCode.type, "\(location.range(in: module.file).text) used as value", at: location)
            }
            emit(callee, call, output: output, at: location, in: scope, into: &exprs, last: &last)
            exprs += last
        } else {
            exprs.append(CoreExpr(.invalid(output.vars), location: location))
        }
    }

    private func assign(
        _ call: Call, at location: Location, in scope: BlockScope, into exprs: inout [CoreExpr], last: inout [CoreExpr]
    ) {
        let value = rightSide(call.args[1], in: scope, into: &exprs)
        switch call.args[0].value {
        case .var, .array, .object: declarePattern(call.args[0], in: scope, by: "assigned")
        default:
            let target = call.args[0]
            if case .ref(let ref) = target.value, ref.terms.count == 1, let name = ref.terms[0].varName {
                report(
                    RegoCode.compile, "variables must not shadow \(name) (use a different variable name)", at: target.location)
            } else {
                report(RegoCode.compile, "cannot assign to \(target.value.kindName)", at: target.location)
            }
            last.append(CoreExpr(.invalid(value.vars), location: location))
            return
        }
        let pattern = declaredPattern(call.args[0], in: scope, into: &exprs)
        join(pattern, value, at: location, into: &exprs, last: &last)
        last.last?.isAssignment = true
    }

    private func unify(
        _ call: Call, at location: Location, in scope: BlockScope, into exprs: inout [CoreExpr], last: inout [CoreExpr]
    ) {
        let left = term(call.args[0], in: scope, into: &exprs)
        let right = rightSide(call.args[1], in: scope, into: &exprs)
        if call.infix == .equal {
            let comparison = CoreExpr(.unify(left, right), location: location)
            comparison.isComparison = true
            last.append(comparison)
        } else {
            join(left, right, at: location, into: &exprs, last: &last)
        }
    }

    private func rightSide(_ term: Term, in scope: BlockScope, into exprs: inout [CoreExpr]) -> CoreTerm {
        self.term(term, in: scope, into: &exprs)
    }

    /// Unifies two sides; a call that was just taken out for the right side writes to the left side directly.
    private func join(
        _ left: CoreTerm, _ right: CoreTerm, at location: Location, into exprs: inout [CoreExpr], last: inout [CoreExpr]
    ) {
        // Of `not x = f(y)` only the comparison is negated: where `f` is undefined, so is the whole.
        if !isNegated, case .local(let id) = right, locals.variables[id].isGenerated, case .local = left,
            let call = exprs.last, case .call(let callee, let arguments, .some(.local(id))) = call.kind
        {
            exprs.removeLast()
            last.append(CoreExpr(.call(callee, arguments, output: left), location: location))
        } else {
            last.append(CoreExpr(.unify(left, right), location: location))
        }
    }

    /// What the operator of a call names; nil after reporting that there is no such function.
    func callee(_ call: Call, at location: Location, in scope: BlockScope) -> CoreCallee? {
        if let infix = call.infix, infix != .assign, infix != .eq {
            return checkedBuiltin(infix.rawValue, call, at: location)
        }
        guard let first = call.operator.terms.first, case .var(let name) = first.value else {
            report(RegoCode.type, "only functions can be called", at: location)
            return nil
        }
        if scope.find(name) == nil || call.operator.terms.count > 1 {
            if let path = functionPath(call.operator, in: scope) { return checkedFunction(path, call, at: location) }
        }
        if call.operator.terms.count == 1, scope.find(name) != nil, compilation.builtins[name] == nil {
            report(RegoCode.type, "undefined function \(name)", at: location, hint: "\(name) is a variable, not a function")
            return nil
        }
        if let name = call.operator.builtinName { return checkedBuiltin(name, call, at: location) }
        report(RegoCode.type, "undefined function", at: location)
        return nil
    }

    /// The path below `data` that a callee names through `data`, an import or a rule of this package.
    private func functionPath(_ ref: Ref, in scope: BlockScope) -> [String]? {
        guard case .var(let name) = ref.terms[0].value, scope.find(name) == nil, ref.isConstantPath else { return nil }
        let rest = ref.constantPath
        if name == "data" { return rest }
        if let path = module.imports[name], path.first == "data" {
            module.use(name)
            return Array(path.dropFirst()) + rest
        }
        if compilation.hasRule(name, inPackage: module.package) { return module.package + [name] + rest }
        return nil
    }

    private func checkedFunction(_ path: [String], _ call: Call, at location: Location) -> CoreCallee? {
        let rule = compilation.tree.place(path)?.rules.first
        if rule?.isFunction == false, call.args.count <= 1 {
            // `f()` may name a rule; the type checker looks at what the rule is.
            compilation.noteCall(ofRule: path, at: location.range(in: module.file))
            return .function(path)
        }
        guard let rule, rule.isFunction else {
            let hint = rule == nil ? suggestion(forFunction: path) : "\(path.last ?? "") is a rule, not a function"
            report(RegoCode.type, "undefined function data.\(path.joined(separator: "."))", at: location, hint: hint)
            return nil
        }
        let arity = rule.rule.head.args.count
        guard call.args.count == arity || (rule.rule.head.isFunction && call.args.count == arity + 1) else {
            report(
                RegoCode.type,
                "function data.\(path.joined(separator: ".")) has arity \(arity), got \(call.args.count) argument\(call.args.count == 1 ? "" : "s")",
                at: location)
            return nil
        }
        return .function(path)
    }

    /// The function of the same package whose name is nearest to the last part of a path.
    private func suggestion(forFunction path: [String]) -> String? {
        guard let name = path.last, let package = compilation.tree.place(path.dropLast()) else { return nil }
        let functions = package.childOrder.filter { package.child($0)?.isFunction == true }.sorted()
        return Spelling.nearest(to: name, in: functions).map { "did you mean \($0)?" }
    }

    private func checkedBuiltin(_ name: String, _ call: Call, at location: Location) -> CoreCallee? {
        if name == "print", compilation.builtins[name] != nil { return .builtin("internal.print") }
        if name == "rego.metadata.rule" || name == "rego.metadata.chain" { return .builtin(name) }
        if compilation.builtins[name]?.isDeprecated == true, module.rejectsDeprecated || compilation.isStrict {
            report(
                RegoCode.type, "deprecated built-in function calls in expression: \(name)", at: location,
                hint: Self.successors[name])
        }
        guard let builtin = compilation.builtins[name] else {
            report(
                RegoCode.type, "undefined function \(name)", at: location,
                hint: compilation.suggestion(forFunction: name, inPackage: module.package))
            return nil
        }
        let arity = builtin.arguments.count
        guard call.args.count == arity || call.args.count == arity + 1 else {
            report(
                RegoCode.type,
                "\(name): expected \(arity) argument\(arity == 1 ? "" : "s"), got \(call.args.count)", at: location)
            return nil
        }
        return .builtin(name)
    }

    /// Whether the call has no operand for its result.
    func arityMatches(_ callee: CoreCallee, _ call: Call) -> Bool { arity(callee) == call.args.count }

    /// What to write instead of deprecated builtins.
    private static let successors = [
        "any": "write `some x in xs` with a condition on x, or `true in xs`", "all": "write `every x in xs { … }`",
        "re_match": "use regex.match", "set_diff": "write a - b", "net.cidr_overlap": "use net.cidr_contains",
    ]

    private func arity(_ callee: CoreCallee) -> Int {
        switch callee {
        case .builtin(let name): compilation.builtins[name]?.arguments.count ?? 0
        case .function(let path): compilation.tree.place(path)?.rules.first?.rule.head.args.count ?? 0
        }
    }

    private func emit(
        _ callee: CoreCallee, _ call: Call, output: CoreTerm?, at location: Location, in scope: BlockScope,
        into exprs: inout [CoreExpr], last: inout [CoreExpr]
    ) {
        if case .builtin(let name) = callee {
            if name == "internal.print" { return printed(call, at: location, in: scope, last: &last) }
            if name.hasPrefix("rego.metadata.") {
                let value = CoreTerm.constant(compilation.metadata(name, for: definition))
                let result = output ?? call.args.first.map { term($0, in: scope, into: &exprs, asOperand: true) }
                last.append(CoreExpr(result.map { .unify($0, value) } ?? .test(value), location: location))
                return
            }
        }
        var arguments = call.args.map { term($0, in: scope, into: &exprs, asOperand: true) }
        var output = output
        if arguments.count == arity(callee) + 1 {
            // The last argument stands for the result, which a call inside a term gives already.
            if output != nil { report(RegoCode.type, "\(text(of: callee)): arity mismatch", at: location) }
            output = arguments.removeLast()
        }
        if case .builtin(let name) = callee, compilation.builtins[name]?.isRelation == true {
            let tuples = locals.generated(at: location)
            exprs.append(CoreExpr(.call(callee, arguments, output: .local(tuples)), location: location))
            last.append(CoreExpr(relation(tuples: tuples, output, at: location), location: location))
            return
        }
        if case .function(let path) = callee, compilation.tree.place(path)?.isFunction == false {
            let document = CoreTerm.ref(.data, path.map { .constant(compilation.text($0)) })
            last.append(CoreExpr(output.map { .unify($0, document) } ?? .test(document), location: location))
            return
        }
        last.append(CoreExpr(.call(callee, arguments, output: output), location: location))
    }

    /// What is asked of the tuples of a relation: one that the result unifies with, or any.
    private func relation(tuples: VarID, _ output: CoreTerm?, at location: Location) -> CoreExpr.Kind {
        // A negated statement gives no variable a value, so it goes through no tuples: it looks for one.
        if isNegated {
            guard let output else { return .test(.ref(.local(tuples), [.constant(.int(0))])) }
            return .call(.builtin("internal.member_2"), [output, .local(tuples)], output: nil)
        }
        let tuple = CoreTerm.ref(.local(tuples), [.local(locals.wildcard(at: location))])
        return output.map { .unify($0, tuple) } ?? .test(tuple)
    }

    /// `print(a, b)` shows undefined operands too: each becomes a set comprehension (OPA `RewritePrintCalls`).
    private func printed(_ call: Call, at location: Location, in scope: BlockScope, last: inout [CoreExpr]) {
        let operands = call.args.map { argument in
            let wrapped = wrapped(at: argument.location, in: scope) { block, exprs in
                self.unnegated { self.term(argument, in: block, into: &exprs) }
            }
            if case .comprehension(let inner) = wrapped { inner.bringsNoVariables = true }
            return wrapped
        }
        last.append(CoreExpr(.call(.builtin("internal.print"), [.array(operands)], output: nil), location: location))
    }

    /// `{x | x = term}`.
    private func wrapped(
        at location: Location, in scope: BlockScope, _ make: (BlockScope, inout [CoreExpr]) -> CoreTerm
    ) -> CoreTerm {
        var exprs: [CoreExpr] = []
        let value = make(BlockScope(parent: scope), &exprs)
        let id = locals.generated(at: location)
        exprs.append(CoreExpr(.unify(.local(id), value), location: location))
        return .comprehension(
            CoreComprehension(kind: .set, key: nil, head: .local(id), body: CoreBody(exprs: exprs), location: location))
    }

    /// A template string calls `internal.template_string` with its parts, expressions as sets so that undefined shows.
    func template(
        _ template: TemplateString, output: CoreTerm, at location: Location, in scope: BlockScope,
        into exprs: inout [CoreExpr]
    ) {
        let parts = template.parts.map { part -> CoreTerm in
            switch part {
            case .literal(let text): return .constant(compilation.text(text))
            case .expr(let expr):
                let wrapped = wrapped(at: expr.location, in: scope) { block, inner in
                    let id = self.locals.generated(at: expr.location)
                    self.templateExpr(expr, result: .local(id), in: block, into: &inner)
                    return .local(id)
                }
                if case .comprehension(let inner) = wrapped { inner.bringsNoVariables = !expr.isVar }
                return wrapped
            }
        }
        exprs.append(
            CoreExpr(.call(.builtin("internal.template_string"), [.array(parts)], output: output), location: location))
    }

    private func templateExpr(_ expr: Expr, result: CoreTerm, in scope: BlockScope, into exprs: inout [CoreExpr]) {
        let modifiers = expr.with.compactMap { modifier($0, in: scope, into: &exprs) }
        var inner: [CoreExpr] = []
        switch expr.kind {
        case .term(let term):
            let value = self.term(term, in: scope, into: &inner)
            inner.append(CoreExpr(.unify(result, value), location: expr.location))
        case .call(let call): self.call(call, output: result, at: expr.location, in: scope, into: &inner)
        default:
            report(
                RegoCode.compile, "unexpected template-string expression: only terms and calls have a value", at: expr.location)
        }
        if modifiers.isEmpty {
            exprs += inner
        } else {
            exprs.append(CoreExpr(.with(modifiers, CoreBody(exprs: inner)), location: expr.location))
        }
    }

    // MARK: with

    func modifier(_ with: With, in scope: BlockScope, into exprs: inout [CoreExpr]) -> CoreWith? {
        let ref: Ref
        switch with.target.value {
        case .ref(let target): ref = target
        case .var: ref = Ref([with.target])
        default:
            report(RegoCode.compile, "with keyword target must reference existing input, data, or a function", at: with.location)
            return nil
        }
        guard let target = target(ref, at: with.target.location, in: scope) else { return nil }
        let replaced: CoreCallee? =
            switch target {
            case .builtin(let name): .builtin(name)
            case .function(let path): .function(path)
            case .input, .data: nil
            }
        if let replaced, let standIn = standIn(with.value, in: scope) {
            guard arity(standIn) == arity(replaced) else {
                report(
                    RegoCode.type, "\(text(of: replaced)): arity mismatch", at: with.value.location,
                    hint: "it takes \(arity(replaced)) arguments, \(text(of: standIn)) takes \(arity(standIn))")
                return nil
            }
            return CoreWith(target: target, value: .constant(.null), standIn: standIn)
        }
        return CoreWith(target: target, value: term(with.value, in: scope, into: &exprs, asOperand: true))
    }

    private func target(_ ref: Ref, at location: Location, in scope: BlockScope) -> CoreWith.Target? {
        guard ref.isConstantPath, let name = ref.terms.first?.varName else {
            report(RegoCode.compile, "with keyword target must not contain variables", at: location)
            return nil
        }
        let rest = ref.constantPath
        if name == "input" { return .input(rest) }
        if name != "data", !compilation.hasRule(name, inPackage: module.package), module.imports[name] == nil {
            if let name = ref.builtinName, let builtin = compilation.builtins[name == "print" ? "internal.print" : name] {
                return replaceable(builtin, at: location)
            }
            report(
                RegoCode.type, "with keyword target must reference existing input, data, or a function", at: location)
            return nil
        }
        var path = rest
        switch resolve(name, at: location, in: scope) {
        case .input(let prefix): return .input(prefix + rest)
        case .data(let prefix): path = prefix + rest
        case .local:
            report(RegoCode.compile, "with keyword target must reference existing input, data, or a function", at: location)
            return nil
        }
        if compilation.tree.place(path)?.isFunction == true { return .function(path) }
        for length in 1..<max(path.count, 1) {
            if let place = compilation.tree.place(path[..<length]), !place.rules.isEmpty || !place.dynamicRules.isEmpty {
                report(RegoCode.compile, "with keyword cannot partially replace virtual document(s)", at: location)
                return nil
            }
        }
        return .data(path)
    }

    /// A builtin as the target of `with`, unless it is one that may not be replaced.
    private func replaceable(_ builtin: Builtin, at location: Location) -> CoreWith.Target? {
        let problem: String
        if builtin.isRelation {
            problem = "target must not be a relation"
        } else if builtin.result == nil {
            problem = "target must not be a void function"
        } else if builtin.name.hasPrefix("internal.") {
            problem = "replacement of internal function \"\(builtin.name)\" invalid"
        } else if builtin.name.hasPrefix("rego.metadata.") || builtin.name == "eq" {
            problem = "replacement of \"\(builtin.name)\" invalid"
        } else {
            return .builtin(builtin.name)
        }
        report(RegoCode.compile, "with keyword replacing built-in function: \(problem)", at: location)
        return nil
    }

    private func text(of callee: CoreCallee) -> String {
        switch callee {
        case .builtin(let name): name
        case .function(let path): "data." + path.joined(separator: ".")
        }
    }

    private func standIn(_ value: Term, in scope: BlockScope) -> CoreCallee? {
        let ref: Ref
        switch value.value {
        case .ref(let named): ref = named
        case .var(let name): if scope.find(name) != nil { return nil } else { ref = Ref([value]) }
        default: return nil
        }
        guard ref.terms.first?.varName != nil else { return nil }
        if let path = functionPath(ref, in: scope) {
            return compilation.tree.place(path)?.isFunction == true ? .function(path) : nil
        }
        if let name = ref.builtinName, compilation.builtins[name] != nil { return .builtin(name) }
        return nil
    }
}

extension Expr {
    /// Whether it is a variable and nothing more.
    fileprivate var isVar: Bool {
        if case .term(let term) = kind, case .var = term.value { return true }
        return false
    }
}

extension CoreTerm {
    /// The variables of the term.
    var vars: [VarID] {
        var result: [VarID] = []
        forEachVar { id, _ in result.append(id) }
        return result
    }
}
