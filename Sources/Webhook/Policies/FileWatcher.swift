import Inputs
import RegoRuntime
import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Looks at files and folders a few times a second and tells when their contents have changed.
///
/// Contents are compared, not times: a ConfigMap or Secret volume changes by turning a link, which watches on files and
/// folders do not report alike on all file systems.
package final class FileWatcher: Sendable {
    private let stopped = Atomic<Bool>(false)

    package init() {}

    /// Starts looking.
    /// - Parameters:
    ///   - paths: files and folders; those that are missing count as empty.
    ///   - known: what has been read of them already.
    ///   - onChange: called on a thread of its own with the time the change was noticed; false to be called again at
    ///     the next look although nothing changed meanwhile.
    func start(
        paths: @escaping @Sendable () -> [String], known: ContentFingerprint, interval: Int64 = 250_000_000,
        onChange: @escaping @Sendable (Int64) -> Bool
    ) {
        let hasStarted = WorkerThread.detach { [self] in
            var known = known
            while !stopped.load(ordering: .relaxed) {
                usleep(UInt32(interval / 1000))
                var new = ContentFingerprint(of: paths())
                if new == known { continue }
                let noticed = MonotonicClock.now()
                // Several files that are written one after the other are taken over together.
                for _ in 0..<20 {
                    usleep(25_000)
                    let next = ContentFingerprint(of: paths())
                    if next == new { break }
                    new = next
                }
                if onChange(noticed) { known = new }
            }
        }
        precondition(hasStarted, "no thread can be made to watch files")
    }

    package func stop() { stopped.store(true, ordering: .relaxed) }
}

/// Stands for the contents of files and folders.
package struct ContentFingerprint: Hashable {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    package init(of paths: [String]) {
        for path in paths { add(path, depth: 0) }
    }

    private mutating func add(_ path: String, depth: Int) {
        mix(path.utf8)
        guard depth < 32, let status = try? FileSystem.status(of: path) else { return }
        switch status.kind {
        case .file: if let bytes = try? FileSystem.read(path) { mix(bytes) }
        case .folder:
            for name in (try? FileSystem.names(in: path)) ?? [] { add("\(path)/\(name)", depth: depth + 1) }
        case .link, .special: break
        }
    }

    private mutating func mix(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
    }
}
