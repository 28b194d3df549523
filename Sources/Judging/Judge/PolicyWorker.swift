package import Catalogue
package import Diagnostics
import Documents
package import Inputs
import Rego
import RegoNetwork
import RegoRuntime
import Synchronization

/// What one policy may spend on one resource.
package struct PolicyBudget: Sendable {
    /// Loop steps and calls.
    package var instructions = 200_000_000
    /// Bytes of values made.
    package var memory = 256 << 20
    /// Seconds.
    package var seconds = 5

    package init() {}
}

/// A policy among those of a run: ids of user policies need not differ.
package struct PolicyKey: Sendable, Hashable {
    let entrypoint: String
    package let id: String

    package init(_ policy: Policy) {
        entrypoint = policy.entrypoint
        id = policy.id
    }
}

/// What policies said about some resources.
package struct JudgedResults: Sendable {
    package var violations: [Violation] = []
    package var problems: [Diagnostic] = []
    /// Policies that looked at a resource.
    package var evaluated: Set<PolicyKey> = []
    /// Policies that failed on a resource.
    package var failed: Set<PolicyKey> = []

    package init() {}
}

/// Policies that ran out of their budget; running them again on every resource would take for ever.
package final class StoppedPolicies: Sendable {
    private let stopped = Mutex<Set<Int>>([])

    package init() {}

    func contains(_ slot: Int) -> Bool { stopped.withLock { $0.contains(slot) } }
    /// Whether the policy had not been stopped before.
    func insert(_ slot: Int) -> Bool { stopped.withLock { $0.insert(slot).inserted } }
    var isEmpty: Bool { stopped.withLock { $0.isEmpty } }
}

/// One thread's evaluator and the kinds it has met.
package struct PolicyWorker {
    private let program: PolicyProgram
    private let slots: [Int]
    private let evaluator: Evaluator
    private let data: DataDocument
    private let stopped: StoppedPolicies
    private let rules: [String]
    private var slotsByKind: [GroupKind: [Int]] = [:]
    /// Policies that have looked at a resource, by number.
    private var seen: [Bool]

    /// - Parameter now: nanoseconds since 1970-01-01 UTC that policies take for the present.
    package init(
        _ program: PolicyProgram, slots: some Sequence<Int>, data: DataDocument, now: Int64, budget: PolicyBudget,
        stopped: StoppedPolicies
    ) {
        self.program = program
        self.slots = Array(slots)
        self.data = data
        self.stopped = stopped
        seen = [Bool](repeating: false, count: program.policies.count)
        evaluator = Evaluator(program.engine, data: data.document.root)
        evaluator.context.now = now
        data.network?.install(in: evaluator.context)
        evaluator.budget = Budget(
            instructions: budget.instructions, memory: budget.memory,
            time: Int64(budget.seconds) * 1_000_000_000)
        rules = program.policies.map { String($0.entrypoint.dropFirst("data.".count)) }
    }

    /// Runs every policy that looks at the resource's kind.
    package mutating func check(_ resource: Resource, into verdicts: inout JudgedResults) {
        let slots = applicable(to: resource.type.groupKind)
        if slots.isEmpty { return }
        var form = InputForm.object, review: Document?
        evaluator.begin(input: resource.value)
        for slot in slots where stopped.isEmpty || !stopped.contains(slot) {
            if program.forms[slot] != form {
                form = program.forms[slot]
                review = begin(form, resource)
            }
            if !seen[slot] {
                seen[slot] = true
                verdicts.evaluated.insert(PolicyKey(program.policies[slot]))
            }
            switch evaluator.evaluate(program.entrypoints[slot]) {
            case .undefined: break
            case .value(let value):
                if value.isCollection, value.count == 0 { continue }
                addFindings(of: slot, value, resource, &verdicts)
            case .fault(let fault): addFault(fault, slot, resource, &verdicts)
            }
        }
        withExtendedLifetime(review) {}
    }

    /// Begins with another form of the resource; what is returned keeps it alive.
    private func begin(_ form: InputForm, _ resource: Resource) -> Document? {
        if form == .object {
            evaluator.begin(input: resource.value)
            return nil
        }
        let review = ReviewInput.creation(of: resource)
        if form == .review {
            evaluator.begin(input: review.root)
            return review
        }
        let arena = Arena.make(capacity: 1024)
        let both = Document(arena: arena, root: ReviewInput.both(resource.value, review.root, in: arena), owner: review)
        evaluator.begin(input: both.root)
        return both
    }

    private mutating func applicable(to kind: GroupKind) -> [Int] {
        if let known = slotsByKind[kind] { return known }
        let found = slots.filter { program.policies[$0].applies(to: kind) }
        slotsByKind[kind] = found
        return found
    }

    private func addFindings(of slot: Int, _ value: Value, _ resource: Resource, _ verdicts: inout JudgedResults) {
        let locator = FindingLocator(resource: resource)
        do {
            let results = try ResultReader(document: resource.document).results(of: value, rule: rules[slot])
            let needsOrigins = results.contains { if case .origin = $0.place { true } else { false } }
            let origins =
                needsOrigins && program.policies[slot].origin == .user
                ? origins(of: slot, in: resource) : [:]
            for result in results {
                let (path, location) = place(of: result, origins: origins, locator: locator)
                verdicts.violations.append(
                    Violation(
                        slot: slot, message: result.message, resource: resource.reference, path: path,
                        location: location, details: result.details))
            }
        } catch {
            verdicts.failed.insert(PolicyKey(program.policies[slot]))
            let note = Diagnostic.Note("for \(resource.title) in \(resource.path)")
            verdicts.problems.append(
                Diagnostic(code: "policy_result_error", message: "\(program.policies[slot].id): \(error.message)", notes: [note]))
        }
    }

    /// Where a policy that does not say where found what it reports.
    private func origins(of slot: Int, in resource: Resource) -> [Value: DocumentPath] {
        let origins = evaluator.origins(program.entrypoints[slot], in: resource.document)
        return Dictionary(origins.map { ($0.element, $0.path) }, uniquingKeysWith: { first, _ in first })
    }

    private func place(
        of result: PolicyResult, origins: [Value: DocumentPath], locator: FindingLocator
    ) -> (DocumentPath, SourcePlace) {
        switch result.place {
        case .path(let path): return (path, locator.location(of: path))
        case .origin(let element):
            let path = origins[element] ?? DocumentPath()
            return (path, locator.location(of: path))
        case .line(let line, let file):
            var location = locator.location(ofLine: line)
            if let file, file != location.file {
                let start = Position(line: max(1, line), column: 1)
                location = SourcePlace(file: file, start: start, end: start)
            }
            return (DocumentPath(), location)
        }
    }

    private func addFault(_ fault: EvaluationFault, _ slot: Int, _ resource: Resource, _ verdicts: inout JudgedResults) {
        verdicts.failed.insert(PolicyKey(program.policies[slot]))
        if fault.code == "eval_cancel_error", !stopped.insert(slot) { return }
        var diagnostic = fault.diagnostic
        diagnostic.message = "policy \(program.policies[slot].id) failed: \(fault.message)"
        diagnostic.notes.append(Diagnostic.Note("for \(resource.title) in \(resource.path)"))
        verdicts.problems.append(diagnostic)
    }
}
