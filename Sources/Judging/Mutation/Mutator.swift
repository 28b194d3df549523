import Catalogue
import Diagnostics
import Documents
import Inputs
package import Rego
import RegoRuntime

/// Changes objects by the rules `mutate` of policies, one after the other, each on what the one before it made. One for
/// each thread.
///
/// Policies must be of one mind: when all have had their turn, a second round must find nothing left to change, or else the
/// answer would depend on how often the API server asks.
package struct Mutator {
    package let set: MutationSet
    package let evaluator: Evaluator
    package var budget = CheckBudget()

    /// - Parameter now: nanoseconds since 1970-01-01 UTC that policies take for the present.
    package init(_ set: MutationSet, now: Int64 = 0) {
        self.set = set
        evaluator = set.evaluator()
        evaluator.context.now = now
    }

    /// What the policies make of a subject.
    /// - Parameter deadline: when to give up, by `MonotonicClock`.
    package func mutation(of subject: Subject, until deadline: Int64 = .max) -> Mutation {
        var mutation = Mutation(document: subject.resource.document)
        if !subject.isJudgedAsObject || subject.resource.value.kind != .object { return mutation }
        let kind = subject.resource.type.groupKind
        let numbers = set.policies.indices.filter { set.policies[$0].applies(to: kind) }
        var current = subject
        for number in numbers { turn(number, &current, &mutation, isFirst: true, until: deadline) }
        guard !mutation.isEmpty, !mutation.isStopped else { return mutation }
        var second = Mutation(document: current.resource.document)
        for number in numbers where !mutation.failures.contains(where: { $0.number == number }) {
            let before = second.operations.count
            turn(number, &current, &second, isFirst: false, until: deadline)
            if second.operations.count > before {
                mutation.failures.append(
                    Mutation.Failure(
                        number: number, code: "mutation_error",
                        message: "it changes an object that it, or another policy, has changed already: \(second.shown)"))
            }
        }
        // A change that depends on how often it is made is none.
        if !second.isEmpty { mutation.undo(to: subject.resource.document) }
        mutation.failures += second.failures
        mutation.isStopped = second.isStopped
        return mutation
    }

    private func turn(
        _ number: Int, _ subject: inout Subject, _ mutation: inout Mutation, isFirst: Bool, until deadline: Int64
    ) {
        if mutation.isStopped { return }
        let input = SubjectInput(subject, form: set.forms[number], parameters: .undefined)
        var time = budget.time
        if deadline != .max { time = min(max(0, deadline - MonotonicClock.now()), 3_600_000_000_000) }
        evaluator.budget = Budget(instructions: budget.instructions, memory: budget.memory, time: time)
        evaluator.begin(input: input.document.root)
        if isFirst { mutation.evaluated += 1 }
        switch evaluator.evaluate(set.entrypoints[number]) {
        case .undefined: break
        case .fault(let fault):
            if fault.code == "eval_cancel_error" { mutation.isStopped = true }
            mutation.failures.append(Mutation.Failure(number: number, code: fault.code, message: fault.message))
        case .value(let value):
            if value.isCollection, value.count == 0 { return }
            let arena = Arena.make(capacity: 4096)
            // The rule's value is the machine's, and is gone with its next turn.
            let copy = arena.copy(value)
            var draft = MutationDraft(subject.resource.document, arena: arena)
            do throws(MutationDraft.Problem) { try draft.take(copy) } catch {
                arena.destroy()
                mutation.failures.append(
                    Mutation.Failure(number: number, code: "mutation_error", message: error.message))
                return
            }
            if draft.operations.isEmpty { return arena.destroy() }
            mutation.changers.append(number)
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
