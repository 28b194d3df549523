package import Catalogue
package import Diagnostics
package import Documents
import Inputs
package import Rego
import RegoSyntax

/// The modules and base documents that `-d` names, read as `opa` reads them.
///
/// Of a folder, every `.rego` file is a module, and every JSON or YAML file is merged into the base documents at the
/// path of its folder. Manifests (documents with `apiVersion` and `kind`) that lie beside policies are no data.
package struct PolicyFiles {
    package var sources: [ModuleSource] = []
    /// The base documents, one object.
    package var data: Document
    package var problems: [Diagnostic] = []

    private struct Builder {
        var sources: [ModuleSource] = []
        var problems: [Diagnostic] = []
        var owners: [Document] = []
        var parts: [BaseDocuments.Part] = []
    }

    /// Reads files and folders; `prefix.path:file` puts a data file below `data.prefix.path`. Archives and what
    /// `bundlePaths` names are read as bundles.
    package static func load(
        _ paths: [String], bundles bundlePaths: [String] = [], with loader: BundleLoader = BundleLoader(),
        ignoring patterns: [String] = []
    ) -> PolicyFiles {
        var builder = Builder()
        read(bundles: bundlePaths, with: loader, &builder)
        for argument in paths {
            let (prefix, path) = split(argument)
            if prefix.isEmpty, BundleArchive.isArchive(path) {
                read(bundles: [path], with: loader, &builder)
                continue
            }
            var discovery = FileDiscovery(suffixes: ["rego", "json", "yaml", "yml"])
            discovery.exclude = patterns.map(PathGlob.init)
            let found = discovery.files(at: [path])
            builder.problems += found.problems
            for file in found.files { read(file.path, below: FilePath.normalized(path), prefix, loader.version, &builder) }
        }
        let (data, problems) = withExtendedLifetime(builder.owners) { BaseDocuments.merge(builder.parts) }
        return PolicyFiles(sources: builder.sources, data: data, problems: builder.problems + problems)
    }

    private static func read(bundles paths: [String], with loader: BundleLoader, _ builder: inout Builder) {
        var bundles: [Bundle] = []
        for path in paths {
            let (bundle, problems) = loader.load(path)
            builder.problems += problems
            guard let bundle else { continue }
            if bundle.patch != nil {
                let problem = BundleProblem("it is a delta bundle, which only changes documents that are loaded already")
                builder.problems.append(Diagnostic(bundle: path, problem))
            }
            builder.sources += bundle.sources
            builder.owners.append(bundle.data)
            builder.parts.append(BaseDocuments.Part(path: [], value: bundle.data.root, name: path))
            bundles.append(bundle)
        }
        builder.problems += Bundle.overlaps(bundles)
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
        var reader = YAMLReader()
        reader.hasWordBooleans = false
        let stream = reader.read(file)
        if stream.documents.contains(where: { $0.root.isManifest }) { return }
        builder.problems += stream.diagnostics
        builder.owners += stream.documents
        let isFolder = path != root
        let place = root == "." ? path[...] : path.dropFirst(root.count)
        let folders = isFolder ? place.split(separator: "/").dropLast().map(String.init) : []
        for document in stream.documents where document.root.isDefined {
            builder.parts.append(BaseDocuments.Part(path: prefix + folders, value: document.root, name: file.path))
        }
    }
}

extension Value {
    /// Whether it looks like an object of the Kubernetes API.
    var isManifest: Bool { kind == .object && field("apiVersion").kind == .string && field("kind").kind == .string }
}
