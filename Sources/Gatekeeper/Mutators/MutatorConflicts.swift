import Diagnostics
import Documents
import Inputs

/// Mutators whose locations make different things of a field, such as an object and a list, cannot both be right: as in
/// Gatekeeper, none of them changes anything.
enum MutatorConflicts {
    /// What the location of a mutator makes of the field at a step.
    private enum Form { case object, list, set, text, unknown }

    /// One version of a kind, which mutators have an opinion of.
    private struct Binding: Hashable {
        var group: String
        var version: String
        var kind: String
    }

    /// The numbers of mutators that cannot be right together, each with that of another one.
    static func pairs(among mutators: [ObjectMutator]) -> [Int: Int] {
        var members: [Binding: [(number: Int, operations: Set<String>)]] = [:]
        for (number, mutator) in mutators.enumerated() {
            var own: [Binding: Set<String>] = [:]
            for target in mutator.targets ?? [] {
                let operations = Set(target.operations.isEmpty ? ["CREATE", "UPDATE", "DELETE", "CONNECT"] : target.operations)
                for group in target.groups {
                    for version in target.versions {
                        for kind in target.kinds {
                            own[Binding(group: group, version: version, kind: kind), default: []].formUnion(operations)
                        }
                    }
                }
            }
            for (binding, operations) in own { members[binding, default: []].append((number, operations)) }
        }
        var result: [Int: Int] = [:]
        for group in members.values {
            for (index, one) in group.enumerated() {
                for other in group[..<index] where !one.operations.isDisjoint(with: other.operations) {
                    guard contradict(mutators[one.number], mutators[other.number]) else { continue }
                    result[one.number] = min(result[one.number] ?? .max, other.number)
                    result[other.number] = min(result[other.number] ?? .max, one.number)
                }
            }
        }
        return result
    }

    private static func contradict(_ one: ObjectMutator, _ other: ObjectMutator) -> Bool {
        let (left, right) = (one.location.steps, other.location.steps)
        var isList = false
        for index in 0..<min(left.count, right.count) {
            // The elements of a list have one field that names them.
            if key(left[index]) != key(right[index]) { return isList }
            let (mine, others) = (form(of: one, at: index), form(of: other, at: index))
            if mine == .unknown || others == .unknown { return false }
            if mine != others { return true }
            isList = mine == .list
        }
        return false
    }

    private static func key(_ step: MutatorLocation.Step) -> String {
        switch step {
        case .field(let name): name
        case .element(let key, _): key
        }
    }

    private static func form(of mutator: ObjectMutator, at index: Int) -> Form {
        let steps = mutator.location.steps
        if index + 1 < steps.count {
            if case .element = steps[index + 1] { return .list }
            return .object
        }
        switch mutator.effect {
        case .assign, .assignMetadata: return .unknown
        case .merge, .prune: return .set
        case .image: return .text
        }
    }
}
