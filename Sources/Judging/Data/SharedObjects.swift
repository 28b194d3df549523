import Catalogue
import Documents
package import Inputs
import Synchronization

/// Objects that many inventories hold, such as those of plain files beside each build of a repository: what is made of them is
/// made once.
package final class SharedObjects: Sendable {
    /// The objects beside those of an inventory.
    package struct Beside: Sendable {
        package let objects: SharedObjects
        /// Numbers of those that are left out.
        package var hidden: Set<Int>
        /// Where they come in the order of the inventory.
        package var position: Int

        package init(_ objects: SharedObjects, hidden: Set<Int>, position: Int) {
            (self.objects, self.hidden, self.position) = (objects, hidden, position)
        }

        /// All objects, in their order.
        package func joined(with others: [Resource]) -> [Resource] {
            others[..<position]
                + objects.resources.indices.lazy.filter { !self.hidden.contains($0) }.map { self.objects.resources[$0] }
                + others[position...]
        }
    }

    package let resources: [Resource]
    private let made = Mutex<[Bool: Inventory.Base]>([:])
    private let data = Mutex<(policies: [String], data: EvaluationData.Fixed)?>(nil)

    package init(_ resources: [Resource]) { self.resources = resources }

    /// What is the same for all inventories of some policies, made once.
    func fixed(for policies: [Policy], _ make: () -> EvaluationData.Fixed) -> EvaluationData.Fixed {
        let ids = policies.map(\.id)
        return data.withLock { known in
            if let known, known.policies == ids { return known.data }
            let made = make()
            known = (ids, made)
            return made
        }
    }

    /// - Parameter hasPlaces: whether places are asked for too.
    func base(fillsNamespace: Bool, hasPlaces: Bool) -> Inventory.Base {
        made.withLock { made in
            if let known = made[hasPlaces] { return known }
            let base = Inventory(resources, fillsNamespace: fillsNamespace).base(hasPlaces: hasPlaces)
            made[hasPlaces] = base
            return base
        }
    }
}

extension Inventory {
    /// What is made of objects, and where the groups of each place stand in it.
    struct Base: Sendable {
        /// The objects, and the places where that is asked for, each below its name.
        fileprivate var trees: [(name: String, value: Value)] = []
        /// The paths of groups below each tree, by their places.
        fileprivate var paths: [[String]: [(tree: Int, path: [String])]] = [:]
        fileprivate var members: [[String]: [Int]] = [:]
        fileprivate let resources: [Resource]
        fileprivate var owners: [Document] = []
    }

    fileprivate func base(hasPlaces: Bool) -> Base {
        var base = Base(members: placesOfMembers, resources: resources)
        let arena = Arena.make(capacity: 16 << 10)
        // With one thread the objects come first.
        for (name, part) in zip([Self.shared, "places"], parts(at: Self.shared, hasPlaces: hasPlaces, jobs: 1)) {
            let tree = DataTree()
            for entry in part.entries {
                let path = Array(entry.path.dropFirst())
                tree.insert(entry.value, at: path)
                base.paths[entry.place, default: []].append((base.trees.count, path))
            }
            base.trees.append((name, tree.value(in: arena)))
            base.owners.append(part.owner)
        }
        base.owners.append(Document(arena: arena, root: .null))
        return base
    }

    /// The name that the objects of a base stand below.
    private static let shared = "shared"

    /// The parts of some objects together with those beside them: only the groups that differ are made, and put into a copy of
    /// what leads to them.
    static func parts(
        of own: [Resource], beside shared: SharedObjects.Beside, fillsNamespace: Bool, at name: String, hasPlaces: Bool
    ) -> [Part] {
        let base = shared.objects.base(fillsNamespace: fillsNamespace, hasPlaces: hasPlaces)
        let hidden = shared.hidden.map { base.resources[$0] }
        let touched = Set(Inventory(own + hidden, fillsNamespace: fillsNamespace).placesOfMembers.keys)
        let near = touched.flatMap { base.members[$0] ?? [] }.filter { !shared.hidden.contains($0) }.sorted()
        let mixed = own[..<shared.position] + near.map { base.resources[$0] } + own[shared.position...]
        let parts = Inventory(Array(mixed), fillsNamespace: fillsNamespace).parts(at: name, hasPlaces: hasPlaces, jobs: 1)
        let gone = touched.flatMap { base.paths[$0] ?? [] }
        let arena = Arena.make(capacity: 16 << 10)
        var whole = Part(arena)
        for (number, tree) in base.trees.enumerated() {
            let treeName = tree.name == Self.shared ? name : tree.name
            var changes = gone.filter { $0.tree == number }.map { ValueOverlay.Change($0.path, nil) }
            for entry in parts.lazy.flatMap(\.entries) where entry.path[0] == treeName {
                changes.append(ValueOverlay.Change(Array(entry.path.dropFirst()), entry.value))
            }
            whole.entries.append(([treeName], [], ValueOverlay.value(tree.value, changes, in: arena)))
        }
        // What is empty has no member, as elsewhere.
        whole.entries.removeAll { $0.value.count == 0 }
        return [whole] + (parts.map(\.owner) + base.owners).map { Part(keeping: $0) }
    }
}
