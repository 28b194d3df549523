import Documents
package import Gatekeeper
import Inputs

extension Policy {
    /// A constraint of Gatekeeper, which its template judges by.
    package convenience init(_ pair: GatekeeperPolicies.Pair) {
        let (constraint, template) = (pair.constraint, pair.template)
        let document = Document { arena in
            arena.object([
                "title": arena.string(template.title), "description": arena.string(template.summary),
                "custom": arena.object([ObjectEntry]()),
            ])
        }
        // Namespaces are among the other objects too.
        let looksAround = template.usesInventory || template.usesNamespace || constraint.match.needsNamespaces
        let targets = constraint.match.kinds.flatMap { item in
            (item.groups.isEmpty ? ["*"] : item.groups).map {
                Target(group: $0, kinds: item.kinds.isEmpty ? ["*"] : item.kinds)
            }
        }
        self.init(
            id: constraint.id, slug: "", severity: PolicySeverity(pair.action), scope: looksAround ? .allObjects : .object,
            targets: constraint.match.kinds.isEmpty ? [Target(group: "*", kinds: ["*"])] : targets,
            entrypoint: template.entrypoint, path: constraint.path, origin: .user, constraint: pair,
            entry: MetadataEntry(document: document, value: document.root))
    }
}

extension PolicySeverity {
    /// What an action of Gatekeeper comes to where nothing is admitted: what it would deny is an error.
    package init(_ action: ConstraintAction) {
        switch action {
        case .deny: self = .high
        case .warn: self = .low
        case .dryrun: self = .info
        }
    }
}
