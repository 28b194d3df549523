import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

extension Lowering {
    /// Lowers a term. As an operand, references and comprehensions are evaluated before the statement into variables
    /// of their own, so that a statement without them is undefined even below `not`, as in OPA.
    func term(
        _ term: Term, in scope: BlockScope, into exprs: inout [CoreExpr], asOperand: Bool = false
    ) -> CoreTerm {
        switch term.value {
        case .null: return .constant(.null)
        case .bool(let value): return .constant(.bool(value))
        case .number(let text): return .constant(NumberText.value(text, in: compilation.arena))
        case .string(let text): return .constant(compilation.text(text))
        case .var(let name):
            switch resolve(name, at: term.location, in: scope) {
            case .local(let id): return .local(id)
            case .input(let path): return takenOut(reference(.input, path), term, &exprs, if: asOperand)
            case .data(let path): return takenOut(reference(.data, path), term, &exprs, if: asOperand)
            }
        case .ref(let ref): return takenOut(self.ref(ref, in: scope, into: &exprs), term, &exprs, if: asOperand)
        case .array(let terms):
            return folded(.array(terms.map { self.term($0, in: scope, into: &exprs, asOperand: true) }))
        case .set(let terms):
            return folded(.set(terms.map { self.term($0, in: scope, into: &exprs, asOperand: true) }))
        case .object(let items):
            let entries = items.map { item in
                (
                    key: self.term(item.key, in: scope, into: &exprs, asOperand: true),
                    value: self.term(item.value, in: scope, into: &exprs, asOperand: true)
                )
            }
            // Of equal keys the last wins, and computed ones come after constants, as OPA orders them.
            let constants = entries.filter { if case .constant = $0.key { true } else { false } }
            let computed = entries.filter { if case .constant = $0.key { false } else { true } }
            return folded(.object(constants + computed))
        case .call(let call):
            let result = CoreTerm.local(locals.generated(at: term.location))
            unnegated { self.call(call, output: result, at: term.location, in: scope, into: &exprs) }
            return result
        case .templateString(let template):
            let result = CoreTerm.local(locals.generated(at: term.location))
            unnegated { self.template(template, output: result, at: term.location, in: scope, into: &exprs) }
            return result
        case .arrayComprehension(let inner):
            return takenOut(comprehension(.array, inner, at: term.location, in: scope), term, &exprs, if: asOperand)
        case .setComprehension(let inner):
            return takenOut(comprehension(.set, inner, at: term.location, in: scope), term, &exprs, if: asOperand)
        case .objectComprehension(let inner):
            let result = unnegated {
                let block = BlockScope(parent: scope)
                var body = self.body(inner.body, in: block)
                let key = self.term(inner.key, in: block, into: &body.exprs, asOperand: true)
                let head = self.term(inner.value, in: block, into: &body.exprs, asOperand: true)
                return CoreComprehension(kind: .object, key: key, head: head, body: body, location: term.location)
            }
            return takenOut(.comprehension(result), term, &exprs, if: asOperand)
        }
    }

    private func comprehension(
        _ kind: CoreComprehension.Kind, _ inner: Comprehension, at location: Location, in scope: BlockScope
    ) -> CoreTerm {
        unnegated {
            let block = BlockScope(parent: scope)
            var body = self.body(inner.body, in: block)
            let head = term(inner.head, in: block, into: &body.exprs, asOperand: true)
            return .comprehension(CoreComprehension(kind: kind, key: nil, head: head, body: body, location: location))
        }
    }

    /// The term, or a new variable that an expression before the statement sets to it.
    private func takenOut(_ core: CoreTerm, _ term: Term, _ exprs: inout [CoreExpr], if isWanted: Bool) -> CoreTerm {
        guard isWanted else { return core }
        let id = locals.generated(at: term.location)
        let expr = CoreExpr(.unify(.local(id), core), location: term.location)
        // OPA asks which variables have values before it takes references out, and below `not` they give none.
        expr.bindsLeftOnly = isNegated
        exprs.append(expr)
        return .local(id)
    }

    private func reference(_ head: CoreHead, _ path: [String]) -> CoreTerm {
        .ref(head, path.map { .constant(compilation.text($0)) })
    }

    func ref(_ ref: Ref, in scope: BlockScope, into exprs: inout [CoreExpr]) -> CoreTerm {
        guard let first = ref.terms.first else { return .constant(.null) }
        var head: CoreHead
        var path: [CoreTerm] = []
        if case .var(let name) = first.value {
            switch resolve(name, at: first.location, in: scope) {
            case .local(let id): head = .local(id)
            case .input(let prefix):
                head = .input
                path = prefix.map { .constant(compilation.text($0)) }
            case .data(let prefix):
                head = .data
                path = prefix.map { .constant(compilation.text($0)) }
            }
        } else {
            let inner = term(first, in: scope, into: &exprs)
            if case .local(let id) = inner { head = .local(id) } else { head = .term(inner) }
        }
        for part in ref.terms.dropFirst() { path.append(term(part, in: scope, into: &exprs, asOperand: true)) }
        return .ref(head, path)
    }

    /// A composite of constants becomes a constant.
    private func folded(_ core: CoreTerm) -> CoreTerm {
        func constants(_ terms: [CoreTerm]) -> [Value]? {
            var values: [Value] = []
            for term in terms {
                guard case .constant(let value) = term else { return nil }
                values.append(value)
            }
            return values
        }
        switch core {
        case .array(let terms): return constants(terms).map { .constant(compilation.arena.array($0)) } ?? core
        case .set(let terms): return constants(terms).map { .constant(compilation.arena.set($0)) } ?? core
        case .object(let entries):
            guard let keys = constants(entries.map(\.key)), let values = constants(entries.map(\.value)) else {
                return core
            }
            return .constant(compilation.arena.object(zip(keys, values).map { ObjectEntry(key: $0, value: $1) }))
        default: return core
        }
    }
}
