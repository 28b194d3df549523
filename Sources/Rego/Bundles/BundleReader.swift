public import Diagnostics
import Documents
import RegoRuntime
public import RegoSyntax
import Text

/// Makes a bundle of its files and checks it as OPA does when it loads one.
public struct BundleReader: Sendable {
    /// The dialect of modules for which the manifest says nothing.
    public var version: RegoVersion

    public init(version: RegoVersion = .v1) { self.version = version }

    /// The bundle, unless a problem is an error.
    /// - Parameter shownPath: how a file of the bundle is called in messages.
    public func read(
        _ files: [BundleFile], name: String, shownPath: (String) -> String
    ) -> (bundle: Bundle?, problems: [Diagnostic]) {
        let sorted = files.sorted { ExactText.precedes($0.path, $1.path) }
        var bundle = Bundle(name: name, data: Document { $0.object([ObjectEntry]()) })
        var problems: [Diagnostic] = []
        do throws(BundleProblem) {
            if let file = sorted.first(where: \.isManifest) {
                bundle.manifest = try Manifest(reading: SourceFile(path: shownPath(file.path), bytes: file.bytes))
            }
            if bundle.manifest.hasWebAssembly {
                throw BundleProblem("its policies are WebAssembly, which is not run; build it with the target rego")
            }
        } catch {
            return (nil, [Diagnostic(bundle: name, error)])
        }
        for file in sorted where file.isModule {
            let source = SourceFile(path: shownPath(file.path), bytes: file.bytes)
            let version = bundle.manifest.version(of: file.path) ?? version
            bundle.modules.append(Bundle.Module(path: file.path, source: ModuleSource(file: source, version: version)))
        }
        readData(sorted, into: &bundle, shownPath, &problems)
        if let file = sorted.first(where: { $0.path == "patch.json" }) {
            bundle.patch = readDocument(file, shownPath, &problems)
        }
        if problems.isEmpty { problems += rootProblems(bundle) }
        return problems.contains { $0.severity == .error } ? (nil, problems) : (bundle, problems)
    }

    private func readData(
        _ files: [BundleFile], into bundle: inout Bundle, _ shownPath: (String) -> String,
        _ problems: inout [Diagnostic]
    ) {
        var parts: [BaseDocuments.Part] = [], owners: [Document] = []
        for file in files where file.isData {
            guard let document = readDocument(file, shownPath, &problems) else { continue }
            owners.append(document)
            parts.append(BaseDocuments.Part(path: file.folders, value: document.root, name: shownPath(file.path)))
        }
        let (data, found) = withExtendedLifetime(owners) { BaseDocuments.merge(parts) }
        bundle.data = data
        problems += found
    }

    private func readDocument(
        _ file: BundleFile, _ shownPath: (String) -> String, _ problems: inout [Diagnostic]
    ) -> Document? {
        let source = SourceFile(path: shownPath(file.path), bytes: file.bytes)
        var reader = YAMLReader()
        reader.hasWordBooleans = false
        let stream = reader.read(source)
        problems += stream.diagnostics
        if stream.documents.count == 1 { return stream.documents[0] }
        if stream.diagnostics.isEmpty {
            let count = stream.documents.count
            problems.append(
                Diagnostic(code: "bundle_error", message: "\(source.path) has \(count) documents; a data file has one"))
        }
        return nil
    }

    /// Modules and data outside of the manifest's roots.
    private func rootProblems(_ bundle: Bundle) -> [Diagnostic] {
        let manifest = bundle.manifest
        if manifest.roots.contains("") { return [] }
        var problems: [Diagnostic] = []
        for module in bundle.modules {
            let (syntax, _) = Parser.parseModule(module.source.file, version: module.source.version)
            let path = syntax.package.path.constantPath
            if manifest.owns(path) { continue }
            problems.append(
                Diagnostic(
                    code: "bundle_error",
                    message: "the manifest's roots \(manifest.rootsText) do not permit package \(path.joined(separator: "."))",
                    range: syntax.range(of: syntax.package.location)))
        }
        bundle.data.withRoot { problems += Self.dataProblems($0, at: [], manifest) }
        return problems
    }

    private static func dataProblems(_ value: Value, at path: [String], _ manifest: Manifest) -> [Diagnostic] {
        if manifest.owns(path) { return [] }
        if value.kind == .object, manifest.hasRoot(below: path) {
            return zip(value.keys, value.values).flatMap { dataProblems($1, at: path + [$0.string], manifest) }
        }
        let place = "/" + path.joined(separator: "/")
        return [
            Diagnostic(
                code: "bundle_error", message: "the manifest's roots \(manifest.rootsText) do not permit data at \(place)",
                hint: "the folder of a data file is its path below data")
        ]
    }
}

extension Diagnostic {
    /// The problem that a bundle cannot be used.
    public init(bundle name: String, _ problem: BundleProblem) {
        self.init(code: "bundle_error", message: "cannot read the bundle \(name): \(problem.message)")
    }
}
