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
//   lintel-catalogue --definitions Sources/CSchemaCatalogue/definitions.pack DEFINITION.yaml=ORIGIN…

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

private func packTypes(_ path: String, _ target: String) {
    let source = SourceFile(path: path, bytes: contents(of: path))
    do {
        let document = try JSONReader.read(source, keepsPositions: false)
        save(try FactsReader.catalogue(from: document), to: target)
    } catch let problem as FactsReader.Problem {
        fail(problem.message)
    } catch {
        fail("\(source.path) is not JSON")
    }
}

/// Each argument is a file, '=' and where its definitions come from.
private func packDefinitions(_ entries: ArraySlice<String>, _ target: String) {
    var packer = DefinitionPacker()
    for entry in entries {
        guard let equals = entry.lastIndex(of: "=") else {
            fail("\(entry) does not say where it comes from: FILE=ORIGIN")
        }
        let path = String(entry[..<equals])
        let stream = YAMLReader().read(SourceFile(path: path, bytes: contents(of: path)))
        if let problem = stream.diagnostics.first { fail("\(path): \(problem.message)") }
        for document in stream.documents { packer.add(document, origin: String(entry[entry.index(after: equals)...])) }
    }
    save(packer.bytes(), to: target)
}

let arguments = CommandLine.arguments
if arguments.count >= 4, arguments[1] == "--definitions" {
    packDefinitions(arguments[3...], arguments[2])
} else if arguments.count == 3 {
    packTypes(arguments[1], arguments[2])
} else {
    fail("usage: lintel-catalogue FACTS.json FILE\n       lintel-catalogue --definitions FILE DEFINITION.yaml=ORIGIN…")
}
