package import Kustomize

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of this machine, for builds.
package struct DiskFiles: FileAccess {
    /// What files are to hold, by absolute path with links followed; it counts in place of what they hold.
    private let texts: [String: [UInt8]]

    package init(texts: [String: [UInt8]] = [:]) { self.texts = texts }

    /// What a file is to hold; nil when that is what it holds.
    package func text(_ path: String) -> [UInt8]? {
        if texts.isEmpty { return nil }
        return texts[path] ?? resolve(path).flatMap { texts[$0.path] }
    }

    package func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8]? {
        if let text = text(path) { return text }
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
