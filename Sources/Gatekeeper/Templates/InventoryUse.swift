import RegoSyntax

/// What a template looks up in `data.inventory`.
package struct InventoryUse: Sendable, Hashable {
    /// The kinds whose objects it may look at.
    package var kinds: Set<String> = []
    /// Whether it asks whether there are objects of other kinds, too, and looks at nothing of them.
    package var asksForNames = false
    /// Whether it may look at everything.
    package var isUnbounded = false

    package init() {}

    /// Where the kind stands in `data.inventory.namespace[namespace][apiVersion][kind][name]`, and in the way to what is in no
    /// namespace.
    private static let places = ["namespace": 5, "cluster": 4]

    /// Adds what a reference to the inventory looks at.
    /// - Parameter isStatement: whether it stands by itself, so that its value does not matter.
    mutating func add(_ ref: Ref, isStatement: Bool) {
        guard ref.terms.count > 2, case .string(let scope) = ref.terms[2].value, let place = Self.places[scope],
            ref.terms.count > place
        else { return isUnbounded = true }
        if case .string(let kind) = ref.terms[place].value {
            kinds.insert(kind)
        } else if isStatement, ref.terms.count == place + 2 {
            asksForNames = true
        } else {
            isUnbounded = true
        }
    }
}
