import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Inputs
import RegoRuntime
import Reports

/// `lintel baseline`: violations that are known and set aside.
struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "Write down the violations there are, so that only new ones count.",
        discussion: "lintel check --baseline FILE leaves out what the file has.",
        subcommands: [Create.self, Update.self, Prune.self])

    /// Checks and gives what was found; ends the command when the check is not complete.
    static func findings(_ inputs: CheckInputs) throws -> Report {
        var run = try inputs.run()
        run.listsAll = true
        let setup = try run.policies.load(isJudging: true)
        let report = try run.report(setup, RunGuard(run.limits), start: Console.seconds)
        Console.show(report.diagnostics, colour: .auto)
        if report.hasErrors { throw ExitCode(2) }
        if let nothing = report.nothingEvaluated {
            Console.fail("nothing was evaluated: \(nothing)")
            throw ExitCode(2)
        }
        return report
    }

    static var today: String { CalendarDate.day(ofNanoseconds: WallClock.now()) }

    static func check(_ until: String?) throws {
        guard let until, !CalendarDate.isValid(until) else { return }
        throw ValidationError("--until needs a date such as 2027-01-31.")
    }

    /// Writes the file in one step, so that nobody reads half of it.
    static func write(_ baseline: Baseline, to path: String) throws {
        do { try FileSystem.replace(path, with: Array(BaselineFile.text(baseline).utf8)) } catch {
            Console.fail("cannot write \(error.path): \(error.reason)")
            throw ExitCode(2)
        }
    }

    static func count(_ entries: [Baseline.Entry]) -> Int { entries.reduce(0) { $0 + $1.count } }

    /// `lintel baseline create`
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Write all violations there are to a new file.")

        @OptionGroup var inputs: CheckInputs

        @Option(name: .shortAndLong, help: ArgumentHelp("The file.", valueName: "file"))
        var output: String

        @Option(help: ArgumentHelp("The last day the entries hold.", valueName: "date"))
        var until: String?

        @Flag(help: "Replace a file that is there.")
        var force = false

        func validate() throws { try check(until) }

        func run() throws {
            if !force, (try? FileSystem.status(of: output)) != nil {
                Console.fail("\(output) is there; lintel baseline update adds to it, and --force replaces it")
                throw ExitCode(2)
            }
            let report = try findings(inputs), paths = ReportPath(checking: inputs.paths)
            let entries = Baseline.entries(of: report.findings, today: today, until: until ?? "", name: paths.fromRoot)
            try write(Baseline(entries), to: output)
            Console.print("\(output): \(report.findings.count) violations are set aside.\n")
        }
    }

    /// `lintel baseline update`
    struct Update: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update", abstract: "Add the violations that are new, and take out those that are gone.")

        @OptionGroup var inputs: CheckInputs

        @Option(name: .customLong("baseline"), help: ArgumentHelp("The file.", valueName: "file"))
        var file: String

        @Option(help: ArgumentHelp("The last day that new entries hold.", valueName: "date"))
        var until: String?

        func validate() throws { try check(until) }

        func run() throws { try rewrite(file, inputs, addsNew: true, until: until ?? "") }
    }

    /// `lintel baseline prune`
    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune", abstract: "Take out the entries whose violations are gone.")

        @OptionGroup var inputs: CheckInputs

        @Option(name: .customLong("baseline"), help: ArgumentHelp("The file.", valueName: "file"))
        var file: String

        func run() throws { try rewrite(file, inputs, addsNew: false, until: "") }
    }

    private static func rewrite(_ file: String, _ inputs: CheckInputs, addsNew: Bool, until: String) throws {
        let baseline = try ComparisonChoice.read(file, colour: .auto), report = try findings(inputs)
        let matching = ComparisonChoice.matching(report, inputs.paths)
        let outcome = baseline.compare(report.findings, by: matching)
        // What this run could not see stays.
        let unseen = baseline.entries.filter { entry in
            !matching.policies.contains(entry.policyID) || !matching.isChecked(entry.file) && matching.exists(entry.file)
        }
        let seen = Set(outcome.entries.map(\.fingerprint))
        let entries = Baseline.entries(
            after: outcome, keeping: unseen.filter { !seen.contains($0.fingerprint) }, addingNew: addsNew,
            today: matching.today, until: until, name: matching.name)
        try write(Baseline(entries), to: file)
        let added = addsNew ? "\(outcome.new.count) added, " : ""
        Console.print("\(file): \(count(entries)) violations are set aside: \(added)\(count(outcome.gone)) gone.\n")
    }
}
