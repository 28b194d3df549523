package import Inputs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file of one event a line that is put aside when it is full: `decisions.log`, `decisions.log.1` (the newest of the old
/// ones), `decisions.log.2` …
package struct DecisionFile: Sendable {
    private let path: String
    private let size: Int
    private let count: Int
    private var descriptor: Int32 = -1
    private var written = 0

    /// - Parameters:
    ///   - size: bytes after which the file is put aside.
    ///   - count: how many old files are kept.
    package init(path: String, size: Int, count: Int) throws(FileError) {
        self.path = path
        self.size = size
        self.count = count
        try open()
    }

    private mutating func open() throws(FileError) {
        // What was decided about whom is not for everybody.
        descriptor = sysOpen(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: path, cause: .other(String(cString: strerror(errno)))) }
        written = (try? FileSystem.status(of: path).size) ?? 0
    }

    /// Appends an event; one that does not fit into what is left of the file begins the next.
    mutating func write(_ event: [UInt8]) throws(FileError) {
        if descriptor < 0 { try open() }
        if written > 0, written + event.count + 1 > size { try rotate() }
        try FileSystem.write(event + [0x0A], to: descriptor, name: path)
        written += event.count + 1
    }

    private mutating func rotate() throws(FileError) {
        close(descriptor)
        descriptor = -1
        if count == 0 {
            unlink(path)
        } else {
            for number in stride(from: count - 1, through: 1, by: -1) { rename("\(path).\(number)", "\(path).\(number + 1)") }
            rename(path, "\(path).1")
        }
        try open()
    }
}

private func sysOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }
