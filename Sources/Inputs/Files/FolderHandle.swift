#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An open folder: files are reached from its descriptor one name at a time without following links, so that nothing,
/// whatever happens to the folder meanwhile, is written or removed outside it.
package struct FolderHandle: ~Copyable {
    private let descriptor: Int32
    private let name: String

    /// Opens the root; it is made when it is missing.
    package init(root: String) throws(FileError) {
        mkdir(root, 0o755)
        descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        name = root
        if descriptor < 0 { throw FileError(path: root, errno: errno) }
    }

    private init(below parent: borrowing FolderHandle, named part: String, isMade: Bool) throws(FileError) {
        if isMade { mkdirat(parent.descriptor, part, 0o755) }
        descriptor = openat(parent.descriptor, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        name = "\(parent.name)/\(part)"
        if descriptor < 0 { throw FileError(path: name, errno: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Replaces a file at once: readers see the old text or the new one.
    package func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count > 1 {
            let folder = try FolderHandle(below: self, named: parts[0], isMade: true)
            return try folder.write(bytes, to: parts[1])
        }
        let scratch = ".\(path).saving"
        let file = openat(descriptor, scratch, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileError(path: "\(name)/\(path)", errno: errno) }
        defer { close(file) }
        do throws(FileError) {
            try FileSystem.write(bytes, to: file, name: "\(name)/\(path)")
        } catch {
            unlinkat(descriptor, scratch, 0)
            throw error
        }
        if renameat(descriptor, scratch, descriptor, path) != 0 {
            let code = errno
            unlinkat(descriptor, scratch, 0)
            throw FileError(path: "\(name)/\(path)", errno: code)
        }
    }

    /// Removes a file and folders that become empty.
    package func remove(_ path: String) throws(FileError) {
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count > 1 {
            let folder = try FolderHandle(below: self, named: parts[0], isMade: false)
            try folder.remove(parts[1])
            unlinkat(descriptor, parts[0], AT_REMOVEDIR)
        } else if unlinkat(descriptor, path, 0) != 0, errno != ENOENT {
            throw FileError(path: "\(name)/\(path)", errno: errno)
        }
    }
}
