package import Kustomize

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of this machine, for builds.
package struct DiskFiles: FileAccess {
    package init() {}

    package func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8]? {
        let kind: FileSystem.Kind
        do throws(FileError) {
            kind = try FileSystem.status(of: path).kind
            if kind == .file { return try FileSystem.read(path, limit: limit) }
        } catch {
            switch error.cause {
            case .missing: return nil
            case .tooLarge: throw .tooLarge(limit + 1)
            default: throw .unreadable(error.reason)
            }
        }
        if kind == .folder { return nil }
        throw .unreadable("it is not a regular file")
    }

    package func resolve(_ path: String) -> (path: String, isFolder: Bool)? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        let resolved = String(cString: pointer)
        guard let status = try? FileSystem.status(of: resolved) else { return nil }
        return (resolved, status.kind == .folder)
    }
}
