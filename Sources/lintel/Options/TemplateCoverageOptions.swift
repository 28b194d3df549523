import ArgumentParser
import Findings
import Inputs
import Reports

/// Whether `check` tells how much of the templates of charts is rendered, and how much must be.
struct TemplateCoverageOptions: ParsableArguments {
    @Flag(
        name: .customLong("template-coverage"),
        help: "Tell how many lines of the templates of charts are rendered, and which branches no set of values reaches.")
    var isAsked = false

    @Option(
        name: .customLong("template-coverage-threshold"),
        help: ArgumentHelp(
            "Make the exit code 1 when a chart has fewer percent of the lines of its templates rendered.", valueName: "percent"))
    var threshold: Double?

    var choice: TemplateCoverageChoice? {
        isAsked || threshold != nil ? TemplateCoverageChoice(threshold: threshold) : nil
    }

    func validate(isPlain: Bool, _ reporting: ReportTarget) throws {
        if let threshold, !(0...100).contains(threshold) {
            throw ValidationError("--template-coverage-threshold is a percentage from 0 to 100.")
        }
        guard choice != nil else { return }
        if isPlain { throw ValidationError("--template-coverage renders charts, and --plain renders nothing.") }
        if isAsked, reporting.isQuiet, reporting.showsText {
            throw ValidationError("--template-coverage is told in the summary, which --quiet leaves out; JSON has it too.")
        }
        if isAsked, !reporting.reports.contains(where: { [.text, .json].contains($0.format) }) {
            throw ValidationError("--template-coverage is told in text and JSON: add --format text or --format json=FILE.")
        }
    }
}

/// What `TemplateCoverageOptions` say.
struct TemplateCoverageChoice: Sendable {
    /// In percent; nil when any share is enough.
    var threshold: Double?

    /// Whether every chart reaches the threshold; says which do not.
    /// - Throws: `ExitCode` 2 after saying that there is nothing to cover.
    func isReached(by report: Report) throws -> Bool {
        guard let threshold else { return true }
        let charts = (report.templateCoverage ?? []).filter { $0.lines > 0 }
        if charts.isEmpty, !report.allowsEmpty {
            Console.fail("there is no coverage to compare with the threshold: no chart with templates was found")
            throw ExitCode(2)
        }
        let low = charts.filter { Double($0.rendered) * 100 < threshold * Double($0.lines) }
        for chart in low {
            Console.fail(
                "\(chart.path): \(TemplateCoverageText.share(chart)) of the lines of its templates are rendered, the threshold is \(Self.percent(threshold)) %"
            )
        }
        return low.isEmpty
    }

    /// A percentage without a fraction of zero.
    private static func percent(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }
}
