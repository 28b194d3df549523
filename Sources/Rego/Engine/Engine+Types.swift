import Diagnostics
import Documents
package import RegoRuntime
package import RegoSyntax

extension Engine {
    /// What the type check makes of a query's variables, each with its name, and of a query without variables, by its text.
    ///
    /// The query must compile; of one that does not, nothing is known.
    package static func types(
        ofQuery text: String, in modules: [Module], package: [String], imports: [String: [String]], builtins: BuiltinTable,
        options: CompileOptions
    ) -> [(name: String, type: RegoType)] {
        let file = SourceFile(path: "<query>", text: text)
        let (body, problems) = Parser.parseBody(file, options: options.parser)
        if !problems.isEmpty { return [] }
        let arena = Arena.make(capacity: 16 << 10)
        defer { arena.destroy() }
        let compilation = Compilation(
            modules: modules, queries: [body], builtins: builtins, arena: arena, isStrict: options.isStrict)
        let names = ModuleNames(file: file, package: package, imports: imports)
        let query = Lowering.query(body, in: compilation, names: names, capturesExpressions: true)
        guard compilation.diagnostics.isEmpty else { return [] }
        let checker = TypeChecker(compilation, inputType: options.inputType, schemas: options.schemas)
        let columns = zip(query.columns, checker.types(of: query)).map { column, type in
            (
                name: column.expression.map { $0.range(in: file).text } ?? column.name, type: type,
                isExpression: column.expression != nil
            )
        }
        let variables = columns.filter { !$0.isExpression }
        return (variables.isEmpty ? columns : variables).map { ($0.name, $0.type) }
    }
}
