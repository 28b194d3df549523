package import Diagnostics
package import Documents
package import Gatekeeper
import Inputs
import Rego
package import RegoRuntime
package import RegoSyntax

/// Policies and data that `--policy` names: any package, rules `deny`, `violation` and `warn` and their forms with a
/// suffix, as Conftest has them, and Gatekeeper's templates and constraints.
package struct UserPolicies: Sendable {
    /// A parsed file and the dialect it is written in.
    package struct Module: Sendable {
        package var source: SourceFile
        package var version: RegoVersion
        package var syntax: RegoSyntax.Module
    }

    package private(set) var modules: [Module] = []
    /// What the parser said about them, among `problems` too.
    private(set) var parseProblems: [Diagnostic] = []
    package private(set) var policies: [Policy] = []
    /// Rules `mutate` and their forms with a suffix, which change objects.
    package private(set) var mutations: [Policy] = []
    /// `data.json` and `data.yaml` files with the place of each under `data`.
    package private(set) var data: [(path: [String], document: Document)] = []
    package private(set) var problems: [Diagnostic] = []
    /// Templates and constraints; what is wrong with some of them spoils no other policy.
    package private(set) var gatekeeper = GatekeeperPolicies()
    /// Revisions of the bundles among them, by where they were read from.
    package private(set) var revisions: [String: String] = [:]

    /// Whether a module names `namespaceObject` of an admission request.
    package var readsNamespaces: Bool {
        let name = Array("namespaceObject".utf8)
        return modules.contains { !$0.source.bytes.ranges(of: name).isEmpty }
    }

    /// What JSON files say of Kubescape's rules.
    private var kubescape = KubescapeMetadata()

    package init() {}

    /// Reads files and folders; of folders all `.rego` files but tests, and `data.json`, `data.yaml` and `data.yml`,
    /// whose place under `data` is that of their folder.
    /// Archives and folders with a `.manifest` are read as bundles.
    package init(
        reading paths: [String], bundles loader: BundleLoader = BundleLoader(),
        gatekeeper options: GatekeeperPolicies.Options = GatekeeperPolicies.Options(), data dataPaths: [String] = []
    ) {
        for path in dataPaths { addData(at: path) }
        var bundles: [Bundle] = []
        for path in paths {
            let before = (modules: modules.count, data: data.count, problems: problems.count)
            let objects = gatekeeper.count + kubescape.count
            if BundleLoader.isBundle(path) {
                let (bundle, found) = loader.load(path)
                problems += found
                if let bundle {
                    add(bundle)
                    bundles.append(bundle)
                }
            } else {
                add(path)
            }
            let isEmpty =
                modules[before.modules...].allSatisfy(\.syntax.rules.isEmpty)
                && data[before.data...].allSatisfy { $0.document.root.count == 0 }
                && gatekeeper.count + kubescape.count == objects
            if isEmpty, problems.count == before.problems { problems.append(Self.nothing(in: path)) }
        }
        problems += Bundle.overlaps(bundles)
        gatekeeper.finish(options, builtins: PolicyBuiltins.table)
        findPolicies()
        problems += RuleNames.problems(in: modules.map(\.syntax))
    }

    /// A path that contributes nothing is a mistake: without the policies that were expected there, objects would pass.
    private static func nothing(in path: String) -> Diagnostic {
        Diagnostic(
            code: "policy_error", message: "\(path) holds no rule and no data",
            hint: "of a folder, .rego files but tests are read, data.json, data.yaml and data.yml, and Gatekeeper's objects")
    }

    /// Reads modules that are in memory, and Gatekeeper's objects.
    /// - Parameter builtins: what the Rego of templates may call.
    package init(sources: [SourceFile], objects: [SourceFile] = [], builtins: BuiltinTable = PolicyBuiltins.table) {
        for source in sources { addModule(source) }
        for source in objects where !addObjects(source) { problems.append(Self.nothing(in: source.path)) }
        gatekeeper.finish(GatekeeperPolicies.Options(), builtins: builtins)
        findPolicies()
    }

    private mutating func add(_ path: String) {
        let root = FilePath.normalized(path)
        let isFolder = (try? FileSystem.status(of: root))?.kind == .folder
        let found = FileDiscovery(suffixes: ["rego", "json", "yaml", "yml"]).files(at: [path])
        problems += found.problems
        // Manifests beside tests are what the tests are about.
        let tested = Set(found.files.filter { isFolder && $0.path.hasSuffix("_test.rego") }.map { FilePath.folder(of: $0.path) })
        for file in found.files {
            let name = FilePath.name(of: file.path)
            let isModule = name.hasSuffix(".rego") && !(isFolder && name.hasSuffix("_test.rego"))
            let isData = ["data.json", "data.yaml", "data.yml"].contains(name) || !isFolder && !name.hasSuffix(".rego")
            if !isModule, !isData, name.hasSuffix(".rego") || tested.contains(FilePath.folder(of: file.path)) { continue }
            do {
                let source = SourceFile(path: file.path, bytes: try FileSystem.read(file.path))
                if isModule {
                    addModule(source)
                } else if addObjects(source) {
                    continue
                } else if isData {
                    addData(source, below: isFolder ? FilePath.folder(of: relative(file.path, to: root)) : ".")
                }
            } catch {
                if isModule || isData { problems.append(Diagnostic(reading: error)) }
            }
        }
    }

    /// Takes policies that are Kubernetes objects.
    /// - Returns: whether the file holds some.
    private mutating func addObjects(_ source: SourceFile) -> Bool {
        if source.path.hasSuffix(".json"), KubescapeMetadata.mayBe(in: source.bytes) {
            let documents = YAMLReader().read(source).documents
            if documents.count == 1, kubescape.add(documents[0]) { return true }
        }
        guard GatekeeperPolicies.mayBe(in: source.bytes) || ForeignPolicy.mayBe(in: source.bytes) else { return false }
        let stream = YAMLReader().read(source)
        var isPolicy = false
        for document in stream.documents {
            if gatekeeper.add(document) {
                isPolicy = true
            } else if let problem = ForeignPolicy.problem(of: document) {
                problems.append(problem)
                isPolicy = true
            }
        }
        if isPolicy { problems += stream.diagnostics }
        return isPolicy
    }

    /// Reads data that `--data` names: of a folder all JSON and YAML files, each below `data` at the path of its folder.
    private mutating func addData(at path: String) {
        let root = FilePath.normalized(path)
        let isFolder = (try? FileSystem.status(of: root))?.kind == .folder
        let found = FileDiscovery().files(at: [path])
        problems += found.problems
        for file in found.files {
            do throws(FileError) {
                let source = SourceFile(path: file.path, bytes: try FileSystem.read(file.path))
                addData(source, below: isFolder ? FilePath.folder(of: relative(file.path, to: root)) : ".")
            } catch {
                problems.append(Diagnostic(reading: error))
            }
        }
        if found.files.isEmpty, found.problems.isEmpty {
            problems.append(Diagnostic(code: "policy_error", message: "\(path) holds no data"))
        }
    }

    private mutating func add(_ bundle: Bundle) {
        if bundle.patch != nil {
            problems.append(Diagnostic(bundle: bundle.name, BundleProblem("it is a delta bundle, which changes another one")))
        }
        for module in bundle.modules where !module.path.hasSuffix("_test.rego") {
            // What the manifest does not settle is found out as for single files.
            let isSettled = bundle.manifest.version(of: module.path) != nil
            addModule(module.source.file, version: isSettled ? module.source.version : nil)
        }
        data.append(([], bundle.data))
        revisions[bundle.name] = bundle.manifest.revision
    }

    private func relative(_ path: String, to root: String) -> String {
        root == "." ? path : String(path.dropFirst(root.count).drop { $0 == "/" })
    }

    private mutating func addData(_ source: SourceFile, below folder: String) {
        let stream = YAMLReader().read(source)
        problems += stream.diagnostics
        guard let document = stream.documents.first else { return }
        guard document.root.kind == .object else {
            problems.append(
                Diagnostic(
                    code: "policy_error", message: "data must be a mapping", range: document.range(document.rootSpan)))
            return
        }
        data.append((folder == "." ? [] : folder.split(separator: "/").map(String.init), document))
    }

    // MARK: Modules

    /// - Parameter settled: the dialect, when it is known.
    private mutating func addModule(_ source: SourceFile, version settled: RegoVersion? = nil) {
        var version = settled ?? .v1
        var (module, found) = Parser.parseModule(source, version: version)
        if settled == nil, found.contains(where: { $0.severity == .error }) {
            // Text of the time before OPA 1.0: read as such when that explains it completely.
            let (old, oldProblems) = Parser.parseModule(source, version: .v0)
            if !oldProblems.contains(where: { $0.severity == .error }) {
                (module, found, version) = (old, oldProblems, .v0)
            }
        }
        problems += found
        parseProblems += found
        modules.append(Module(source: source, version: version, syntax: module))
    }

    /// Finds the policies of all modules, once they are read.
    private mutating func findPolicies() {
        let controls = modules.filter { KubescapeControls.isControl($0.syntax) }
        modules.removeAll { KubescapeControls.isControl($0.syntax) }
        let finder = PolicyFinder(modules.map(\.syntax))
        policies = finder.policies + gatekeeper.pairs.map { Policy($0) }
        problems += finder.problems
        mutations = PolicyFinder(modules.map(\.syntax)) { $0 == "mutate" || $0.hasPrefix("mutate_") }.policies
        if !controls.isEmpty { addControls(controls) }
    }

    private mutating func addControls(_ controls: [Module]) {
        let settings = data.flatMap { path, document -> [String] in
            let inputs = path.isEmpty ? document.root.field("postureControlInputs") : document.root
            guard path.isEmpty || path == ["postureControlInputs"], inputs.kind == .object else { return [] }
            return inputs.keys.map(\.string)
        }
        let found = KubescapeControls(controls, others: modules, metadata: kubescape, inputs: Set(settings))
        modules += found.modules
        policies += found.policies
        problems += found.problems
    }

    /// The severity of a rule's results, or nil for a rule that holds none.
    static func level(of rule: String) -> PolicySeverity? {
        for (word, severity) in [("deny", PolicySeverity.high), ("violation", .high), ("warn", .low)]
        where rule == word || rule.hasPrefix(word + "_") { return severity }
        return nil
    }
}

extension Policy {
    /// A rule of a user's file: everything but its result may be missing.
    /// - Parameter part: the definitions of the rule that it consists of; nil for all of them.
    convenience init(
        userRule rule: String, package: [String], entrypoint: String, part: RulePart?, exception: String? = nil,
        hasFixRule: Bool = false,
        path: String, metadata: Document?
    ) {
        let document = metadata ?? Document { $0.object([ObjectEntry]()) }
        let custom = document.root.field("custom"), targets = custom.field("targets")
        let written = custom.field("severity").stringValue.flatMap { PolicySeverity(rawValue: $0.lowercased()) }
        self.init(
            id: custom.field("id").stringValue ?? (package + [rule]).joined(separator: "."),
            slug: custom.field("slug").stringValue ?? "", severity: written ?? UserPolicies.level(of: rule) ?? .high,
            scope: Scope(rawValue: custom.field("scope").stringValue ?? "") ?? .object,
            targets: Self.targets(targets), judges: Self.judges(targets),
            requires: custom.field("requires").strings.map { GroupKind($0) }, entrypoint: entrypoint, part: part, path: path,
            origin: .user, exception: exception, hasFixRule: hasFixRule,
            entry: MetadataEntry(document: document, value: document.root))
    }
}
