package import GoTemplate

/// All functions that Helm's templates may call, but for those that need cryptography.
package enum FunctionTable {
    package static let core: [String: TemplateFunction] = {
        let groups = [
            StringFunctions.all, ListFunctions.all, MapFunctions.all, MathFunctions.all, TypeFunctions.all,
            PathFunctions.all, RegexFunctions.all, SemverFunctions.all, URLFunctions.all, EncodingFunctions.all,
            DateFunctions.all, DurationFunctions.all, RandomFunctions.all, FormatFunctions.all, ChartFunctions.all,
        ]
        var table = GoFunctions.builtins
        table.reserveCapacity(table.count + groups.reduce(0) { $0 + $1.count } + 64)
        for function in groups.joined() { table[function.name] = function }
        table["trimall"] = table["trimAll"]?.named("trimall")
        return table
    }()

    /// The table with further functions.
    package static func with(_ more: [TemplateFunction]) -> [String: TemplateFunction] {
        more.reduce(into: core) { $0[$1.name] = $1 }
    }
}
