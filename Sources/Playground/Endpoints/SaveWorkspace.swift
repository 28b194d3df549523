import Documents

extension PlaygroundAPI {
    /// `PUT /api/workspace`.
    func save(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        return .json(try store.save(workspace, revision: try MemberReader(body.root).string("revision")))
    }
}
