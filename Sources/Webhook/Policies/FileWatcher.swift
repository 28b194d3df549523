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
            var known = known, memory = ContentMemory()
            while !stopped.load(ordering: .relaxed) {
                usleep(UInt32(interval / 1000))
                var new = memory.fingerprint(of: paths())
                if new == known { continue }
                let noticed = MonotonicClock.now()
                // Several files that are written one after the other are taken over together.
                for _ in 0..<20 {
                    usleep(25_000)
                    let next = memory.fingerprint(of: paths())
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
        var memory = ContentMemory()
        self = memory.fingerprint(of: paths)
    }

    fileprivate init() {}

    fileprivate mutating func mix(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
    }
}

/// What files held at the last look, so that looking again reads only those that may have changed.
///
/// A file that is the same one, of the same size and not changed since, holds the same; the time of a change may be as coarse as
/// two seconds. Where a file system does not tell of changes, they show after half a minute.
struct ContentMemory {
    private struct Entry {
        var status: FileSystem.Status
        var hash: UInt64
        /// When it was read, by the clock that changes have their times from.
        var read: Int64
        /// The same by `MonotonicClock`.
        var instant: Int64

        func stillHolds(_ now: FileSystem.Status) -> Bool {
            now.identity == status.identity && now.size == status.size && now.changed == status.changed
                && now.changed < read - 2_000_000_000 && MonotonicClock.now() - instant < 30_000_000_000
        }
    }

    private var entries: [String: Entry] = [:]

    /// The fingerprint of paths, as they are now.
    mutating func fingerprint(of paths: [String]) -> ContentFingerprint {
        var fingerprint = ContentFingerprint(), seen: [String: Entry] = [:]
        for path in paths { add(path, depth: 0, to: &fingerprint, &seen) }
        entries = seen
        return fingerprint
    }

    private func add(
        _ path: String, depth: Int, to fingerprint: inout ContentFingerprint, _ seen: inout [String: Entry]
    ) {
        fingerprint.mix(path.utf8)
        guard depth < 32, let status = try? FileSystem.status(of: path) else { return }
        switch status.kind {
        case .file:
            guard let entry = entry(path, status) else { return }
            seen[path] = entry
            withUnsafeBytes(of: entry.hash) { fingerprint.mix($0) }
        case .folder:
            for name in (try? FileSystem.names(in: path)) ?? [] {
                add("\(path)/\(name)", depth: depth + 1, to: &fingerprint, &seen)
            }
        case .link, .special: break
        }
    }

    private func entry(_ path: String, _ status: FileSystem.Status) -> Entry? {
        if let known = entries[path], known.stillHolds(status) { return known }
        let (read, instant) = (WallClock.now(), MonotonicClock.now())
        guard let bytes = try? FileSystem.read(path) else { return nil }
        var contents = ContentFingerprint()
        contents.mix(bytes)
        return Entry(status: status, hash: contents.hash, read: read, instant: instant)
    }
}
