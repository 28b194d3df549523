import Synchronization
import Text

/// Work on a thread of its own, with what it leads to.
final class Background<Value: Sendable>: Sendable {
    private final class Box: Sendable {
        private let result = Mutex<Result<Value, any Error>?>(nil)

        /// Does the work unless it is done.
        func finish(_ work: () throws -> Value) {
            if result.withLock({ $0 != nil }) { return }
            let outcome = Result(catching: work)
            result.withLock { $0 = outcome }
        }

        func value() throws -> Value {
            guard let result = result.withLock({ $0 }) else { preconditionFailure("the work was not done") }
            return try result.get()
        }
    }

    private let box = Box()
    private let thread: Mutex<WorkerThread?>
    private let work: @Sendable () throws -> Value

    /// Begins the work.
    init(_ work: @escaping @Sendable () throws -> Value) {
        self.work = work
        let box = box
        thread = Mutex(WorkerThread { box.finish(work) })
    }

    /// Nothing that was begun goes on alone.
    deinit { join() }

    /// Waits for the end of the work; what a thread that could not be started would have done, the caller's does.
    func value() throws -> Value {
        join()
        box.finish(work)
        return try box.value()
    }

    private func join() {
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }
}
