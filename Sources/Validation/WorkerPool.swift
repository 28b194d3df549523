#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the same work on several threads with stacks large enough for deeply nested documents.
package enum WorkerPool {
    private static let stackSize = 8 << 20

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Calls `body` as often as there are `jobs`, each on a thread of its own, the caller's among them, and returns when
    /// all calls have. What a thread that cannot be started would have done, the caller's does: no work is left out.
    package static func run(jobs: Int, _ body: @Sendable () -> Void) {
        if jobs <= 1 { return body() }
        withoutActuallyEscaping(body) { escaping in
            let work = Work(escaping)
            var threads: [pthread_t] = []
            for _ in 1..<jobs { if let thread = start(work) { threads.append(thread) } }
            for _ in threads.count..<jobs { work.body() }
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    private static func start(_ work: Work) -> pthread_t? {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        pthread_attr_setstacksize(attributes, stackSize)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(work).toOpaque()
        let code = pthread_create(&thread, attributes, { context in
            Unmanaged<Work>.fromOpaque(context!).takeRetainedValue().body()
            return nil
        }, context)
        if code == 0 { return thread }
        Unmanaged<Work>.fromOpaque(context).release()
        return nil
    }

    /// The processors this machine has.
    static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

extension Validator {
    /// Workers that make sense on this machine.
    public static var defaultJobs: Int { WorkerPool.processorCount }
}
