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

    /// Nothing is needed.
    init() {}

    init(_ program: PolicyProgram?, _ expansion: Expansion) {
        guard let program, !program.sceneSlots.isEmpty || !program.listSlots.isEmpty else { return }
        isUnbounded = !program.listSlots.isEmpty || !expansion.isEmpty
        for policy in program.sceneSlots.map({ program.policies[$0] }) {
            guard let pair = policy.constraint, policy.judges == .object else {
                isUnbounded = true
                continue
            }
            judging.append(policy)
            if pair.template.usesNamespace || pair.constraint.match.needsNamespaces { kinds.insert("Namespace") }
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
            let isNeeded = known[kind] ?? (kinds.contains(kind.kind) || judging.contains { $0.applies(to: kind) })
            known[kind] = isNeeded
            return isNeeded ? resource : asksForNames ? Self.name(of: resource) : nil
        }
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
