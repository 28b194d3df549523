package import ArgumentParser
package import Authoring
import Diagnostics
import Rego
import RegoRuntime
import RegoSyntax
import Webhook

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension TestReport.Format: ExpressibleByArgument {}
extension CoverageReport.Format: ExpressibleByArgument {}

/// `lintel test`.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests of policies: rules named test_…, and Gatekeeper's suites.",
        discussion: """
            Exit codes: 0 all tests passed; 2 a test failed, coverage is under the threshold, or there was no test; \
            1 the modules could not be loaded or compiled.
            """)

    @OptionGroup var rego: RegoOptions
    @OptionGroup var compiler: CompilerOptions
    @OptionGroup var network: NetworkOptions

    @Flag(name: [.customShort("b"), .customLong("bundle")], help: "Read the paths as bundles: archives or folders.")
    var readsBundles = false

    @Option(
        name: [.customShort("r"), .customLong("run")],
        help: ArgumentHelp("Run only tests whose path matches, such as data.app.test_.*", valueName: "regex"))
    var runPattern: String?

    @Flag(name: .shortAndLong, help: "Show every test.")
    var verbose = false

    @Option(name: .shortAndLong, help: "How verdicts are written.")
    var format: TestReport.Format = .pretty

    @Flag(name: .shortAndLong, help: "Show which lines the tests reached.")
    var coverage = false

    @Option(name: .customLong("coverage-format"), help: "How coverage is written.")
    var coverageFormat: CoverageReport.Format?

    @Option(help: ArgumentHelp("Fail when fewer percent of the lines are reached.", valueName: "percent"))
    var threshold: Double?

    @Option(help: ArgumentHelp("Run every test this many times.", valueName: "count"))
    var count = 1

    @Option(name: [.customShort("p"), .long], help: ArgumentHelp("Run this many tests at once.", valueName: "count"))
    var parallel = 1

    @Flag(name: [.customShort("z"), .customLong("exit-zero-on-skipped")], help: "Skipped tests do not change the exit code.")
    var allowsSkipped = false

    @Flag(name: .customLong("fail-on-empty"), inversion: .prefixedNo, help: "Fail when there is no test.")
    var failsOnEmpty = true

    /// Set by the commands that stand in for Conftest.
    @Flag(name: .customLong("as-conftest"), help: .hidden)
    var isConftest = false

    @Flag(help: "Run each test many times and show how long one run takes.")
    var bench = false

    @Option(
        name: [.customShort("m"), .customLong("max-errors")],
        help: ArgumentHelp("Show at most this many problems of compilation; 0 for all.", valueName: "count"))
    var maximumErrors = 0

    @Flag(name: .shortAndLong, help: "Run the tests again whenever a file changes, until interrupted.")
    var watch = false

    @Argument(help: ArgumentHelp("Files and folders with modules, tests and data.", valueName: "path"))
    var paths: [String] = ["."]

    func validate() throws {
        if count < 1 { throw ValidationError("--count must be at least 1.") }
        if let threshold, !(0...100).contains(threshold) { throw ValidationError("--threshold is a percentage from 0 to 100.") }
        if parallel < 1 { throw ValidationError("--parallel must be at least 1.") }
    }

    func run() throws {
        guard watch else { return try runOnce() }
        while true {
            let before = ContentFingerprint(of: paths)
            do { try runOnce() } catch is ExitCode {}
            Console.printError("waiting for a change of \(paths.joined(separator: ", "))\n")
            while ContentFingerprint(of: paths) == before { usleep(300_000) }
        }
    }

    private func runOnce() throws {
        let suites = readsBundles ? nil : SuiteFinder(paths)
        let hasSuites = suites.map { !$0.suites.isEmpty } ?? false
        if let suites, hasSuites {
            let hasFailed = runSuites(suites)
            let hasTests = try rego.files(paths).sources.contains { $0.file.path.hasSuffix("_test.rego") }
            if hasTests { try runTests() }
            if hasFailed { throw ExitCode(2) }
        } else {
            try runTests()
        }
    }

    /// Runs the suites of Gatekeeper among the paths.
    /// - Returns: whether one failed or cannot be read.
    private func runSuites(_ finder: SuiteFinder) -> Bool {
        let report = SuiteRunner(filter: nil, now: WallClock.now()).run(finder.suites)
        Console.show(finder.problems, colour: .auto)
        let format: SuiteReport.Format =
            switch self.format {
            case .pretty: .text
            case .json: .json
            case .junit: .junit
            }
        Console.print(report.text(format, isVerbose: verbose))
        return report.isFailure || finder.problems.contains { $0.severity == .error }
    }

    private func runTests() throws {
        let files = try readsBundles ? rego.files(bundles: paths) : rego.files(paths)
        var problems = files.problems
        var options = rego.compileOptions
        options.isInstrumented = true
        let setup = compiler.setup(options)
        let runtime = compiler.runtime()
        problems += setup.problems
        let modules = files.sources.map { source in
            let (module, found) = Parser.parseModule(source.file, version: source.version, options: setup.options.parser)
            problems += V0Hint.added(to: found, sources: [source], options: setup.options)
            return module
        }
        guard !problems.contains(where: { $0.severity == .error }) else {
            Console.show(problems, colour: .auto)
            throw ExitCode(1)
        }
        let pattern = try runPattern.map { try TestFilter($0) }
        // Conftest's functions are there for tests of its policies, unless a capabilities file says what there is.
        let builtins = compiler.capabilities == nil ? ConfigurationBuiltins.added(to: setup.builtins) : setup.builtins
        let (runner, found) = PolicyTestRunner.make(modules, builtins: builtins, options: setup.options) { path in
            pattern?.matches(path) ?? true
        }
        let all = problems + found
        Console.show(maximumErrors > 0 ? Array(all.prefix(maximumErrors)) : all, colour: .auto)
        guard let runner else { throw ExitCode(1) }
        let session = TestSession(
            runner: runner, data: files.data, budget: rego.budget, now: WallClock.now(),
            strictBuiltinErrors: rego.strictBuiltinErrors, runtime: runtime,
            network: network.access(capabilities: setup.allowNet, variables: compiler.allowedVariables))
        if bench {
            let figures = session.measure(seconds: 0.2)
            Console.print(figures.map(\.line).joined())
            if figures.contains(where: { $0.evaluations == 0 }) { throw ExitCode(2) }
            return
        }
        let (tests, reached) = session.run(count: count, width: parallel)
        let report = TestReport(tests)
        let wantsCoverage = coverage || threshold != nil
        let lines = CoverageReport(reached.report { !$0.path.hasSuffix("_test.rego") })
        if !wantsCoverage || format != .json || coverageFormat == nil {
            let isColoured = ColourChoice.auto.isOn(for: 1)
            // What could not be run is told in full.
            let isShort = isConftest && report.count(.error) == 0
            Console.print(
                isShort
                    ? report.conftest(isColoured: isColoured)
                    : report.text(format, isVerbose: verbose, isColoured: isColoured))
        }
        if coverage { Console.print(lines.text(coverageFormat ?? .text)) }
        try finish(report, lines)
    }

    private func finish(_ report: TestReport, _ lines: CoverageReport) throws {
        if report.tests.isEmpty, failsOnEmpty { Console.fail("no test was found; tests are rules named test_…") }
        if let threshold, lines.percent < threshold {
            for file in lines.files where file.percent < 100 {
                Console.printError("\(CoverageReport([file]).text(.text).split(separator: "\n")[0])\n")
            }
            Console.fail(
                "coverage is \(lines.percentText(below: threshold))%, the threshold is \(CoverageReport.rounded(threshold))%")
            throw ExitCode(2)
        }
        if report.tests.isEmpty, !failsOnEmpty { return }
        if !report.isSuccess || (!allowsSkipped && report.count(.skip) > 0) { throw ExitCode(2) }
    }
}
