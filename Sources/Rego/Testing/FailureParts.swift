import RegoSyntax

/// The parts of a statement whose values say why it does not hold.
struct FailureParts {
    /// Both sides of a comparison first, then the references and calls inside.
    private(set) var terms: [Term] = []
    private(set) var isComparison = false
    /// The `every` that the statement is.
    private(set) var every: Every?
    /// The names of rules, which are no variables.
    private let rules: Set<String>

    /// - Parameter text: the text of the module.
    init(of expr: Expr, rules: Set<String>, text: [UInt8]) {
        self.rules = rules
        switch expr.kind {
        case .term(let term): add(term)
        case .call(let call):
            isComparison = call.args.count == 2 && (call.infix == .equal || call.infix == .eq || call.infix == .assign)
            let kept = call.args.map { term in
                if isComparison || !isPlain(term.value) { terms.append(term) }
                return term
            }
            for term in kept { addInner(term.value) }
        case .someDecl(.membership(_, _, let domain)): add(domain)
        case .someDecl(.vars): break
        case .every(let every):
            self.every = every
            add(every.domain)
        case .not(let body): for inner in body.exprs { terms += FailureParts(of: inner, rules: rules, text: text).terms }
        case .logicalAnd(let left, let right), .logicalOr(let left, let right):
            for inner in left.exprs + right.exprs { terms += FailureParts(of: inner, rules: rules, text: text).terms }
        }
        // The whole of a call says what it gave: `startswith(…)` is false, not undefined.
        if case .call(let call) = expr.kind, call.infix == nil, !isComparison { addCall(call, text) }
        for with in expr.with { add(with.value) }
        var seen = Set<Location>()
        terms = terms.filter { seen.insert($0.location).inserted }
    }

    private mutating func addCall(_ call: Call, _ text: [UInt8]) {
        guard let start = call.operator.terms.first?.location.start, let last = call.args.last?.location.end,
            let end = text[Int(last)...].firstIndex(of: UInt8(ascii: ")"))
        else { return }
        terms.insert(Term(.call(call), location: Location(start: start, end: UInt32(end) + 1)), at: 0)
    }

    private mutating func add(_ term: Term) {
        if !isPlain(term.value) { terms.append(term) }
        addInner(term.value)
    }

    /// References and calls inside a term; what stands in comprehensions has variables of its own.
    private mutating func addInner(_ value: TermValue) {
        switch value {
        case .ref(let ref): for term in ref.terms.dropFirst() { add(term) }
        case .call(let call): for term in call.args { add(term) }
        case .array(let inner), .set(let inner): for term in inner { add(term) }
        case .object(let items): for item in items { add(item.value) }
        default: break
        }
    }

    /// What the bodies inside a statement mention, as terms.
    static func bodies(of expr: Expr) -> [Term] {
        guard case .every(let every) = expr.kind else { return [] }
        let head = Term(.bool(true), location: every.value.location)
        return [Term(.arrayComprehension(Comprehension(head: head, body: every.body)), location: every.value.location)]
    }

    /// The variables that terms mention.
    static func names(in terms: [Term]) -> Set<String> {
        var found = Set<String>()
        func visit(_ value: TermValue) {
            switch value {
            case .var(let name): found.insert(name)
            case .ref(let ref): for term in ref.terms { visit(term.value) }
            case .call(let call): for term in call.args { visit(term.value) }
            case .array(let inner), .set(let inner): for term in inner { visit(term.value) }
            case .object(let items):
                for item in items {
                    visit(item.key.value)
                    visit(item.value.value)
                }
            case .arrayComprehension(let inner), .setComprehension(let inner):
                visit(inner.head.value)
                for expr in inner.body.exprs { visit(expr) }
            case .objectComprehension(let inner):
                visit(inner.key.value)
                visit(inner.value.value)
                for expr in inner.body.exprs { visit(expr) }
            case .templateString(let text): for case .expr(let expr) in text.parts { visit(expr) }
            case .null, .bool, .number, .string: break
            }
        }
        func visit(_ expr: Expr) {
            switch expr.kind {
            case .term(let term): visit(term.value)
            case .call(let call): for term in call.args { visit(term.value) }
            case .someDecl(.membership(_, _, let domain)): visit(domain.value)
            case .someDecl(.vars): break
            case .every(let every):
                visit(every.domain.value)
                for inner in every.body.exprs { visit(inner) }
            case .not(let body): for inner in body.exprs { visit(inner) }
            case .logicalAnd(let left, let right), .logicalOr(let left, let right):
                for inner in left.exprs + right.exprs { visit(inner) }
            }
            for with in expr.with { visit(with.value.value) }
        }
        for term in terms { visit(term.value) }
        return found
    }

    /// Whether the source says all there is to know: a constant, or a variable that is shown anyway.
    func isPlain(_ value: TermValue) -> Bool {
        switch value {
        case .null, .bool, .number, .string: true
        case .var(let name): !rules.contains(name)
        case .array(let terms), .set(let terms): terms.allSatisfy { isPlain($0.value) }
        case .object(let items): items.allSatisfy { isPlain($0.key.value) && isPlain($0.value.value) }
        default: false
        }
    }
}
