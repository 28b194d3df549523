import Catalogue
import Diagnostics
import Inputs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Packs the policy library for the binary:
//   lintel-pack policies Sources/CPackedPolicies/policies.pack    the texts and their index
//   lintel-pack --program FILE                                    the library inside this binary, compiled

private func show(_ text: String) {
    try? FileSystem.write(Array(text.utf8), to: STDERR_FILENO, name: "standard error")
}

private func fail(_ message: String) -> Never {
    show(message + "\n")
    exit(2)
}

private func compiledLibrary() -> (bytes: [UInt8]?, problems: [Diagnostic]) {
    do { return try PolicyLibrary.uncompiled().image() } catch { fail(error.message) }
}

guard CommandLine.arguments.count == 3 else { fail("usage: lintel-pack FOLDER FILE\n       lintel-pack --program FILE") }
let (source, target) = (CommandLine.arguments[1], CommandLine.arguments[2])
let (bytes, problems) = source == "--program" ? compiledLibrary() : PolicyPacker.pack(source)
show(DiagnosticRenderer().render(problems.sorted(by: Diagnostic.inSourceOrder)))
guard let bytes else { exit(2) }
do {
    // A file that stays as it was is not compiled in again.
    if (try? FileSystem.read(target)) != bytes { try FileSystem.write(bytes, to: target) }
} catch {
    fail("cannot write \(error.path): \(error.reason)")
}
