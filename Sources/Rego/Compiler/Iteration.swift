import RegoSyntax

extension Expr {
    /// Whether a statement of a query may hold more than once: a reference has a variable, or it calls `walk`. What
    /// stands inside comprehensions does not count.
    var iterates: Bool {
        with.contains { $0.value.value.iterates } || kind.iterates
    }
}

extension Expr.Kind {
    fileprivate var iterates: Bool {
        switch self {
        case .term(let term): term.value.iterates
        case .call(let call): call.iterates
        case .someDecl(.vars): false
        case .someDecl(.membership(let key, let value, let domain)):
            key?.value.iterates == true || value.value.iterates || domain.value.iterates
        case .every(let every): every.domain.value.iterates || every.body.iterates
        case .not(let body): body.iterates
        case .logicalAnd(let left, let right), .logicalOr(let left, let right): left.iterates || right.iterates
        }
    }
}

extension Body {
    fileprivate var iterates: Bool { exprs.contains(where: \.iterates) }
}

extension Call {
    fileprivate var iterates: Bool { self.operator.builtinName == "walk" || args.contains { $0.value.iterates } }
}

extension TermValue {
    fileprivate var iterates: Bool {
        switch self {
        case .ref(let ref):
            ref.terms.dropFirst().contains { if case .var = $0.value { true } else { $0.value.iterates } }
                || ref.terms.first?.value.iterates == true
        case .array(let terms), .set(let terms): terms.contains { $0.value.iterates }
        case .object(let items): items.contains { $0.key.value.iterates || $0.value.value.iterates }
        case .call(let call): call.iterates
        case .templateString(let text):
            text.parts.contains { if case .expr(let expr) = $0 { expr.iterates } else { false } }
        case .null, .bool, .number, .string, .var, .arrayComprehension, .setComprehension, .objectComprehension: false
        }
    }
}
