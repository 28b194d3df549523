import ArgumentParser
import Authoring
import Diagnostics
import RegoRuntime

extension SuiteReport.Format: ExpressibleByArgument {}

/// `lintel verify`: the tests of policies that other tools have.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Run the tests of Gatekeeper's policies: suites of test.gatekeeper.sh.",
        discussion: """
            A suite names templates, constraints, and objects with the violations they must have. Folders are searched; \
            folder/... is the same.
            Exit codes: 0 all tests passed; 1 a test failed, or a suite cannot be read; 2 there was nothing to run.
            """)

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "Run only what matches: a pattern for tests and cases, or test//case.", valueName: "pattern"))
    var pattern: String?

    @Flag(name: .shortAndLong, help: "Show every test and case.")
    var verbose = false

    @Option(name: .shortAndLong, help: "How results are written.")
    var output: SuiteReport.Format = .text

    @Argument(help: ArgumentHelp("Suites and folders with suites.", valueName: "path"))
    var paths: [String] = ["."]

    func run() throws {
        let finder = SuiteFinder(paths)
        let filter = try pattern.map { try SuiteFilter($0) }
        let report = SuiteRunner(filter: filter, now: WallClock.now()).run(finder.suites)
        Console.show(finder.problems, colour: .auto)
        if !finder.suites.isEmpty { Console.print(report.text(output, isVerbose: verbose)) }
        if report.isFailure || finder.problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        if finder.suites.isEmpty {
            Console.fail("no suite was found in \(paths.joined(separator: ", ")); suites are of test.gatekeeper.sh")
            throw ExitCode(2)
        }
    }
}
