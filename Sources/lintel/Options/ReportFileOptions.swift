import ArgumentParser
import Catalogue
import Findings
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

    @Option(help: "The level from which violations make the exit code 1; error by default.")
    var failOn: FailThreshold?

    @Flag(name: .shortAndLong, help: "Print violations only, no summary.")
    var quiet = false

    @Option(name: .customLong("color"), help: "When text is coloured.")
    var colour: ColourChoice = .auto

    var target: ReportTarget {
        ReportTarget(format: format, output: output, failOn: failOn, isQuiet: quiet, colour: colour)
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

    /// Writes the report to where it was asked for.
    func write(_ report: Report, failOn threshold: FailThreshold) throws {
        var options = ReportOptions(version: BuildVersion.number)
        options.usesColour = output == nil && colour.isOn(for: STDOUT_FILENO)
        options.isQuiet = isQuiet
        options.timestamp = Console.timestamp
        options.failOn = threshold
        options.jobs = jobs
        let text = format.render(report, options: options)
        guard let output else { return Console.print(text) }
        try Console.write(text, toFile: output)
    }
}
