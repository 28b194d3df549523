import ArgumentParser
import Diagnostics
import RegoRuntime
import Reports
import Validation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `lintel check`: manifests in, located violations out.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: Lintel.name,
        abstract: "Check manifests and report violations with their places.", version: Version.text)

    @Argument(
        help: ArgumentHelp(
            "Files, folders (searched for .yaml, .yml and .json) or - for standard input.",
            discussion: "The current folder when none is given.", valueName: "path"))
    var paths: [String] = []

    @OptionGroup var policies: PolicyOptions

    @Option(help: ArgumentHelp("Check only files of folders that fit a pattern; repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Leave out files and folders that fit a pattern; repeatable.", valueName: "glob"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp(
            "Manifests as they were before a change; finds changes the API server refuses; repeatable.", valueName: "path"))
    var previous: [String] = []

    @Option(help: ArgumentHelp("The name standard input has in reports.", valueName: "name"))
    var stdinFilename: String = "stdin"

    @Option(name: .shortAndLong, help: "Worker threads; one a processor by default.")
    var jobs: Int?

    @OptionGroup var reporting: ReportFileOptions

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs needs a number from 1 to 256.") }
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
    }

    func run() throws {
        let start = Console.seconds
        let setup = try policies.load()
        let threshold = reporting.failOn ?? setup.configuration.failOn ?? .error
        var report = Report()
        if !setup.problems.contains(where: { $0.severity == .error }) { report = check(setup, start: start) }
        report.diagnostics = setup.problems + report.diagnostics
        report.duration = Console.seconds - start
        try reporting.write(report, failOn: threshold)
        Console.show(report.diagnostics, colour: reporting.colour)
        if !report.hasErrors, let reason = report.nothingEvaluated {
            Console.printError("error: nothing was evaluated: \(reason)\n")
        }
        let conclusion = report.conclusion(failOn: threshold)
        if conclusion != .passed { throw ExitCode(conclusion.rawValue) }
    }

    private func check(_ setup: PolicySetup, start: Double) -> Report {
        let discovery = FileDiscovery(include: include.map(GlobPattern.init), exclude: exclude.map(GlobPattern.init))
        var found = discovery.files(at: paths.isEmpty ? ["."] : paths)
        for index in found.files.indices where found.files[index].path == "-" {
            found.files[index].displayName = stdinFilename
        }
        if let own = setup.configuration.path, !paths.contains(own) {
            found.files.removeAll { $0.path == own }
        }
        var options = Validator.Options()
        options.jobs = jobs ?? Validator.defaultJobs
        options.selection = setup.selection
        options.data = setup.data
        let before = PreviousObjects(reading: previous)
        options.data.previous = before.resources
        options.now = WallClock.now()
        let line = ProgressLine(start: start)
        var show: (@Sendable (Validator.Progress) -> Void)?
        if !reporting.quiet, Console.isTerminal(STDERR_FILENO) { show = { line.update($0) } }
        var report = Validator(setup.set, options: options, progress: show).validate(files: found.files)
        line.clear()
        report.diagnostics = found.problems + before.problems + report.diagnostics
        return report
    }
}
