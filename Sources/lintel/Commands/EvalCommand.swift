public import ArgumentParser
package import Authoring
import Diagnostics
import Documents
import Inputs
public import Rego
import RegoRuntime

extension EvaluationReport.Format: ExpressibleByArgument {}
extension Tracer.Level: ExpressibleByArgument {}
extension Profiler.Order: ExpressibleByArgument {}

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

    @Option(
        name: .customLong("profile-limit"), help: ArgumentHelp("Show this many expressions of the profile.", valueName: "count"))
    var profileLimit = 10

    @Option(name: .customLong("profile-sort"), help: "What the profile is sorted by.")
    var profileOrder: Profiler.Order = .time

    @Flag(name: .customLong("show-builtin-errors"), help: "Show the errors of builtins that made expressions undefined.")
    var showsBuiltinErrors = false

    @Flag(help: "Add how long loading, compiling and evaluating took.")
    var metrics = false

    @Option(help: ArgumentHelp("Evaluate this many times.", valueName: "count"))
    var count = 1

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp(
            "A path that the query can name by its last part, such as data.lib.roles; repeatable.", valueName: "path"))
    var imports: [String] = []

    @Flag(name: .customLong("stdin"), help: "Read the query from standard input.")
    var readsQuery = false

    @OptionGroup var partial: PartialOptions

    @Flag(help: "Show the lines that were reached, on standard error.")
    var coverage = false

    @Flag(help: "Exit with 1 when the query is undefined.")
    var fail = false

    @Flag(name: .customLong("fail-defined"), help: "Exit with 1 when the query is defined.")
    var failDefined = false

    @Argument(help: ArgumentHelp("The query, such as data.main.deny.", valueName: "query"))
    var argument: String?

    func validate() throws {
        if count < 1 { throw ValidationError("--count must be at least 1.") }
        if readsQuery == (argument != nil) { throw ValidationError("Give a query, or --stdin to read it from standard input.") }
        if readsQuery, readsInput { throw ValidationError("--stdin and --stdin-input read the same input; use one.") }
        for path in imports where importedName(path) == nil {
            throw ValidationError("--import \(path): a path begins with data. or input.")
        }
    }

    private func importedName(_ path: String) -> (name: String, path: [String])? {
        let words = path.split(separator: " ").map(String.init)
        let parts = (words.first ?? "").split(separator: ".").map(String.init)
        guard parts.count > 1, parts[0] == "data" || parts[0] == "input" else { return nil }
        if words.count == 3, words[1] == "as" { return (words[2], parts) }
        return words.count == 1 ? (parts[parts.count - 1], parts) : nil
    }

    func run() throws {
        let query = try readQuery()
        let start = MonotonicClock.now()
        let loaded = try rego.files(bundles: bundles.paths)
        let compileStart = MonotonicClock.now()
        var options = rego.compileOptions
        options.isInstrumented = explain != .off || profile || coverage
        let compilation = compiler.setup(options)
        if partial.isPartial {
            return try runPartially(
                query, loaded, imports: Dictionary(imports.compactMap(importedName).map { ($0.name, $0.path) }) { $1 },
                builtins: compilation.builtins, options: compilation.options, problems: compilation.problems)
        }
        let runtime = compiler.runtime()
        var setup = EvaluationSetup.make(
            query: query, files: loaded, package: package.split(separator: ".").map(String.init).filter { $0 != "data" },
            imports: Dictionary(imports.compactMap(importedName).map { ($0.name, $0.path) }) { $1 },
            inputPath: readsInput ? "-" : input, builtins: compilation.builtins, options: compilation.options)
        setup.problems = compilation.problems + setup.problems
        let report = EvaluationReport()
        guard !setup.hasErrors,
            let evaluator = setup.evaluator(
                strictBuiltinErrors: rego.strictBuiltinErrors, budget: rego.budget, now: WallClock.now(), runtime: runtime,
                network: network.access(capabilities: compilation.allowNet, variables: compiler.allowedVariables))
        else { throw failure(setup.problems, report) }
        let evaluationStart = MonotonicClock.now()
        let observer = Observer(evaluator, explain: explain, profile: profile, coverage: coverage)
        (observer.limit, observer.order) = (profileLimit, profileOrder)
        do {
            for _ in 1..<count {
                _ = try evaluator.query(query)
                evaluator.begin(input: setup.input?.root ?? .undefined)
            }
            let rows = try evaluator.query(query)
            let end = MonotonicClock.now()
            let figures = figures(
                load: compileStart - start, compile: evaluationStart - compileStart, evaluation: end - evaluationStart)
            let errors = showsBuiltinErrors ? evaluator.builtinErrors.map(\.diagnostic) : []
            if format != .json {
                Console.show(errors, colour: .auto)
                for figure in figures { Console.printError("\(figure.name)\t\(figure.value)\n") }
            }
            for line in evaluator.context.output { Console.printError(line + "\n") }
            Console.printError(observer.text)
            Console.print(report.text(rows, query: query, format: format, builtinErrors: errors, metrics: figures))
            if rows.isEmpty ? fail : failDefined { throw ExitCode(1) }
        } catch let fault as EvaluationFault {
            Console.printError(observer.text)
            throw failure([fault.diagnostic], report)
        }
    }

    /// The argument, or standard input.
    private func readQuery() throws -> String {
        if let argument { return argument }
        return String(decoding: try FileSystem.readStandardInput(name: "<stdin>"), as: UTF8.self).trimmed
    }

    /// The times of `--metrics`, by OPA's names.
    private func figures(load: Int64, compile: Int64, evaluation: Int64) -> [(name: String, value: Int64)] {
        if !metrics { return [] }
        return [
            ("timer_rego_load_files_ns", load), ("timer_rego_query_compile_ns", compile),
            ("timer_rego_query_eval_ns", evaluation / Int64(count)),
        ]
    }

    private func failure(_ problems: [Diagnostic], _ report: EvaluationReport) -> ExitCode {
        if format == .json { Console.print(report.errors(problems)) } else { Console.show(problems, colour: .auto) }
        return ExitCode(2)
    }
}

extension String {
    /// Without white space at its ends.
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}

/// What `--explain`, `--profile` and `--coverage` watch; one at a time, in this order.
private final class Observer {
    private var tracer: Tracer?
    private var profiler: Profiler?
    private var coverage: Coverage?
    /// How many expressions of a profile are shown, and in which order.
    var limit = 10
    var order = Profiler.Order.time

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
            return profiler.finish(by: order).prefix(limit).map { entry in
                "\(entry.time / 1000) µs\t\(entry.evaluations)×\t\(entry.range.file.path):\(entry.range.position.line)\n"
            }.joined()
        }
        return coverage.map { CoverageReport($0.report()).text(.json) } ?? ""
    }
}
