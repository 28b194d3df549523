import Text

/// Runs renderings on a stack that is large enough for templates that include each other a thousand times.
package enum ChartThread {
    /// Only what is touched takes memory.
    private static let stackSize = 512 << 20

    private final class Box<Result>: @unchecked Sendable {
        let work: () throws -> Result
        var result: Swift.Result<Result, any Error>?

        init(_ work: @escaping () throws -> Result) { self.work = work }
    }

    /// Runs the work on a thread of its own and waits for it; the caller touches nothing of it meanwhile.
    /// - Throws: what the work throws, or `HelmProblem` when the system has no thread left.
    package static func run<Result>(_ work: () throws -> Result) throws -> Result {
        try withoutActuallyEscaping(work) { work in
            let box = Box(work)
            guard let thread = WorkerThread(stackSize: stackSize, { box.result = Swift.Result { try box.work() } })
            else {
                throw HelmProblem("no thread is left to render the chart")
            }
            thread.join()
            guard let result = box.result else { throw HelmProblem("the rendering ended without a result") }
            return try result.get()
        }
    }
}
