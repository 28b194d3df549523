package import Catalogue
package import Documents

/// Tells what an update adds from what the object had before.
///
/// A violation was there before when the old object has one of the same policy at the same place. Two kinds need more to
/// be the same: one that names no place is known by its words, and a finding that says several things, as those of merged
/// policies do, must say nothing that the old one did not.
package struct UpdateRatchet {
    /// A violation with the object it is about.
    private struct Known {
        var violation: Violation
        var place: PlaceKey
        var isTaken = false
    }

    private var known: [Int: [Known]] = [:]
    private let policies: [Policy]

    /// - Parameters:
    ///   - old: what was found in the old object, by slots of `policies`.
    ///   - object: the old object.
    package init(_ old: [Violation], in object: Value, policies: [Policy]) {
        self.policies = policies
        for violation in old {
            let place = PlaceKey(violation.path, in: object)
            known[violation.slot, default: []].append(Known(violation: violation, place: place))
        }
    }

    /// Whether each violation of the new object was there before, in their order. Each of the old object's stands for one.
    package mutating func wereThere(_ new: [Violation], in object: Value) -> [Bool] {
        let places = new.map { PlaceKey($0.path, in: object) }
        var found = new.indices.map { take(new[$0]) { [place = places[$0]] in $0.place == place } }
        for index in new.indices where !found[index] && places[index].hasContent {
            // An element without a key that was changed is another one, unless the policy says the very same of it.
            let place = places[index].withoutContents
            found[index] = take(new[index]) { [message = new[index].message] in
                $0.violation.message == message && $0.place.withoutContents == place
            }
        }
        return found
    }

    private mutating func take(_ violation: Violation, _ isAtPlace: (Known) -> Bool) -> Bool {
        let slot = violation.slot
        guard let list = known[slot] else { return false }
        var fitting: Int?
        for index in list.indices where !list[index].isTaken && isAtPlace(list[index]) {
            if list[index].violation.message == violation.message {
                fitting = index
                break
            }
            if fitting == nil, covers(list[index], violation) { fitting = index }
        }
        guard let fitting else { return false }
        known[slot]?[fitting].isTaken = true
        return true
    }

    /// Whether an old violation at the same place, in other words, is as bad as the new one.
    private func covers(_ old: Known, _ new: Violation) -> Bool {
        let policy = policies[new.slot]
        if old.place.isRoot || !new.statesPlace { return false }
        if (new.severity ?? policy.severity) > (old.violation.severity ?? policy.severity) { return false }
        if policy.merges.isEmpty { return true }
        return Self.parts(new.message).isSubset(of: Self.parts(old.violation.message))
    }

    /// What a finding of a merged policy says, part by part.
    package static func parts(_ message: String) -> Set<Substring> {
        var parts: Set<Substring> = []
        for part in message.split(separator: ", ") {
            for clause in part.split(separator: ": ") { parts.formUnion(clause.split(separator: "\" has ")) }
        }
        return parts
    }
}
