import Diagnostics
import RegoSyntax

/// Reports rules that cannot stand together (OPA's `CheckRuleConflicts`) and names that shadow others.
struct RuleConflicts {
    let compilation: Compilation

    func check() {
        compilation.tree.forEachPlace { place in
            defaults(at: place)
            kinds(at: place)
            nested(at: place)
        }
        for module in compilation.modules { names(in: module) }
        packages()
    }

    private func report(_ code: String, _ message: String, _ range: SourceRange, _ notes: [Diagnostic.Note] = []) {
        compilation.report(Diagnostic(code: code, message: message, range: range, notes: notes))
    }

    private func place(_ definition: RuleDefinition) -> SourceRange { definition.range(definition.rule.head.location) }

    private func defaults(at place: RuleTree) {
        let defaults = place.rules.filter(\.rule.isDefault)
        guard defaults.count > 1 else { return }
        let places = defaults.map { rule in
            let range = self.place(rule)
            return "\(range.file.path):\(range.position.line)"
        }
        report(
            RegoCode.type, "multiple default rules \(defaults[0].name) found at \(places.joined(separator: ", "))",
            self.place(defaults[1]), [.init("the first one", range: self.place(defaults[0]))])
    }

    /// The rules that share the constant part of their ref are all complete, all partial objects, all partial sets, or
    /// all functions of one arity.
    private func kinds(at place: RuleTree) {
        let definitions = (place.rules + place.dynamicRules).sorted {
            ($0.moduleIndex, $0.rule.location.start) < ($1.moduleIndex, $1.rule.location.start)
        }
        guard let first = definitions.first, let other = definitions.first(where: { Self.kind($0) != Self.kind(first) })
        else { return }
        let name = other.name + other.tail.map(Self.keyText).joined()
        report(
            RegoCode.type, "conflicting rules \(name) found", self.place(first),
            [.init("the other rule is \(Self.kind(other)), this one \(Self.kind(first))", range: self.place(other))])
    }

    private static func kind(_ definition: RuleDefinition) -> String {
        let head = definition.rule.head
        if head.isFunction { return "a function of \(head.args.count) argument\(head.args.count == 1 ? "" : "s")" }
        if head.isPartialSet { return "a partial set" }
        return definition.tail.isEmpty ? "a complete rule" : "a partial object"
    }

    /// A part of a rule's ref as its name shows it: `[x]`, `name`.
    private static func keyText(_ term: Term) -> String {
        switch term.value {
        case .string(let text): "." + text
        case .var(let name): "[\(name.hasPrefix("$") ? "_" : name)]"
        case .number(let text): "[\(text)]"
        default: "[…]"
        }
    }

    /// A document of constant path and rules for parts of it.
    private func nested(at place: RuleTree) {
        guard let first = place.rules.first, place.dynamicRules.isEmpty || first.isFunction else { return }
        var below: [RuleDefinition] = []
        for key in place.childOrder { place.child(key)!.forEachPlace { below += $0.rules + $0.dynamicRules } }
        let packaged = below.filter { $0.module.package.path.constantPath.count <= place.path.count - 1 }
        guard !packaged.isEmpty else { return }
        let lines = packaged.map { rule in
            let range = self.place(rule)
            return "\n  rule \(rule.name) at \(range.file.path):\(range.position.line)"
        }
        report(RegoCode.type, "rule \(first.name) conflicts with:\(lines.joined())", self.place(first))
    }

    /// A package at or below the path of a rule.
    private func packages() {
        for module in compilation.modules {
            let path = module.package.path.constantPath
            for length in 1..<(path.count + 1) {
                guard let place = compilation.tree.place(path[..<length]), let rule = place.rules.first else { continue }
                report(
                    RegoCode.type, "package data.\(path.joined(separator: ".")) conflicts with rule \(rule.name)",
                    module.range(of: module.package.location), [.init("the rule", range: self.place(rule))])
                break
            }
        }
    }

    private func names(in module: Module) {
        let isStrict = module.regoVersion == .v1 || module.importsRegoV1 || compilation.isStrict
        var imported: [String: Import] = [:]
        for statement in module.imports {
            guard let name = statement.name, let head = statement.path.terms.first?.varName,
                head == "data" || head == "input"
            else { continue }
            if isStrict, let earlier = imported[name] {
                let text = module.range(of: earlier.location).text
                report(RegoCode.compile, "import must not shadow \(text)", module.range(of: statement.location))
            }
            imported[name] = statement
        }
        for rule in module.rules {
            let name = rule.head.name
            if isStrict, name == "input" || name == "data" {
                report(
                    RegoCode.compile, "rules must not shadow \(name) (use a different rule name)",
                    module.range(of: rule.head.location))
            }
        }
    }
}
