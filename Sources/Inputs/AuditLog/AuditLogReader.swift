package import Diagnostics
package import Documents

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads an audit log as the API server writes it, one JSON event a line, without ever holding more than one line; also a
/// single JSON or YAML document that holds events.
package struct AuditLogReader {
    /// What was read.
    package enum Item: Sendable {
        case event(AuditEvent)
        /// A document that is no audit event, and its line.
        case other(Document, line: Int)
        case problem(Diagnostic)
    }

    /// The longest line that is read; the API server's own limit for a request is far below.
    private static let longestLine = 16 << 20

    private let path: String
    private let name: String
    private let follows: Bool
    private var pending: [UInt8] = []
    private var line = 0
    /// The rest of a line that is too long.
    private var isSkipping = false
    private enum Form {
        case unknown
        /// A JSON value on each line.
        case lines
        /// One document over all lines.
        case whole
    }
    /// Decided by the first line that is not empty.
    private var form: Form
    private var isStopped = false

    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - follows: goes on when the end is reached, also after the file was rotated.
    package init(path: String, name: String, follows: Bool = false) {
        self.path = path
        self.name = name
        self.follows = follows
        form = follows ? .lines : .unknown
    }

    /// Gives everything to `take` in order until the end, or until it returns false.
    package mutating func read(_ take: (Item) -> Bool) throws(FileError) {
        var descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: name, errno: errno) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while !isStopped {
            let count = buffer.withUnsafeMutableBytes { sysRead(descriptor, $0.baseAddress!, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: name, errno: errno)
            }
            if count > 0 {
                add(buffer[..<count], take)
            } else if follows, path != "-" {
                usleep(100_000)
                descriptor = try reopened(descriptor)
            } else {
                break
            }
        }
        if !isStopped { finish(take) }
    }

    /// The same file, from its start when it was truncated, or the new file of that name after a rotation.
    private mutating func reopened(_ descriptor: Int32) throws(FileError) -> Int32 {
        var own = stat(), current = stat()
        guard fstat(descriptor, &own) == 0, stat(path, &current) == 0 else { return descriptor }
        if own.st_ino == current.st_ino, own.st_dev == current.st_dev {
            if current.st_size < lseek(descriptor, 0, SEEK_CUR) {
                lseek(descriptor, 0, SEEK_SET)
                restart()
            }
            return descriptor
        }
        let next = open(path, O_RDONLY | O_CLOEXEC)
        if next < 0 { return descriptor }
        close(descriptor)
        restart()
        return next
    }

    private mutating func restart() {
        pending.removeAll()
        (line, isSkipping) = (0, false)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>, _ take: (Item) -> Bool) {
        var rest = bytes
        while !isStopped, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if isSkipping {
                isSkipping = false
                line += 1
            } else {
                pending += rest[..<end]
                takeLine(take)
            }
            rest = rest[(end + 1)...]
        }
        if isSkipping || isStopped { return }
        pending += rest
        if form != .whole, pending.count > Self.longestLine {
            give(.problem(problem("the line is longer than \(Self.longestLine >> 20) MiB", line: line + 1)), take)
            pending.removeAll()
            isSkipping = true
        }
    }

    private mutating func takeLine(_ take: (Item) -> Bool) {
        if form == .unknown, !Self.isBlank(pending) { form = Self.isComplete(pending) ? .lines : .whole }
        if form == .whole {
            pending.append(UInt8(ascii: "\n"))
            if pending.count > FileSystem.maximumFileSize {
                let limit = FileSystem.maximumFileSize >> 20
                give(.problem(problem("the document is larger than the limit of \(limit) MiB", line: 1)), take)
                isStopped = true
            }
            return
        }
        line += 1
        let bytes = pending
        pending.removeAll(keepingCapacity: true)
        if !Self.isBlank(bytes) { takeJSON(bytes, take) }
    }

    private mutating func takeJSON(_ bytes: [UInt8], _ take: (Item) -> Bool) {
        do {
            let document = try JSONReader.read(SourceFile(path: name, bytes: bytes))
            takeDocument(document, line: line, take)
        } catch {
            give(.problem(problem("the line is not JSON: \(error.message)", line: line)), take)
        }
    }

    private mutating func takeDocument(_ document: Document, line: Int, _ take: (Item) -> Bool) {
        guard let events = AuditEvents.events(in: document, path: name, line: line) else {
            return give(.other(document, line: line + document.firstLine - 1), take)
        }
        for event in events { give(.event(event), take) }
    }

    /// What is left at the end: a last line without a line break, or a whole document.
    private mutating func finish(_ take: (Item) -> Bool) {
        if pending.isEmpty { return }
        let bytes = pending
        pending.removeAll()
        if form == .lines || form == .unknown && Self.isComplete(bytes) {
            line += 1
            return takeJSON(bytes, take)
        }
        let stream = YAMLReader().read(SourceFile(path: name, bytes: bytes))
        for problem in stream.diagnostics { give(.problem(problem), take) }
        for document in stream.documents where document.root.kind != .null { takeDocument(document, line: 1, take) }
    }

    private mutating func give(_ item: Item, _ take: (Item) -> Bool) {
        if !isStopped, !take(item) { isStopped = true }
    }

    private func problem(_ message: String, line: Int) -> Diagnostic {
        Diagnostic(code: "audit_log_error", message: "\(name):\(line): \(message)")
    }

    private static func isBlank(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

    /// Whether the bytes are one JSON object and nothing else.
    private static func isComplete(_ bytes: [UInt8]) -> Bool {
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), bytes.last(where: { $0 > 0x20 }) == UInt8(ascii: "}") else {
            return false
        }
        return (try? JSONReader.read(SourceFile(path: "", bytes: bytes), keepsPositions: false)) != nil
    }
}

private func sysRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
