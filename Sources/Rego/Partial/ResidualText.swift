import Documents
import RegoRuntime
import RegoSyntax

/// Residual queries and support modules as Rego text.
struct ResidualText {
    private let evaluator: PartialEvaluator

    init(_ evaluator: PartialEvaluator) { self.evaluator = evaluator }

    func body(_ exprs: [PartialExpr]) -> String { exprs.map(expr).joined(separator: "; ") }

    func expr(_ expr: PartialExpr) -> String {
        let text =
            switch expr.kind {
            case .unify(let left, let right): "\(operand(left)) = \(operand(right))"
            case .call(let name, let arguments, nil): call(name, arguments, isStatement: true)
            case .call(let name, let arguments, .some(let tuple)) where evaluator.isRelation(name):
                call(name, arguments + [tuple], isStatement: true)
            case .call(let name, let arguments, .some(let output)):
                "\(call(name, arguments, isStatement: false)) = \(operand(output))"
            case .test(let term): self.term(term, isStatement: true)
            case .not(let body) where body.count == 1 && body[0].modifiers.isEmpty: "not \(self.expr(body[0]))"
            case .not(let body): "not { \(self.body(body)) }"
            case .either(let left, let right): "{ \(body(left)) } or { \(body(right)) }"
            case .every(let key, let value, let domain, let body):
                "every \(key.map { name($0) + ", " } ?? "")\(name(value)) in \(term(domain)) { \(self.body(body)) }"
            case .some(let ids): "some " + ids.map(name).joined(separator: ", ")
            }
        return text + expr.modifiers.map { " with \($0.target) as \(term($0.value))" }.joined()
    }

    func name(_ id: ResidualVar) -> String { evaluator.variables[id].name }

    private func operand(_ term: PartialTerm) -> String { self.term(term, isStatement: true) }

    func term(_ term: PartialTerm, isStatement: Bool = false) -> String {
        switch term {
        case .value(let value): return RegoTermWriter.string(value)
        case .variable(let id): return name(id)
        case .ref(let head, let path):
            let start =
                switch head {
                case .input: "input"
                case .data: "data"
                case .variable(let id): name(id)
                case .term(.call(let name, let arguments)): "\(name)(\(list(arguments)))"
                case .term(let term): self.term(term)
                }
            return start + path.map(key).joined()
        case .array(let terms): return "[\(list(terms))]"
        case .set(let terms): return terms.isEmpty ? "set()" : "{\(list(terms))}"
        case .object(let entries):
            return "{" + entries.map { "\(self.term($0.key)): \(self.term($0.value))" }.joined(separator: ", ") + "}"
        case .call(let name, let arguments): return call(name, arguments, isStatement: isStatement)
        case .comprehension(let kind, let key, let head, let body):
            let inner = "\(key.map { self.term($0) + ": " } ?? "")\(self.term(head)) | \(self.body(body))"
            return kind == .array ? "[\(inner)]" : "{\(inner)}"
        }
    }

    private func list(_ terms: [PartialTerm]) -> String { terms.map { term($0) }.joined(separator: ", ") }

    private func call(_ name: String, _ arguments: [PartialTerm], isStatement: Bool) -> String {
        if name == "internal.member_2", arguments.count == 2 {
            let text = "\(term(arguments[0])) in \(term(arguments[1]))"
            return isStatement ? text : "(\(text))"
        }
        if name == "internal.member_3", arguments.count == 3 {
            let text = "\(term(arguments[0])), \(term(arguments[1])) in \(term(arguments[2]))"
            return isStatement ? text : "(\(text))"
        }
        if let infix = Operator(rawValue: name), arguments.count == 2 {
            let text = "\(term(arguments[0])) \(infix.symbol) \(term(arguments[1]))"
            return isStatement ? text : "(\(text))"
        }
        // The name of a function that stands in for another.
        return arguments.isEmpty && evaluator.compilation.builtins[name]?.arguments.isEmpty == false
            ? name : "\(name)(\(list(arguments)))"
    }

    private func key(_ term: PartialTerm) -> String {
        if case .value(let value) = term, value.kind == .string, Self.isName(value.string) { return "." + value.string }
        return "[\(self.term(term))]"
    }

    static func path(_ parts: [String]) -> String {
        parts.enumerated().map { index, part in
            if index == 0 { return part }
            return isName(part) ? "." + part : "[\"\(part)\"]"
        }.joined()
    }

    private static let keywords: Set<String> = [
        "as", "default", "else", "every", "false", "if", "import", "in", "not", "null", "package", "some", "true", "with",
        "contains", "and", "or",
    ]

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first == UInt8(ascii: "_") || (first | 0x20) &- 0x61 < 26 else { return false }
        return !keywords.contains(text)
            && text.utf8.allSatisfy { $0 == UInt8(ascii: "_") || ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 <= 9 }
    }

    // MARK: Support

    /// The support rules of one package as a module.
    func module(_ package: [String], _ rules: [(name: String, rules: [SupportRule])]) -> String {
        var text = "package " + Self.path(["partial"] + package) + "\n"
        for (name, rules) in rules {
            for (index, rule) in rules.enumerated() {
                let head = name + rule.tail.map(key).joined()
                let value = rule.value.map { " := " + term($0) } ?? ""
                let element = rule.element.map { " contains " + term($0) } ?? ""
                let condition = rule.body.isEmpty ? "" : " if { \(body(rule.body)) }"
                if rule.isDefault {
                    text += "\ndefault \(head)\(value)\n"
                } else if rule.isElse, index > 0 {
                    text.removeLast()
                    text += " else\(value)\(condition)\n"
                } else {
                    text += "\n\(head)\(element)\(value)\(condition)\n"
                }
            }
        }
        return text
    }
}
