import Text

#if canImport(Glibc)
    import Glibc
    private let sysRead = Glibc.read
    private let sysWrite = Glibc.write
#else
    import Darwin
    private let sysRead = Darwin.read
    private let sysWrite = Darwin.write
#endif

/// The one door to files: everything that reads or writes the disk goes through it.
package enum FileSystem {
    /// What a path leads to.
    package enum Kind: Sendable, Hashable {
        case file, folder, link
        /// Pipes, sockets and devices.
        case special
    }

    /// Tells two names of one file apart from two files.
    package struct Identity: Sendable, Hashable {
        var device: UInt64
        var node: UInt64
    }

    package struct Status: Sendable, Hashable {
        package var kind: Kind
        package var size: Int
        package var identity: Identity
        /// Nanoseconds since 1970-01-01 UTC at which what is there, its name or its rights were changed last.
        package var changed: Int64
    }

    /// What stands at `path`.
    package static func status(of path: String, followingLinks: Bool = true) throws(FileError) -> Status {
        var info = stat()
        let result = followingLinks ? stat(path, &info) : lstat(path, &info)
        guard result == 0 else { throw FileError(path: path, errno: errno) }
        return Status(info)
    }

    /// The bytes of a file, at most `limit` of them.
    package static func read(_ path: String, limit: Int = maximumFileSize) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError(path: path, errno: errno) }
        let status = Status(info)
        if status.kind == .folder { throw FileError(path: path, cause: .isFolder) }
        if status.size > limit { throw FileError(path: path, cause: .tooLarge(limit: limit)) }
        return try read(descriptor, path: path, expecting: status.size, limit: limit)
    }

    /// All bytes of standard input, at most `limit` of them; `name` is how errors call it.
    package static func readStandardInput(name: String, limit: Int = maximumFileSize) throws(FileError) -> [UInt8] {
        try read(STDIN_FILENO, path: name, expecting: 64 << 10, limit: limit)
    }

    /// The largest file that is read.
    package static let maximumFileSize = 32 << 20

    private static func read(
        _ descriptor: Int32, path: String, expecting size: Int, limit: Int
    ) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var room = size + 1
        while true {
            var code: Int32 = 0
            let used = bytes.count
            bytes += [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                let got = sysRead(descriptor, buffer.baseAddress, buffer.count)
                if got < 0 { code = errno }
                count = max(0, got)
            }
            if code == EINTR { continue }
            if code != 0 { throw FileError(path: path, errno: code) }
            if bytes.count == used { return bytes }
            if bytes.count > limit { throw FileError(path: path, cause: .tooLarge(limit: limit)) }
            room = max(4096, min(bytes.count, 4 << 20))
        }
    }

    /// The names in a folder, in byte order, without `.` and `..`.
    package static func names(in folder: String) throws(FileError) -> [String] {
        guard let stream = opendir(folder) else { throw FileError(path: folder, errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { ExactText.precedes($0, $1) }
    }

    /// What a folder holds besides `.` and `..`, in byte order.
    struct Entries {
        /// The names, and whether the folder itself says that each is a plain file.
        var named: [(name: String, isFile: Bool)] = []
        /// Names that are not UTF-8, as well as they can be shown, and whether each may be a folder: they cannot be opened
        /// as text.
        var unreadable: [(name: String, mayBeFolder: Bool)] = []
    }

    static func entries(of folder: String) throws(FileError) -> Entries {
        guard let stream = opendir(folder) else { throw FileError(path: folder, errno: errno) }
        defer { closedir(stream) }
        var entries = Entries()
        while let entry = readdir(stream) {
            let type = entry.pointee.d_type
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
                    if let name = String(validatingCString: text) {
                        if name != ".", name != ".." { entries.named.append((name, type == UInt8(DT_REG))) }
                    } else {
                        entries.unreadable.append((String(cString: text), type != UInt8(DT_REG)))
                    }
                }
            }
        }
        entries.named.sort { ExactText.precedes($0.name, $1.name) }
        entries.unreadable.sort { ExactText.precedes($0.name, $1.name) }
        return entries
    }

    /// Writes a file, replacing what it held; missing parent folders are made.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let descriptor = try create(path)
        defer { close(descriptor) }
        try write(bytes, to: descriptor, name: path)
    }

    /// Writes all bytes to an open descriptor.
    package static func write(_ bytes: [UInt8], to descriptor: Int32, name: String) throws(FileError) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(FileError) in try write(bytes, to: descriptor, name: name) }
        }
        try result.get()
    }

    /// Writes all bytes to an open descriptor.
    package static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, name: String
    ) throws(FileError) {
        var offset = 0
        while offset < bytes.count {
            let count = sysWrite(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: name, errno: errno)
            }
            offset += count
        }
    }

    /// Opens a file to write it, replacing what it held; missing parent folders are made.
    fileprivate static func create(_ path: String) throws(FileError) -> Int32 {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { makeFolders(String(path[..<slash])) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        return descriptor
    }

    /// Makes a folder and those above it that are missing.
    package static func makeFolders(_ path: String) {
        if mkdir(path, 0o755) == 0 || errno != ENOENT { return }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        makeFolders(String(path[..<slash]))
        mkdir(path, 0o755)
    }

    /// An absolute path without `.` and `..`, by its text alone: links are not followed.
    package static func plainAbsolute(_ path: String) -> String {
        var parts: [Substring] = []
        for part in absolute(path).split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Absolute form of a path, without links resolved.
    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return FilePath.join(String(cString: folder), path)
    }
}

/// A file that is written piece by piece; closed with the last reference.
package final class FileWriter {
    private let path: String
    private let descriptor: Int32

    /// Opens a file, replacing what it held; missing parent folders are made.
    package init(_ path: String) throws(FileError) {
        self.path = path
        descriptor = try FileSystem.create(path)
    }

    deinit { close(descriptor) }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        try FileSystem.write(bytes, to: descriptor, name: path)
    }
}

extension FileSystem.Status {
    init(_ info: stat) {
        switch info.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .special
        }
        size = kind == .file ? Int(info.st_size) : 0
        identity = FileSystem.Identity(device: UInt64(info.st_dev), node: UInt64(info.st_ino))
        #if canImport(Darwin)
            let time = info.st_ctimespec
        #else
            let time = info.st_ctim
        #endif
        changed = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
