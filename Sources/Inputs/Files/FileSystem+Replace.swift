#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension FileSystem {
    /// Removes a file.
    package static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 else { throw FileError(path: path, errno: errno) }
    }

    /// Puts a file in place in one step: readers see the old contents or the new, and a crash leaves one of them.
    /// - Parameter mode: permissions the file has from its first byte on.
    package static func replace(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o644) throws(FileError) {
        let folder = FilePath.folder(of: path)
        makeFolders(folder)
        let temporary = FilePath.join(folder, ".\(FilePath.name(of: path)).\(getpid()).new")
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        do throws(FileError) {
            // Permissions as asked for, whatever the umask.
            guard fchmod(descriptor, mode_t(mode)) == 0 else { throw FileError(path: path, errno: errno) }
            try write(bytes, to: descriptor, name: path)
            guard fsync(descriptor) == 0 else { throw FileError(path: path, errno: errno) }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw FileError(path: path, errno: code)
        }
    }
}
