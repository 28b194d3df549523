import Diagnostics
package import Documents
package import Inputs
package import JSONPatch

/// The mutators of a run, which change an object one after the other until there is nothing left to change.
package struct ObjectMutators: Sendable {
    /// What became of an object.
    package struct Change: Sendable {
        package var document: Document
        package var operations: [PatchOperation]
        /// Ids of those that had a part in it, in the order of their work.
        package var changers: [String]
    }

    /// Why an object is left as it is.
    package struct Failure: Error, Sendable {
        /// The id of the mutator that could not go on.
        package var id: String
        package var message: String
    }

    /// By kind, then by name, which is the order of their work.
    package let mutators: [ObjectMutator]

    /// - Parameter mutators: without those that contradict each other.
    package init(_ mutators: [ObjectMutator] = []) { self.mutators = mutators.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) } }

    package var isEmpty: Bool { mutators.isEmpty }
    /// Whether some ask for labels of Namespaces.
    package var needsNamespaces: Bool { mutators.contains { $0.match.needsNamespaces } }

    /// What they make of an object; nil when they leave it alone.
    ///
    /// Rounds go on until one leaves the object as it found it; there are one more than mutators, as in Gatekeeper. Objects
    /// of Gatekeeper itself are not changed.
    /// - Parameters:
    ///   - operation: as an admission request has it; empty when nobody sends the object.
    ///   - candidate: what matches look at, for the object as it is at the time.
    /// - Throws: why none of their work counts.
    package func change(
        _ document: Document, _ type: GroupVersionKind, operation: String = "", candidate: (Value) -> MatchCandidate
    ) throws(Failure) -> Change? {
        if type.group == "gatekeeper.sh" || type.group.hasSuffix(".gatekeeper.sh") { return nil }
        let chosen = mutators.filter { mutator in
            mutator.match.covers(type.groupKind) && (mutator.targets?.contains { $0.covers(type, operation) } ?? true)
        }
        guard let first = chosen.first, document.root.kind == .object else { return nil }
        let arena = Arena.make(capacity: 4096)
        var draft = DocumentDraft(document, arena: arena), changers: [String] = []
        do throws(Failure) {
            for round in 0...mutators.count {
                let (before, count) = (draft, changers.count)
                for mutator in chosen { try Self.turn(mutator, &draft, &changers, type, operation, candidate) }
                guard draft.root == before.root else { continue }
                if round == 0 {
                    arena.destroy()
                    return nil
                }
                if draft.root == document.root {
                    throw Failure(id: changers.first ?? first.id, message: "what mutators change is changed back by others")
                }
                changers.removeLast(changers.count - count)
                return Change(document: before.document, operations: before.operations, changers: changers)
            }
            throw Failure(
                id: changers.last ?? first.id,
                message: "after \(mutators.count + 1) rounds, mutators still change what others did")
        } catch {
            arena.destroy()
            throw error
        }
    }

    private static func turn(
        _ mutator: ObjectMutator, _ draft: inout DocumentDraft, _ changers: inout [String], _ type: GroupVersionKind,
        _ operation: String, _ candidate: (Value) -> MatchCandidate
    ) throws(Failure) {
        let now = candidate(draft.root)
        switch mutator.matches(type, operation, now) {
        case .no: return
        case .unknownNamespace(let name):
            throw Failure(
                id: mutator.id, message: "its namespaceSelector asks for the labels of Namespace \"\(name)\", which is not known")
        case .yes: break
        }
        let count = draft.operations.count
        do throws(DocumentDraft.Problem) {
            var work = MutatorWork(mutator, draft, name: now.name, namespace: now.namespace)
            try work.run()
            draft = work.draft
        } catch {
            throw Failure(id: mutator.id, message: error.message)
        }
        if draft.operations.count > count { changers.append(mutator.id) }
    }
}
