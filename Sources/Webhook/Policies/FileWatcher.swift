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
            var known = known, memory = ContentMemory(), pause = interval
            while !stopped.load(ordering: .relaxed) {
                usleep(UInt32(pause / 1000))
                let start = MonotonicClock.now()
                var new = memory.fingerprint(of: paths())
                // A look at many files takes long: looking takes no more than a small part of the time.
                pause = max(interval, min(300 * (MonotonicClock.now() - start), 2_000_000_000))
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
/// A file or folder that is the same one, of the same size and not changed since, holds the same; the time of a change may be as
/// coarse as two seconds. Where a file system does not tell of changes, they show after half a minute.
struct ContentMemory {
    private struct Entry {
        var path: String
        /// Nil for what was not there.
        var status: FileSystem.Status?
        /// Of the contents of a file.
        var hash: UInt64 = 0
        /// When it was read, by the clock that changes have their times from.
        var read = WallClock.now()
        /// The same by `MonotonicClock`.
        var instant = MonotonicClock.now()

        /// Whether nothing changed since it was read, nor could have without showing.
        func stillHolds(_ now: FileSystem.Status?) -> Bool {
            now == status && (now?.changed ?? 0) < read - 2_000_000_000 && MonotonicClock.now() - instant < 30_000_000_000
        }
    }

    /// The fingerprint and all it was made from, in order.
    private var last: (paths: [String], fingerprint: ContentFingerprint, entries: [Entry])?

    /// The fingerprint of paths, as they are now.
    mutating func fingerprint(of paths: [String]) -> ContentFingerprint {
        if let last, last.paths == paths, last.entries.allSatisfy({ $0.stillHolds(Self.status(of: $0.path)) }) {
            return last.fingerprint
        }
        let known = Dictionary((last?.entries ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var fingerprint = ContentFingerprint(), entries: [Entry] = []
        for path in paths { Self.add(path, depth: 0, known, to: &fingerprint, &entries) }
        last = (paths, fingerprint, entries)
        return fingerprint
    }

    private static func status(of path: String) -> FileSystem.Status? { try? FileSystem.status(of: path) }

    private static func add(
        _ path: String, depth: Int, _ known: [String: Entry], to fingerprint: inout ContentFingerprint,
        _ entries: inout [Entry]
    ) {
        fingerprint.mix(path.utf8)
        if depth >= 32 { return }
        var entry = Entry(path: path, status: status(of: path))
        switch entry.status?.kind {
        case .file?:
            if let known = known[path], known.stillHolds(entry.status) {
                entry = known
            } else if let bytes = try? FileSystem.read(path) {
                var contents = ContentFingerprint()
                contents.mix(bytes)
                entry.hash = contents.hash
            } else {
                // Nobody knows what it holds.
                entry.status = nil
            }
            if entry.status != nil { withUnsafeBytes(of: entry.hash) { fingerprint.mix($0) } }
            entries.append(entry)
        case .folder?:
            entries.append(entry)
            for name in (try? FileSystem.names(in: path)) ?? [] {
                add("\(path)/\(name)", depth: depth + 1, known, to: &fingerprint, &entries)
            }
        case .link?, .special?, nil: entries.append(entry)
        }
    }
}
