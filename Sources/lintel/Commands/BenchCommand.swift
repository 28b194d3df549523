import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import Rego
import RegoRuntime

/// `lintel bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how long a query takes, compiled once and with its input loaded.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @OptionGroup var rego: RegoOptions
    @OptionGroup var bundles: BundleOptions
    @OptionGroup var network: NetworkOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The input document, JSON or YAML.", valueName: "file"))
    var input: String?

    @Option(name: .shortAndLong, help: "How figures are written.")
    var format: Format = .pretty

    @Option(help: ArgumentHelp("How many seconds to measure.", valueName: "seconds"))
    var seconds = 1.0

    @Argument(help: "The query, such as data.main.deny.")
    var query: String

    func run() throws {
        let setup = EvaluationSetup.make(
            query: query, files: try rego.files(bundles: bundles.paths), inputPath: input, builtins: PolicyBuiltins.table,
            options: rego.compileOptions)
        Console.show(setup.problems, colour: .auto)
        guard !setup.hasErrors,
            let evaluator = setup.evaluator(
                strictBuiltinErrors: rego.strictBuiltinErrors, budget: rego.budget, now: WallClock.now(),
                network: network.access())
        else { throw ExitCode(2) }
        do {
            let figures = try Stopwatch.measure(query, on: evaluator, input: setup.input, seconds: seconds)
            Console.print(format == .json ? figures.json : figures.text)
        } catch {
            Console.show([error.diagnostic], colour: .auto)
            throw ExitCode(2)
        }
    }
}
