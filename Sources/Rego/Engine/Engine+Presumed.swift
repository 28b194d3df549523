package import Diagnostics
import Documents
package import RegoRuntime
package import RegoSyntax

extension Engine {
    /// What cannot be if `input` is what it is presumed to be: warnings, in the order of the text.
    ///
    /// A name that no kind has is told when it is nearly one that a kind has: custom resources have fields of their own.
    /// In bodies that ask for a kind (`input.kind == "Deployment"`) whatever that kind has not is told, and so are values
    /// of another type. Modules that do not compile give nothing.
    package static func problems(
        presuming input: PresumedInput, in modules: [Module], builtins: BuiltinTable, options: CompileOptions
    ) -> [Diagnostic] {
        guard modules.contains(where: { input.concerns($0.file) }) else { return [] }
        let arena = Arena.make(capacity: 16 << 10)
        defer { arena.destroy() }
        let compilation = Compilation(modules: modules, queries: [], builtins: builtins, arena: arena, isStrict: false)
        let checker = TypeChecker(
            compilation, inputType: input.type, schemas: options.schemas?.withoutInput, presumed: input)
        checker.check()
        return compilation.diagnostics.filter { $0.severity == .warning }.sorted(by: Diagnostic.inSourceOrder)
    }
}
