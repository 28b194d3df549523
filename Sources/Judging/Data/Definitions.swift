package import Diagnostics
import Documents
import Inputs
package import Schemas
import Synchronization

/// Definitions of custom resources in files that are not checked themselves.
package struct Definitions: Sendable {
    package private(set) var kinds = CustomKinds()
    /// Files that `lintel schema import` wrote.
    package private(set) var packs: [DefinitionPack] = []
    /// Files that cannot be read; without them objects would pass unseen.
    package private(set) var problems: [Diagnostic] = []

    /// Reads files and folders, by some threads.
    package init(reading paths: [String], jobs: Int) {
        var others: [String] = []
        for path in paths {
            guard path.hasSuffix(".schemas") else {
                others.append(path)
                continue
            }
            readPack(path)
        }
        if !others.isEmpty { readDefinitions(others, jobs: jobs) }
    }

    private mutating func readPack(_ path: String) {
        do {
            let contents = try FileSystem.read(path, limit: 256 << 20)
            if let pack = DefinitionPack(contents) {
                packs.append(pack)
            } else {
                problems.append(
                    Diagnostic(
                        code: "schema_error", message: "\(path) was not written by lintel schema import",
                        hint: "name a file that it wrote, or CustomResourceDefinitions in YAML"))
            }
        } catch {
            problems.append(Diagnostic(reading: error))
        }
    }

    private mutating func readDefinitions(_ paths: [String], jobs: Int) {
        let found = FileDiscovery().files(at: paths)
        problems += found.problems
        let files = found.files, next = Atomic(0)
        let read = Mutex<[(number: Int, contents: ResourceReader.Contents)]>([])
        WorkerPool.run(jobs: min(jobs, files.count)) {
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if number >= files.count { return }
                // Definitions are asked for: what cannot be read is no settings file of another tool.
                var reader = ResourceReader()
                reader.sparesForeignJSON = false
                let contents = reader.read(files[number])
                read.withLock { $0.append((number, contents)) }
            }
        }
        for (_, contents) in read.withLock({ $0 }).sorted(by: { $0.number < $1.number }) {
            for resource in contents.resources {
                if let twice = kinds.add(resource.document) { problems.append(twice) }
            }
            problems += contents.diagnostics
            problems += contents.skipped.compactMap(Self.problem)
        }
        if kinds.isEmpty, problems.isEmpty {
            problems.append(
                Diagnostic(
                    code: "schema_error", message: "no CustomResourceDefinition in \(paths.joined(separator: ", "))",
                    hint: "name the files that hold them"))
        }
    }

    /// Says of a document that was passed over that nothing in it is known; nil where nobody would expect a definition.
    private static func problem(_ skipped: SkippedDocument) -> Diagnostic? {
        switch skipped.reason {
        case .helmTemplate:
            Diagnostic(
                code: "schema_error", severity: .warning,
                message: "\(skipped.path) is a Helm template: the definitions in it are not known",
                hint: "name the chart's crds folder, or what helm template makes of it")
        case .notObject,
            .notKubernetes where skipped.path.hasSuffix(".json"):
            Diagnostic(
                code: "schema_error", severity: .warning,
                message: "\(skipped.path) holds no CustomResourceDefinition and is not used",
                hint: "JSON schemas are packed for --schema by lintel schema import")
        default: nil
        }
    }
}
