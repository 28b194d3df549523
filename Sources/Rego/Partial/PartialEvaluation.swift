public import Diagnostics
public import Documents
public import RegoRuntime
public import RegoSyntax

/// What is left of a query when parts of its documents are unknown (OPA documentation, "Compile API").
public struct PartialEvaluation: Sendable {
    /// The queries of which one must hold, as Rego; an empty one always holds, and without any the query never does.
    public var queries: [String]
    /// Modules below `data.partial` that the queries refer to.
    public var support: [String]

    /// What partial evaluation starts from.
    public struct Request {
        public var query: String
        public var queryPackage: [String] = []
        public var queryImports: [String: [String]] = [:]
        /// Paths such as `input` or `data.reports`, by their parts.
        public var unknowns: [[String]] = [["input"]]
        public var input: Value
        public var data: Value

        public init(query: String, input: Value = .undefined, data: Value = .undefined) {
            (self.query, self.input, self.data) = (query, input, data)
        }
    }

    /// Compiles and partially evaluates a query.
    /// - Throws: the fault that ended the evaluation.
    public static func evaluate(
        _ request: Request, in modules: [Module], builtins: BuiltinTable, options: CompileOptions, context: EvaluationContext
    ) throws(EvaluationFault) -> (PartialEvaluation?, [Diagnostic]) {
        let (engine, problems) = Engine.compile(
            parsed: modules, queries: [request.query], queryPackage: request.queryPackage, queryImports: request.queryImports,
            builtins: builtins, options: options)
        guard engine != nil else { return (nil, problems) }
        let file = SourceFile(path: "<query>", text: request.query)
        let body = Parser.parseBody(file, options: options.parser).0
        let arena = Arena.make(capacity: 16 << 10)
        defer { arena.destroy() }
        let compilation = Compilation(
            modules: modules, queries: [body], builtins: builtins, arena: arena, isStrict: options.isStrict)
        let names = ModuleNames(file: file, package: request.queryPackage, imports: request.queryImports)
        let query = Lowering.query(body, in: compilation, names: names, capturesExpressions: false)
        let evaluator = PartialEvaluator(
            compilation, input: request.input, data: request.data, unknowns: request.unknowns, context: context)
        var result = PartialEvaluation(queries: [], support: [])
        let frame = PartialEvaluator.Frame(locals: query.locals, depth: 0)
        try evaluator.run(query.body.exprs[...], frame, PartialState()) { (_, state) throws(EvaluationFault) in
            result.queries.append(evaluator.residual(state))
            if result.queries.count > 10_000 {
                throw EvaluationFault(code: "eval_cancel_error", message: "partial evaluation gives more than 10,000 queries")
            }
        }
        result.support = evaluator.supportModules()
        return (result, problems)
    }

    /// As OPA's JSON: the syntax trees of queries and support modules; empty lists are left out.
    public var json: SyntaxJSON {
        let bodies = queries.map { text -> SyntaxJSON in
            text.isEmpty ? .array([]) : ASTJSON.json(of: Parser.parseBody(SourceFile(path: "<query>", text: text)).0)
        }
        let modules = support.map { ASTJSON.json(of: Parser.parseModule(SourceFile(path: "<support>", text: $0)).0) }
        return .object(
            (bodies.isEmpty ? [] : [SyntaxJSON.Member("queries", .array(bodies))])
                + (modules.isEmpty ? [] : [SyntaxJSON.Member("support", .array(modules))]))
    }
}

extension PartialEvaluator {
    /// What is left of the query on one way through it: what was saved, then what the caller's variables are.
    func residual(_ state: PartialState) -> String {
        let live = Set(variables.indices.filter { variables[$0].isLive })
        let bound = live.filter { state.bindings[$0] != nil }.sorted { variables[$0].name < variables[$1].name }
        let values = bound.map { PartialExpr(.unify(.variable($0), state.plugged(.variable($0)))) }
        let exprs = ResidualSimplifier(self, bindings: state).simplified(state.saved, and: values, keeping: live)
        return ResidualText(self).body(exprs)
    }

    /// The support rules by package: all but the last part of their path.
    func supportModules() -> [String] {
        var packages: [[String]: [(name: String, rules: [SupportRule])]] = [:]
        for (path, rules) in support.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where !rules.isEmpty {
            packages[Array(path.dropLast()), default: []].append((path.last ?? "", rules))
        }
        return packages.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { ResidualText(self).module($0.key, $0.value) }
    }
}
