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

    init(_ old: [ComparedObject], _ new: [ComparedObject]) {
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
