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
        do throws(FileError) {
            let status = try FileSystem.status(of: path)
            if status.kind == .folder { return nil }
            if status.kind != .file { throw FileProblem.unreadable("it is not a regular file") }
            return try FileSystem.read(path, limit: limit)
        } catch let error as FileError {
            if case .tooLarge = error.cause { throw .tooLarge(limit + 1) }
            throw .unreadable(error.reason)
        } catch let error as FileProblem {
            throw error
        } catch {
            throw .unreadable("\(error)")
        }
    }

    package func resolve(_ path: String) -> (path: String, isFolder: Bool)? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        let resolved = String(cString: pointer)
        guard let status = try? FileSystem.status(of: resolved) else { return nil }
        return (resolved, status.kind == .folder)
    }
}
