import RegoSyntax

/// Lets a test whose ref goes on after its name, as `test_concat[note]`, say which case it is about to decide: a call of
/// `internal.test_case` stands in its body from where the variables of the ref first appear, so that cases that never
/// become true are known (OPA's `injectTestCaseFunc`).
enum TestCaseMarks {
    static let function = "internal.test_case"

    static func inject(into rule: inout Rule, after name: TestName) {
        let names = Array(rule.head.ref.terms[name.length...])
        guard !names.isEmpty, !rule.isDefault, !Mentions(rule.body).functions.contains(function) else { return }
        let wanted = names.reduce(into: Set<String>()) { $0.formUnion(Mentions($1).names) }
        let place =
            wanted.compactMap { name in
                rule.body.exprs.firstIndex { !$0.onlyDeclares && Mentions($0).names.contains(name) }
            }.max().map { $0 + 1 } ?? 0
        let location = rule.head.location
        let parts = function.split(separator: ".").map(String.init)
        let callee = Ref([Term(.var(parts[0]), location: location), Term(.string(parts[1]), location: location)])
        let call = Call(operator: callee, args: [Term(.array(names), location: location)])
        rule.body.exprs.insert(Expr(.call(call), location: location), at: place)
    }
}

extension Expr {
    /// Whether it is `some x`, which gives `x` no value.
    fileprivate var onlyDeclares: Bool {
        if case .someDecl(.vars) = kind { return true }
        return false
    }
}

/// The variables and functions that a piece of syntax names.
private struct Mentions {
    private(set) var names = Set<String>()
    private(set) var functions = Set<String>()

    init(_ term: Term) { visit(term) }
    init(_ expr: Expr) { visit(expr) }
    init(_ body: Body) { visit(body) }

    private mutating func visit(_ body: Body) { for expr in body.exprs { visit(expr) } }
    private mutating func visit(_ terms: [Term]) { for term in terms { visit(term) } }

    private mutating func visit(_ expr: Expr) {
        switch expr.kind {
        case .term(let term): visit(term)
        case .call(let call): visit(call)
        case .someDecl(.vars(let terms)): visit(terms)
        case .someDecl(.membership(let key, let value, let domain)): visit([key, value, domain].compactMap { $0 })
        case .every(let every):
            visit([every.key, every.value, every.domain].compactMap { $0 })
            visit(every.body)
        case .not(let body): visit(body)
        case .logicalAnd(let left, let right), .logicalOr(let left, let right):
            visit(left)
            visit(right)
        }
        for with in expr.with { visit([with.target, with.value]) }
    }

    private mutating func visit(_ call: Call) {
        if let name = call.operator.builtinName { functions.insert(name) }
        visit(call.args)
    }

    private mutating func visit(_ term: Term) {
        switch term.value {
        case .null, .bool, .number, .string: break
        case .var(let name): names.insert(name)
        case .templateString(let template): for case .expr(let expr) in template.parts { visit(expr) }
        case .ref(let ref): visit(ref.terms)
        case .array(let terms), .set(let terms): visit(terms)
        case .object(let items): for item in items { visit([item.key, item.value]) }
        case .call(let call): visit(call)
        case .arrayComprehension(let inner), .setComprehension(let inner):
            visit(inner.head)
            visit(inner.body)
        case .objectComprehension(let inner):
            visit([inner.key, inner.value])
            visit(inner.body)
        }
    }
}
