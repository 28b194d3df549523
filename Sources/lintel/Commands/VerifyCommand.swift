import ArgumentParser
import Authoring
import Diagnostics
import RegoRuntime

extension SuiteReport.Format: ExpressibleByArgument {}

/// `lintel verify`: the tests of policies that other tools have.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Run the tests of policies as gator verify and conftest verify do.",
        discussion: """
            Of folders with suites of Gatekeeper (test.gatekeeper.sh), runs those: a suite names templates, constraints, \
            and objects with the violations they must have. Of folders without, runs the tests of Rego policies: rules \
            named test_….
            Exit codes: 0 all tests passed; 1 a test failed, or something cannot be read; 2 there was nothing to run.
            """)

    @Option(
        name: [.customShort("p"), .customLong("policy")],
        help: ArgumentHelp("A folder with Rego policies and their tests; repeatable.", valueName: "path"))
    var policies: [String] = []

    @Option(
        name: [.customShort("d"), .customLong("data")],
        help: ArgumentHelp("Data for tests of Rego policies; repeatable.", valueName: "path"))
    var data: [String] = []

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "Run only what matches: a pattern for tests and cases, or test//case.", valueName: "pattern"))
    var pattern: String?

    @Flag(name: .shortAndLong, help: "Show every test and case.")
    var verbose = false

    @Option(name: .shortAndLong, help: "How results are written.")
    var output: SuiteReport.Format = .text

    @Argument(help: ArgumentHelp("Suites, and folders with suites or Rego tests; the current one by default.", valueName: "path"))
    var paths: [String] = []

    func run() throws {
        if paths.isEmpty, !policies.isEmpty || !data.isEmpty { return try runRego(policies.isEmpty ? ["policy"] : policies) }
        let places = paths.isEmpty ? ["."] : paths
        let finder = SuiteFinder(places)
        if finder.suites.isEmpty, finder.problems.isEmpty, finder.hasRegoTests(in: places) {
            return try runRego(places + policies)
        }
        let filter = try pattern.map { try SuiteFilter($0) }
        let report = SuiteRunner(filter: filter, now: WallClock.now()).run(finder.suites)
        Console.show(finder.problems, colour: .auto)
        if !finder.suites.isEmpty { Console.print(report.text(output, isVerbose: verbose)) }
        if report.isFailure || finder.problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        if finder.suites.isEmpty {
            Console.fail(
                "no suite of test.gatekeeper.sh and no _test.rego was found in \(places.joined(separator: ", "))")
            throw ExitCode(2)
        }
    }

    /// Tests of Rego policies, which fail with 1 here.
    private func runRego(_ places: [String]) throws {
        var arguments = places + data.flatMap { ["--data", $0] }
        if let pattern { arguments += ["--run", pattern] }
        if verbose { arguments.append("--verbose") }
        switch output {
        case .text: if !verbose { arguments.append("--as-conftest") }
        case .json: arguments += ["--format", "json"]
        case .junit: arguments += ["--format", "junit"]
        case .yaml: throw ValidationError("--output yaml is for suites of Gatekeeper.")
        }
        do { try TestCommand.parse(arguments).run() } catch let code as ExitCode {
            throw code.rawValue == 0 ? code : ExitCode(1)
        }
    }
}

extension VerifyCommand {
    private static let known = PlainArguments.Known(
        options: ["policy", "data", "run", "output"], flags: ["verbose"],
        letters: [("p", "policy"), ("d", "data"), ("o", "output"), ("v", "verbose")])

    /// The command of arguments that need no parser; nil when they need it.
    static func plain(_ arguments: ArraySlice<String>) -> VerifyCommand? {
        guard let plain = PlainArguments(arguments, known) else { return nil }
        var command = VerifyCommand()
        command.output = .text
        for text in plain.values("output") {
            guard let output = SuiteReport.Format(rawValue: text) else { return nil }
            command.output = output
        }
        (command.policies, command.data) = (plain.values("policy"), plain.values("data"))
        (command.pattern, command.verbose, command.paths) = (plain.value("run"), plain.has("verbose"), plain.words)
        return command
    }
}
