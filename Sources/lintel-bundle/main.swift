import Diagnostics
import Validation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Packs the policy library for the binary: lintel-bundle policies Sources/CPolicyBundle/policies.bundle

private func show(_ text: String) {
    try? FileSystem.write(Array(text.utf8), to: STDERR_FILENO, name: "standard error")
}

private func fail(_ message: String) -> Never {
    show(message + "\n")
    exit(2)
}

guard CommandLine.arguments.count == 3 else { fail("usage: lintel-bundle FOLDER FILE") }
let (bytes, problems) = BundleWriter.bundle(of: CommandLine.arguments[1])
show(DiagnosticRenderer().render(problems.sorted(by: Diagnostic.inSourceOrder)))
guard let bytes else { exit(2) }
do {
    try FileSystem.write(bytes, to: CommandLine.arguments[2])
} catch {
    fail("cannot write \(error.path): \(error.reason)")
}
