import ArgumentParser
import Catalogue
import Findings
import Inputs
import Reports
import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How a report of findings is written, and which of them make the exit code 1.
struct ReportFileOptions: ParsableArguments {
    @Option(
        name: .customLong("format"),
        help: ArgumentHelp(
            "How the report is written, and where to: text, or sarif=out.sarif; repeatable.",
            discussion: "With github, a summary goes to the file that GITHUB_STEP_SUMMARY names too.",
            valueName: "format[=file]"))
    var formats: [ReportRequest] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the report to a file: the one that --format names no file for.", valueName: "file"))
    var output: String?

    @Option(
        help: "The severity or level from which violations make the exit code 1; error, which is medium and worse, by default.")
    var failOn: FailThreshold?

    @Option(
        help: ArgumentHelp(
            "Make the exit code 2 when something is skipped for this reason; repeatable.", valueName: "reason"))
    var failOnSkip: [SkippedDocument.Reason] = []

    @Flag(help: "Let a run pass that finds no file or no object to check.")
    var allowEmpty = false

    @Flag(name: .shortAndLong, help: "Print violations only, no summary.")
    var quiet = false

    @Flag(help: "Name every policy that could not be evaluated.")
    var listNotEvaluated = false

    @Option(name: .customLong("color"), help: "When text is coloured.")
    var colour: ColourChoice = .auto

    func validate() throws {
        try OutputName.check(output, formats: ReportFormat.allCases.map(\.rawValue))
        _ = try formats.resolved(output: output)
    }

    var target: ReportTarget {
        var target = ReportTarget(failOn: failOn, isQuiet: quiet, colour: colour)
        // What cannot be resolved was refused.
        target.reports = (try? formats.resolved(output: output)) ?? []
        target.listsNotEvaluated = listNotEvaluated
        target.failOnSkip = failOnSkip
        target.allowsEmpty = allowEmpty
        return target
    }
}

/// What `ReportFileOptions` say.
struct ReportTarget {
    /// Each report, with where it goes.
    var reports = [ReportRequest(.text)]
    var failOn: FailThreshold?
    var isQuiet = false
    var colour: ColourChoice = .auto
    var jobs = 1
    var listsNotEvaluated = false
    /// What is checked; the repositories it is in are the ones that paths are relative to.
    var inputs: [String] = []
    var failOnSkip: [SkippedDocument.Reason] = []
    var allowsEmpty = false

    /// Whether text for people goes to standard output.
    var showsText: Bool { reports.contains(ReportRequest(.text)) }

    /// Writes every report to where it was asked for.
    /// - Throws: `ExitCode` 2 when one cannot be written; the others are all the same.
    func write(_ report: Report, failOn threshold: FailThreshold) throws {
        var options = ReportOptions(version: BuildVersion.number)
        options.isQuiet = isQuiet
        options.timestamp = report.time ?? Console.timestamp
        options.failOn = threshold
        options.jobs = jobs
        options.listsNotEvaluated = listsNotEvaluated
        options.paths = ReportPath(checking: inputs)
        var failure: (any Error)?
        // Files first: when nobody reads standard output any more, they are there.
        for request in reports.sorted(by: { $0.file != nil && $1.file == nil }) {
            options.usesColour = request.file == nil && colour.isOn(for: STDOUT_FILENO)
            do {
                try Console.stream(toFile: request.file) { [options] take in
                    request.format.write(report, options: options, to: ReportSink(take))
                }
                if request.format == .github { try writeSummary(report, options) }
            } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The summary that GitHub shows on the page of a run.
    private func writeSummary(_ report: Report, _ options: ReportOptions) throws {
        guard let file = Console.environment("GITHUB_STEP_SUMMARY") else { return }
        try Console.append(ReportFormat.markdown.render(report, options: options), toFile: file)
    }
}
