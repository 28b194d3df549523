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
    @Option(help: "How the report is written.")
    var format: ReportFormat = .text

    @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to a file.", valueName: "file"))
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

    func validate() throws { try OutputName.check(output, formats: ReportFormat.allCases.map(\.rawValue)) }

    var target: ReportTarget {
        var target = ReportTarget(format: format, output: output, failOn: failOn, isQuiet: quiet, colour: colour)
        target.listsNotEvaluated = listNotEvaluated
        target.failOnSkip = failOnSkip
        target.allowsEmpty = allowEmpty
        return target
    }
}

/// What `ReportFileOptions` say.
struct ReportTarget {
    var format: ReportFormat = .text
    var output: String?
    var failOn: FailThreshold?
    var isQuiet = false
    var colour: ColourChoice = .auto
    var jobs = 1
    var listsNotEvaluated = false
    /// What is checked; the repositories it is in are the ones that paths are relative to.
    var inputs: [String] = []
    var failOnSkip: [SkippedDocument.Reason] = []
    var allowsEmpty = false

    /// Writes the report to where it was asked for.
    func write(_ report: Report, failOn threshold: FailThreshold) throws {
        var options = ReportOptions(version: BuildVersion.number)
        options.usesColour = output == nil && colour.isOn(for: STDOUT_FILENO)
        options.isQuiet = isQuiet
        options.timestamp = Console.timestamp
        options.failOn = threshold
        options.jobs = jobs
        options.listsNotEvaluated = listsNotEvaluated
        let folders = ["."] + inputs.filter { $0 != "-" }
        let roots = Set(folders.compactMap(ConfigurationFinder.repository))
        options.paths = ReportPath(folder: FileSystem.absolute("."), roots: Array(roots))
        try Console.stream(toFile: output) { take in format.write(report, options: options, to: ReportSink(take)) }
    }
}
