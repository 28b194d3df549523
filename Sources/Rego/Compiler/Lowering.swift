import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// Turns the syntax of one rule or query into core bodies: resolves names, declares variables, takes nested calls and
/// references out of operands as OPA's `RewriteDynamicTerms` and `RewriteExprTerms` stages do.
final class Lowering {
    let compilation: Compilation
    let module: ModuleNames
    let locals = LocalScope()
    /// The rule being lowered, for `rego.metadata`; nil for queries.
    let definition: RuleDefinition?
    /// Variables that something refers to.
    private(set) var used: Set<VarID> = []
    /// Names with a declaration that came too late: that they are unsafe too is no news.
    private(set) var misdeclared: Set<String> = []
    /// Whether the statement at hand is negated.
    private(set) var isNegated = false
    /// Declarations to report when nothing refers to them, with the word that says how they were declared.
    private var declarations: [(id: VarID, word: String, location: Location)] = []

    init(_ compilation: Compilation, module: ModuleNames, definition: RuleDefinition? = nil) {
        self.compilation = compilation
        self.module = module
        self.definition = definition
    }

    func report(_ code: String, _ message: String, at location: Location, hint: String? = nil) {
        compilation.report(
            Diagnostic(code: code, message: message, range: location.range(in: module.file), hint: hint))
    }

    /// Names that a term of this rule may use: variables, rules of the package, imports.
    var knownNames: [String] {
        locals.variables.filter { !$0.isGenerated && !$0.name.isEmpty }.map(\.name)
            + compilation.rules(inPackage: module.package) + module.imports.keys.sorted()
    }

    // MARK: Bodies

    func body(_ body: Body, in scope: BlockScope) -> CoreBody {
        var result = CoreBody()
        unnegated { for expr in body.exprs { lower(expr, in: scope, into: &result.exprs) } }
        return result
    }

    private func lower(_ expr: Expr, in scope: BlockScope, into exprs: inout [CoreExpr]) {
        if expr.with.isEmpty { return lowerUnmodified(expr, in: scope, into: &exprs) }
        let modifiers = expr.with.compactMap { self.modifier($0, in: scope, into: &exprs) }
        var inner: [CoreExpr] = []
        lowerUnmodified(expr, in: scope, into: &inner)
        exprs.append(CoreExpr(.with(modifiers, CoreBody(exprs: inner)), location: expr.location))
    }

    private func lowerUnmodified(_ expr: Expr, in scope: BlockScope, into exprs: inout [CoreExpr]) {
        if expr.negated {
            if case .call(let call) = expr.kind, call.infix == .assign {
                report(RegoCode.compile, "cannot assign vars inside negated expression", at: call.operatorLocation)
            }
            var inner: [CoreExpr] = []
            let wasNegated = isNegated
            isNegated = true
            statement(expr, in: scope, into: &exprs, last: &inner)
            isNegated = wasNegated
            exprs.append(CoreExpr(.not(CoreBody(exprs: inner)), location: expr.location))
        } else {
            var last: [CoreExpr] = []
            statement(expr, in: scope, into: &exprs, last: &last)
            exprs += last
        }
    }

    /// Lowers what stands inside a statement, which a `not` before the statement does not negate.
    func unnegated<T>(_ lower: () -> T) -> T {
        let before = isNegated
        isNegated = false
        defer { isNegated = before }
        return lower()
    }

    /// Lowers a statement: what it takes out goes to `exprs`, the statement itself to `last`.
    private func statement(_ expr: Expr, in scope: BlockScope, into exprs: inout [CoreExpr], last: inout [CoreExpr]) {
        switch expr.kind {
        case .term(let term):
            if case .call(let call) = term.value {
                self.call(call, at: expr.location, in: scope, into: &exprs, last: &last)
            } else {
                let tested = self.term(term, in: scope, into: &exprs)
                last.append(CoreExpr(.test(tested), location: expr.location))
            }
        case .call(let call): self.call(call, at: expr.location, in: scope, into: &exprs, last: &last)
        case .someDecl(.vars(let terms)):
            for term in terms {
                if case .var(let name) = term.value {
                    let id = declare(name, at: term.location, in: scope, by: "declared")
                    declarations.append((id, "declared", term.location))
                }
            }
        case .someDecl(.membership(let key, let value, let domain)):
            membership(key: key, value: value, domain: domain, at: expr.location, in: scope, into: &exprs, last: &last)
        case .every(let every): self.every(every, at: expr.location, in: scope, into: &exprs, last: &last)
        case .not(let body):
            last.append(
                negation(of: operand(body, in: scope, "negated expression"), hasOwnVariables: !body.isImplicit, at: expr.location)
            )
        case .logicalAnd(let left, let right):
            // Each side holds or does not, and gives nothing a value: what does not hold negated does.
            for side in [left, right] {
                let inner = negation(
                    of: operand(side, in: scope, "implicit and operand"), hasOwnVariables: !side.isImplicit, at: expr.location)
                last.append(negation(of: CoreBody(exprs: [inner]), hasOwnVariables: false, at: expr.location))
            }
        case .logicalOr(let left, let right):
            let either = CoreExpr(
                .either(operand(left, in: scope, "implicit or operand"), operand(right, in: scope, "implicit or operand")),
                location: expr.location)
            either.hasOwnVariables = (!left.isImplicit, !right.isImplicit)
            last.append(either)
        }
    }

    private func negation(of body: CoreBody, hasOwnVariables: Bool, at location: Location) -> CoreExpr {
        let expr = CoreExpr(.not(body), location: location)
        expr.hasOwnVariables.left = hasOwnVariables
        expr.isLogical = true
        return expr
    }

    /// The body of an operand; one without braces may not assign.
    private func operand(_ body: Body, in scope: BlockScope, _ name: String) -> CoreBody {
        if body.isImplicit {
            for case .call(let call) in body.exprs.map(\.kind) where call.infix == .assign {
                report(
                    RegoCode.compile, "cannot assign vars inside \(name)", at: call.operatorLocation,
                    hint: "put the operand in braces")
            }
        }
        return self.body(body, in: BlockScope(parent: scope))
    }

    private func membership(
        key: Term?, value: Term, domain: Term, at location: Location, in scope: BlockScope,
        into exprs: inout [CoreExpr], last: inout [CoreExpr]
    ) {
        let before = exprs.count
        let collection = term(domain, in: scope, into: &exprs)
        // What the collection is made of has a value already: `some x in [x]` looks for it.
        var given: Set<String> = []
        collection.forEachVar { id, _ in given.insert(locals.variables[id].name) }
        for expr in exprs[before...] { expr.forEachVar { id, _ in given.insert(locals.variables[id].name) } }
        if let key { declarePattern(key, in: scope, by: "declared", except: given) }
        declarePattern(value, in: scope, by: "declared", except: given)
        let step = key.map { term($0, in: scope, into: &exprs, asOperand: true) } ?? .local(locals.wildcard(at: location))
        let element = term(value, in: scope, into: &exprs, asOperand: true)
        let member: CoreTerm
        switch collection {
        case .ref(let head, let path): member = .ref(head, path + [step])
        case .local(let id): member = .ref(.local(id), [step])
        default: member = .ref(.term(collection), [step])
        }
        last.append(CoreExpr(.unify(element, member), location: location))
    }

    private func every(
        _ every: Every, at location: Location, in scope: BlockScope, into exprs: inout [CoreExpr],
        last: inout [CoreExpr]
    ) {
        let domain = term(every.domain, in: scope, into: &exprs)
        let inner = BlockScope(parent: scope)
        let key = every.key.map { declareEveryVar($0, in: inner) }
        let value = declareEveryVar(every.value, in: inner)
        let body = self.body(every.body, in: inner)
        last.append(CoreExpr(.every(key: key, value: value, domain: domain, body: body), location: location))
    }

    private func declareEveryVar(_ term: Term, in scope: BlockScope) -> VarID {
        let id = declare(term.varName ?? "$", at: term.location, in: scope, by: "declared")
        if !locals.variables[id].isGenerated { declarations.append((id, "declared", term.location)) }
        return id
    }

    // MARK: Names

    @discardableResult
    func declare(_ name: String, at location: Location, in scope: BlockScope, by statement: String) -> VarID {
        let isWildcard = name.utf8.first == UInt8(ascii: "$")
        if !isWildcard, let earlier = scope.declaredBy[name], statement != "argument" || earlier != "argument" {
            let problem = earlier == "argument" ? "arg \(name) redeclared" : "var \(name) \(earlier) above"
            report(RegoCode.compile, problem, at: location)
            if let known = scope.declared[name] { used.insert(known) }
        } else if !isWildcard, scope.mentioned.contains(name) {
            report(RegoCode.compile, "var \(name) referenced above", at: location)
            misdeclared.insert(name)
        } else if !isWildcard, statement != "argument", name == "input" || name == "data" {
            report(RegoCode.compile, "variables must not shadow \(name) (use a different variable name)", at: location)
        }
        if statement == "argument", let known = scope.declared[name] { return known }
        let id = locals.make(name, at: location, isGenerated: isWildcard)
        scope.declare(name, id, by: statement)
        return id
    }

    /// Declares the variables of a pattern: `[a, {"k": b}]`.
    func declarePattern(_ term: Term, in scope: BlockScope, by statement: String, except given: Set<String> = []) {
        switch term.value {
        case .var(let name) where given.contains(name): break
        case .var(let name): declare(name, at: term.location, in: scope, by: statement)
        case .array(let terms): for inner in terms { declarePattern(inner, in: scope, by: statement, except: given) }
        case .object(let items): for item in items { declarePattern(item.value, in: scope, by: statement, except: given) }
        case .ref(let ref) where ref.terms.count == 1: break
        default:
            if statement != "assigned" { break }
            report(RegoCode.compile, "cannot assign to \(term.value.kindName)", at: term.location)
        }
    }

    /// Lowers a pattern that was just declared: standing in it is no use of a variable.
    func declaredPattern(
        _ pattern: Term, in scope: BlockScope, into exprs: inout [CoreExpr], as word: String = "assigned"
    ) -> CoreTerm {
        let before = used
        let core = term(pattern, in: scope, into: &exprs, asOperand: true)
        for id in core.vars where !before.contains(id) {
            used.remove(id)
            let variable = locals.variables[id]
            if !variable.isGenerated { declarations.append((id, word, variable.location)) }
        }
        return core
    }

    /// Reports `some` variables that nothing refers to and, when strict, assigned ones.
    func reportUnused() {
        for (id, word, location) in declarations where !used.contains(id) {
            if word != "declared", !compilation.isStrict { continue }
            let name = locals.variables[id].name
            if word == "argument" {
                report(RegoCode.compile, "unused argument \(name). (hint: use _ (wildcard variable) instead)", at: location)
            } else {
                report(RegoCode.compile, "\(word) var \(name) unused", at: location)
            }
        }
    }

    enum Resolved {
        case local(VarID)
        case input([String])
        case data([String])
    }

    /// What a name at the head of a term means.
    func resolve(_ name: String, at location: Location, in scope: BlockScope) -> Resolved {
        if let id = scope.find(name) {
            used.insert(id)
            return .local(id)
        }
        if name == "input" { return .input([]) }
        if name == "data" { return .data([]) }
        if let path = module.imports[name] {
            module.use(name)
            return path.first == "input" ? .input(Array(path.dropFirst())) : .data(Array(path.dropFirst()))
        }
        if compilation.hasRule(name, inPackage: module.package) { return .data(module.package + [name]) }
        scope.mention(name)
        return .local(locals.implicitVar(name, at: location))
    }
}

extension Term {
    /// The name of a var term.
    var varName: String? {
        if case .var(let name) = value { return name }
        return nil
    }
}
