import Documents

extension PlaygroundAPI {
    /// `POST /api/tutorial/{id}`.
    func checkTutorial(_ call: APICall) throws -> APIAnswer {
        guard let step = Tutorial.steps.first(where: { $0.id == call.id }) else {
            throw PlaygroundError.notFound("There is no step \"\(call.id.prefix(80))\".")
        }
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let check = TutorialCheck(
            step, workspace: try Workspace(body.root, limits), library: library, budget: RunBudget(limits: limits, job: call.job))
        let answer = check.answer()
        try call.checkCancelled()
        return .json(answer)
    }
}
