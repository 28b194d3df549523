package import Inputs
import Rego
import RegoSyntax

/// The kinds of objects that policies look up in `data.inventory`.
package struct ObjectNeeds: Sendable {
    /// By policy id.
    package let kinds: [String: Set<GroupKind>]

    /// The needs of the policies among some that compare objects: the kinds that their rules, and all that those call, name.
    package init(of policies: [Policy], in set: PolicySet) {
        let chosen = policies.filter { $0.scope == .allObjects }
        let sources = set.library.sources(for: Set(chosen.lazy.filter { $0.origin == .builtin }.map(\.entrypoint)))
        var modules = sources.map { Parser.parseModule($0, version: .v1).0 }
        modules += set.user.modules.map(\.syntax)
        let uses = InputUse.of(rules: chosen.map(\.entrypoint), in: modules, builtins: PolicyBuiltins.table)
        var kinds: [String: Set<GroupKind>] = [:]
        for policy in chosen {
            let texts = uses[policy.entrypoint]?.texts ?? []
            var own = Set(policy.requires)
            for target in policy.targets where target.group != "*" {
                for kind in target.kinds where kind != "*" { own.insert(GroupKind(group: target.group, kind: kind)) }
            }
            own.formUnion(KnownKinds.named(in: texts))
            kinds[policy.id] = own.filter { KnownKinds.areListed($0) }
        }
        self.kinds = kinds
    }

    /// The kinds that any of the policies needs, sorted.
    package var all: [GroupKind] {
        Set(kinds.values.joined()).sorted { ($0.group, $0.kind) < ($1.group, $1.kind) }
    }
}

extension KnownKinds {
    /// The kinds that texts name, with their group: `apps/v1` and `Deployment`, or a kind of the core.
    static func named(in texts: Set<String>) -> Set<GroupKind> {
        var found: Set<GroupKind> = []
        for (group, kinds) in groups where group.isEmpty || texts.contains(where: { isOf(group, $0) }) {
            for kind in kinds where texts.contains(kind) { found.insert(GroupKind(group: group, kind: kind)) }
        }
        return found
    }

    private static func isOf(_ group: String, _ text: String) -> Bool {
        text == group || text.hasPrefix(group) && text.dropFirst(group.count).first == "/"
    }

    /// Whether objects of a kind can be listed, and are worth it: not what is only asked, and not what happens all the time.
    static func areListed(_ kind: GroupKind) -> Bool {
        let others: Set<String> = [
            "Binding", "ComponentStatus", "Eviction", "Event", "Lease", "Scale", "TokenReview", "SubjectAccessReview",
            "SelfSubjectAccessReview", "SelfSubjectRulesReview", "LocalSubjectAccessReview", "TokenRequest",
        ]
        return !others.contains(kind.kind) && kind.group != "lintel" && !kind.group.hasSuffix("config.k8s.io")
            && kind.group != "audit.k8s.io" && kind.group != "admission.k8s.io"
    }
}
