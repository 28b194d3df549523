import Dispatch
import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Threads that evaluate, apart from the event loops, with stacks for deeply nested documents. Clients take turns: one
/// with many requests does not make the others wait for all of them.
final class JobPool: Sendable {
    private struct Queue {
        var clients: [String] = []
        var work: [String: [@Sendable () -> Void]] = [:]
        var count = 0
        var isClosed = false
    }

    private static let stackSize = 32 << 20
    private let queue = Mutex(Queue())
    private let available = DispatchSemaphore(value: 0)
    private let limits: PlaygroundLimits

    init(limits: PlaygroundLimits) {
        self.limits = limits
        for _ in 0..<max(1, limits.workers) { startThread() }
    }

    /// Ends the threads once they have nothing left to do.
    func close() {
        queue.withLock { $0.isClosed = true }
        for _ in 0..<max(1, limits.workers) { available.signal() }
    }

    /// Runs `body` on a thread of the pool; the job is cancelled with the calling task.
    func run<Answer: Sendable>(
        _ job: Job, for client: String, _ body: @escaping @Sendable (Job) throws -> Answer
    ) async throws -> Answer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isAccepted = add(for: client) {
                    if job.isCancelled { return continuation.resume(throwing: CancellationError()) }
                    continuation.resume(with: Result { try body(job) })
                }
                if !isAccepted { continuation.resume(throwing: PlaygroundError.busy) }
            }
        } onCancel: {
            job.cancel()
        }
    }

    private func add(for client: String, _ work: @escaping @Sendable () -> Void) -> Bool {
        let isAccepted = queue.withLock { queue in
            let own = queue.work[client]?.count ?? 0
            if queue.isClosed || queue.count >= limits.waiting || own >= limits.waitingPerClient { return false }
            if own == 0 { queue.clients.append(client) }
            queue.work[client, default: []].append(work)
            queue.count += 1
            return true
        }
        if isAccepted { available.signal() }
        return isAccepted
    }

    /// The next work of the client whose turn it is; nil when the thread must end.
    private func next() -> (@Sendable () -> Void)? {
        available.wait()
        return queue.withLock { queue in
            guard !queue.clients.isEmpty else { return nil }
            let client = queue.clients.removeFirst()
            let work = queue.work[client]?.removeFirst()
            queue.count -= 1
            if queue.work[client]?.isEmpty ?? true {
                queue.work[client] = nil
            } else {
                queue.clients.append(client)
            }
            return work
        }
    }

    private func startThread() {
        // Without a thread more the others do the work.
        _ = WorkerThread.detach(stackSize: Self.stackSize) { [self] in while let work = next() { work() } }
    }
}
