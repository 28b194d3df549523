import Synchronization

/// Checks that ran out of their budget; running them again on every subject would take for ever.
///
/// Subjects have positions, in the order in which a single thread would judge them, and a check stops from the first position
/// on at which it ran out: threads that are behind still judge what comes before it, so that in the end the answer is that
/// of a single thread.
package final class StoppedChecks: Sendable {
    private let positions = Mutex<[Int: Int]>([:])
    private let count = Atomic<Int>(0)

    package init() {}

    var isEmpty: Bool { count.load(ordering: .acquiring) == 0 }

    /// Whether a check is not to run at a position any more.
    package func contains(_ slot: Int, at position: Int) -> Bool {
        if isEmpty { return false }
        return positions.withLock { positions in positions[slot].map { $0 <= position } ?? false }
    }

    /// Notes that a check ran out of its budget at a position.
    func insert(_ slot: Int, at position: Int) {
        positions.withLock { positions in
            if positions.updateValue(min(position, positions[slot] ?? .max), forKey: slot) == nil {
                count.add(1, ordering: .releasing)
            }
        }
    }

    /// Takes away what was found at a position of checks that had stopped before it.
    package func removeLate(_ results: inout CheckResults, at position: Int) {
        let late = late(at: position)
        if late.isEmpty { return }
        results.violations.removeAll { late.contains($0.slot) }
        results.faults.removeAll { late.contains($0.slot) }
        results.omitted.removeAll { late.contains($0.slot) }
    }

    /// The checks that had stopped before a position.
    package func late(at position: Int) -> Set<Int> {
        if isEmpty { return [] }
        return positions.withLock { positions in Set(positions.lazy.filter { $0.value < position }.map(\.key)) }
    }
}
