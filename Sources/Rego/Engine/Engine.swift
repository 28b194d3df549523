public import Diagnostics
import Documents
public import RegoRuntime
public import RegoSyntax

/// A Rego file to compile.
public struct ModuleSource: Sendable {
    public var file: SourceFile
    public var version: RegoVersion

    public init(file: SourceFile, version: RegoVersion = .v1) {
        self.file = file
        self.version = version
    }
}

/// A rule as users see it.
public struct RuleInfo: Sendable {
    /// Path of the package below `data`.
    public var package: [String]
    public var name: String
    /// As queried: `data.main.deny`.
    public var path: String
    public var isFunction: Bool
    /// Whether it is a multi-value rule (`contains`).
    public var isPartialSet: Bool
    public var location: SourceRange
}

/// A virtual document or query that an engine was compiled to answer.
public struct Entrypoint: Sendable, Hashable {
    /// Number of the function in the program.
    public let function: Int
}

/// Compiled modules: immutable, shared by the evaluators of all threads.
public final class Engine: Sendable {
    public let program: Program
    /// All rules, in source order.
    public let rules: [RuleInfo]
    public let modules: [Module]
    let entrypoints: [String: Entrypoint]
    /// The columns of each query, by its text.
    private let queries: [String: QueryPlan]
    private let inputUses: [String: InputUse]

    struct QueryPlan: Sendable {
        var entrypoint: Entrypoint
        /// Variable name, or the expression's text.
        var columns: [(name: String, isExpression: Bool, range: SourceRange?)]
    }

    init(
        program: Program, rules: [RuleInfo], modules: [Module], entrypoints: [String: Entrypoint],
        queries: [String: QueryPlan], inputUses: [String: InputUse] = [:]
    ) {
        self.program = program
        self.rules = rules
        self.modules = modules
        self.entrypoints = entrypoints
        self.queries = queries
        self.inputUses = inputUses
    }

    /// The entrypoint that was compiled for `path` (`data.main.deny`); nil when there is no such rule.
    public func entrypoint(_ path: String) -> Entrypoint? { entrypoints[path] }

    /// What an entrypoint uses of `input`; nil unless `CompileOptions.recordsInputUse` was set.
    public func inputUse(of entrypoint: String) -> InputUse? { inputUses[entrypoint] }

    /// The entrypoint of a query's rows.
    public func entrypoint(ofQuery text: String) -> Entrypoint? { queries[text]?.entrypoint }

    func query(_ text: String) -> QueryPlan? { queries[text] }

    /// Parses and compiles modules.
    /// - Parameters:
    ///   - entrypoints: documents to evaluate later, as `data.a.b`; paths without rules are left out.
    ///   - parts: some definitions of rules to evaluate later; parts without definitions are left out.
    ///   - queries: Rego queries to evaluate later, in package `queryPackage` with its rules in scope, and with names
    ///     that `queryImports` has for paths, `data` or `input` included.
    /// - Returns: the engine, unless a problem is an error, and all problems in source order.
    public static func compile(
        _ sources: [ModuleSource], entrypoints: [String] = [], parts: [RulePart] = [], queries: [String] = [],
        queryPackage: [String] = [],
        queryImports: [String: [String]] = [:], builtins: BuiltinTable, options: CompileOptions = CompileOptions()
    ) -> (Engine?, [Diagnostic]) {
        var diagnostics: [Diagnostic] = [], modules: [Module] = []
        for source in sources {
            let (module, problems) = Parser.parseModule(source.file, version: source.version, options: options.parser)
            modules.append(module)
            diagnostics += problems
        }
        return compile(
            parsed: modules, entrypoints: entrypoints, parts: parts, queries: queries, queryPackage: queryPackage,
            queryImports: queryImports, builtins: builtins, options: options, parseProblems: diagnostics)
    }

    /// Compiles modules that are parsed already; as `compile`.
    public static func compile(
        parsed modules: [Module], entrypoints: [String] = [], parts: [RulePart] = [], queries: [String] = [],
        queryPackage: [String] = [],
        queryImports: [String: [String]] = [:], builtins: BuiltinTable, options: CompileOptions = CompileOptions(),
        parseProblems: [Diagnostic] = []
    ) -> (Engine?, [Diagnostic]) {
        var diagnostics = parseProblems
        let bodies = queries.map { ParsedQuery($0, options.parser, &diagnostics) }
        if diagnostics.contains(where: { $0.severity == .error }) {
            return (nil, diagnostics.sorted(by: Diagnostic.inSourceOrder))
        }
        let arena = Arena.make(capacity: 16 << 10)
        let compilation = Compilation(
            modules: modules, queries: bodies.map(\.body), builtins: builtins, arena: arena,
            isStrict: options.isStrict)
        RuleConflicts(compilation: compilation).check()
        let planner = Planner(compilation, options: options)
        let found = plan(entrypoints, parts, planner)
        var plans: [String: QueryPlan] = [:]
        var lowered: [LoweredQuery] = []
        for parsed in bodies {
            let names = ModuleNames(file: parsed.file, package: queryPackage, imports: queryImports)
            let query = Lowering.query(parsed.body, in: compilation, names: names, capturesExpressions: true)
            lowered.append(query)
            plans[parsed.text] = parsed.plan(query, planner)
        }
        check(compilation, planner, lowered, options)
        diagnostics += compilation.diagnostics
        diagnostics.sort(by: Diagnostic.inSourceOrder)
        if diagnostics.contains(where: { $0.severity == .error }) {
            arena.destroy()
            return (nil, diagnostics)
        }
        let uses = options.recordsInputUse ? found.mapValues { planner.inputUse(of: $0.function) } : [:]
        let engine = Engine(
            program: planner.program(), rules: ruleInfos(modules), modules: modules, entrypoints: found, queries: plans,
            inputUses: uses)
        return (engine, diagnostics)
    }

    /// A query of `compile`.
    private struct ParsedQuery {
        let text: String
        let file: SourceFile
        let body: Body

        init(_ text: String, _ options: ParserOptions, _ problems: inout [Diagnostic]) {
            self.text = text
            file = SourceFile(path: "<query>", text: text)
            let (body, found) = Parser.parseBody(file, options: options)
            self.body = body
            problems += found
        }

        func plan(_ query: LoweredQuery, _ planner: Planner) -> QueryPlan {
            QueryPlan(
                entrypoint: Entrypoint(function: planner.query(query)),
                columns: query.columns.map { column in
                    let range = column.expression.map { $0.range(in: file) }
                    return (range?.text ?? column.name, range != nil, range)
                })
        }
    }

    private static func plan(_ entrypoints: [String], _ parts: [RulePart], _ planner: Planner) -> [String: Entrypoint] {
        var found: [String: Entrypoint] = [:]
        for path in entrypoints {
            let keys = path.split(separator: ".").dropFirst().map(String.init)
            if let function = planner.entrypoint(keys) { found[path] = Entrypoint(function: function) }
        }
        for part in parts {
            if let function = planner.entrypoint(part) { found[part.name] = Entrypoint(function: function) }
        }
        return found
    }

    /// Plans what is used, and everything when all rules are to be checked, and looks for what the parser cannot see.
    private static func check(
        _ compilation: Compilation, _ planner: Planner, _ queries: [LoweredQuery], _ options: CompileOptions
    ) {
        if options.checksAllRules { planner.planEverything() }
        planner.planAll()
        Recursion(planner).check()
        if options.checksAllRules { compilation.reportUnusedImports() }
        guard options.checksTypes, options.checksAllRules, compilation.diagnostics.isEmpty else { return }
        let checker = TypeChecker(compilation, inputType: options.inputType, schemas: options.schemas)
        checker.check()
        queries.forEach(checker.check)
    }

    private static func ruleInfos(_ modules: [Module]) -> [RuleInfo] {
        modules.flatMap { module in
            let package = module.package.path.constantPath
            return module.rules.map { rule in
                RuleInfo(
                    package: package, name: rule.head.name,
                    path: "data." + (package + [rule.head.name]).joined(separator: "."),
                    isFunction: rule.head.isFunction, isPartialSet: rule.head.isPartialSet,
                    location: module.range(of: rule.location))
            }
        }
    }
}
