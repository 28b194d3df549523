package import Documents

/// What a violation of a constraint leads to, strongest last.
package enum ConstraintAction: String, Sendable, Hashable, CaseIterable, Comparable {
    case dryrun, warn, deny

    package static func < (left: ConstraintAction, right: ConstraintAction) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .dryrun: 0
        case .warn: 1
        case .deny: 2
        }
    }
}

/// Where constraints are enforced; a constraint may act differently at each.
package enum EnforcementPoint: String, Sendable, Hashable, CaseIterable {
    case webhook = "validation.gatekeeper.sh"
    case audit = "audit.gatekeeper.sh"
    /// Checks without a cluster.
    case gator = "gator.gatekeeper.sh"
}

/// `spec.enforcementAction` of a constraint, with `spec.scopedEnforcementActions`.
package struct Enforcement: Sendable {
    /// An action and the points at which it holds; `*` stands for all.
    private struct Scoped: Sendable {
        var action: ConstraintAction
        var points: [String]
    }

    private var action: ConstraintAction? = .deny
    private var scoped: [Scoped] = []

    package init() {}

    /// Reads `spec` of a constraint.
    /// - Parameter problem: is told what is wrong, with the steps from `spec`.
    package init(_ spec: Value, _ problem: (String, [DocumentPath.Step]) -> Void) {
        let words = ConstraintAction.allCases.map(\.rawValue)
        let value = spec.field("enforcementAction")
        if value.kind == .undefined || value.kind == .null { return }
        let word = value.stringValue ?? ""
        if let known = ConstraintAction(rawValue: word) {
            action = known
        } else if word == "scoped" {
            action = nil
            readScoped(spec.field("scopedEnforcementActions"), problem)
        } else if !word.isEmpty || value.kind != .string {
            problem(
                "enforcementAction is \(JSONWriter.string(value)); it is \(words.joined(separator: ", ")) or scoped",
                [.key("enforcementAction")])
        }
    }

    private mutating func readScoped(_ list: Value, _ problem: (String, [DocumentPath.Step]) -> Void) {
        guard list.kind == .array, list.count > 0 else {
            problem("enforcementAction scoped needs scopedEnforcementActions", [.key("enforcementAction")])
            return
        }
        for (index, item) in list.elements.enumerated() {
            let path: [DocumentPath.Step] = [.key("scopedEnforcementActions"), .index(index)]
            guard let action = item.field("action").stringValue.flatMap(ConstraintAction.init(rawValue:)) else {
                problem("action of a scoped enforcement action is deny, warn or dryrun", path + [.key("action")])
                continue
            }
            let points = item.field("enforcementPoints")
            let names = points.kind == .array ? points.elements.compactMap { $0.field("name").stringValue } : []
            if names.isEmpty { problem("a scoped enforcement action needs enforcementPoints, each with a name", path) }
            scoped.append(Scoped(action: action, points: names))
        }
    }

    /// The strongest action at a point; nil when the constraint is not enforced there.
    package func action(at point: EnforcementPoint) -> ConstraintAction? {
        if let action { return action }
        return scoped.filter { $0.points.contains { $0 == "*" || $0 == point.rawValue } }.map(\.action).max()
    }

    /// All actions at a point, strongest first.
    package func actions(at point: EnforcementPoint) -> [ConstraintAction] {
        if let action { return [action] }
        let found = scoped.filter { $0.points.contains { $0 == "*" || $0 == point.rawValue } }.map(\.action)
        return Set(found).sorted(by: >)
    }
}
