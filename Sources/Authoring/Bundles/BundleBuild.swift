package import Catalogue
package import Diagnostics
import Documents
import Inputs
package import Rego
package import RegoRuntime
import RegoSyntax

/// Policies and data put together as a bundle (OPA documentation, "Bundles"). Modules stay as they are written, so that
/// the lines in messages are those of their files.
package struct BundleBuild {
    /// What a bundle is made of.
    package struct Request {
        package var paths: [String]
        /// Whether the paths are bundles themselves: archives, or folders that are laid out as bundles.
        package var areBundles = false
        /// Globs of files that are left out.
        package var ignored: [String] = []
        /// Nil for that of the one bundle it is made of.
        package var revision: String?
        package var loader = BundleLoader()

        package init(_ paths: [String]) { self.paths = paths }
    }

    private struct Part {
        var path: String
        var source: ModuleSource
    }

    package private(set) var problems: [Diagnostic] = []
    private var files: [BundleFile] = []
    private var manifest = Manifest()
    private var modules: [Part] = []

    /// Whether there is a bundle to write.
    package var isUsable: Bool { !problems.contains { $0.severity == .error } }

    /// - Parameter options: what the modules are compiled with, which they must stand.
    package init(_ request: Request, builtins: BuiltinTable, options: CompileOptions) {
        let data = request.areBundles ? readBundles(request) : readFiles(request)
        if let revision = request.revision { manifest.revision = revision }
        setVersions(request.loader.version)
        let (_, found) = Engine.compile(modules.map(\.source), builtins: builtins, options: options)
        problems += found
        if modules.isEmpty, data.root.count == 0, isUsable {
            problems.append(Diagnostic(code: "bundle_error", message: "there is no module and no data to build a bundle of"))
        }
        var text: [UInt8] = []
        data.withRoot { JSONWriter.append($0, to: &text) }
        files = modules.map { BundleFile(path: $0.path, bytes: $0.source.file.bytes) }
        files.append(BundleFile(path: "data.json", bytes: text))
        files.append(BundleFile(path: ".manifest", bytes: manifest.json))
        var seen: Set<String> = []
        for file in files where !seen.insert(file.path).inserted {
            problems.append(Diagnostic(code: "bundle_error", message: "two files would be \(file.path) in the bundle"))
        }
    }

    /// Modules wherever they lie, and data at the path of their folders.
    private mutating func readFiles(_ request: Request) -> Document {
        let loaded = PolicyFiles.load(request.paths, with: request.loader, ignoring: request.ignored)
        problems += loaded.problems
        for path in request.paths
        where !BundleArchive.isArchive(path) && (try? FileSystem.status(of: FilePath.join(path, ".manifest"))) != nil {
            problems.append(
                Diagnostic(
                    code: "bundle_error", severity: .warning, message: "the .manifest in \(path) is not used",
                    hint: "read the folder as a bundle with --bundle"))
        }
        modules = loaded.sources.map { source in
            let parts = source.file.path.split(separator: "/").filter { $0 != "." && $0 != ".." }
            return Part(path: parts.joined(separator: "/"), source: source)
        }
        return loaded.data
    }

    /// The contents of bundles. Of one, the manifest stays; of several, the roots are joined.
    private mutating func readBundles(_ request: Request) -> Document {
        let globs = request.ignored.map(PathGlob.init)
        var bundles: [Bundle] = []
        for path in request.paths {
            let (found, warnings) = request.loader.files(at: path)
            problems += warnings
            guard let found else { continue }
            let (bundle, reasons) = request.loader.bundle(of: found, name: path) { file in
                globs.contains { $0.matches(file.path) }
            }
            problems += reasons
            guard let bundle else { continue }
            if bundle.patch != nil {
                let problem = BundleProblem("it is a delta bundle, which only changes documents that are loaded already")
                problems.append(Diagnostic(bundle: path, problem))
            }
            bundles.append(bundle)
        }
        problems += Bundle.overlaps(bundles)
        if bundles.count == 1 {
            manifest = bundles[0].manifest
        } else if !bundles.isEmpty {
            manifest.roots = bundles.flatMap(\.manifest.roots)
        }
        let paths = Dictionary(grouping: bundles.flatMap { $0.modules.map(\.path) }) { $0 }
        for bundle in bundles {
            for module in bundle.modules {
                let isShared = (paths[module.path]?.count ?? 0) > 1
                let path = isShared ? Self.folder(of: bundle.name) + "/" + module.path : module.path
                modules.append(Part(path: path, source: module.source))
            }
        }
        let parts = bundles.map { BaseDocuments.Part(path: [], value: $0.data.root, name: $0.name) }
        let (data, found) = withExtendedLifetime(bundles) { BaseDocuments.merge(parts) }
        problems += found
        return data
    }

    /// The folder for the files of a bundle that have the same path as those of another.
    private static func folder(of bundle: String) -> String {
        let parts = bundle.split(separator: "/").filter { $0 != "." && $0 != ".." }
        let path = parts.joined(separator: "/")
        return path.hasSuffix(".tar.gz") ? String(path.dropLast(".tar.gz".count)) : path
    }

    /// One dialect for all modules, and the others by their paths.
    private mutating func setVersions(_ version: RegoVersion) {
        let versions = Set(modules.map(\.source.version))
        let common = versions.count == 1 ? versions.first! : version
        manifest.regoVersion = common
        manifest.fileRegoVersions = [:]
        for module in modules where module.source.version != common {
            manifest.fileRegoVersions["/" + Self.escaped(module.path)] = module.source.version
        }
    }

    /// A path as a glob that only it fits.
    private static func escaped(_ path: String) -> String {
        path.map { "*?[]{}\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// Signs what is in it so far.
    package mutating func sign(_ signing: BundleSigning) {
        do throws(BundleProblem) {
            files.append(try signing.signature(of: files))
        } catch {
            problems.append(Diagnostic(code: "bundle_error", message: "the bundle: \(error.message)"))
        }
    }

    /// The bytes of the archive, the same for the same contents; nil when something is not in order.
    package var archive: [UInt8]? { isUsable ? BundleArchive.archive(files) : nil }
}
