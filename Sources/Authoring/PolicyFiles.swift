public import Diagnostics
public import Documents
public import Rego
public import RegoSyntax
import Validation

/// The modules and base documents that `-d` names, read as `opa` reads them.
///
/// Of a folder, every `.rego` file is a module, and every JSON or YAML file is merged into the base documents at the
/// path of its folder. Manifests (documents with `apiVersion` and `kind`) that lie beside policies are no data.
public struct PolicyFiles {
    public var sources: [ModuleSource] = []
    /// The base documents, one object.
    public var data: Document
    public var problems: [Diagnostic] = []

    private struct Builder {
        var sources: [ModuleSource] = []
        var problems: [Diagnostic] = []
        var owners: [Document] = []
        var entries: [(path: [String], value: Value, file: SourceFile)] = []
    }

    /// Reads files and folders; `prefix.path:file` puts a data file below `data.prefix.path`.
    public static func load(_ paths: [String], ignoring patterns: [String] = [], version: RegoVersion = .v1) -> PolicyFiles {
        var builder = Builder()
        for argument in paths {
            let (prefix, path) = split(argument)
            var discovery = FileDiscovery(suffixes: ["rego", "json", "yaml", "yml"])
            discovery.exclude = patterns.map(GlobPattern.init)
            let found = discovery.files(at: [path])
            builder.problems += found.problems
            for file in found.files { read(file.path, below: path, prefix, version, &builder) }
        }
        let arena = Arena.make()
        let root = merge(builder.entries.map { ($0.path[...], $0.value, $0.file) }, [], arena, &builder.problems)
        return PolicyFiles(
            sources: builder.sources, data: Document(arena: arena, root: root), problems: builder.problems)
    }

    private static func split(_ argument: String) -> (prefix: [String], path: String) {
        guard let colon = argument.firstIndex(of: ":"), !argument[..<colon].contains("/") else { return ([], argument) }
        var prefix = argument[..<colon].split(separator: ".").map(String.init)
        if prefix.first == "data" { prefix.removeFirst() }
        return (prefix, String(argument[argument.index(after: colon)...]))
    }

    private static func read(
        _ path: String, below root: String, _ prefix: [String], _ version: RegoVersion, _ builder: inout Builder
    ) {
        let bytes: [UInt8]
        do { bytes = try FileSystem.read(path) } catch {
            builder.problems.append(Diagnostic(code: "io_error", message: "cannot read \(path): \(error.reason)"))
            return
        }
        let file = SourceFile(path: path, bytes: bytes)
        if path.hasSuffix(".rego") {
            builder.sources.append(ModuleSource(file: file, version: version))
            return
        }
        let stream = YAMLReader().read(file)
        if stream.documents.contains(where: { isManifest($0.root) }) { return }
        builder.problems += stream.diagnostics
        builder.owners += stream.documents
        let isFolder = path != root
        let folders = isFolder ? path.dropFirst(root.count).split(separator: "/").dropLast().map(String.init) : []
        for document in stream.documents where document.root.isDefined {
            builder.entries.append((prefix + folders, document.root, file))
        }
    }

    private static func isManifest(_ value: Value) -> Bool {
        value.kind == .object && value.field("apiVersion").kind == .string && value.field("kind").kind == .string
    }

    /// One object of all entries; two values at one path are a problem.
    private static func merge(
        _ entries: [(path: ArraySlice<String>, value: Value, file: SourceFile)], _ place: [String], _ arena: Arena,
        _ problems: inout [Diagnostic]
    ) -> Value {
        var groups: [String: [(path: ArraySlice<String>, value: Value, file: SourceFile)]] = [:]
        for entry in entries {
            if let first = entry.path.first {
                groups[first, default: []].append((entry.path.dropFirst(), entry.value, entry.file))
            } else if entry.value.kind == .object, entries.count > 1 || place.isEmpty {
                for (key, value) in zip(entry.value.keys, entry.value.values) {
                    groups[key.string, default: []].append(([], value, entry.file))
                }
            } else if entries.count == 1 {
                return arena.copy(entry.value)
            } else {
                problems.append(
                    Diagnostic(
                        code: "merge_error",
                        message: "\(entry.file.path) has another value for data.\(place.joined(separator: "."))"))
            }
        }
        return arena.object(groups.map { key, group in
            ObjectEntry(key: arena.string(key), value: merge(group, place + [key], arena, &problems))
        })
    }
}
