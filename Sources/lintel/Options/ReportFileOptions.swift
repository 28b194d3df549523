import ArgumentParser
import Catalogue
import Findings
import Inputs
import Reports
import Synchronization
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
struct ReportTarget: Sendable {
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

    /// The most findings whose report waits in memory until other reports are written.
    private static let mostKept = 20_000

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
        // Files first: when nobody reads standard output any more, they are there. What goes there is made meanwhile, when it is
        // not too much to keep.
        let files = reports.filter { $0.file != nil }, open = reports.first { $0.file == nil }
        let isKept = !files.isEmpty && report.findings.count <= Self.mostKept
        var openOptions = options
        openOptions.usesColour = colour.isOn(for: STDOUT_FILENO)
        let next = Atomic(0), failure = Mutex<(any Error)?>(nil), kept = Mutex<[UInt8]>([])
        WorkerPool.run(jobs: min(jobs, files.count + (isKept ? 1 : 0))) { [options, openOptions] in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index == files.count, isKept, let open {
                    var bytes: [UInt8] = []
                    open.format.write(report, options: openOptions, to: ReportSink { bytes += $0 })
                    kept.withLock { $0 = bytes }
                }
                guard index < files.count else { return }
                do { try write(report, as: files[index], options) } catch { failure.withLock { $0 = error } }
            }
        }
        if let open, isKept {
            let bytes = kept.withLock { $0 }
            try Console.stream(toFile: nil) { take in bytes.withUnsafeBytes(take) }
            if open.format == .github { try writeSummary(report, openOptions) }
        } else if let open {
            try write(report, as: open, openOptions)
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    private func write(_ report: Report, as request: ReportRequest, _ options: ReportOptions) throws {
        try Console.stream(toFile: request.file) { take in
            request.format.write(report, options: options, to: ReportSink(take))
        }
        if request.format == .github { try writeSummary(report, options) }
    }

    /// The summary that GitHub shows on the page of a run.
    private func writeSummary(_ report: Report, _ options: ReportOptions) throws {
        guard let file = Console.environment("GITHUB_STEP_SUMMARY") else { return }
        try Console.append(ReportFormat.markdown.render(report, options: options), toFile: file)
    }
}
