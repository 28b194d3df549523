import Diagnostics
import RegoSyntax

/// Reports rules that cannot stand together (OPA's `CheckRuleConflicts`) and names that shadow others.
struct RuleConflicts {
    let compilation: Compilation

    func check() {
        GroundTree(compilation.tree).forEachNode { node in
            if nested(at: node) || kinds(at: node) { return }
            defaults(at: node)
        }
        for module in compilation.modules { names(in: module) }
        packages()
    }

    private func report(_ code: String, _ message: String, _ range: SourceRange, _ notes: [Diagnostic.Note] = []) {
        compilation.report(Diagnostic(code: code, message: message, range: range, notes: notes))
    }

    private func place(_ definition: RuleDefinition) -> SourceRange { definition.range(definition.rule.head.location) }

    private func defaults(at node: GroundTree) {
        let defaults = node.rules.filter(\.rule.isDefault)
        guard defaults.count > 1 else { return }
        let places = defaults.map { rule in
            let range = self.place(rule)
            return "\(range.file.path):\(range.position.line)"
        }
        report(
            RegoCode.type, "multiple default rules \(Self.fullName(defaults[0])) found at \(places.joined(separator: ", "))",
            self.place(defaults[1]), [.init("the first one", range: self.place(defaults[0]))])
    }

    /// The rules that share the ground part of their ref are all complete, all partial objects, all partial sets, or all
    /// functions of one arity; true when they are not.
    private func kinds(at node: GroundTree) -> Bool {
        guard let first = node.rules.first, let other = node.rules.first(where: { Self.kind($0) != Self.kind(first) })
        else { return false }
        report(
            RegoCode.type, "conflicting rules \(Self.fullName(other)) found", self.place(first),
            [.init("the other rule is \(Self.kind(other)), this one \(Self.kind(first))", range: self.place(other))])
        return true
    }

    private static func kind(_ definition: RuleDefinition) -> String {
        let head = definition.rule.head
        if head.isFunction { return "a function of \(head.args.count) argument\(head.args.count == 1 ? "" : "s")" }
        if head.isPartialSet { return definition.isGround ? "a partial set" : "a partial object of sets" }
        return definition.isGround ? "a complete rule" : "a partial object"
    }

    private static func fullName(_ definition: RuleDefinition) -> String {
        definition.name + definition.tail.map(keyText).joined()
    }

    /// A part of a rule's ref as its name shows it: `[x]`, `name`.
    private static func keyText(_ term: Term) -> String {
        switch term.value {
        case .string(let text): "." + text
        case .var(let name): "[\(name.hasPrefix("$") ? "_" : name)]"
        case .number(let text): "[\(text)]"
        case .bool(let value): "[\(value)]"
        case .null: "[null]"
        default: "[…]"
        }
    }

    /// A document whose whole ref is ground and rules for parts of it, or a partial document and functions below it; true
    /// when there are such.
    private func nested(at node: GroundTree) -> Bool {
        guard let first = node.rules.first else { return false }
        let isGround = node.rules.contains(where: \.isGround)
        let below = node.below.filter { isGround || $0.isFunction }
        guard !below.isEmpty else { return false }
        let lines = below.map { rule in
            let range = self.place(rule)
            return "\n  rule \(Self.fullName(rule)) at \(range.file.path):\(range.position.line)"
        }
        report(RegoCode.type, "rule \(Self.fullName(first)) conflicts with:\(lines.joined())", self.place(first))
        return true
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
