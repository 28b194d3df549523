/// A text that two nodes share exactly when they have the same structure, wherever they stand.
///
/// Wildcards are renumbered in order of appearance in their rule, so that only their identity within it counts.
public struct ShapeText {
    private var output = ""
    private var wildcards: [String: Int] = [:]

    /// True when two modules have the same package, imports and rules.
    ///
    /// `ignoringImports` leaves keyword imports and the order of imports aside.
    public static func areEqual(_ left: Module, _ right: Module, ignoringImports: Bool = false) -> Bool {
        guard ignoringImports else { return describe(left) == describe(right) }
        func withoutKeywordImports(_ module: Module) -> Module {
            var module = module
            module.imports.removeAll { ["rego", "future"].contains($0.path.terms.first?.stringOrVarName) }
            module.imports.sort { describe(.ref($0.path)) + ($0.alias ?? "") < describe(.ref($1.path)) + ($1.alias ?? "") }
            return module
        }
        return describe(withoutKeywordImports(left)) == describe(withoutKeywordImports(right))
    }

    /// The structure of a module without comments.
    public static func describe(_ module: Module) -> String {
        var text = ShapeText()
        text.write("package", module.package.path)
        for node in module.imports { text.write("import " + (node.alias ?? ""), node.path) }
        for rule in module.rules {
            // Rules with several bodies share the wildcards of the head, which formatted are rules of their own.
            text.wildcards.removeAll()
            text.write(rule)
        }
        return text.output
    }

    /// The structure of a rule.
    public static func describe(_ rule: Rule) -> String {
        var text = ShapeText()
        text.write(rule)
        return text.output
    }

    /// The structure of a body.
    public static func describe(_ body: Body) -> String {
        var text = ShapeText()
        text.write(body)
        return text.output
    }

    /// The structure of a term.
    public static func describe(_ value: TermValue) -> String {
        var text = ShapeText()
        text.write(value)
        return text.output
    }

    private mutating func write(_ rule: Rule) {
        output += rule.isDefault ? "default(" : "rule("
        write("ref", rule.head.ref)
        write("args", rule.head.args)
        write("key", rule.head.key.map { [$0] } ?? [])
        write("value", rule.head.value.map { [$0] } ?? [])
        write(rule.body)
        for branch in rule.elseRules { write(branch) }
        output += ")\n"
    }

    private mutating func write(_ body: Body) {
        output += body.isImplicit ? "<" : "{"
        for expr in body.exprs { write(expr) }
        output += body.isImplicit ? ">" : "}"
    }

    private mutating func write(_ expr: Expr) {
        if expr.negated { output += "!" }
        switch expr.kind {
        case .term(let term): write(term.value)
        case .call(let call): write(call)
        case .someDecl(.vars(let vars)): write("some", vars)
        case .someDecl(.membership(let key, let value, let domain)):
            write("some-in", (key.map { [$0] } ?? []) + [value, domain])
        case .every(let every):
            write("every", (every.key.map { [$0] } ?? []) + [every.value, every.domain])
            write(every.body)
        case .not(let body):
            output += "not"
            write(body)
        case .logicalAnd(let left, let right):
            output += "and"
            write(left)
            write(right)
        case .logicalOr(let left, let right):
            output += "or"
            write(left)
            write(right)
        }
        for with in expr.with { write("with", [with.target, with.value]) }
        output += ";"
    }

    private mutating func write(_ name: String, _ ref: Ref) { write(name, ref.terms) }

    private mutating func write(_ name: String, _ terms: [Term]) {
        output += name + "("
        for term in terms {
            write(term.value)
            output += ","
        }
        output += ")"
    }

    private mutating func write(_ call: Call) {
        write("op", call.operator)
        write("call", call.args)
    }

    private mutating func write(_ value: TermValue) {
        switch value {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .number(let text): output += text
        case .string(let text): output += "\"\(text.utf8.count):\(text)\""
        case .var(let name): write(variable: name)
        case .ref(let ref): write("ref", ref)
        case .array(let terms): write("array", terms)
        case .set(let terms): write("set", terms)
        case .object(let items): write("object", items.flatMap { [$0.key, $0.value] })
        case .call(let call): write(call)
        case .arrayComprehension(let node), .setComprehension(let node):
            write(value.kindName, [node.head])
            write(node.body)
        case .objectComprehension(let node):
            write(value.kindName, [node.key, node.value])
            write(node.body)
        case .templateString(let template): write(template)
        }
    }

    private mutating func write(variable name: String) {
        guard name.utf8.first == UInt8(ascii: "$") else {
            output += name
            return
        }
        let number = wildcards[name] ?? wildcards.count
        wildcards[name] = number
        output += "$\(number)"
    }

    private mutating func write(_ template: TemplateString) {
        output += template.isRaw ? "raw-template(" : "template("
        for part in template.parts {
            switch part {
            case .literal(let text): output += "\"\(text.utf8.count):\(text)\""
            case .expr(let expr): write(expr)
            }
        }
        output += ")"
    }
}
