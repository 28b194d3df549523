package import Catalogue
import Diagnostics
package import Documents
package import Inputs
package import RegoNetwork

/// Builds the `data` document that policies see: parameters, settings, the user's data and, for policies that look at
/// several objects, the inventory.
package struct EvaluationData: Sendable {
    /// The Kubernetes release the manifests are meant for.
    package var kubernetesVersion = KubernetesVersion.newest
    /// The release of the Pod Security Standards.
    package var podSecurityVersion = KubernetesVersion.latest
    /// Ids of policies that are skipped, for those that merge them.
    package var skipped: [String] = []
    /// Whether references to objects that the input does not hold are reported, as notes.
    package var strictReferences = false
    /// Values that replace defaults, by policy id and name.
    package var configuration = Configuration()
    /// What `input.parameters` is for all policies that are written like Gatekeeper's; nil for each one's own.
    package var parameters: Document?
    package var userData: [(path: [String], document: Document)] = []
    /// Whether objects of the inventory without a namespace stand in `default`, as the API server would create them.
    package var fillsNamespace = true
    /// What policies may reach over the network.
    package var network: NetworkAccess?
    /// The objects as they were before a change, for policies that compare; `data.previous`.
    package var previous: [Resource] = []

    package init() {}

    /// The document for some policies; it keeps the documents it refers to alive.
    /// - Parameters:
    ///   - shared: further objects of the inventory, which others have as well.
    ///   - jobs: threads that may take part.
    package func document(
        for policies: [Policy], inventory resources: [Resource]?, beside shared: SharedObjects.Beside? = nil, jobs: Int = 1
    ) -> DataDocument {
        let fixed = shared?.objects.fixed(for: policies) { self.fixed(for: policies) } ?? fixed(for: policies)
        let arena = Arena.make(capacity: 16 << 10)
        let tree = DataTree()
        tree.merge(fixed.document.root, at: [])
        let hasPlaces = policies.contains { $0.requires.contains(.place) }
        var parts: [Inventory.Part] = []
        if let resources, let shared {
            parts += Inventory.parts(
                of: resources, beside: shared, fillsNamespace: fillsNamespace, at: "inventory", hasPlaces: hasPlaces)
        } else if let resources {
            parts += Inventory(resources, fillsNamespace: fillsNamespace)
                .parts(at: "inventory", hasPlaces: hasPlaces, jobs: jobs)
        }
        if !previous.isEmpty { parts += Inventory(clearPrevious).parts(at: "previous", hasPlaces: false, jobs: jobs) }
        for part in parts { for entry in part.entries { tree.insert(entry.value, at: entry.path) } }
        for (path, document) in userData { tree.merge(document.root, at: path[...]) }
        let root = tree.value(in: arena)
        return DataDocument(
            document: Document(arena: arena, root: root),
            kept: ((resources ?? []) + previous).map(\.document) + parts.map(\.owner) + [fixed.document], shared: shared?.objects,
            userData: userData.map(\.document), configuration: configuration, policies: policies, network: network,
            ownParameters: fixed.parameters, parameters: parameters)
    }

    /// The earlier objects without those that share their names with different ones, as objects of several environments do: a
    /// policy could not tell which of them it compares with.
    private var clearPrevious: [Resource] {
        struct Key: Hashable {
            var kind: GroupKind
            var namespace: String?
            var name: String
        }
        let groups = Dictionary(grouping: previous) {
            Key(kind: $0.type.groupKind, namespace: $0.namespace, name: $0.name)
        }
        if groups.count == previous.count { return previous }
        let clear = groups.filter { _, all in all.allSatisfy { $0.value == all[0].value } }
        return previous.filter { clear[Key(kind: $0.type.groupKind, namespace: $0.namespace, name: $0.name)] != nil }
    }

    /// What does not depend on objects.
    struct Fixed: Sendable {
        /// `parameters` and `settings`.
        let document: Document
        /// Values of `document`, by policy id.
        let parameters: [String: Value]
    }

    private func fixed(for policies: [Policy]) -> Fixed {
        let arena = Arena.make(capacity: 16 << 10)
        let tree = DataTree()
        var objects: [String: Value] = [:]
        for policy in policies.flatMap({ [$0] + $0.merged }) {
            let own = policy.parameters.map { ($0.name, configuration.value(of: $0, for: policy)) }
            for (name, value) in own { tree.insert(value, at: ["parameters", policy.id, name]) }
            if policy.origin == .user, !own.isEmpty {
                objects[policy.id] = arena.object(own.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
            }
        }
        tree.insert(arena.string(kubernetesVersion.text), at: ["settings", "kubernetes_version"])
        tree.insert(arena.string(podSecurityVersion.text), at: ["settings", "pod_security_version"])
        tree.insert(.bool(strictReferences), at: ["settings", "strict_references"])
        tree.insert(arena.array(skipped.map { arena.string($0) }), at: ["settings", "skipped"])
        let existing = configuration.existing.map { entry in
            arena.object([
                "kind": arena.string(entry.kind), "namespace": arena.string(entry.namespace), "name": arena.string(entry.name),
            ])
        }
        tree.insert(arena.array(existing), at: ["settings", "existing"])
        return Fixed(document: Document(arena: arena, root: tree.value(in: arena)), parameters: objects)
    }

    /// The user's data alone, as `opa run` would serve it; its values belong to the documents of `userData`.
    package func userDocument() -> Document {
        let arena = Arena.make(capacity: 1024)
        let tree = DataTree()
        for (path, document) in userData { tree.merge(document.root, at: path[...]) }
        return Document(arena: arena, root: tree.value(in: arena))
    }
}

/// A `data` document with everything its values point into.
package struct DataDocument: Sendable {
    package let document: Document
    let kept: [Document]
    let shared: SharedObjects?
    let userData: [Document]
    package let configuration: Configuration
    package let policies: [Policy]
    package let network: NetworkAccess?
    /// Values of `document`, by policy id.
    fileprivate let ownParameters: [String: Value]
    fileprivate let parameters: Document?

    /// What `input.parameters` is for a policy; undefined when it has none.
    func parameters(of policy: Policy) -> Value { parameters?.root ?? ownParameters[policy.id] ?? .undefined }
}
