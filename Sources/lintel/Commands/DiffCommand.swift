import ArgumentParser
import Catalogue
import Diagnostics
import Differences
import Findings
import Inputs
import Reports
import Text

/// `lintel diff`: what changes between two states of a repository, or between a repository and a cluster.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Compare what two states of a repository apply, risks first.",
        usage: """
            lintel diff <A> <B>
            lintel diff <revision>..<revision> [<path> ...]
            lintel diff <revision> [<path> ...]
            lintel diff --live <file> ... [<path> ...]
            """,
        discussion: """
            A and B are files, folders, - for standard input, or revisions of git. Kustomizations, charts and what Argo CD and \
            Flux apply are built as lintel check builds them, so that what is compared is what will be applied. Moved files \
            change nothing; items of lists are found by their keys. Exit codes: 0 no difference, 1 differences (see --fail-on), \
            2 a side could not be read, built or judged.
            """)

    /// What makes the exit code 1.
    enum FailCause: String, ExpressibleByArgument, CaseIterable {
        case difference, risk, finding, never
    }

    @Argument(
        help: ArgumentHelp(
            "Two files or folders; or a revision of git, or two, and the files and folders that are compared.",
            valueName: "path or revision"))
    var arguments: [String] = []

    @Option(
        help: ArgumentHelp(
            "Compare with objects of a cluster in a file, as kubectl get -o yaml writes it, or a folder of them; repeatable.",
            valueName: "file"))
    var live: [String] = []

    @Flag(help: "With --live: leave out kinds of which the files hold no object.")
    var partial = false

    @Flag(help: "Take objects of the same kind and name for the same in any namespace, to compare environments.")
    var acrossNamespaces = false

    @Flag(name: .customLong("no-findings"), help: "Ask no policies: compare objects only.")
    var asksNoPolicies = false

    @Option(
        help: ArgumentHelp(
            "How the report is written, and where to: text, or markdown=comment.md; repeatable.", valueName: "format[=file]"))
    var format: [DiffRequest] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to a file.", valueName: "file"))
    var output: String?

    @Option(
        help: """
            What makes the exit code 1: difference, the default, is any; risk is a high risk or a new violation that fails lintel \
            check; finding is only the latter.
            """)
    var failOn: FailCause = .difference

    @Flag(help: "Let a run pass that finds no object on either side.")
    var allowEmpty = false

    @Option(name: .customLong("color"), help: "When text is coloured.")
    var colour: ColourChoice = .auto

    @OptionGroup var inputs: DiffInputs

    func validate() throws {
        if partial, live.isEmpty { throw ValidationError("--partial is for --live.") }
        if acrossNamespaces, !live.isEmpty { throw ValidationError("--across-namespaces is not for --live.") }
        if arguments.count(where: { $0 == "-" }) + live.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input can be read only once.")
        }
        if !live.isEmpty, failOn == .risk || failOn == .finding {
            throw ValidationError("With --live, --fail-on is difference or never: no policies are asked.")
        }
        try OutputName.check(output, formats: DiffFormat.allCases.map(\.rawValue))
        _ = try DiffRequest.resolved(format, output: output)
    }

    func run() throws {
        let run = try inputs.run([])
        let setup = try run.policies.load(isJudging: live.isEmpty && !asksNoPolicies, keepsHealthy: true)
        let problems = setup.problems + setup.faults
        if problems.contains(where: { $0.severity == .error }) {
            Console.show(problems, colour: colour)
            throw ExitCode(2)
        }
        let watch = RunGuard(run.limits)
        if live.isEmpty {
            try compare(DiffSides(run, setup), watch, problems)
        } else {
            try compareLive(DiffSides(run, setup), watch, problems)
        }
    }

    private func compare(_ sides: DiffSides, _ watch: RunGuard, _ problems: [Diagnostic]) throws {
        let named = try DiffArguments(arguments)
        var sides = sides
        sides.judges = !asksNoPolicies
        if case .paths = named.old, case .paths = named.new { sides.comparesFolders = true }
        let old = try sides.side(named.old, watch: watch), new = try sides.side(named.new, watch: watch)
        var report = SideComparison(old, new, types: sides.types(), acrossNamespaces: acrossNamespaces).report()
        report.problems = problems + sides.problems + report.problems
        watch.endOfJudging()
        if old.objects.isEmpty, new.objects.isEmpty, !allowEmpty, report.isComplete {
            report.problems.append(Self.nothing("no Kubernetes object was found on either side"))
        }
        try write { [report] request, options, sink in request.format.write(report, options: options, to: sink) }
        Console.show(report.problems, colour: colour)
        withExtendedLifetime(sides) {}
        if !report.isComplete { throw ExitCode(2) }
        if isFailure(report, sides.setup) { throw ExitCode(1) }
    }

    private func compareLive(_ sides: DiffSides, _ watch: RunGuard, _ problems: [Diagnostic]) throws {
        var sides = sides
        sides.judges = false
        let git = try sides.side(.paths(arguments.isEmpty ? ["."] : arguments), watch: watch)
        let cluster = try sides.live(live, watch: watch)
        var report = DriftComparison(git, live: cluster, types: sides.types(), isPartial: partial).report()
        report.problems = problems + sides.problems + report.problems
        watch.endOfJudging()
        if report.isComplete, !allowEmpty {
            if git.objects.isEmpty { report.problems.append(Self.nothing("no Kubernetes object was found in \(git.label)")) }
            if cluster.objects.isEmpty { report.problems.append(Self.nothing("the live files hold no object")) }
            if !git.objects.isEmpty, !cluster.objects.isEmpty, !report.hasCompared {
                report.problems.append(Self.nothing("the live files hold no object of the kinds in \(git.label)"))
            }
        }
        try write { [report] request, options, sink in request.format.write(report, options: options, to: sink) }
        Console.show(report.problems, colour: colour)
        withExtendedLifetime(sides) {}
        if !report.isComplete { throw ExitCode(2) }
        if failOn != .never, !report.isInSync { throw ExitCode(1) }
    }

    private static func nothing(_ reason: String) -> Diagnostic {
        Diagnostic(code: "nothing_compared", message: "nothing was compared: \(reason)", hint: "--allow-empty accepts that")
    }

    private func isFailure(_ report: DiffReport, _ setup: PolicySetup) -> Bool {
        let threshold = setup.configuration.failOn ?? .error
        let hasFinding = report.findings?.new.contains { threshold.isReached(by: $0.level, $0.severity) } ?? false
        return switch failOn {
        case .difference: !report.objects.isEmpty
        case .risk: hasFinding || report.risks.contains { $0.weight == .high }
        case .finding: hasFinding
        case .never: false
        }
    }

    // MARK: Reports

    private func write(_ write: (DiffRequest, DiffReportOptions, ReportSink) -> Void) throws {
        var failure: (any Error)?
        // Files first: when nobody reads standard output any more, they are there.
        for request in try DiffRequest.resolved(format, output: output).sorted(by: { $0.file != nil && $1.file == nil }) {
            var options = DiffReportOptions(version: BuildVersion.number)
            options.usesColour = request.file == nil && colour.isOn(for: 1)
            do { try Console.stream(toFile: request.file) { write(request, options, ReportSink($0)) } } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

/// One report that is asked for: `json`, or `json=diff.json` with the file it goes to.
struct DiffRequest: ExpressibleByArgument, Hashable {
    var format: DiffFormat
    /// Nil for standard output.
    var file: String?

    init(_ format: DiffFormat) { self.format = format }

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = DiffFormat(rawValue: parts[0]) else { return nil }
        if parts.count == 2, parts[1].isEmpty { return nil }
        self.format = format
        if parts.count == 2, parts[1] != "-" { file = parts[1] }
    }

    static var allValueStrings: [String] { DiffFormat.allCases.map(\.rawValue) }

    /// The reports of a run, each with where it goes; text when none is asked for.
    /// - Throws: `ValidationError` when two go to the same place or the file belongs to none.
    static func resolved(_ requests: [DiffRequest], output: String?) throws -> [DiffRequest] {
        var requests = requests.isEmpty ? [DiffRequest(.text)] : requests
        let open = requests.indices.filter { requests[$0].file == nil }
        if open.count > 1 {
            throw ValidationError(
                "Two reports cannot both go to one place: give a file, as --format \(requests[open[1]].format.rawValue)=FILE.")
        }
        if let output {
            guard let index = open.first else {
                throw ValidationError("Every --format names its file, so that -o \(output) belongs to none.")
            }
            requests[index].file = output
        }
        let files = requests.compactMap(\.file)
        if let twice = files.first(where: { name in files.count(where: { $0 == name }) > 1 }) {
            throw ValidationError("Two reports cannot both be written to \(twice).")
        }
        return requests
    }
}
