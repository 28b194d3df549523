import Diagnostics
import Documents
import Schemas

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Packs the types of the Kubernetes API for the binary:
//   lintel-catalogue FACTS.json Sources/CSchemaCatalogue/kubernetes.catalogue

private func fail(_ message: String) -> Never {
    let line = Array((message + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(2)
}

private func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fail("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        if count == 0 { return bytes }
        bytes += buffer[..<count]
    }
}

private func save(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "wb") else { fail("cannot write \(path)") }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0 else { fail("cannot write \(path)") }
}

guard CommandLine.arguments.count == 3 else { fail("usage: lintel-catalogue FACTS.json FILE") }
let source = SourceFile(path: CommandLine.arguments[1], bytes: contents(of: CommandLine.arguments[1]))
do {
    let document = try JSONReader.read(source, keepsPositions: false)
    save(try FactsReader.catalogue(from: document), to: CommandLine.arguments[2])
} catch let problem as FactsReader.Problem {
    fail(problem.message)
} catch {
    fail("\(source.path) is not JSON")
}
