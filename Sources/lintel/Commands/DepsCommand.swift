import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import Rego

/// `lintel deps`.
struct DepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deps", abstract: "List the rules and base documents that a query depends on.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @OptionGroup var rego: RegoOptions
    @OptionGroup var bundles: BundleOptions

    @Option(name: .shortAndLong, help: "How the lists are written.")
    var format: Format = .pretty

    @Argument(help: "The query, such as data.main.deny.")
    var query: String

    func run() throws {
        let files = try rego.files(bundles: bundles.paths)
        let (dependencies, problems) = QueryDependencies.find(
            query, in: files.sources, builtins: PolicyBuiltins.table, options: rego.compileOptions)
        Console.show(
            files.problems + V0Hint.added(to: problems, sources: files.sources, options: rego.compileOptions), colour: .auto)
        if dependencies == nil, query.hasSuffix(".rego") {
            Console.fail("\(query) is taken for a query; say lintel deps -d \(query) data.PACKAGE.RULE")
        }
        guard let dependencies else { throw ExitCode(2) }
        Console.print(format == .json ? DependencyText.json(dependencies) : DependencyText.pretty(dependencies))
    }
}
