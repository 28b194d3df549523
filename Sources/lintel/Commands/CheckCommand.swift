import ArgumentParser
import Catalogue
import Renderings
import Reports
import Text

/// `lintel check`: manifests in, located violations out.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: Lintel.name,
        abstract: "Check manifests and report violations with their places.", version: "lintel \(BuildVersion.number)")

    @OptionGroup var inputs: CheckInputs
    @OptionGroup(title: "Comparing") var comparison: ComparisonOptions
    @OptionGroup var reporting: ReportFileOptions

    @Option(
        help: ArgumentHelp(
            "Put verified changes of the text that remedy violations into JSON, SARIF, Markdown and GitLab's reports: safe, or all.",
            valueName: "which"))
    var fixes: FixChoice?

    @OptionGroup(title: "Charts") var coverage: TemplateCoverageOptions

    @OptionGroup(title: "Notifications") var notifications: NotificationOptions

    func validate() throws {
        try coverage.validate(isPlain: inputs.isPlain, reporting.target)
        if fixes == nil { return }
        if inputs.isMutated { throw ValidationError("--fixes changes what is written, and --mutated judges something else.") }
        if !reporting.target.reports.contains(where: { [.json, .sarif, .markdown, .gitlab].contains($0.format) }) {
            throw ValidationError("--fixes needs --format json, sarif, markdown or gitlab; lintel fix shows the changes.")
        }
    }

    func run() throws {
        var check = try inputs.run()
        check.comparison = comparison.choice
        check.reporting = reporting.target
        check.fixes = fixes
        check.templateCoverage = coverage.choice
        check.notification = try notifications.notification()
        try check.run()
    }
}
