import Diagnostics
import Inputs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Changes files of the user.
enum FileReplacement {
    /// Puts the new text in the place of the old one in one step, where a link leads to and with the same permissions.
    /// - Parameter named: the files and folders that the user named; a link in one of them that leads out of it is not followed.
    static func replace(
        _ original: SourceFile, by file: SourceFile, named: [String], _ isComplete: inout Bool
    ) {
        let path = DiskFiles().resolve(file.path)?.path ?? file.path
        guard isInside(file.path, leadingTo: path, named.isEmpty ? ["."] : named) else {
            Console.fail("\(file.path) is a link out of the named folder, to \(path); it is left as it is")
            return isComplete = false
        }
        var info = stat()
        do throws(FileError) {
            guard try FileSystem.read(path) == original.bytes, stat(path, &info) == 0 else {
                Console.fail("\(file.path) has changed meanwhile; it is left as it is")
                return isComplete = false
            }
            try FileSystem.replace(path, with: file.bytes, mode: UInt32(info.st_mode) & 0o7777)
        } catch {
            Console.fail("cannot write \(file.path): \(error.reason)")
            isComplete = false
        }
    }

    /// Whether a path that begins with a named one leads into that, too.
    private static func isInside(_ path: String, leadingTo real: String, _ named: [String]) -> Bool {
        let roots = named.map { name in
            var name = name
            while name.count > 1, name.hasSuffix("/") { name.removeLast() }
            while name.hasPrefix("./"), name.count > 2 { name.removeFirst(2) }
            return name
        }.filter { root in
            root == "." ? !path.hasPrefix("/") && !path.hasPrefix("../") : path == root || path.hasPrefix(root + "/")
        }
        // What a build reads from elsewhere is not below a named folder.
        if roots.isEmpty { return true }
        return roots.contains { root in
            let target = DiskFiles().resolve(root)?.path ?? root
            return real == target || real.hasPrefix(target == "/" ? "/" : target + "/")
        }
    }
}
