import ArgumentParser
import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import RegoRuntime
import Synchronization

/// Changes the objects of a run by the rules `mutate` of policies.
final class ObjectChanges: Sendable {
    private struct State {
        var mutator: Mutator
        var problems: [Diagnostic] = []
    }

    /// One mutator for all threads: few policies change objects.
    private let state: Mutex<State>
    private let policies: [Policy]

    /// - Throws: `ExitCode` after showing what is wrong, when no policy has a rule `mutate` or they do not compile.
    init(_ setup: PolicySetup) throws {
        let (set, problems) = MutationSet.compile(setup.set, skip: setup.selection.skip, data: setup.data)
        guard let set else {
            Console.show(problems, colour: .auto)
            if problems.isEmpty { Console.fail("no policy has a rule mutate; name one with --policy") }
            throw ExitCode(2)
        }
        policies = set.policies
        state = Mutex(State(mutator: Mutator(set, now: WallClock.now())))
    }

    /// What could not be changed.
    var problems: [Diagnostic] { state.withLock { $0.problems } }

    /// What the policies make of an object.
    func mutation(of resource: Resource) -> Mutation {
        state.withLock { state in
            let mutation = state.mutator.mutation(of: Subject(resource))
            for failure in mutation.failures where state.problems.count < 1_000 {
                let range = resource.document.range(resource.document.rootSpan)
                state.problems.append(
                    Diagnostic(
                        code: failure.code,
                        message: "\(policies[failure.number].id) cannot change \(resource.title): \(failure.message)",
                        range: range))
            }
            return mutation
        }
    }

    func changed(_ resource: Resource) -> Resource {
        let mutation = mutation(of: resource)
        if mutation.isEmpty { return resource }
        return Resource(
            document: mutation.document, type: resource.type, namespace: resource.namespace, name: resource.name,
            path: resource.path, documentIndex: resource.documentIndex, itemPath: resource.itemPath)
    }
}
