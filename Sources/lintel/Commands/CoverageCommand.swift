import ArgumentParser
import Catalogue
import Findings
import Inputs
import Reports
import Text

extension PolicyCoverage.Grouping: ExpressibleByArgument {}
extension PolicyCoverageReport.Format: ExpressibleByArgument {}

/// `lintel coverage`: how far a fleet of manifests complies.
struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "Tell for each policy how many objects and containers comply.",
        discussion: "Exit codes: 0 all shares reach what is asked for, 1 one does not, 2 the check is not complete.")

    @OptionGroup var inputs: CheckInputs

    @Option(help: "What objects are grouped by.")
    var by: PolicyCoverage.Grouping = .none

    @Option(help: ArgumentHelp("How many folders of a path make a group.", valueName: "count"))
    var depth = 1

    @Option(help: ArgumentHelp("The label or annotation that names the owner of an object.", valueName: "key"))
    var ownerLabel = "app.kubernetes.io/part-of"

    @Option(
        name: .customLong("min"),
        help: ArgumentHelp(
            "The least share of objects, in percent, that comply: with every policy, or with one, as LT-POD-001=95; repeatable.",
            valueName: "[policy=]percent"))
    var least: [String] = []

    @Option(help: "How the shares are written.")
    var format: PolicyCoverageReport.Format = .text

    @Option(name: .shortAndLong, help: ArgumentHelp("Write them to a file.", valueName: "file"))
    var output: String?

    func validate() throws {
        try OutputName.check(output, formats: PolicyCoverageReport.Format.allCases.map(\.rawValue))
        if !(1...64).contains(depth) { throw ValidationError("--depth needs a number from 1 to 64.") }
        for text in least where Self.threshold(text) == nil {
            throw ValidationError("--min needs a share in percent, such as 95 or LT-POD-001=95, not \"\(text)\".")
        }
    }

    /// The policy, empty for all, and the share in tenths of a percent.
    private static func threshold(_ text: String) -> (policy: String, permille: Int)? {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let number = Double(parts[parts.count - 1]), (0...100).contains(number) else { return nil }
        if parts.count == 2, parts[0].isEmpty { return nil }
        return (parts.count == 2 ? parts[0] : "", Int((number * 10).rounded(.up)))
    }

    func run() throws {
        var check = try inputs.run()
        check.listsAll = true
        check.ownerLabel = ownerLabel
        let setup = try check.policies.load(isJudging: true)
        for text in least {
            guard let name = Self.threshold(text)?.policy, !name.isEmpty, !setup.set.all.contains(where: { $0.answers(to: name) })
            else { continue }
            let names = setup.set.all.flatMap { [$0.id, $0.slug] }
            throw ValidationError("There is no policy \"\(name)\"\(Suggestion.text(for: name, among: names))")
        }
        let report = try check.report(setup, RunGuard(check.limits), start: Console.seconds)
        Console.show(report.diagnostics, colour: .auto)
        var options = ReportOptions(version: BuildVersion.number)
        options.timestamp = Console.timestamp
        let coverage = PolicyCoverage(report, by: by, depth: depth)
        let text = PolicyCoverageReport(coverage, options: options).text(as: format)
        if let output { try Console.write(text, toFile: output) } else { Console.print(text) }
        if report.hasErrors { throw ExitCode(2) }
        if let nothing = report.nothingEvaluated {
            Console.fail("nothing was evaluated: \(nothing)")
            throw ExitCode(2)
        }
        let low = failures(coverage)
        for line in low { Console.printError(line + "\n") }
        if !low.isEmpty { throw ExitCode(1) }
    }

    /// Shares that are lower than asked for.
    private func failures(_ coverage: PolicyCoverage) -> [String] {
        least.compactMap(Self.threshold).flatMap { name, permille in
            coverage.policies.compactMap { row -> String? in
                guard let policy = row.policy, name.isEmpty || policy.answers(to: name) else { return nil }
                guard let share = row.resources.permille, share < permille else { return nil }
                return
                    "\(policy.id): \(PolicyCoverageReport.percent(row.resources)) is less than \(permille / 10).\(permille % 10) %"
            }
        }
    }
}
