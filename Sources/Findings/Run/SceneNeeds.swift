import Catalogue
import Documents
import Gatekeeper
import Inputs

/// What of the objects of a run has to be kept until all were read, for policies that look at several.
///
/// Policies may look at any object, but constraints of Gatekeeper mostly name the kinds that they look up. What no policy will
/// see is let go as soon as it has been judged by itself.
struct SceneNeeds: Sendable {
    private var judging: [Policy] = []
    private var kinds: Set<String> = []
    private var asksForNames = false
    private var isUnbounded = false
    /// Checks of which it shows at once whether they match objects of kinds that their rules say nothing about.
    private(set) var slotsToMeet: [Int] = []

    /// Nothing is needed.
    init() {}

    init(_ program: PolicyProgram?, _ expansion: Expansion) {
        guard let program, !program.sceneSlots.isEmpty || !program.listSlots.isEmpty else { return }
        isUnbounded = !program.listSlots.isEmpty || !expansion.isEmpty
        for slot in program.sceneSlots {
            let policy = program.policies[slot]
            guard let pair = policy.constraint, policy.judges == .object else {
                isUnbounded = true
                continue
            }
            judging.append(policy)
            if pair.template.usesNamespace || pair.constraint.match.needsNamespaces { kinds.insert("Namespace") }
            if Self.kindsOfRule(policy) != nil { slotsToMeet.append(slot) }
            guard let inventory = pair.template.inventory else { continue }
            kinds.formUnion(inventory.kinds)
            asksForNames = asksForNames || inventory.asksForNames
            isUnbounded = isUnbounded || inventory.isUnbounded
        }
    }

    var isEmpty: Bool { !isUnbounded && judging.isEmpty }

    /// What is kept of some objects: those that will be judged or looked at, and what others are called where that matters.
    func kept(_ resources: [Resource]) -> [Resource] {
        if isUnbounded { return resources }
        if isEmpty { return [] }
        var known: [GroupKind: Bool] = [:]
        return resources.compactMap { resource in
            let kind = resource.type.groupKind
            let isNeeded = known[kind] ?? (kinds.contains(kind.kind) || judging.contains { Self.judges($0, kind) })
            known[kind] = isNeeded
            return isNeeded ? resource : asksForNames ? Self.name(of: resource) : nil
        }
    }

    /// The kinds that a constraint's rule says something about; nil for any, and where other objects decide what it matches.
    private static func kindsOfRule(_ policy: Policy) -> Set<String>? {
        guard let pair = policy.constraint, !pair.constraint.match.needsNamespaces else { return nil }
        return pair.template.kinds
    }

    private static func judges(_ policy: Policy, _ kind: GroupKind) -> Bool {
        policy.applies(to: kind) && kindsOfRule(policy)?.contains(kind.kind) ?? true
    }

    /// An object of which only the name is left.
    private static func name(of resource: Resource) -> Resource {
        // A run may have a great many: the arena is as small as what it holds.
        let size = 512 + resource.name.utf8.count + (resource.namespace?.utf8.count ?? 0)
        let arena = Arena.make(capacity: size)
        let document = Document(arena: arena, root: name(of: resource, in: arena))
        return Resource(
            document: document, type: resource.type, namespace: resource.namespace, name: resource.name, path: resource.path,
            documentIndex: resource.documentIndex, itemPath: resource.itemPath)
    }

    private static func name(of resource: Resource, in arena: Arena) -> Value {
        var metadata = [ObjectEntry(key: arena.string("name"), value: arena.string(resource.name))]
        if let namespace = resource.namespace {
            metadata.append(ObjectEntry(key: arena.string("namespace"), value: arena.string(namespace)))
        }
        return arena.object([
            "apiVersion": arena.string(resource.type.apiVersion), "kind": arena.string(resource.type.kind),
            "metadata": arena.object(metadata),
        ])
    }
}
