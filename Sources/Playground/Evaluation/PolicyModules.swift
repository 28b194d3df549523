import Catalogue
import Diagnostics
import Gatekeeper
import Rego
import RegoRuntime
import RegoSyntax

extension InputForm {
    /// The names that the page has for forms, for those who want another than what each policy is written for.
    static let pageNames = ["object", "admission", "review"]

    init?(pageName: String) {
        switch pageName {
        case "object": self = .object
        case "admission": self = .review
        case "review": self = .gatekeeper
        default: return nil
        }
    }
}

/// The parsed modules of a workspace with those of the library that they use.
struct PolicyModules {
    private(set) var modules: [Module] = []
    private(set) var library: [Module] = []
    /// The Rego of Gatekeeper's templates.
    private(set) var templates: [Module] = []
    /// What ExpansionTemplates make of objects.
    private(set) var expansion = Expansion([])
    /// What is wrong with single templates and constraints, which spoils no other policy.
    private(set) var remarks: [Diagnostic] = []
    private(set) var problems: [Diagnostic] = []
    /// The rules that hold violations.
    private(set) var policies: [Policy] = []
    /// The policies of the library whose rules these use; their parameters have their defaults.
    private var libraryPolicies: [Policy] = []

    /// All policies that settings and exceptions may name: these, and those of the library.
    private(set) var known: [Policy] = []

    /// Whose parameters `data` holds; of two with one id the later one counts.
    var parameterised: [Policy] { libraryPolicies + policies }
    var all: [Module] { modules + templates + library }
    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    init(_ sources: [SourceFile], library: PolicyLibrary) {
        let rego = sources.filter { $0.path.hasSuffix(".rego") }
        let user = UserPolicies(
            sources: rego, objects: sources.filter { !$0.path.hasSuffix(".rego") }, builtins: PolicyBuiltins.offline)
        policies = user.policies
        templates = PolicyProgram.templates(of: policies)
        expansion = Expansion(user.gatekeeper.expansions)
        remarks = user.gatekeeper.problems
        known = library.policies + Policy.typeChecks + policies
        problems = user.problems
        modules = user.modules.map(\.syntax)
        addLibrary(library, for: rego)
        let count = modules.reduce(0) { $0 + $1.rules.count }
        if count > Self.maximumRules {
            problems.append(
                Diagnostic(
                    code: "limit_error", message: "there are \(count) rules; the playground compiles \(Self.maximumRules) at most"
                ))
        }
    }

    private static let maximumRules = 4000

    /// The modules of the library whose packages the texts name and do not define.
    private mutating func addLibrary(_ library: PolicyLibrary, for sources: [SourceFile]) {
        let own = Set(modules.map(\.packageName))
        let texts = sources.map { String(decoding: $0.bytes, as: UTF8.self) }.filter { $0.contains("data.lintel") }
        if texts.isEmpty { return }
        var seen = Set<String>()
        for package in library.packed.packages.sorted() where !own.contains(package) {
            guard texts.contains(where: { $0.contains("data.\(package)") }) else { continue }
            for file in library.packed.sources(ofPackage: package) where seen.insert(file.path).inserted {
                let path = "library/" + file.path.dropFirst("policies/".count)
                let module = Parser.parseModule(SourceFile(path: path, bytes: file.bytes)).0
                if !own.contains(module.packageName) { self.library.append(module) }
            }
        }
        libraryPolicies = library.policies.filter { seen.contains($0.path) }
    }

    /// What the rules of a file take `input` for, also when the file does not compile yet.
    func form(ofFile path: String) -> InputForm {
        guard let module = modules.first(where: { $0.file.path == path }) else { return .object }
        let rules = module.rules.map { "data.\(module.packageName).\($0.head.name)" }
        var use = InputUse()
        for found in InputUse.of(rules: rules, in: all, builtins: PolicyBuiltins.offline).values { use.formUnion(found) }
        return InputForm(use)
    }

    /// A rule as the page lists it.
    struct RuleEntry {
        var path: String
        var kind: String
        var range: SourceRange
    }

    /// The rules of the workspace that have a value of their own, once each, in source order.
    var rules: [RuleEntry] {
        var seen = Set<String>()
        return modules.flatMap { module in
            module.rules.compactMap { rule in
                let path = "data.\(module.packageName).\(rule.head.name)"
                guard !rule.head.isFunction, seen.insert(path).inserted else { return nil }
                let kind = rule.head.name.hasPrefix("test_") ? "test" : rule.head.isPartialSet ? "set" : "value"
                return RuleEntry(path: path, kind: kind, range: module.range(of: rule.head.location))
            }
        }
    }
}

extension Ref {
    /// The names after the head, up to the first that is no constant.
    var names: [String] {
        var names: [String] = []
        for term in terms.dropFirst() {
            guard case .string(let name) = term.value else { break }
            names.append(name)
        }
        return names
    }
}

extension Module {
    /// The package with dots, without `data`.
    var packageName: String { package.path.names.joined(separator: ".") }

    /// What the module's imports bring in, by name: a path from `data` or `input`, that word included.
    var importedPaths: [String: [String]] {
        var paths: [String: [String]] = [:]
        for statement in imports {
            guard let head = statement.path.terms.first?.stringOrVarName, head == "data" || head == "input",
                let name = statement.name
            else { continue }
            paths[name] = [head] + statement.path.names
        }
        return paths
    }
}
