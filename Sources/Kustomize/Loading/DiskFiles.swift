#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of this machine.
package struct DiskFiles: FileAccess {
    package init() {}

    package func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0 {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .unreadable(String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(String(cString: strerror(errno))) }
        if status.st_mode & S_IFMT == S_IFDIR { return nil }
        if status.st_mode & S_IFMT != S_IFREG { throw .unreadable("it is not a regular file") }
        let size = Int(status.st_size)
        if size > limit { throw .tooLarge(size) }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Self.read(descriptor, buffer, count)
                if got <= 0 {
                    if got < 0 { failure = errno }
                    return
                }
                count += got
            }
        }
        if failure != 0 { throw .unreadable(String(cString: strerror(failure))) }
        return bytes
    }

    private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ offset: Int) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        #if canImport(Glibc)
            return Glibc.read(descriptor, base + offset, buffer.count - offset)
        #else
            return Darwin.read(descriptor, base + offset, buffer.count - offset)
        #endif
    }

    package func resolve(_ path: String) -> (path: String, isFolder: Bool)? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        let resolved = String(cString: pointer)
        var status = stat()
        guard stat(resolved, &status) == 0 else { return nil }
        return (resolved, status.st_mode & S_IFMT == S_IFDIR)
    }
}
