import Documents
import Inputs

/// Brings the objects of two sides together.
///
/// An object of the same kind, namespace and name is the same one. Several such objects, as those of two environments, are told
/// apart by what applies them; where that is on one side only, it has another name or place now, and what they say decides.
struct ObjectPairs {
    private(set) var pairs: [(old: ComparedObject, new: ComparedObject)] = []
    private(set) var removed: [ComparedObject] = []
    private(set) var added: [ComparedObject] = []

    private struct Group {
        var old: [ComparedObject] = []
        var new: [ComparedObject] = []
    }

    /// - Parameter acrossNamespaces: whether objects of the same kind and name are the same one in any namespace.
    init(_ old: [ComparedObject], _ new: [ComparedObject], acrossNamespaces: Bool = false) {
        var groups: [ObjectKey: Group] = [:], order: [ObjectKey] = []
        func add(_ object: ComparedObject, _ side: WritableKeyPath<Group, [ComparedObject]>) {
            let key = ObjectKey(object.resource)
            if groups[key] == nil { order.append(key) }
            groups[key, default: Group()][keyPath: side].append(object)
        }
        for object in old { add(object, \.old) }
        for object in new { add(object, \.new) }
        let oldApplications = Set(old.map(\.application)), newApplications = Set(new.map(\.application))
        for key in order {
            guard var group = groups[key] else { continue }
            match(&group) { [$0.application.appliedBy, $0.application.path, $0.application.values, $0.file] }
            match(&group) { [$0.application.appliedBy, $0.application.path, $0.application.values] }
            match(&group) { $0.application.appliedBy.isEmpty ? nil : [$0.application.appliedBy] }
            // What is left was moved only if its application is not on both sides.
            pair(&group) { old, new in
                Self.mayBeMoved(old, new, oldApplications, newApplications) && old.resource.value == new.resource.value
            }
            pair(&group) { old, new in Self.mayBeMoved(old, new, oldApplications, newApplications) }
            removed += group.old
            added += group.new
        }
        matchGenerated()
        if acrossNamespaces { matchOthers() }
    }

    /// What has a name that no other object of its kind has on its side.
    private mutating func matchOthers() {
        var group = Group(old: removed, new: added)
        func key(_ object: ComparedObject) -> [String] {
            [object.resource.type.group, object.resource.type.kind, object.resource.name]
        }
        var counts: [[String]: Int] = [:]
        for object in removed { counts[key(object), default: 0] += 1 }
        var others: [[String]: Int] = [:]
        for object in added { others[key(object), default: 0] += 1 }
        match(&group) { object in
            let key = key(object)
            return counts[key] == 1 && others[key] == 1 ? key : nil
        }
        (removed, added) = (group.old, group.new)
    }

    /// Kustomize puts a hash of what they hold at the end of the names of ConfigMaps and Secrets that it makes: with other
    /// contents they are the same all the same.
    private mutating func matchGenerated() {
        var group = Group(old: removed, new: added)
        func key(_ object: ComparedObject, _ rest: [String]) -> [String]? {
            guard let name = Self.nameWithoutHash(object.resource) else { return nil }
            return [object.resource.type.kind, object.resource.namespace ?? "", name] + rest
        }
        match(&group) { key($0, [$0.application.appliedBy, $0.application.path, $0.application.values]) }
        match(&group) { $0.application.appliedBy.isEmpty ? nil : key($0, [$0.application.appliedBy]) }
        (removed, added) = (group.old, group.new)
    }

    /// The name of a ConfigMap or Secret before the hash of kustomize; nil where there is none.
    private static func nameWithoutHash(_ resource: Resource) -> String? {
        guard resource.type.group.isEmpty, ["ConfigMap", "Secret"].contains(resource.type.kind) else { return nil }
        let name = resource.name
        guard let dash = name.lastIndex(of: "-"), dash != name.startIndex else { return nil }
        let hash = name[name.index(after: dash)...]
        // The digits that it writes hashes with.
        return hash.utf8.count == 10 && hash.allSatisfy("2456789bcdfghkmt".contains) ? String(name[..<dash]) : nil
    }

    private static func mayBeMoved(
        _ old: ComparedObject, _ new: ComparedObject, _ oldApplications: Set<Application>, _ newApplications: Set<Application>
    ) -> Bool {
        !newApplications.contains(old.application) || !oldApplications.contains(new.application)
            || old.application.kind == nil && new.application.kind == nil
    }

    /// Pairs the objects that a key is the same of, in their order; those without a key stay.
    private mutating func match(_ group: inout Group, by key: (ComparedObject) -> [String]?) {
        if group.old.isEmpty || group.new.isEmpty { return }
        var waiting: [[String]: [Int]] = [:]
        for (index, object) in group.new.enumerated().reversed() {
            if let key = key(object) { waiting[key, default: []].append(index) }
        }
        var taken: Set<Int> = [], left: [ComparedObject] = []
        for object in group.old {
            if let key = key(object), let index = waiting[key]?.popLast() {
                pairs.append((object, group.new[index]))
                taken.insert(index)
            } else {
                left.append(object)
            }
        }
        group.old = left
        group.new = group.new.indices.filter { !taken.contains($0) }.map { group.new[$0] }
    }

    private static let mostTries = 10_000

    private mutating func pair(_ group: inout Group, where fits: (ComparedObject, ComparedObject) -> Bool) {
        var left: [ComparedObject] = [], tries = 0
        for object in group.old {
            let index = group.new.firstIndex { other in
                tries += 1
                return tries <= Self.mostTries && fits(object, other)
            }
            if let index { pairs.append((object, group.new.remove(at: index))) } else { left.append(object) }
        }
        group.old = left
    }
}
