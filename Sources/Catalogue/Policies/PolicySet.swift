package import Gatekeeper

/// All policies a run may choose from: the embedded library and the user's own.
package struct PolicySet: Sendable {
    package let library: PolicyLibrary
    package let user: UserPolicies

    /// What ExpansionTemplates among the user's policies make of objects.
    package let expansion: Expansion

    package init(library: PolicyLibrary, user: UserPolicies = UserPolicies()) {
        self.library = library
        self.user = user
        expansion = Expansion(user.gatekeeper.expansions, mutators: user.gatekeeper.mutators)
    }

    /// The library's policies by id, then the user's in the order of their files.
    package var policies: [Policy] { library.policies + user.policies }

    /// The same and the checks by the catalogue of types: everything that can be chosen by name.
    package var all: [Policy] { library.policies + Policy.typeChecks + user.policies }
}
