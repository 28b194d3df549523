import Diagnostics
import RegoSyntax

/// What OPA's evaluation of a rule depends on beside its body, by where the rule stands.
struct RuleTraits {
    private struct Place: Hashable {
        var file: ObjectIdentifier
        var start: UInt32
    }

    private struct Traits {
        /// Whether all solutions are looked for before the caller goes on: sets, and objects with keys of the body.
        var isMulti: Bool
        /// Whether the first solution ends the search, because all definitions have the same constant value.
        var exitsEarly: Bool
    }

    private var traits: [Place: Traits] = [:]

    init(_ modules: [Module]) {
        var values: [String: Set<String>] = [:]
        for module in modules {
            for rule in module.rules where !rule.isDefault {
                for branch in [rule] + rule.elseRules {
                    values[Self.name(rule, module), default: []].insert(Self.value(branch, module))
                }
            }
        }
        for module in modules {
            for rule in module.rules {
                let own = values[Self.name(rule, module)] ?? []
                let isConstant = own.count == 1 && own.first != Self.unknown
                for branch in [rule] + rule.elseRules {
                    let range = module.range(of: branch.location)
                    traits[Place(file: ObjectIdentifier(range.file), start: range.start)] = Traits(
                        isMulti: Self.isMulti(rule), exitsEarly: isConstant && !Self.isMulti(rule))
                }
            }
        }
    }

    func isMulti(_ range: SourceRange) -> Bool { self[range]?.isMulti ?? false }

    func exitsEarly(_ range: SourceRange) -> Bool { self[range]?.exitsEarly ?? false }

    private subscript(range: SourceRange) -> Traits? {
        traits[Place(file: ObjectIdentifier(range.file), start: range.start)]
    }

    private static let unknown = "?"

    private static func name(_ rule: Rule, _ module: Module) -> String {
        (module.package.path.constantPath + [rule.head.name]).joined(separator: ".")
    }

    /// The text of a value that is constant, `unknown` for any other.
    private static func value(_ rule: Rule, _ module: Module) -> String {
        guard let value = rule.head.value, !rule.head.isValueGenerated else { return rule.head.isPartialSet ? unknown : "true" }
        return isConstant(value.value) ? module.range(of: value.location).text : unknown
    }

    private static func isConstant(_ value: TermValue) -> Bool {
        switch value {
        case .null, .bool, .number, .string: true
        case .array(let terms), .set(let terms): terms.allSatisfy { isConstant($0.value) }
        case .object(let items): items.allSatisfy { isConstant($0.key.value) && isConstant($0.value.value) }
        default: false
        }
    }

    private static func isMulti(_ rule: Rule) -> Bool {
        rule.head.isPartialSet
            || rule.head.ref.terms.dropFirst().contains { term in if case .var = term.value { true } else { false } }
    }
}
