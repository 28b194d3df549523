import Documents

/// The kinds that a body asks for.
struct KindTests {
    /// A place of an object and the names of which its `kind` must be one.
    struct Test {
        var head: CoreHead
        var path: [String]
        var names: [String]
    }

    let tests: [Test]

    init(_ body: CoreBody) {
        var references: [VarID: CoreTerm] = [:]
        for case .unify(.local(let id), let term) in body.exprs.map(\.kind) where references[id] == nil {
            references[id] = term
        }
        tests = body.exprs.compactMap { Self.test($0, references) }
    }

    private static func test(_ expr: CoreExpr, _ references: [VarID: CoreTerm]) -> Test? {
        func written(_ term: CoreTerm) -> CoreTerm {
            if case .local(let id) = term { references[id] ?? term } else { term }
        }
        switch expr.kind {
        case .unify(let left, let right):
            return test(written(left), written(right)) ?? test(written(right), written(left))
        case .call(.builtin("equal"), let sides, nil) where sides.count == 2:
            return test(written(sides[0]), written(sides[1])) ?? test(written(sides[1]), written(sides[0]))
        case .call(.builtin("internal.member_2"), let sides, nil) where sides.count == 2:
            guard let names = strings(written(sides[1])) else { return nil }
            return test(written(sides[0]), among: names)
        default: return nil
        }
    }

    private static func test(_ term: CoreTerm, _ other: CoreTerm) -> Test? {
        guard case .constant(let value) = other, let name = value.stringValue else { return nil }
        return test(term, among: [name])
    }

    private static func test(_ term: CoreTerm, among names: [String]) -> Test? {
        guard case .ref(let head, let keys) = term else { return nil }
        let path = keys.compactMap { key in if case .constant(let value) = key { value.stringValue } else { nil } }
        guard path.count == keys.count, path.last == "kind" else { return nil }
        return Test(head: head, path: path, names: names)
    }

    /// The strings that a collection written out holds; nil when it holds anything else.
    private static func strings(_ term: CoreTerm) -> [String]? {
        var names: [String?]
        switch term {
        case .constant(let value) where value.kind == .array || value.kind == .set:
            names = value.elements.map(\.stringValue)
        case .array(let terms), .set(let terms):
            names = terms.map { term in if case .constant(let value) = term { value.stringValue } else { nil } }
        default: return nil
        }
        let known = names.compactMap { $0 }
        return known.count == names.count && !known.isEmpty ? known : nil
    }
}
