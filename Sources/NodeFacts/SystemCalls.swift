#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A failed call of the operating system.
struct SystemError: Error, Equatable {
    var code: Int32

    var text: String { String(cString: strerror(code)) }
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    static var last: SystemError { SystemError(code: errno) }
}

/// The few calls the survey makes; every one of them only reads.
enum SystemCalls {
    /// Facts about a path; a symbolic link is followed unless `followsLinks` is false.
    static func status(_ path: String, followsLinks: Bool = true) throws(SystemError) -> stat {
        var result = stat()
        guard (followsLinks ? stat(path, &result) : lstat(path, &result)) == 0 else { throw .last }
        return result
    }

    /// The names in a directory, sorted, without `.` and `..`.
    static func names(in directory: String) throws(SystemError) -> [String] {
        guard let stream = opendir(directory) else { throw .last }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// At most `limit` bytes of a file. Opened without blocking, so that a pipe cannot hold the survey up.
    static func contents(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = read(descriptor, &block, min(block.count, limit - bytes.count))
            if count < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            if count == 0 { break }
            bytes += block[..<count]
        }
        return bytes
    }

    static var hostname: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static var effectiveUser: UInt32 { geteuid() }
}
