import Diagnostics
import Documents
import Gatekeeper
import Inputs
import Rego
import RegoSyntax

/// Kubescape's controls among the modules of a user: files of the package `armo_builtins`, each a rule of its own that
/// looks at all objects at once. They define rules and functions of the same names, so each is moved to a package of its own.
struct KubescapeControls {
    static let package = ["armo_builtins"]
    private static let root = "kubescape"

    private(set) var modules: [UserPolicies.Module] = []
    private(set) var policies: [Policy] = []
    private(set) var problems: [Diagnostic] = []
    private let metadata: KubescapeMetadata
    private let hasLibrary: Bool
    private let inputs: Set<String>

    static func isControl(_ module: RegoSyntax.Module) -> Bool { packagePath(module) == package }

    static func packagePath(_ module: RegoSyntax.Module) -> [String] {
        module.package.path.terms.dropFirst().map { $0.stringOrVarName ?? "" }
    }

    /// - Parameters:
    ///   - others: the other modules, of which controls may import some.
    ///   - inputs: the settings that data gives (`postureControlInputs`).
    init(_ controls: [UserPolicies.Module], others: [UserPolicies.Module], metadata: KubescapeMetadata, inputs: Set<String>) {
        self.metadata = metadata
        self.inputs = inputs
        hasLibrary = others.contains { Self.packagePath($0.syntax) == ["cautils"] }
        let libraries = others.map(\.syntax) + (hasLibrary ? [] : [KubescapeLibrary.module])
        var isUsed = false
        for control in controls {
            let path = control.source.path
            // What a filter finds is what a control counts, not what is wrong.
            if FilePath.name(of: path) == "filter.rego" { continue }
            let name = Self.name(of: path)
            if !metadata.selects(name) { continue }
            if add(control, name, libraries) { isUsed = true }
        }
        if isUsed, !hasLibrary {
            let module = KubescapeLibrary.module
            modules.append(UserPolicies.Module(source: module.file, version: .v1, syntax: module))
        }
    }

    /// `rules/exposed-port/raw.rego` is called by its folder.
    private static func name(of path: String) -> String {
        let file = FilePath.name(of: path)
        let folder = FilePath.name(of: FilePath.folder(of: path))
        return file == "raw.rego" && folder != "." && !folder.isEmpty ? String(folder) : String(file.dropLast(".rego".count))
    }

    private mutating func add(_ control: UserPolicies.Module, _ name: String, _ libraries: [RegoSyntax.Module]) -> Bool {
        let key = name.replacing(".", with: "_")
        var module = control.syntax
        let missing = move(&module, to: key)
        let rules = Set(module.rules.lazy.filter(\.head.isPartialSet).map(\.head.name)).sorted()
        let entrypoints = rules.map { "data.\(Self.root).\(key).\($0)" }
        if rules.isEmpty { return false }
        let (_, found) = Engine.compile(
            parsed: [module] + libraries, entrypoints: entrypoints, builtins: PolicyBuiltins.table)
        let errors = found.filter { $0.severity == .error && $0.range?.file.path == control.source.path }
        if var first = errors.first {
            first.notes.append(Diagnostic.Note("the control \(name) is left out"))
            problems.append(first)
            return false
        }
        if let input = missing.sorted().first {
            problems.append(
                Diagnostic(
                    code: "policy_error",
                    message: "the control \(name) reads data.postureControlInputs.\(input), which no data gives",
                    range: module.range(of: module.package.location),
                    hint: "give the settings of the controls with --data, as {\"postureControlInputs\": …}"))
        }
        modules.append(UserPolicies.Module(source: control.source, version: control.version, syntax: module))
        for (rule, entrypoint) in zip(rules, entrypoints) {
            let id = rules.count == 1 ? name : "\(name).\(rule)"
            policies.append(metadata.policy(id, of: name, entrypoint: entrypoint, path: control.source.path))
        }
        return true
    }

    /// Moves a module to a package of its own.
    /// - Returns: the settings it reads that no data gives.
    private func move(_ module: inout RegoSyntax.Module, to key: String) -> Set<String> {
        var missing: Set<String> = []
        func texts(_ ref: Ref) -> [String?] {
            ref.terms.dropFirst().map { term in if case .string(let text) = term.value { text } else { nil } }
        }
        let mapping = RefMapping { ref in
            guard case .var("data")? = ref.terms.first?.value else { return }
            let names = texts(ref)
            if names.count > 1, names[0] == "postureControlInputs", let name = names[1], !inputs.contains(name) {
                missing.insert(name)
            }
            if names.first == Self.package[0] {
                let location = ref.terms[1].location
                ref.terms.replaceSubrange(
                    1...1, with: [Self.root, key].map { Term(.string($0), location: location) })
            }
        }
        mapping.apply(to: &module)
        let location = module.package.path.terms.first?.location ?? module.package.location
        module.package.path = Ref(
            [Term(.var("data"), location: location)] + [Self.root, key].map { Term(.string($0), location: location) })
        return missing
    }
}
