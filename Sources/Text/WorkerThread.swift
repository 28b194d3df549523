#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread with a stack large enough for deeply nested documents.
package struct WorkerThread: @unchecked Sendable {
    /// Eight MiB.
    package static let stackSize = 8 << 20

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let thread: pthread_t

    /// Starts a thread that somebody waits for with `join`; nil when the system has none left.
    package init?(stackSize: Int = stackSize, _ run: @escaping @Sendable () -> Void) {
        guard let thread = Self.start(run, stackSize, isDetached: false) else { return nil }
        self.thread = thread
    }

    /// Waits until the thread has ended; to be called once.
    package func join() { pthread_join(thread, nil) }

    /// Starts a thread that nobody waits for; false when the system has none left.
    package static func detach(stackSize: Int = stackSize, _ run: @escaping @Sendable () -> Void) -> Bool {
        start(run, stackSize, isDetached: true) != nil
    }

    private static func start(_ run: @escaping @Sendable () -> Void, _ stackSize: Int, isDetached: Bool) -> pthread_t? {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        pthread_attr_setstacksize(attributes, stackSize)
        if isDetached { pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED)) }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(run)).toOpaque()
        let code = pthread_create(
            &thread, attributes,
            { context in
                Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, context)
        if code == 0 { return thread }
        Unmanaged<Body>.fromOpaque(context).release()
        return nil
    }
}
