import ArgumentParser
import Inputs

#if canImport(Glibc)
    @preconcurrency import Glibc
#else
    import Darwin
#endif

/// What standard input holds in a file of its own, for what reads it more than once; the file goes away with it.
final class StandardInputFile {
    let path: String

    /// - Throws: `ExitCode` 2 when it cannot be read or kept.
    init() throws {
        var template = Array("\(Console.environment("TMPDIR") ?? "/tmp")/lintel-XXXXXX.yaml".utf8CString)
        let descriptor = mkstemps(&template, 5)
        path = String(cString: template)
        if descriptor < 0 {
            Console.fail("no temporary file can be made for standard input")
            throw ExitCode(2)
        }
        defer { close(descriptor) }
        do throws(FileError) {
            let bytes = try FileSystem.readStandardInput(name: "stdin")
            var problem: FileError?
            bytes.withUnsafeBytes { bytes in
                do throws(FileError) { try FileSystem.write(bytes, to: descriptor, name: path) } catch { problem = error }
            }
            if let problem { throw problem }
        } catch {
            Console.fail("cannot read standard input: \(error.reason)")
            throw ExitCode(2)
        }
    }

    deinit { unlink(path) }
}
