import RegoSyntax

/// The rules of all modules by the part of their ref before the first variable, as OPA's rule tree has them: unlike
/// `RuleTree`, whose paths are strings, it goes on through `p[1]` and `p[true]`.
final class GroundTree {
    /// In source order.
    private(set) var rules: [RuleDefinition] = []
    private var children: [String: GroundTree] = [:]
    private var order: [GroundTree] = []

    private init() {}

    convenience init(_ tree: RuleTree) {
        self.init()
        var definitions: [RuleDefinition] = []
        tree.forEachPlace { definitions += $0.rules + $0.dynamicRules }
        definitions.sort { ($0.moduleIndex, $0.rule.location.start) < ($1.moduleIndex, $1.rule.location.start) }
        for definition in definitions {
            var node = self
            for key in definition.path { node = node.child(ShapeText.describe(.string(key))) }
            for term in definition.tail.prefix(while: \.isGround) { node = node.child(ShapeText.describe(term.value)) }
            node.rules.append(definition)
        }
    }

    private func child(_ key: String) -> GroundTree {
        if let known = children[key] { return known }
        let child = GroundTree()
        children[key] = child
        order.append(child)
        return child
    }

    /// The rules of all nodes below this one.
    var below: [RuleDefinition] { order.flatMap { $0.rules + $0.below } }

    func forEachNode(_ visit: (GroundTree) -> Void) {
        visit(self)
        for child in order { child.forEachNode(visit) }
    }
}

extension RuleDefinition {
    /// Whether no part of the rule's ref is a variable, or stands for one as a call does.
    var isGround: Bool { tail.allSatisfy(\.isGround) }
}

extension Term {
    /// Whether the term is a scalar as it stands. OPA puts collections in refs into variables of their own.
    var isGround: Bool {
        switch value {
        case .null, .bool, .number, .string: true
        default: false
        }
    }
}
