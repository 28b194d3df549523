package import Documents
package import Inputs
import Synchronization

/// The objects of a cluster that policies compare with, within a bound on memory.
package final class ClusterStore: Sendable {
    /// How it stands with a kind.
    package enum Status: Sendable, Equatable {
        case loading
        case complete
        /// Why its objects are not here.
        case missing(String)
    }

    fileprivate struct Entry {
        var resource: Resource
        var size: Int
    }

    fileprivate struct State {
        var objects: [GroupKind: [String: Entry]] = [:]
        var status: [GroupKind: Status] = [:]
        var size = 0
        var version = 0
    }

    let limit: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - limit: bytes of all objects together, as they stand in memory.
    package init(kinds: [GroupKind], limit: Int) {
        self.limit = limit
        var state = State()
        for kind in kinds { state.status[kind] = .loading }
        self.state = Mutex(state)
    }

    /// Changes with each change of an object or a status.
    package var version: Int { state.withLock { $0.version } }
    package var size: Int { state.withLock { $0.size } }
    package var statuses: [GroupKind: Status] { state.withLock { $0.status } }
    /// Whether it is known of every kind whether its objects are here.
    package var isSettled: Bool { state.withLock { !$0.status.values.contains(.loading) } }

    /// All objects, sorted by namespace and name.
    package var resources: [Resource] {
        let all = state.withLock { state in state.objects.values.flatMap { $0.map { ($0.key, $0.value.resource) } } }
        return all.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The Namespace of a name; nil when it is not here.
    package func namespace(_ name: String) -> Resource? {
        state.withLock { $0.objects[GroupKind(group: "", kind: "Namespace")]?["/" + name]?.resource }
    }

    func set(_ status: Status, of kind: GroupKind) {
        state.withLock { state in
            if state.status[kind] == status { return }
            state.status[kind] = status
            state.version += 1
            if case .missing = status { state.remove(kind) }
        }
    }

    /// Puts all objects of a kind in place of those that are there; false when they are too large.
    func replace(_ kind: GroupKind, by objects: [(document: Document, size: Int)]) -> Bool {
        state.withLock { state in
            state.remove(kind)
            state.version += 1
            for (document, size) in objects {
                guard state.put(document, size, kind, limit: limit) else { return false }
            }
            return true
        }
    }

    /// Takes over a new or changed object; false when there is no room for it.
    func put(_ document: Document, size: Int, of kind: GroupKind) -> Bool {
        state.withLock { state in
            state.version += 1
            return state.put(document, size, kind, limit: limit)
        }
    }

    func delete(_ document: Document, of kind: GroupKind) {
        state.withLock { state in
            guard let old = state.objects[kind]?.removeValue(forKey: ClusterObject.key(of: document.root)) else { return }
            state.size -= old.size
            state.version += 1
        }
    }
}

extension ClusterStore.State {
    fileprivate mutating func remove(_ kind: GroupKind) {
        for entry in (objects.removeValue(forKey: kind) ?? [:]).values { size -= entry.size }
    }

    fileprivate mutating func put(_ document: Document, _ bytes: Int, _ kind: GroupKind, limit: Int) -> Bool {
        let root = document.root, key = ClusterObject.key(of: root), metadata = root.field("metadata")
        let known = objects[kind]?[key]?.size ?? 0
        guard size - known + bytes <= limit else { return false }
        size += bytes - known
        let resource = Resource(
            document: document,
            type: GroupVersionKind(apiVersion: root.field("apiVersion").stringValue ?? "", kind: kind.kind),
            namespace: metadata.field("namespace").stringValue, name: metadata.field("name").stringValue ?? "",
            path: "cluster", documentIndex: 0, itemPath: [])
        objects[kind, default: [:]][key] = ClusterStore.Entry(resource: resource, size: bytes)
        return true
    }
}

/// An object as the API server gives it.
enum ClusterObject {
    /// `namespace/name`; objects of the cluster have no namespace.
    static func key(of root: Value) -> String {
        let metadata = root.field("metadata")
        return (metadata.field("namespace").stringValue ?? "") + "/" + (metadata.field("name").stringValue ?? "")
    }

    /// What policies need of an object: no record of who wrote which field, no copy of the whole, and of a Secret no values.
    /// - Parameters:
    ///   - apiVersion: items of lists leave it out, and the kind.
    static func document(_ value: Value, apiVersion: String, kind: String) -> (document: Document, size: Int) {
        let arena = Arena.make(capacity: 1024)
        var members: [ObjectEntry] = []
        for (key, member) in zip(value.keys, value.values) {
            switch key.stringValue {
            case "apiVersion", "kind": continue
            case "metadata": members.append(entry("metadata", metadata(member, in: arena), in: arena))
            case let name?:
                let isSecret = kind == "Secret" && (name == "data" || name == "stringData") || name == "binaryData"
                members.append(entry(name, isSecret ? withoutValues(member, in: arena) : arena.copy(member), in: arena))
            case nil: continue
            }
        }
        members.append(entry("apiVersion", arena.string(apiVersion), in: arena))
        members.append(entry("kind", arena.string(kind), in: arena))
        let root = arena.object(members)
        // The values of a document take about three times the bytes of its text.
        return (Document(arena: arena, root: root), 3 * root.writtenSize(upTo: 32 << 20) + 1024)
    }

    private static func entry(_ name: String, _ value: Value, in arena: Arena) -> ObjectEntry {
        ObjectEntry(key: arena.string(name), value: value)
    }

    private static func metadata(_ value: Value, in arena: Arena) -> Value {
        guard value.kind == .object else { return .null }
        let applied = "kubectl.kubernetes.io/last-applied-configuration"
        var members: [ObjectEntry] = []
        for (key, member) in zip(value.keys, value.values) where key.stringValue != "managedFields" {
            guard key.stringValue == "annotations", member.kind == .object else {
                members.append(entry(key.stringValue ?? "", arena.copy(member), in: arena))
                continue
            }
            let kept = zip(member.keys, member.values).filter { $0.0.stringValue != applied }
            members.append(
                entry(
                    "annotations", arena.object(kept.map { entry($0.0.stringValue ?? "", arena.copy($0.1), in: arena) }),
                    in: arena))
        }
        return arena.object(members)
    }

    private static func withoutValues(_ value: Value, in arena: Arena) -> Value {
        guard value.kind == .object else { return .null }
        return arena.object(value.keys.map { entry($0.stringValue ?? "", arena.string(""), in: arena) })
    }
}
