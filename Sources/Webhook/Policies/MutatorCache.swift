import Judging

/// One worker's mutator, made anew when the policies change.
struct MutatorCache {
    private var mutator: Mutator?

    mutating func mutator(for set: MutationSet) -> Mutator {
        if let mutator, mutator.set === set { return mutator }
        var mutator = Mutator(set)
        mutator.budget.instructions = 50_000_000
        mutator.budget.memory = 128 << 20
        self.mutator = mutator
        return mutator
    }
}
