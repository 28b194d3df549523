import Catalogue
package import Diagnostics
import Documents
import Inputs
package import Rego
package import RegoRuntime
package import RegoSyntax

/// The rules of some packages that Conftest evaluates, and the data they read.
package struct ConftestPolicies {
    /// A rule `deny`, `violation` or `warn`, with or without a suffix.
    struct Rule {
        var name: String
        var isFailure: Bool
        /// How often it is defined.
        var definitions: Int
    }

    /// A package with the rules that are evaluated.
    struct Namespace {
        var name: String
        var rules: [Rule]
    }

    package private(set) var problems: [Diagnostic] = []
    private(set) var namespaces: [Namespace] = []
    private(set) var data = Document { $0.object([ObjectEntry]()) }
    let engine: Engine?
    /// Whether a policy looks at the name of the file that is checked.
    let readsFile: Bool

    /// - Parameters:
    ///   - paths: files and folders with modules.
    ///   - dataPaths: JSON and YAML files, and folders of them, whose contents are joined at the root of `data`.
    ///   - mayLackData: whether a folder among them may be empty, as nobody named it.
    ///   - patterns: names of packages, in which `*` stands for any characters; nil for all packages.
    ///   - version: the dialect of modules; nil for v1, and v0 where only that explains the text.
    package init(
        _ paths: [String], data dataPaths: [String], mayLackData: Bool = false, namespaces patterns: [String]?,
        version: RegoVersion?,
        builtins: BuiltinTable, options: CompileOptions
    ) {
        var modules: [Module] = [], problems: [Diagnostic] = []
        for path in paths {
            let found = FileDiscovery(suffixes: ["rego"]).files(at: [path])
            problems += found.problems
            if found.files.isEmpty, found.problems.isEmpty {
                problems.append(Diagnostic(code: "policy_error", message: "\(path) holds no Rego file"))
            }
            for file in found.files {
                do throws(FileError) {
                    let source = SourceFile(path: file.path, bytes: try FileSystem.read(file.path))
                    let (module, reasons) = Self.parse(source, version)
                    modules.append(module)
                    problems += reasons
                } catch { problems.append(Diagnostic(reading: error)) }
            }
        }
        let (document, reasons) = Self.read(dataPaths, mayBeEmpty: mayLackData)
        data = document
        problems += reasons
        let (namespaces, missing) = Self.namespaces(of: modules, patterns)
        self.namespaces = namespaces
        problems += missing
        let names = Set(namespaces.map(\.name))
        problems += RuleNames.problems(in: modules.filter { names.contains(Self.name(of: $0)) })
        var compileOptions = options
        compileOptions.recordsOrigins = true
        let rules = namespaces.flatMap { space in
            (space.rules.map(\.name) + ["exception"]).map { "data.\(space.name).\($0)" }
        }
        let hasErrors = problems.contains { $0.severity == .error }
        let (engine, compiled) = Engine.compile(
            parsed: modules, entrypoints: rules, builtins: builtins, options: compileOptions)
        self.engine = hasErrors ? nil : engine
        self.problems = hasErrors ? problems : problems + compiled
        let word = Array("conftest".utf8)
        readsFile = modules.contains { !$0.file.bytes.ranges(of: word).isEmpty }
    }

    private static func parse(_ source: SourceFile, _ version: RegoVersion?) -> (Module, [Diagnostic]) {
        let (module, problems) = Parser.parseModule(source, version: version ?? .v1)
        guard version == nil, problems.contains(where: { $0.severity == .error }) else { return (module, problems) }
        let (old, oldProblems) = Parser.parseModule(source, version: .v0)
        return oldProblems.contains { $0.severity == .error } ? (module, problems) : (old, oldProblems)
    }

    private static func read(_ paths: [String], mayBeEmpty: Bool) -> (Document, [Diagnostic]) {
        var parts: [BaseDocuments.Part] = [], owners: [Document] = [], problems: [Diagnostic] = []
        for path in paths {
            let found = FileDiscovery().files(at: [path])
            problems += found.problems
            if found.files.isEmpty, found.problems.isEmpty, !mayBeEmpty {
                problems.append(Diagnostic(code: "policy_error", message: "\(path) holds no data: no JSON or YAML file"))
            }
            for file in found.files {
                switch EvaluationSetup.readInput(file.path) {
                case .success(let document):
                    owners.append(document)
                    parts.append(BaseDocuments.Part(path: [], value: document.root, name: file.path))
                case .failure(let failure): problems += failure.problems
                }
            }
        }
        let (data, reasons) = withExtendedLifetime(owners) { BaseDocuments.merge(parts) }
        return (data, problems + reasons)
    }

    // MARK: Packages and rules

    private static func name(of module: Module) -> String {
        module.package.path.terms.dropFirst().map { $0.stringOrVarName ?? "" }.joined(separator: ".")
    }

    private static func namespaces(
        of modules: [Module], _ patterns: [String]?
    ) -> (found: [Namespace], problems: [Diagnostic]) {
        var order: [String] = []
        var rules: [String: [Rule]] = [:]
        for module in modules {
            let package = name(of: module)
            if rules[package] == nil { (rules[package], _) = ([], order.append(package)) }
            for rule in module.rules where !rule.head.isFunction {
                guard let isFailure = isFailure(rule.head.name) else { continue }
                if let index = rules[package]?.firstIndex(where: { $0.name == rule.head.name }) {
                    rules[package]?[index].definitions += 1
                } else {
                    rules[package]?.append(Rule(name: rule.head.name, isFailure: isFailure, definitions: 1))
                }
            }
        }
        func space(_ name: String) -> Namespace { Namespace(name: name, rules: rules[name] ?? []) }
        guard let patterns else { return (order.map(space).filter { !$0.rules.isEmpty }, []) }
        var found: [String] = [], problems: [Diagnostic] = []
        for pattern in patterns {
            let fitting = order.filter { matches($0, pattern) }
            if fitting.isEmpty, !modules.isEmpty {
                problems.append(
                    Diagnostic(
                        code: "policy_error", message: "no package is called \(pattern)",
                        hint: "--namespace chooses among \(order.sorted().joined(separator: ", ")), "
                            + "--all-namespaces takes all"))
            }
            found += fitting.filter { !found.contains($0) }
        }
        return (found.map(space), problems)
    }

    /// Whether results of a rule are failures; nil for rules that are not evaluated.
    static func isFailure(_ rule: String) -> Bool? {
        var parts = rule.split(separator: "_", omittingEmptySubsequences: false)
        let word = parts.removeFirst()
        let isSuffix = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }
        }
        guard isSuffix else { return nil }
        return word == "deny" || word == "violation" ? true : word == "warn" ? false : nil
    }

    /// What exceptions call a rule: its suffix, nothing for a rule without one.
    static func exceptionName(of rule: String) -> String {
        rule.firstIndex(of: "_").map { String(rule[rule.index(after: $0)...]) } ?? ""
    }

    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return name == pattern }
        guard name.hasPrefix(parts[0]) else { return false }
        var rest = name.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(parts[parts.count - 1])
    }
}
