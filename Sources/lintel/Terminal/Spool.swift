#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Bytes kept in a file without a name while the process lives, for what can be read only once.
enum Spool {
    /// A path that leads to the bytes; nil when the system gives no file.
    static func path(for bytes: [UInt8]) -> String? {
        guard let file = tmpfile(), fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else { return nil }
        return "/dev/fd/\(fileno(file))"
    }
}
