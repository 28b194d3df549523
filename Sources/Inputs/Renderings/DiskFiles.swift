package import Kustomize
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of this machine, for builds.
package struct DiskFiles: FileAccess {
    /// What files are to hold, by absolute path with links followed; it counts in place of what they hold.
    private let texts: [String: [UInt8]]
    private let folders: FolderPaths

    /// - Parameter folders: keeps what was found out about links of folders; nil to begin anew.
    package init(texts: [String: [UInt8]] = [:], folders: FolderPaths? = nil) {
        self.texts = texts
        self.folders = folders ?? FolderPaths()
    }

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
        if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex {
            let name = path[path.index(after: slash)...]
            if name.isEmpty || name == "." || name == ".." { return Self.followed(path) }
            guard let folder = folders.followed(String(path[..<slash])) else { return nil }
            let place = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
            var info = stat()
            guard lstat(place, &info) == 0 else { return nil }
            switch info.st_mode & S_IFMT {
            case S_IFLNK: return Self.followed(place)
            case S_IFDIR: return (place, true)
            default: return (place, false)
            }
        }
        return Self.followed(path)
    }

    /// The path without links; nil when there is nothing.
    private static func followed(_ path: String) -> (path: String, isFolder: Bool)? {
        guard let resolved = FolderPaths.followed(path), let status = try? FileSystem.status(of: resolved) else { return nil }
        return (resolved, status.kind == .folder)
    }
}

/// The paths of folders without links, each found out once: a build asks for many files of few folders.
package final class FolderPaths: Sendable {
    private let known = Mutex<[String: String?]>([:])

    package init() {}

    func followed(_ folder: String) -> String? {
        if let path = known.withLock({ $0[folder] }) { return path }
        let path = Self.followed(folder)
        known.withLock { $0[folder] = .some(path) }
        return path
    }

    static func followed(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}
