/// All policies a run may choose from: the embedded library and the user's own.
public struct PolicySet: Sendable {
    public let library: PolicyLibrary
    public let user: UserPolicies

    public init(library: PolicyLibrary, user: UserPolicies = UserPolicies()) {
        self.library = library
        self.user = user
    }

    /// The library's policies by id, then the user's in the order of their files.
    public var policies: [Policy] { library.policies + user.policies }
}
