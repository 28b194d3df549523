import Judging

/// One worker's mutator, made anew when the policies change.
struct MutatorCache {
    private var mutator: Mutator?

    /// - Parameter memory: bytes of values that an evaluation may make.
    mutating func mutator(for set: MutationSet, memory: Int) -> Mutator {
        if let mutator, mutator.set === set { return mutator }
        var mutator = Mutator(set)
        mutator.budget.instructions = 50_000_000
        mutator.budget.memory = memory
        self.mutator = mutator
        return mutator
    }
}
