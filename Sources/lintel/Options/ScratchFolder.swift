import Inputs
import Synchronization
import Text

#if canImport(Glibc)
    @preconcurrency import Glibc
#else
    import Darwin
#endif

/// Folders for files that are needed for a while. They go away with their owner, and when a signal ends the process.
enum ScratchFolder {
    private static let folders = Mutex<Set<String>>([])
    /// The end of a pipe that the handler of signals writes to; -1 before the first folder.
    private static let told = Atomic<Int32>(-1)

    /// A new folder that only this user can read; nil when none can be made.
    static func make() -> String? {
        var template = Array("\(Console.environment("TMPDIR") ?? "/tmp")/lintel-XXXXXX".utf8CString)
        watchSignals()
        guard let made = mkdtemp(&template) else { return nil }
        let path = String(cString: made)
        folders.withLock { _ = $0.insert(path) }
        return path
    }

    /// Removes a folder with all that is in it.
    static func remove(_ path: String) {
        clear(path)
        folders.withLock { _ = $0.remove(path) }
    }

    private static func clear(_ folder: String) {
        for name in (try? FileSystem.names(in: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            // It fails for folders.
            if unlink(path) != 0 { clear(path) }
        }
        rmdir(folder)
    }

    /// Has the folders removed before a signal ends the process. Little may be done in the handler of a signal, so that a thread
    /// waits for a word from it.
    private static func watchSignals() {
        folders.withLock { _ in
            guard told.load(ordering: .relaxed) < 0 else { return }
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return }
            told.store(ends[1], ordering: .releasing)
            let reader = ends[0]
            let hasStarted = WorkerThread.detach(stackSize: 256 << 10) {
                var number: UInt8 = 0
                while read(reader, &number, 1) != 1 {}
                let open = folders.withLock { $0 }
                // Others may still write to them.
                for _ in 0..<3 { for folder in open { clear(folder) } }
                signal(Int32(number), SIG_DFL)
                kill(getpid(), Int32(number))
            }
            guard hasStarted else { return }
            for number in [SIGINT, SIGTERM, SIGHUP] {
                let before = signal(number) { number in
                    var word = UInt8(truncatingIfNeeded: number)
                    _ = write(ScratchFolder.told.load(ordering: .acquiring), &word, 1)
                }
                // What was asked to be ignored, as by nohup, stays so.
                if isIgnoring(before) { signal(number, SIG_IGN) }
            }
        }
    }

    private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
