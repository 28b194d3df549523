import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import RegoRuntime
import Reports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A check of manifests, however it was asked for; `CheckCommand` says what the fields mean.
struct CheckRun {
    var paths: [String]
    var policies = PolicyChoice()
    var include: [String] = []
    var exclude: [String] = []
    var previous: [String] = []
    var stdinFilename = "stdin"
    /// Whether kustomizations are checked as built.
    var buildsKustomizations = false
    var jobs: Int?
    var reporting = ReportTarget()

    init(paths: [String]) { self.paths = paths }

    func run() throws {
        let start = Console.seconds
        let setup = try policies.load()
        let threshold = reporting.failOn ?? setup.configuration.failOn ?? .error
        var report = Report()
        if !setup.problems.contains(where: { $0.severity == .error }) { report = check(setup, start: start) }
        report.diagnostics = setup.problems + report.diagnostics
        report.duration = Console.seconds - start
        var reporting = reporting
        reporting.jobs = jobs ?? Validator.defaultJobs
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
        if !reporting.isQuiet, Console.isTerminal(STDERR_FILENO) { show = { line.update($0) } }
        let sources = SourceMap()
        var rendered = RenderedInputs(files: found.files)
        if buildsKustomizations {
            let folder = DiskFiles().resolve(".")?.path ?? "/"
            rendered = RenderedInputs(building: found.files, in: folder, sources: sources, jobs: options.jobs)
        }
        var report = Validator(setup.set, options: options, progress: show)
            .validate(files: rendered.files, rendered: rendered.contents, sources: sources)
        line.clear()
        report.diagnostics = found.problems + before.problems + report.diagnostics
        return report
    }
}
