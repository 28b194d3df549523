#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

import Text

/// Runs the same work on several threads with stacks large enough for deeply nested documents.
package enum WorkerPool {
    /// Calls `body` as often as there are `jobs`, each on a thread of its own, the caller's among them, and returns when
    /// all calls have. What a thread that cannot be started would have done, the caller's does: no work is left out.
    package static func run(jobs: Int, _ body: @Sendable () -> Void) {
        if jobs <= 1 { return body() }
        withoutActuallyEscaping(body) { escaping in
            let threads = (1..<jobs).compactMap { _ in WorkerThread(escaping) }
            for _ in threads.count..<jobs { escaping() }
            for thread in threads { thread.join() }
        }
    }

    /// The processors this machine has.
    package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
