import Diagnostics
import Text

/// Syntax trees as the JSON of `opa parse --format json` and `rego.parse_module`.
public struct ASTJSON {
    private let module: Module?
    private let includesLocations: Bool

    private init(module: Module?, includesLocations: Bool) {
        self.module = module
        self.includesLocations = includesLocations
    }

    /// A module; OPA always gives comments their locations, other nodes only on request.
    public static func json(of module: Module, includingLocations: Bool = false) -> SyntaxJSON {
        ASTJSON(module: module, includesLocations: includingLocations).moduleJSON(module)
    }

    /// A query or body.
    public static func json(of body: Body) -> SyntaxJSON {
        ASTJSON(module: nil, includesLocations: false).json(body)
    }

    /// A term.
    public static func json(of term: Term) -> SyntaxJSON {
        ASTJSON(module: nil, includesLocations: false).json(term)
    }

    private func moduleJSON(_ module: Module) -> SyntaxJSON {
        var members = [
            SyntaxJSON.Member(
                "package", .object([.init("path", json(module.package.path))] + place(module.package.location)))
        ]
        if !module.imports.isEmpty { members.append(.init("imports", .array(module.imports.map(json)))) }
        if !module.rules.isEmpty { members.append(.init("rules", .array(module.rules.map(json)))) }
        if !module.comments.isEmpty { members.append(.init("comments", .array(module.comments.map { json($0, in: module) }))) }
        return .object(members)
    }

    private func json(_ node: Import) -> SyntaxJSON {
        var members = [SyntaxJSON.Member("path", typed("ref", json(node.path), location(of: node.path)))]
        if let alias = node.alias { members.append(.init("alias", .string(alias))) }
        return .object(members + place(node.location))
    }

    private func json(_ comment: Comment, in module: Module) -> SyntaxJSON {
        let text = Base64.text(comment.text(in: module.file).utf8)
        return .object([
            .init("Text", .string(text)), .init("Location", locationJSON(comment.location, in: module, withText: false)),
        ])
    }

    private func json(_ rule: Rule) -> SyntaxJSON {
        json(rule, names: HeadNames(of: rule), branches: rule.elseRules[...])
    }

    /// OPA nests each `else` in the rule before it.
    private func json(_ rule: Rule, names: HeadNames, branches: ArraySlice<Rule>) -> SyntaxJSON {
        var members: [SyntaxJSON.Member] = []
        if rule.isDefault { members.append(.init("default", .bool(true))) }
        members.append(.init("head", json(rule.head, names)))
        members.append(.init("body", json(rule.body)))
        if let next = branches.first {
            members.append(.init("else", json(next, names: names, branches: branches.dropFirst())))
        }
        return .object(members + place(rule.location))
    }

    private func json(_ head: Head, _ names: HeadNames) -> SyntaxJSON {
        var members: [SyntaxJSON.Member] = []
        if names.hasName { members.append(.init("name", .string(head.name))) }
        if let key = names.key { members.append(.init("key", json(key))) }
        if let value = head.value { members.append(.init("value", json(value))) }
        if !head.args.isEmpty { members.append(.init("args", .array(head.args.map(json)))) }
        if head.assign { members.append(.init("assign", .bool(true))) }
        members.append(.init("ref", json(head.ref)))
        return .object(members + place(head.location))
    }

    private func json(_ body: Body) -> SyntaxJSON {
        .array(body.exprs.enumerated().map { json($0.element, index: $0.offset) })
    }

    private func json(_ expr: Expr, index: Int) -> SyntaxJSON {
        var members: [SyntaxJSON.Member] = []
        if expr.negated { members.append(.init("negated", .bool(true))) }
        members.append(.init("terms", terms(of: expr)))
        if !expr.with.isEmpty { members.append(.init("with", .array(expr.with.map(json)))) }
        members.append(.init("index", .number(String(index))))
        return .object(members + place(expr.location))
    }

    private func terms(of expr: Expr) -> SyntaxJSON {
        switch expr.kind {
        case .term(let term): return json(term)
        case .call(let call): return json(call)
        case .someDecl(let decl): return .object([.init("symbols", symbols(of: decl, expr.location))] + place(expr.location))
        case .every(let every):
            return .object(
                [
                    .init("key", every.key.map(json) ?? .null), .init("value", json(every.value)),
                    .init("domain", json(every.domain)), .init("body", json(every.body)),
                ] + place(expr.location))
        case .not(let body):
            return .object([
                .init("type", .string("not")), .init("explicit_body", .bool(!body.isImplicit)), .init("body", json(body)),
            ])
        case .logicalAnd(let left, let right): return logical("and", left, right)
        case .logicalOr(let left, let right): return logical("or", left, right)
        }
    }

    private func logical(_ name: String, _ left: Body, _ right: Body) -> SyntaxJSON {
        var members = [SyntaxJSON.Member("type", .string(name))]
        if !left.isImplicit { members.append(.init("explicit_lhs", .bool(true))) }
        if !right.isImplicit { members.append(.init("explicit_rhs", .bool(true))) }
        return .object(members + [.init("lhs", json(left)), .init("rhs", json(right))])
    }

    private func symbols(of decl: SomeDecl, _ place: Location) -> SyntaxJSON {
        switch decl {
        case .vars(let vars): return .array(vars.map(json))
        case .membership(let key, let value, let domain):
            let args = (key.map { [$0] } ?? []) + [value, domain]
            let name: Operator = key == nil ? .member : .memberWithKey
            let call = Call(operator: name.ref(at: place), args: args)
            return .array([json(Term(.call(call), location: place))])
        }
    }

    private func json(_ with: With) -> SyntaxJSON {
        .object([.init("target", json(with.target)), .init("value", json(with.value))] + place(with.location))
    }

    private func json(_ ref: Ref) -> SyntaxJSON { .array(ref.terms.map(json)) }

    private func json(_ call: Call) -> SyntaxJSON {
        .array([typed("ref", json(call.operator), call.operatorLocation)] + call.args.map(json))
    }

    private func typed(_ type: String, _ value: SyntaxJSON, _ location: Location) -> SyntaxJSON {
        .object([.init("type", .string(type)), .init("value", value)] + place(location))
    }

    private func location(of ref: Ref) -> Location {
        Location(start: ref.terms.first?.location.start ?? 0, end: ref.terms.last?.location.end ?? 0)
    }

    private func json(_ term: Term) -> SyntaxJSON {
        typed(term.value.kindName, value(of: term), term.location)
    }

    private func value(of term: Term) -> SyntaxJSON {
        switch term.value {
        case .null: .object([])
        case .bool(let value): .bool(value)
        case .number(let text): .number(text)
        case .string(let text), .var(let text): .string(text)
        case .ref(let ref): json(ref)
        case .array(let terms): .array(terms.map(json))
        case .set(let terms): .array(TermOrder.sortedUnique(terms).map(json))
        case .object(let items):
            .array(TermOrder.sortedUnique(items).map { .array([json($0.key), json($0.value)]) })
        case .call(let call): json(call)
        case .arrayComprehension(let node), .setComprehension(let node):
            .object([.init("term", json(node.head)), .init("body", json(node.body))])
        case .objectComprehension(let node):
            .object([.init("key", json(node.key)), .init("value", json(node.value)), .init("body", json(node.body))])
        case .templateString(let template): json(template)
        }
    }

    private func json(_ template: TemplateString) -> SyntaxJSON {
        let parts = template.parts.map { part -> SyntaxJSON in
            switch part {
            case .literal(let text): return .object([.init("type", .string("string")), .init("value", .string(text))])
            case .expr(let expr):
                if case .term(let term) = expr.kind, term.value.isScalar, expr.with.isEmpty { return json(term) }
                return json(expr, index: 0)
            }
        }
        return .object([.init("parts", parts.isEmpty ? .null : .array(parts)), .init("multi_line", .bool(template.isRaw))])
    }

    private func place(_ location: Location) -> [SyntaxJSON.Member] {
        guard includesLocations, let module else { return [] }
        return [.init("location", locationJSON(location, in: module, withText: true))]
    }

    private func locationJSON(_ location: Location, in module: Module, withText: Bool) -> SyntaxJSON {
        let range = module.range(of: location)
        let position = range.position
        var members = [
            SyntaxJSON.Member("file", .string(module.file.path)), .init("row", .number(String(position.line))),
            .init("col", .number(String(position.column))),
        ]
        if withText { members.append(.init("text", .string(Base64.text(range.text.utf8)))) }
        return .object(members)
    }
}

/// The `name` and `key` members that OPA gives a head for the sake of readers older than ref heads.
private struct HeadNames {
    var hasName: Bool
    var key: Term?

    init(of rule: Rule) {
        let head = rule.head
        hasName = head.ref.terms.count == 1
        key = head.key
        guard head.ref.terms.count == 2, !head.isPartialSet, !rule.isDefault else { return }
        let part = head.ref.terms[1]
        if head.usesIf {
            hasName = !head.isValueGenerated
            var isRef = false
            if case .ref = part.value { isRef = true }
            if head.args.isEmpty, isRef || !part.value.isGround { key = part }
        } else if head.args.isEmpty {
            hasName = true
            key = part
        }
    }
}
