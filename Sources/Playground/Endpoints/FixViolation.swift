import Authoring
import Catalogue
import Diagnostics
import Documents
import Judging
import Remedies

extension PlaygroundAPI {
    /// `POST /api/fix`: the change of an input that remedies a violation, tried before it is offered: with it the violation is
    /// gone and no other one is there that was not.
    func fix(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        var options = try EvaluateOptions(body.root.field("options"))
        (options.wantsValues, options.wantsTrace, options.wantsCoverage, options.wantsProfile) = (false, false, false, false)
        let wanted = try FixWish(body.root.field("violation"))
        let trial = FixTrial(api: self, options: options, budget: RunBudget(limits: limits, job: call.job))
        let answer = try trial.answer(wanted, workspace)
        try call.checkCancelled()
        return .json(answer)
    }
}

/// Which violation is to be remedied: members of it as an evaluation gave them.
private struct FixWish {
    let policy: String
    let resource: Int
    let pointer: String
    let message: String

    init(_ value: Value) throws(PlaygroundError) {
        guard value.kind == .object else { throw .badRequest("`violation` must be an object.") }
        let reader = MemberReader(value, place: "violation")
        guard let policy = try reader.string("policy"), let resource = try reader.int("resource"),
            let pointer = try reader.string("pointer"), let message = try reader.string("message")
        else {
            throw .badRequest("`violation` needs `policy`, `resource`, `pointer` and `message`, as the evaluation gave them.")
        }
        (self.policy, self.resource, self.pointer, self.message) = (policy, resource, pointer, message)
    }
}

/// Makes a change and judges what it makes.
private struct FixTrial {
    let api: PlaygroundAPI
    let options: EvaluateOptions
    let budget: RunBudget

    private struct Refusal: Error { var reason: String }

    /// What makes violations of two evaluations the same.
    private struct Key: Hashable {
        var policy: String, object: String, path: String, message: String

        init(_ violation: ShownViolation, _ objects: [InputObject]) {
            let own = objects[violation.object]
            (policy, object) = (violation.policy.id, "\(own.file) \(own.documentIndex) \(own.title)")
            (path, message) = (violation.path.jsonPointer, violation.message)
        }
    }

    func answer(_ wanted: FixWish, _ workspace: Workspace) throws -> JSON {
        do {
            return try edit(wanted, workspace)
        } catch let refusal as Refusal {
            return .object([("reason", .string(refusal.reason))])
        } catch let refusal as FixRefusal {
            return .object([("reason", .string(refusal.reason))])
        }
    }

    private func edit(_ wanted: FixWish, _ workspace: Workspace) throws -> JSON {
        let (before, objects) = try judged(workspace)
        guard
            let violation = before.first(where: {
                $0.policy.id == wanted.policy && $0.object == wanted.resource && $0.path.jsonPointer == wanted.pointer
                    && $0.message == wanted.message
            })
        else { throw Refusal(reason: "the violation is not there any more") }
        guard let fix = Fix(violation.policy, saying: violation.changes) else {
            throw Refusal(reason: "\(violation.policy.id) has no fix")
        }
        let object = objects[violation.object]
        guard object.built == nil, let number = object.numberInFile, let source = object.document.source else {
            throw Refusal(reason: "its object is made of other texts, which have to be changed")
        }
        guard let operations = fix.operations(at: violation.path, in: object.document) else {
            throw Refusal(reason: "it is not clear where the fix belongs")
        }
        guard let fixed = try FixedText.make(source, object: number, operations) else {
            throw Refusal(reason: "the object is already as the fix says")
        }
        let (old, new) = (source.text(in: 0..<source.bytes.count), fixed.text(in: 0..<fixed.bytes.count))
        var changed = workspace
        guard let index = changed[.inputs].firstIndex(where: { "inputs/\($0.path)" == source.path }) else {
            throw Refusal(reason: "\(source.path) is no input")
        }
        changed[.inputs][index].text = new
        try verify(violation, objects, before, changed)
        return .object([
            ("edit", Self.edit(from: source, to: fixed)), ("diff", .string(LineDiff.unified(old, new, path: source.path))),
            ("unsafe", .bool(fix.isUnsafe)),
        ])
    }

    /// - Throws: `Refusal` when the change does not help, or does harm.
    private func verify(
        _ violation: ShownViolation, _ objects: [InputObject], _ before: [ShownViolation], _ changed: Workspace
    ) throws {
        let (after, present) = try judged(changed)
        let known = Set(before.map { Key($0, objects) })
        for found in after where found.suppression == nil {
            let key = Key(found, present)
            if key == Key(violation, objects) { throw Refusal(reason: "its fix does not remedy it") }
            if !known.contains(key) {
                throw Refusal(reason: "afterwards \(found.policy.id) is found: \(found.message)")
            }
        }
    }

    private func judged(_ workspace: Workspace) throws -> (violations: [ShownViolation], objects: [InputObject]) {
        let modules = PolicyModules(workspace.sources(.policies), library: api.library)
        let data = api.runData(workspace, options, modules, budget)
        var problems: [Diagnostic] = []
        guard !modules.hasErrors, let engine = api.compile(modules, options, &problems) else {
            throw Refusal(reason: "the policies do not compile")
        }
        var run = EvaluationRun(engine, modules, data, options, limits: api.limits, budget: budget, now: api.options.now())
        try run.run()
        if !run.stops.isEmpty || budget.isSpent { throw Refusal(reason: "the time was over before the fix was tried") }
        return (run.violations, data.subjects.list)
    }

    /// The one change that makes a text of another, at the borders of characters.
    private static func edit(from old: SourceFile, to new: SourceFile) -> JSON {
        let (a, b) = (old.bytes, new.bytes), limit = min(a.count, b.count)
        func isInside(_ bytes: [UInt8], _ index: Int) -> Bool { index < bytes.count && bytes[index] & 0xC0 == 0x80 }
        var start = 0, tail = 0
        while start < limit, a[start] == b[start] { start += 1 }
        while start > 0, isInside(a, start) || isInside(b, start) { start -= 1 }
        while tail < limit - start, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
        while tail > 0, isInside(a, a.count - tail) || isInside(b, b.count - tail) { tail -= 1 }
        let range = SourceRange(file: old, start: UInt32(start), end: UInt32(a.count - tail))
        return .object([("at", .place(range)), ("text", .string(new.text(in: start..<b.count - tail)))])
    }
}
