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
    static func replace(_ original: SourceFile, by file: SourceFile, _ isComplete: inout Bool) {
        let path = DiskFiles().resolve(file.path)?.path ?? file.path
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
}
