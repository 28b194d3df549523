package import RegoSyntax

/// Changes every ref of a module, wherever it stands.
package struct RefMapping {
    /// Called for each ref, and with whether it is an expression by itself; what it leaves in place is used.
    private let change: (inout Ref, Bool) -> Void

    package init(_ change: @escaping (inout Ref) -> Void) { self.change = { ref, _ in change(&ref) } }

    init(tellingStatements change: @escaping (inout Ref, Bool) -> Void) { self.change = change }

    package func apply(to module: inout Module) {
        for index in module.imports.indices { change(&module.imports[index].path, false) }
        for index in module.rules.indices { rule(&module.rules[index]) }
    }

    private func rule(_ rule: inout Rule) {
        // The name a rule defines is no reference; what stands in its brackets may hold some.
        for index in rule.head.ref.terms.indices.dropFirst() { term(&rule.head.ref.terms[index]) }
        terms(&rule.head.args)
        if rule.head.key != nil { term(&rule.head.key!) }
        if rule.head.value != nil { term(&rule.head.value!) }
        body(&rule.body)
        for index in rule.elseRules.indices { self.rule(&rule.elseRules[index]) }
    }

    private func body(_ body: inout Body) { for index in body.exprs.indices { expr(&body.exprs[index]) } }

    private func expr(_ expr: inout Expr) {
        switch expr.kind {
        case .term(var value):
            if case .ref(var statement) = value.value {
                ref(&statement, isStatement: true)
                value.value = .ref(statement)
            } else {
                term(&value)
            }
            expr.kind = .term(value)
        case .call(var value):
            call(&value)
            expr.kind = .call(value)
        case .someDecl(.membership(var key, var value, var domain)):
            if key != nil { term(&key!) }
            term(&value)
            term(&domain)
            expr.kind = .someDecl(.membership(key: key, value: value, domain: domain))
        case .someDecl(.vars): break
        case .every(var every):
            term(&every.domain)
            body(&every.body)
            expr.kind = .every(every)
        case .not(var inner):
            body(&inner)
            expr.kind = .not(inner)
        case .logicalAnd(var left, var right):
            body(&left)
            body(&right)
            expr.kind = .logicalAnd(left, right)
        case .logicalOr(var left, var right):
            body(&left)
            body(&right)
            expr.kind = .logicalOr(left, right)
        }
        for index in expr.with.indices {
            term(&expr.with[index].target)
            term(&expr.with[index].value)
        }
    }

    private func call(_ call: inout Call) {
        ref(&call.operator)
        terms(&call.args)
    }

    private func ref(_ ref: inout Ref, isStatement: Bool = false) {
        change(&ref, isStatement)
        // The head of a ref may be a term of its own, such as a call.
        for index in ref.terms.indices {
            if index == 0, case .var = ref.terms[0].value { continue }
            term(&ref.terms[index])
        }
    }

    private func terms(_ terms: inout [Term]) { for index in terms.indices { term(&terms[index]) } }

    private func term(_ term: inout Term) {
        switch term.value {
        case .null, .bool, .number, .string, .var: break
        case .ref(var value):
            ref(&value)
            term.value = .ref(value)
        case .array(var values):
            terms(&values)
            term.value = .array(values)
        case .set(var values):
            terms(&values)
            term.value = .set(values)
        case .object(var items):
            for index in items.indices {
                self.term(&items[index].key)
                self.term(&items[index].value)
            }
            term.value = .object(items)
        case .call(var value):
            call(&value)
            term.value = .call(value)
        case .arrayComprehension(var value):
            comprehension(&value)
            term.value = .arrayComprehension(value)
        case .setComprehension(var value):
            comprehension(&value)
            term.value = .setComprehension(value)
        case .objectComprehension(var value):
            self.term(&value.key)
            self.term(&value.value)
            body(&value.body)
            term.value = .objectComprehension(value)
        case .templateString(var text):
            for index in text.parts.indices {
                guard case .expr(var part) = text.parts[index] else { continue }
                expr(&part)
                text.parts[index] = .expr(part)
            }
            term.value = .templateString(text)
        }
    }

    private func comprehension(_ value: inout Comprehension) {
        term(&value.head)
        body(&value.body)
    }
}
