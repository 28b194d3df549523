import Diagnostics
import Documents
import Inputs
import Synchronization

/// The objects of a run by type, namespace and name, as policies that look at several find them.
///
/// Runs have a great many objects and few groups of them: names are sorted once, as the documents want them.
struct Inventory: Sendable {
    /// What tells groups apart; the texts belong to the objects' documents.
    private struct Key: Hashable {
        var apiVersion: Value
        var kind: Value
        var namespace: Value
    }

    /// The objects of one type in one namespace, in the order of the input.
    private struct Group: Sendable {
        let type: GroupVersionKind
        let namespace: String?
        let fillsNamespace: Bool
        var members: [Int] = []

        /// Below `places`; what has another one has another place below the inventory, too.
        var place: [String] { [type.group, type.kind, scope.count > 1 ? scope[1] : ""] }

        /// Kinds of the API that live outside namespaces; others without a namespace are created in `default`.
        var scope: [String] {
            if let namespace { return ["namespace", namespace] }
            return !fillsNamespace || ClusterScope.contains(type.groupKind) ? ["cluster"] : ["namespace", "default"]
        }
    }

    /// How many different objects of one name are kept.
    private static let mostOfOneName = 8

    let resources: [Resource]
    /// Whether objects without a namespace stand where the API server would create them, in `default`.
    private let fillsNamespace: Bool
    private var groups: [Group] = []

    init(_ resources: [Resource], fillsNamespace: Bool = true) {
        self.resources = resources
        self.fillsNamespace = fillsNamespace
        var numbers: [Key: Int] = [:]
        for (index, resource) in resources.enumerated() {
            let root = resource.value
            let key = Key(
                apiVersion: root.field("apiVersion"), kind: root.field("kind"),
                namespace: resource.namespace == nil ? .undefined : root.field("metadata").field("namespace"))
            if let number = numbers[key] {
                groups[number].members.append(index)
            } else {
                numbers[key] = groups.count
                groups.append(
                    Group(
                        type: resource.type, namespace: resource.namespace, fillsNamespace: fillsNamespace, members: [index]))
            }
        }
    }

    /// A part of the `data` document and the owner of what was made for it.
    struct Part: Sendable {
        /// The place is that of the objects, as their group has it.
        var entries: [(path: [String], place: [String], value: Value)] = []
        let owner: Document

        init(_ arena: Arena) { owner = Document(arena: arena, root: .null) }

        /// Nothing of its own, but what others have values of.
        init(keeping owner: Document) { self.owner = owner }
    }

    /// The objects below `name`, as Gatekeeper has them, and when asked for where they stand, below `places`. The two are
    /// made side by side when there is a thread for each.
    func parts(at name: String, hasPlaces: Bool, jobs: Int) -> [Part] {
        let results = Mutex<[Part]>([])
        let next = Atomic<Int>(0)
        let count = hasPlaces ? 2 : 1
        WorkerPool.run(jobs: min(jobs, count)) {
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                if number >= count { return }
                let part = number == 0 ? objects(at: name) : places()
                results.withLock { $0.append(part) }
            }
        }
        return results.withLock { $0 }
    }

    private func objects(at name: String) -> Part {
        let arena = Arena.make(capacity: 16 << 10)
        var part = Part(arena)
        for (path, group) in merged(by: { [$0.type.apiVersion, $0.type.kind] + $0.scope }) {
            let (type, scope) = (path[..<2], path[2...])
            part.entries.append(([name] + scope + type, group.place, objects(group.members, in: arena)))
        }
        return part
    }

    /// `data.places[group][kind][namespace][name]` lists places; cluster-scoped objects have the namespace "".
    private func places() -> Part {
        let arena = Arena.make(capacity: 16 << 10)
        var part = Part(arena)
        let places = places(in: arena)
        for (path, group) in merged(by: \.place) {
            let lists = runs(group.members, in: arena).map {
                ObjectEntry(key: $0.key, value: arena.array($0.members.map { places[$0] }))
            }
            part.entries.append((["places"] + path, path, arena.object(lists)))
        }
        return part
    }

    /// The groups that have the same path as one, their members in the order of the input.
    private func merged(by path: (Group) -> [String]) -> [[String]: Group] {
        Dictionary(groups.map { (path($0), $0) }) { first, second in
            var group = first
            group.members = (first.members + second.members).sorted()
            return group
        }
    }

    /// The numbers of the objects, by their places.
    var placesOfMembers: [[String]: [Int]] { merged(by: \.place).mapValues(\.members) }

    /// The objects by their names. Of several that differ, as variants for several clusters do, the later ones get names
    /// such as `web (2)`, which no reference means.
    private func objects(_ members: [Int], in arena: Arena) -> Value {
        var entries: [ObjectEntry] = []
        entries.reserveCapacity(members.count)
        for run in runs(members, in: arena) {
            var kept = run.members.prefix(1)
            for member in run.members.dropFirst() where kept.count < Self.mostOfOneName {
                if !kept.contains(where: { resources[$0].hasText(of: resources[member]) }) { kept.append(member) }
            }
            for (number, member) in kept.enumerated() {
                let key = number == 0 ? run.key : arena.string("\(resources[member].name) (\(number + 1))")
                entries.append(ObjectEntry(key: key, value: resources[member].value))
            }
        }
        return arena.object(entries)
    }

    /// The members that have one name, by name.
    private func runs(_ members: [Int], in arena: Arena) -> [(key: Value, members: ArraySlice<Int>)] {
        let keys = members.map { member in
            let name = resources[member].value.field("metadata").field("name")
            return name.kind == .string && name.count > 0 ? name : arena.string(resources[member].name)
        }
        let order = keys.indices.sorted { left, right in
            let order = ValueOrder.compare(keys[left], keys[right])
            return order == 0 ? left < right : order < 0
        }
        let sorted = order.map { members[$0] }
        var runs: [(key: Value, members: ArraySlice<Int>)] = [], start = 0
        for end in 1..<(sorted.count + 1) where end == sorted.count || keys[order[end]] != keys[order[start]] {
            runs.append((keys[order[start]], sorted[start..<end]))
            start = end
        }
        return runs
    }

    /// Where each object stands.
    private func places(in arena: Arena) -> [Value] {
        let keys = ["file", "folder", "line", "object"].map(arena.string)
        var path = "", file = Value.undefined, folder = Value.undefined
        return resources.map { resource in
            if file.isUndefined || resource.path != path {
                path = resource.path
                (file, folder) = (arena.string(path), arena.string(FilePath.folder(of: path)))
            }
            let line = resource.document.firstLine
            let values = [file, folder, .int(Int64(line)), resource.value]
            let place = arena.objectStorage(count: 4)
            for index in 0..<4 { (place.keys[index], place.values[index]) = (keys[index], values[index]) }
            return arena.finishObject(place.keys, count: 4)
        }
    }
}
