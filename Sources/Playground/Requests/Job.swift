import Synchronization

/// One request's work: it can be cancelled, and its time runs out.
final class Job: Sendable {
    private let cancelled = Atomic<Bool>(false)

    /// Whether nobody waits for the answer any more.
    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    func cancel() { cancelled.store(true, ordering: .relaxed) }
}
