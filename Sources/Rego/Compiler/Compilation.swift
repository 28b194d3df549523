import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax
import Text

/// What the stages of one compilation share.
final class Compilation {
    let modules: [Module]
    let names: [ModuleNames]
    let tree: RuleTree
    let builtins: BuiltinTable
    /// Storage of the program's constants.
    let arena: Arena
    let replaced: ReplacedTargets
    private(set) var diagnostics: [Diagnostic] = []
    private var reported: Set<Diagnostic> = []
    private var ruleNames: [[String]: Set<String>] = [:]
    /// Where rules that are no functions are called.
    private(set) var ruleCalls: [(path: [String], range: SourceRange)] = []
    private var texts: [ExactText: Value] = [:]

    /// Whether unused variables, imports and deprecated builtins are errors everywhere.
    let isStrict: Bool

    init(modules: [Module], queries: [Body], builtins: BuiltinTable, arena: Arena, isStrict: Bool) {
        self.isStrict = isStrict
        self.modules = modules
        self.builtins = builtins
        self.arena = arena
        tree = RuleTree(modules: modules)
        names = modules.map(ModuleNames.init)
        for module in modules {
            let package = module.package.path.constantPath
            for rule in module.rules { ruleNames[package, default: []].insert(rule.head.name) }
        }
        replaced = ReplacedTargets(modules: modules, queries: queries)
    }

    func report(_ diagnostic: Diagnostic) {
        if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }

    /// Reports imports that nothing refers to, when strict; every rule must have been lowered.
    func reportUnusedImports() {
        guard isStrict else { return }
        for (module, names) in zip(modules, names) {
            for statement in module.imports {
                guard let name = statement.name, names.imports[name] != nil, !names.used.contains(name) else { continue }
                let text = ([statement.path.terms.first?.varName ?? ""] + statement.path.constantPath).joined(separator: ".")
                report(
                    Diagnostic(
                        code: RegoCode.compile, message: "import \(text) unused", range: module.range(of: statement.location)))
            }
        }
    }

    func noteCall(ofRule path: [String], at range: SourceRange) { ruleCalls.append((path, range)) }

    func hasRule(_ name: String, inPackage package: [String]) -> Bool { ruleNames[package]?.contains(name) ?? false }

    /// A string constant, stored once.
    func text(_ text: String) -> Value {
        let key = ExactText(text)
        if let known = texts[key] { return known }
        let value = arena.string(text)
        texts[key] = value
        return value
    }

    /// What `rego.metadata.rule` or `rego.metadata.chain` answers in a rule.
    func metadata(_ builtin: String, for definition: RuleDefinition?) -> Value {
        let empty = builtin == "rego.metadata.chain" ? arena.array([]) : arena.object([ObjectEntry]())
        guard let definition else { return empty }
        let metadata = Metadata(arena: arena)
        if builtin == "rego.metadata.chain" { return metadata.chain(definition, among: modules) }
        return metadata.rule(definition) ?? empty
    }

    /// The function whose name is nearest to a misspelled one.
    func suggestion(forFunction name: String, inPackage package: [String]) -> String? {
        let candidates = builtins.builtins.map(\.name) + rules(inPackage: package)
        return Spelling.nearest(to: name, in: candidates).map { "did you mean \($0)?" }
    }

    /// The names of a package's rules, sorted.
    func rules(inPackage package: [String]) -> [String] { (ruleNames[package] ?? []).sorted() }
}

/// The names a module brings in.
final class ModuleNames {
    let file: SourceFile
    let package: [String]
    /// Whether the module's dialect has no deprecated builtins.
    let rejectsDeprecated: Bool
    /// Path from `data` or `input`, that word included, by alias.
    private(set) var imports: [String: [String]] = [:]
    private(set) var used: Set<String> = []

    init(_ module: Module) {
        file = module.file
        package = module.package.path.constantPath
        rejectsDeprecated = module.regoVersion == .v1 || module.importsRegoV1
        for statement in module.imports {
            guard let head = statement.path.terms.first?.varName, head == "data" || head == "input",
                let name = statement.name
            else { continue }
            imports[name] = [head] + statement.path.constantPath
        }
    }

    /// The names of a query, which stands in a package and may use imports.
    init(file: SourceFile, package: [String], imports: [String: [String]] = [:]) {
        self.file = file
        self.package = package
        rejectsDeprecated = false
        self.imports = imports
    }

    func use(_ name: String) { used.insert(name) }
}
