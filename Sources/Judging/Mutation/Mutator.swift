import Catalogue
import Diagnostics
package import Documents
import Gatekeeper
import Inputs
import JSONPatch
import Rego
import RegoRuntime

/// Changes objects by Gatekeeper's mutators, then by the rules `mutate` of policies, one after the other, each on what the one
/// before it made. One for each thread.
///
/// Policies must be of one mind: when all have had their turn, a second round must find nothing left to change, or else the
/// answer would depend on how often the API server asks.
package struct Mutator {
    package let set: MutationSet
    /// Nil when no policy has a rule `mutate`.
    private let evaluator: Evaluator?
    /// Nil when the configuration chooses no fix.
    private let fixes: FixTurns?
    package var budget = CheckBudget()
    /// The Namespace of a name, for subjects that do not carry theirs; undefined when it is not known.
    package var namespace: @Sendable (String) -> Value = { _ in .undefined }

    /// - Parameter now: nanoseconds since 1970-01-01 UTC that policies take for the present.
    package init(_ set: MutationSet, now: Int64 = 0) {
        self.set = set
        evaluator = set.rules?.evaluator()
        fixes = set.fixes.map(FixTurns.init)
        setNow(now)
    }

    /// - Parameter now: nanoseconds since 1970-01-01 UTC that policies take for the present.
    package func setNow(_ now: Int64) {
        evaluator?.context.now = now
        fixes?.setNow(now)
    }

    /// - Parameter exceptions: what is accepted, which no fix changes; nil for nothing.
    package func setExceptions(_ exceptions: Exceptions?) { fixes?.setExceptions(exceptions) }

    /// What the policies make of a subject.
    /// - Parameter deadline: when to give up, by `MonotonicClock`.
    package func mutation(of subject: Subject, until deadline: Int64 = .max) -> Mutation {
        var mutation = Mutation(document: subject.resource.document)
        if !subject.isJudgedAsObject || subject.resource.value.kind != .object { return mutation }
        var current = subject
        let numbers = set.rules?.policies.indices.filter {
            set.rules!.policies[$0].applies(to: subject.resource.type.groupKind)
        }
        round(numbers ?? [], &current, &mutation, isFirst: true, until: deadline)
        guard !mutation.isEmpty, !mutation.isStopped, numbers != nil || fixes != nil else { return mutation }
        var second = Mutation(document: current.resource.document)
        second.failures = mutation.failures
        let known = second.failures.count
        round(numbers ?? [], &current, &second, isFirst: false, until: deadline)
        mutation.failures += second.failures[known...]
        // A change that depends on how often it is made is none.
        if !second.isEmpty { mutation.undo(to: subject.resource.document) }
        mutation.isStopped = second.isStopped
        return mutation
    }

    /// Has everyone change a subject who has not failed yet; after the first round a change is a failure.
    private func round(
        _ numbers: [Int], _ subject: inout Subject, _ mutation: inout Mutation, isFirst: Bool, until deadline: Int64
    ) {
        defer { roundOfFixes(&subject, &mutation, isFirst: isFirst, until: deadline) }
        func check(_ id: String, since count: Int) {
            if isFirst || mutation.operations.count == count { return }
            mutation.failures.append(
                Mutation.Failure(
                    id: id, code: "mutation_error",
                    message: "it changes an object that it, or another policy, has changed already: \(mutation.shown)"))
        }
        let count = mutation.operations.count
        let failures = Set(mutation.failures.map(\.id))
        if failures.isEmpty || isFirst {
            turnOfMutators(&subject, &mutation, isFirst: isFirst)
            check(mutation.changers.first ?? "", since: count)
        }
        for number in numbers where !failures.contains(set.rules!.policies[number].id) {
            let count = mutation.operations.count
            turn(number, &subject, &mutation, isFirst: isFirst, until: deadline)
            check(set.rules!.policies[number].id, since: count)
        }
    }

    private func roundOfFixes(_ subject: inout Subject, _ mutation: inout Mutation, isFirst: Bool, until deadline: Int64) {
        guard let fixes, !Self.isSettled(subject) else { return }
        for slot in fixes.slots(for: subject) where !mutation.isStopped {
            let id = fixes.id(of: slot)
            if mutation.failures.contains(where: { $0.id == id }) { continue }
            if isFirst { mutation.evaluated += 1 }
            guard let document = fixes.change(slot, subject, budget, until: deadline, into: &mutation) else { continue }
            mutation.changers.append(id)
            mutation.document = document
            subject = subject.changed(to: document)
            if isFirst { continue }
            mutation.failures.append(
                Mutation.Failure(
                    id: id, code: "mutation_error",
                    message: "its fix does not remedy its violation, or something undoes it: \(mutation.shown)"))
        }
    }

    /// Whether an update may not change what fixes are about: the API server takes no other Pod, nor another template of a Job,
    /// and what is being deleted is left alone.
    private static func isSettled(_ subject: Subject) -> Bool {
        if subject.resource.value.field("metadata").field("deletionTimestamp").kind == .string { return true }
        guard subject.circumstances.operation == .update else { return false }
        let type = subject.resource.type
        return type.group.isEmpty && type.kind == "Pod" || type.group == "batch" && type.kind == "Job"
    }

    private func turnOfMutators(_ subject: inout Subject, _ mutation: inout Mutation, isFirst: Bool) {
        if set.mutators.isEmpty { return }
        if isFirst { mutation.evaluated += set.mutators.mutators.count }
        let resource = subject.resource, request = subject.circumstances.review?.root.field("request") ?? .undefined
        let own = subject.circumstances.namespaceObject
        do throws(ObjectMutators.Failure) {
            let operation = request.isDefined ? subject.circumstances.operation.rawValue : ""
            let change = try set.mutators.change(resource.document, resource.type, operation: operation) { object in
                MatchCandidate(
                    object, type: resource.type.groupKind, origin: subject.origin,
                    isNamespacedKind: request.isUndefined && ClusterScope.isKnownNamespaced(resource.type.groupKind),
                    requestNamespace: request.field("namespace").stringValue ?? ""
                ) { own.kind == .object ? own : namespace($0) }
            }
            guard let change else { return }
            mutation.changers += change.changers
            mutation.operations += change.operations
            mutation.document = change.document
            subject = subject.changed(to: change.document)
        } catch {
            mutation.failures.append(Mutation.Failure(id: error.id, code: "mutation_error", message: error.message))
        }
    }

    private func turn(
        _ number: Int, _ subject: inout Subject, _ mutation: inout Mutation, isFirst: Bool, until deadline: Int64
    ) {
        guard !mutation.isStopped, let rules = set.rules, let evaluator else { return }
        let id = rules.policies[number].id
        let input = SubjectInput(subject, form: rules.forms[number], parameters: .undefined)
        var time = budget.time
        if deadline != .max { time = min(max(0, deadline - MonotonicClock.now()), 3_600_000_000_000) }
        evaluator.budget = Budget(instructions: budget.instructions, memory: budget.memory, time: time)
        evaluator.begin(input: input.document.root)
        if isFirst { mutation.evaluated += 1 }
        switch evaluator.evaluate(rules.entrypoints[number]) {
        case .undefined: break
        case .fault(let fault):
            if fault.code == "eval_cancel_error" { mutation.isStopped = true }
            mutation.failures.append(Mutation.Failure(id: id, code: fault.code, message: fault.message))
        case .value(let value):
            if value.isCollection, value.count == 0 { return }
            let arena = Arena.make(capacity: 4096)
            // The rule's value is the machine's, and is gone with its next turn.
            let copy = arena.copy(value)
            var draft = MutationDraft(subject.resource.document, arena: arena)
            do throws(MutationDraft.Problem) { try draft.take(copy) } catch {
                arena.destroy()
                mutation.failures.append(Mutation.Failure(id: id, code: "mutation_error", message: error.message))
                return
            }
            if draft.operations.isEmpty { return arena.destroy() }
            mutation.changers.append(id)
            mutation.operations += draft.operations
            mutation.document = draft.document
            subject = subject.changed(to: mutation.document)
        }
        withExtendedLifetime(input) {}
    }
}

extension Mutation {
    fileprivate mutating func undo(to document: Document) {
        self.document = document
        operations = []
        changers = []
    }

    /// The first operations, for messages.
    fileprivate var shown: String {
        let texts = operations.prefix(3).map { "\($0.kind.rawValue) \(DocumentPointer.text($0.path))" }
        return texts.joined(separator: ", ") + (operations.count > 3 ? " …" : "")
    }
}

extension Subject {
    /// The same with another object, in its review too.
    func changed(to document: Document) -> Subject {
        let old = resource
        let changed = Resource(
            document: document, type: old.type, namespace: old.namespace, name: old.name, path: old.path,
            documentIndex: old.documentIndex, itemPath: old.itemPath)
        guard let review = circumstances.review else { return Subject(changed, circumstances) }
        let arena = Arena.make(capacity: 1024)
        func object(_ value: Value, setting name: String, to new: Value) -> Value {
            arena.object(
                zip(value.keys, value.values).map { ObjectEntry(key: $0, value: $0.stringValue == name ? new : $1) })
        }
        let request = object(review.root.field("request"), setting: "object", to: document.root)
        let root = object(review.root, setting: "request", to: request)
        let made = Document(arena: arena, root: root, rootSpan: review.rootSpan, parts: [review, document])
        return Subject(changed, Circumstances(operation: circumstances.operation, review: made))
    }
}
