public import ArgumentParser
package import Authoring
import Diagnostics
public import Rego
import RegoRuntime

extension EvaluationReport.Format: ExpressibleByArgument {}
extension Tracer.Level: ExpressibleByArgument {}

/// `lintel eval`.
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Evaluate a Rego query.",
        discussion: "Exit codes: 0 evaluated, 1 as --fail or --fail-defined ask, 2 error.")

    @OptionGroup var rego: RegoOptions
    @OptionGroup var bundles: BundleOptions
    @OptionGroup var compiler: CompilerOptions
    @OptionGroup var network: NetworkOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The input document, JSON or YAML.", valueName: "file"))
    var input: String?

    @Flag(name: [.customShort("I"), .customLong("stdin-input")], help: "Read the input document from standard input.")
    var readsInput = false

    @Option(name: .shortAndLong, help: "How the answer is written.")
    var format: EvaluationReport.Format = .json

    @Option(help: ArgumentHelp("The package whose rules the query can name without path.", valueName: "path"))
    var package = ""

    @Option(help: "Show what was evaluated, on standard error.")
    var explain: Tracer.Level = .off

    @Flag(help: "Show the time of each expression, on standard error.")
    var profile = false

    @Flag(help: "Show the lines that were reached, on standard error.")
    var coverage = false

    @Flag(help: "Exit with 1 when the query is undefined.")
    var fail = false

    @Flag(name: .customLong("fail-defined"), help: "Exit with 1 when the query is defined.")
    var failDefined = false

    @Argument(help: "The query, such as data.main.deny.")
    var query: String

    func run() throws {
        var options = rego.compileOptions
        options.isInstrumented = explain != .off || profile || coverage
        let compilation = compiler.setup(options)
        let runtime = compiler.runtime()
        var setup = EvaluationSetup.make(
            query: query, files: try rego.files(bundles: bundles.paths), package: package.split(separator: ".").map(String.init).filter { $0 != "data" },
            inputPath: readsInput ? "-" : input, builtins: compilation.builtins, options: compilation.options)
        setup.problems = compilation.problems + setup.problems
        let report = EvaluationReport()
        guard !setup.hasErrors,
            let evaluator = setup.evaluator(
                strictBuiltinErrors: rego.strictBuiltinErrors, budget: rego.budget, now: WallClock.now(), runtime: runtime,
                network: network.access(capabilities: compilation.allowNet, variables: compiler.allowedVariables))
        else { throw failure(setup.problems, report) }
        let observer = Observer(evaluator, explain: explain, profile: profile, coverage: coverage)
        do {
            let rows = try evaluator.query(query)
            for line in evaluator.context.output { Console.printError(line + "\n") }
            Console.printError(observer.text)
            Console.print(report.text(rows, query: query, format: format))
            if rows.isEmpty ? fail : failDefined { throw ExitCode(1) }
        } catch let fault as EvaluationFault {
            Console.printError(observer.text)
            throw failure([fault.diagnostic], report)
        }
    }

    private func failure(_ problems: [Diagnostic], _ report: EvaluationReport) -> ExitCode {
        if format == .json { Console.print(report.errors(problems)) } else { Console.show(problems, colour: .auto) }
        return ExitCode(2)
    }
}

/// What `--explain`, `--profile` and `--coverage` watch; one at a time, in this order.
private final class Observer {
    private var tracer: Tracer?
    private var profiler: Profiler?
    private var coverage: Coverage?

    init(_ evaluator: Evaluator, explain: Tracer.Level, profile: Bool, coverage wantsCoverage: Bool) {
        if explain != .off {
            tracer = Tracer(evaluator, level: explain)
        } else if profile {
            profiler = Profiler(evaluator)
        } else if wantsCoverage {
            coverage = Coverage(evaluator.engine.program)
            evaluator.machine.onMark = { [weak self] mark, _ in self?.coverage?.hit(mark) }
        }
    }

    var text: String {
        if let tracer { return tracer.text }
        if let profiler {
            return profiler.finish().prefix(20).map { entry in
                "\(entry.time / 1000) µs\t\(entry.evaluations)×\t\(entry.range.file.path):\(entry.range.position.line)\n"
            }.joined()
        }
        return coverage.map { CoverageReport($0.report()).text(.json) } ?? ""
    }
}
