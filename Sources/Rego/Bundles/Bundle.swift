public import Diagnostics
public import Documents
import RegoSyntax

/// Modules and base documents that are distributed as one thing.
public struct Bundle: Sendable {
    /// A Rego file of a bundle.
    public struct Module: Sendable {
        /// Below the bundle's root.
        public var path: String
        public var source: ModuleSource
    }

    /// Where it came from, as messages call it.
    public var name: String
    public var manifest = Manifest()
    /// In the order of their paths.
    public var modules: [Module] = []
    /// The base documents, one object.
    public var data: Document
    /// The operations of a delta bundle, which changes what an earlier bundle brought; nil for a snapshot.
    public var patch: Document?

    /// The modules as the compiler takes them.
    public var sources: [ModuleSource] { modules.map(\.source) }

    /// Whether bundles that are used together own parts of each other's documents.
    public static func overlaps(_ bundles: [Bundle]) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        for (index, first) in bundles.enumerated() {
            for second in bundles[(index + 1)...] {
                let shared = first.manifest.roots.filter { root in
                    second.manifest.roots.contains { Manifest.overlap(root, $0) }
                }
                guard let root = shared.first else { continue }
                problems.append(
                    Diagnostic(
                        code: "bundle_error",
                        message: "the bundles \(first.name) and \(second.name) have overlapping roots (\"\(root)\")",
                        hint: "give each bundle its own part of data in the roots of its .manifest"))
            }
        }
        return problems
    }

    /// An archive of the bundle, as `opa build` makes them.
    public func archive() -> [UInt8] {
        var files = modules.map { BundleFile(path: $0.path, bytes: $0.source.file.bytes) }
        var text: [UInt8] = []
        JSONWriter.append(data.root, to: &text)
        files.append(BundleFile(path: "data.json", bytes: text))
        files.append(BundleFile(path: ".manifest", bytes: manifest.json))
        return BundleArchive.archive(files)
    }
}

extension Manifest {
    /// The text of the `.manifest` file.
    package var json: [UInt8] {
        let document = Document { arena in
            func number(_ version: RegoVersion) -> Value { .int(version == .v0 ? 0 : 1) }
            var members = [
                ObjectEntry(key: arena.string("revision"), value: arena.string(revision)),
                ObjectEntry(key: arena.string("roots"), value: arena.array(roots.map { arena.string($0) })),
            ]
            if let regoVersion { members.append(ObjectEntry(key: arena.string("rego_version"), value: number(regoVersion))) }
            if !fileRegoVersions.isEmpty {
                let versions = fileRegoVersions.map { ObjectEntry(key: arena.string($0), value: number($1)) }
                members.append(ObjectEntry(key: arena.string("file_rego_versions"), value: arena.object(versions)))
            }
            if let metadata { members.append(ObjectEntry(key: arena.string("metadata"), value: arena.copy(metadata.root))) }
            return arena.object(members)
        }
        var text: [UInt8] = []
        document.withRoot { JSONWriter.append($0, to: &text) }
        return text
    }
}
