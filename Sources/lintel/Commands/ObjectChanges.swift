import ArgumentParser
import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import RegoRuntime
import Synchronization

/// Changes the objects of a run by Gatekeeper's mutators and the rules `mutate` of policies.
final class ObjectChanges: Sendable {
    private struct State {
        var mutator: Mutator
        var problems: [Diagnostic] = []
    }

    /// One mutator for all threads: few policies change objects.
    private let state: Mutex<State>

    /// - Parameter namespaces: the objects among which the Namespaces are; asked only when labels of Namespaces matter.
    /// - Throws: `ExitCode` after showing what is wrong, when no policy changes objects or they do not compile.
    init(_ setup: PolicySetup, namespaces: () -> [Resource]) throws {
        let (set, problems) = MutationSet.compile(setup.set, skip: setup.selection.skip, data: setup.data)
        guard let set else {
            Console.show(setup.faults + problems, colour: .auto)
            if problems.isEmpty, setup.faults.isEmpty {
                Console.fail(
                    "no policy has a rule mutate, no mutator of Gatekeeper was found and the configuration chooses no fix; "
                        + "name one with --policy")
            }
            throw ExitCode(2)
        }
        var mutator = Mutator(set, now: WallClock.now())
        mutator.setExceptions(setup.exceptions(ExceptionChoice(), now: WallClock.now(), coversAll: false))
        if set.needsNamespaces {
            let known = namespaces().filter { $0.type.kind == "Namespace" && $0.type.group.isEmpty }
            let byName = Dictionary(known.map { ($0.name, $0) }) { first, _ in first }
            mutator.namespace = { byName[$0]?.value ?? .undefined }
        }
        state = Mutex(State(mutator: mutator))
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
                        message: "\(failure.id) cannot change \(resource.title): \(failure.message)",
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
