import Diagnostics
public import Documents
public import RegoNetwork

/// Builds the `data` document that policies see: parameters, settings, the user's data and, for policies that look at
/// several objects, the inventory.
public struct EvaluationData: Sendable {
    /// The Kubernetes release the manifests are meant for.
    public var kubernetesVersion = KubernetesVersion.newest
    /// The release of the Pod Security Standards.
    public var podSecurityVersion = KubernetesVersion.latest
    /// Values that replace defaults, by policy id and name.
    public var configuration = Configuration()
    public var userData: [(path: [String], document: Document)] = []
    /// What policies may reach over the network.
    public var network: NetworkAccess?
    /// The objects as they were before a change, for policies that compare; `data.previous`.
    public var previous: [Resource] = []

    public init() {}

    /// The document for some policies; it keeps the documents it refers to alive.
    package func document(for policies: [Policy], inventory resources: [Resource]?) -> DataDocument {
        let arena = Arena.make(capacity: 16 << 10)
        let tree = DataTree()
        for policy in policies where policy.origin == .builtin {
            let own = configuration.parameters[policy.id]
            for parameter in policy.parameters {
                let value = own?[parameter.name] ?? parameter.defaultValue
                tree.insert(value, at: ["parameters", policy.id, parameter.name])
            }
        }
        tree.insert(arena.string(kubernetesVersion.text), at: ["settings", "kubernetes_version"])
        tree.insert(arena.string(podSecurityVersion.text), at: ["settings", "pod_security_version"])
        for (name, list) in [("inventory", resources ?? []), ("previous", previous)] {
            var folders: [Folder: DataTree.Reference] = [:]
            for resource in list {
                let key = Folder(type: resource.type, namespace: resource.namespace)
                let folder =
                    folders[key]
                    ?? tree.folder(at: [name] + key.scope + [resource.type.apiVersion, resource.type.kind])
                folders[key] = folder
                folder.add(resource)
            }
        }
        if let resources, policies.contains(where: { $0.requires.contains(.place) }) {
            insertPlaces(of: resources, into: tree, arena)
        }
        for (path, document) in userData { tree.merge(document.root, at: path[...]) }
        let root = tree.value(in: arena)
        return DataDocument(
            document: Document(arena: arena, root: root), kept: ((resources ?? []) + previous).map(\.document),
            userData: userData.map(\.document), configuration: configuration, policies: policies, network: network)
    }

    /// The user's data alone, as `opa run` would serve it; its values belong to the documents of `userData`.
    public func userDocument() -> Document {
        let arena = Arena.make(capacity: 1024)
        let tree = DataTree()
        for (path, document) in userData { tree.merge(document.root, at: path[...]) }
        return Document(arena: arena, root: tree.value(in: arena))
    }

    /// Where the objects of one type and namespace are kept.
    private struct Folder: Hashable {
        var type: GroupVersionKind
        var namespace: String?

        /// Kinds of the API that live outside namespaces; others without a namespace are created in `default`.
        var scope: [String] {
            if let namespace { return ["namespace", namespace] }
            return ClusterScope.contains(type.groupKind) ? ["cluster"] : ["namespace", "default"]
        }
    }

    /// `data.places[group][kind][namespace][name]` lists where objects stand; cluster-scoped ones have the namespace "".
    private func insertPlaces(of resources: [Resource], into tree: DataTree, _ arena: Arena) {
        var folders: [Folder: DataTree.Reference] = [:], path = "", file = Value.undefined, fileFolder = Value.undefined
        let keys = ["file", "folder", "line", "object"].map(arena.string)
        for resource in resources {
            let key = Folder(type: resource.type, namespace: resource.namespace)
            let folder =
                folders[key]
                ?? tree.folder(at: ["places", resource.type.group, resource.type.kind, key.scope.count > 1 ? key.scope[1] : ""])
            folders[key] = folder
            if file.isUndefined || resource.path != path {
                path = resource.path
                (file, fileFolder) = (arena.string(path), arena.string(FilePath.folder(of: path)))
            }
            let line = resource.document.source?.line(at: Int(resource.document.rootSpan.start)) ?? 1
            let place = arena.object([
                ObjectEntry(key: keys[0], value: file), ObjectEntry(key: keys[1], value: fileFolder),
                ObjectEntry(key: keys[2], value: .int(Int64(line))), ObjectEntry(key: keys[3], value: resource.value),
            ])
            folder.lists[resource.name, default: []].append(place)
        }
    }
}

/// A `data` document with everything its values point into.
package struct DataDocument: Sendable {
    package let document: Document
    let kept: [Document]
    let userData: [Document]
    let configuration: Configuration
    let policies: [Policy]
    let network: NetworkAccess?
}

/// A tree of objects under construction.
private struct DataTree {
    enum Node {
        case value(Value)
        case tree(Reference)
    }

    final class Reference {
        var members: [String: Node] = [:]
        /// Members that are arrays still growing.
        var lists: [String: [Value]] = [:]
        /// The objects among the members, by their own name.
        private var resources: [String: [Resource]] = [:]

        /// Puts an object below a folder under its name. Of several that differ, as variants for several clusters do, the
        /// later ones get names such as `web (2)`, which no reference means.
        func add(_ resource: Resource) {
            let known = resources[resource.name] ?? []
            if known.count == DataTree.mostOfOneName || known.contains(where: { $0.hasText(of: resource) }) { return }
            let name = known.isEmpty ? resource.name : "\(resource.name) (\(known.count + 1))"
            members[name] = .value(resource.value)
            resources[resource.name] = known + [resource]
        }
    }

    /// How many different objects of one name are kept.
    private static let mostOfOneName = 8

    private let root = Reference()

    func insert(_ value: Value, at path: [String]) {
        guard let last = path.last else { return }
        folder(at: path.dropLast()).members[last] = .value(value)
    }

    /// Puts an object's members under `path`, member by member, so that what stands there already stays.
    func merge(_ value: Value, at path: ArraySlice<String>) {
        guard value.kind == .object else { return insert(value, at: Array(path)) }
        let place = folder(at: Array(path))
        for (index, key) in value.keys.enumerated() {
            if case .tree? = place.members[key.string] {
                merge(value.values[index], at: path + [key.string])
            } else {
                place.members[key.string] = .value(value.values[index])
            }
        }
    }

    func folder(at path: [String]) -> Reference {
        var node = root
        for name in path {
            if case .tree(let next)? = node.members[name] {
                node = next
                continue
            }
            let next = Reference()
            if case .value(let value)? = node.members[name], value.kind == .object {
                for (index, key) in value.keys.enumerated() { next.members[key.string] = .value(value.values[index]) }
            }
            node.members[name] = .tree(next)
            node = next
        }
        return node
    }

    func value(in arena: Arena) -> Value { Self.value(of: root, in: arena) }

    private static func value(of reference: Reference, in arena: Arena) -> Value {
        let lists = reference.lists.map { ObjectEntry(key: arena.string($0), value: arena.array($1)) }
        return arena.object(
            lists + reference.members.map { name, node in
                let value: Value =
                    switch node {
                    case .value(let value): value
                    case .tree(let reference): Self.value(of: reference, in: arena)
                    }
                return ObjectEntry(key: arena.string(name), value: value)
            })
    }
}
