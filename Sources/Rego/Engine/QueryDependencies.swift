public import Diagnostics
public import RegoRuntime
import Documents
import RegoSyntax

/// The documents that a query looks at, directly and through rules (as `opa deps`).
public struct QueryDependencies: Sendable {
    /// Base documents, as `input` and `data.a.b`.
    public var base: [String]
    /// Rules and functions, as `data.app.allow`.
    public var virtual: [String]

    /// Compiles a query and follows what it refers to.
    public static func find(
        _ query: String, in sources: [ModuleSource], builtins: BuiltinTable, options: CompileOptions
    ) -> (QueryDependencies?, [Diagnostic]) {
        var problems: [Diagnostic] = []
        let modules = sources.map { source in
            let (module, found) = Parser.parseModule(source.file, version: source.version, options: options.parser)
            problems += found
            return module
        }
        let file = SourceFile(path: "<query>", text: query)
        let (body, found) = Parser.parseBody(file, options: options.parser)
        problems += found
        if problems.contains(where: { $0.severity == .error }) { return (nil, problems) }
        let arena = Arena.make()
        defer { arena.destroy() }
        let compilation = Compilation(
            modules: modules, queries: [body], builtins: builtins, arena: arena, isStrict: options.isStrict)
        let planner = Planner(compilation, options: options)
        let names = ModuleNames(file: file, package: [])
        let start = planner.query(Lowering.query(body, in: compilation, names: names, capturesExpressions: true))
        planner.planAll()
        problems += compilation.diagnostics
        if problems.contains(where: { $0.severity == .error }) { return (nil, problems) }
        var seen: Set<Int> = [start], stack = [start], base = Set<String>(), virtual = Set<String>()
        while let function = stack.popLast() {
            let info = planner.functions[function]
            if function != start { virtual.insert(info.name) }
            if info.dependencies.usesInput { base.insert("input") }
            for path in info.dependencies.dataPaths { base.insert((["data"] + path).joined(separator: ".")) }
            for callee in info.dependencies.functions where seen.insert(callee).inserted { stack.append(callee) }
        }
        return (QueryDependencies(base: base.sorted(), virtual: virtual.sorted()), problems)
    }
}
