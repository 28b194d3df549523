package import Catalogue
package import Diagnostics
import Documents
import Inputs
import Rego
import RegoSyntax
import Text

/// What a bundle, a folder or a file of policies holds.
package struct BundleInspection {
    /// A block of metadata and what it stands above.
    struct Annotation {
        var scope: AnnotationText.Scope
        /// Below `data`.
        var path: [String]
        var file: String
        var position: Position
        var text: Document
    }

    /// A rule of a package, with all its definitions.
    struct Rule {
        var path: String
        var kind: String
        var definitions: Int
    }

    /// What a signature says of itself.
    struct Signature {
        var algorithm: String
        var keyID: String
        var scope: String
        var files: Int
    }

    package private(set) var problems: [Diagnostic] = []
    private(set) var manifest: Manifest?
    private(set) var signatures: [Signature] = []
    /// The `.signatures.json`, as it is.
    private(set) var signatureFile: Document?
    /// Whether the signature was checked.
    private(set) var isVerified = false
    private(set) var modules: [Module] = []
    /// Files with data, by the package of their folder.
    private var dataFiles: [(path: String, file: String)] = []

    /// - Parameter loader: checks signatures when it has a key, and not otherwise.
    package init(_ path: String, with loader: BundleLoader) {
        var loader = loader
        if loader.verification == nil { loader.skipsVerification = true }
        if path.hasSuffix(".rego") {
            let files = PolicyFiles.load([path], with: loader)
            problems = files.problems
            for source in files.sources { add(source) }
        } else {
            read(bundle: path, loader)
        }
        if modules.isEmpty, dataFiles.isEmpty, problems.isEmpty {
            problems.append(Diagnostic(code: "bundle_error", message: "\(path) holds no module and no data"))
        }
    }

    private mutating func read(bundle path: String, _ loader: BundleLoader) {
        let (files, warnings) = loader.files(at: path)
        problems += warnings
        guard let files else { return }
        let (bundle, found) = loader.bundle(of: files, name: path)
        problems += found
        guard let bundle else { return }
        if files.contains(where: \.isManifest) { manifest = bundle.manifest }
        for module in bundle.modules { add(module.source) }
        for file in files where file.isData {
            let folders = file.path.split(separator: "/").dropLast().map(String.init)
            dataFiles.append((Self.name(of: folders), FilePath.join(path, file.path)))
        }
        if let file = files.first(where: \.isSignature) {
            isVerified = loader.verification != nil
            readSignatures(file)
        }
    }

    private mutating func add(_ source: ModuleSource) {
        let (module, found) = Parser.parseModule(source.file, version: source.version)
        problems += found
        modules.append(module)
    }

    /// What the tokens hold is shown as they say it; only a key tells whether it is true.
    private mutating func readSignatures(_ file: BundleFile) {
        guard
            let document = try? JSONReader.read(SourceFile(path: file.path, bytes: file.bytes), keepsPositions: false)
        else {
            problems.append(Diagnostic(code: "bundle_error", message: "the .signatures.json is not JSON"))
            return
        }
        signatureFile = document
        for token in document.root.field("signatures").array {
            let parts = (token.stringValue ?? "").split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let header = Self.part(parts[0]), let payload = Self.part(parts[1]) else {
                problems.append(
                    Diagnostic(code: "bundle_error", message: "a signature in .signatures.json is no JSON Web Token"))
                continue
            }
            signatures.append(
                Signature(
                    algorithm: header.root.field("alg").stringValue ?? "",
                    keyID: header.root.field("kid").stringValue ?? payload.root.field("keyid").stringValue ?? "",
                    scope: payload.root.field("scope").stringValue ?? "", files: payload.root.field("files").array.count))
        }
    }

    private static func part(_ text: Substring) -> Document? {
        guard let bytes = try? Base64.decodeURL(text.utf8) else { return nil }
        return try? JSONReader.read(SourceFile(path: ".signatures.json", bytes: bytes), keepsPositions: false)
    }

    // MARK: What is in the modules

    static func name(of path: [String]) -> String { (["data"] + path).joined(separator: ".") }

    static func package(of module: Module) -> [String] {
        module.package.path.terms.dropFirst().map { $0.stringOrVarName ?? "" }
    }

    /// The files of each package, by its path.
    var namespaces: [(path: String, files: [String])] {
        var files: [String: [String]] = [:]
        for module in modules { files[Self.name(of: Self.package(of: module)), default: []].append(module.file.path) }
        for data in dataFiles { files[data.path, default: []].append(data.file) }
        return files.map { ($0.key, $0.value.sorted()) }.sorted { $0.path < $1.path }
    }

    /// The rules of each package, each name once.
    var rules: [Rule] {
        var found: [String: Rule] = [:]
        for module in modules {
            let package = Self.name(of: Self.package(of: module))
            for rule in module.rules {
                let path = "\(package).\(rule.head.name)"
                let kind = rule.head.isFunction ? "function" : rule.head.isPartialSet ? "set" : "rule"
                found[path, default: Rule(path: path, kind: kind, definitions: 0)].definitions += 1
            }
        }
        return found.values.sorted { $0.path < $1.path }
    }

    /// All metadata, in the order of what they are about.
    var annotations: [Annotation] {
        modules.flatMap { module in
            module.annotations.compactMap { block -> Annotation? in
                if block.target == .none { return nil }
                let text = AnnotationText(block, in: module)
                var path = Self.package(of: module), place = module.package.location
                if case .rule(let index) = block.target, text.scope == .rule || text.scope == .document {
                    let head = module.rules[index].head
                    for term in head.ref.terms {
                        guard let name = term.stringOrVarName else { break }
                        path.append(name)
                    }
                    place = module.rules[index].location
                }
                return Annotation(
                    scope: text.scope, path: path, file: module.file.path, position: module.range(of: place).position,
                    text: text.document)
            }
        }.sorted { left, right in
            if left.path != right.path { return left.path.lexicographicallyPrecedes(right.path) }
            return (left.file, left.position.line) < (right.file, right.position.line)
        }
    }
}
