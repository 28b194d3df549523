import ArgumentParser
import Catalogue
import Renderings
import Text

/// `lintel check`: manifests in, located violations out.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: Lintel.name,
        abstract: "Check manifests and report violations with their places.", version: "lintel \(BuildVersion.number)")

    @OptionGroup var inputs: CheckInputs
    @OptionGroup(title: "Comparing") var comparison: ComparisonOptions
    @OptionGroup var reporting: ReportFileOptions

    func run() throws {
        var check = try inputs.run()
        check.comparison = comparison.choice
        check.reporting = reporting.target
        try check.run()
    }
}
