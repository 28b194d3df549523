import ArgumentParser
import Catalogue
import Renderings

/// What is compared and how it is read, built and judged: as `lintel check` does.
struct DiffInputs: ParsableArguments {
    @OptionGroup var policies: PolicyOptions

    @Option(
        help: ArgumentHelp(
            "Data for your own policies: JSON and YAML files, and folders of them; repeatable.", valueName: "path"))
    var data: [String] = []

    @Option(help: ArgumentHelp("Compare only files of folders that fit a pattern; repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Leave out files and folders that fit a pattern; repeatable.", valueName: "glob"))
    var exclude: [String] = []

    @Option(
        name: .customLong("schema"),
        help: ArgumentHelp("A file or folder of CustomResourceDefinitions; repeatable.", valueName: "path"))
    var schemas: [String] = []

    @Flag(name: .customLong("plain"), help: "Build nothing: compare objects as they are written.")
    var isPlain = false

    @OptionGroup(title: "Charts") var charts: ChartValueOptions

    @Option(name: .shortAndLong, help: "Worker threads; one a processor by default.")
    var jobs: Int?

    @OptionGroup var limits: RunLimitOptions

    @OptionGroup(title: "Exceptions") var exceptions: ExceptionOptions

    func validate() throws {
        if !data.isEmpty, policies.paths.isEmpty {
            throw ValidationError("--data is for policies of your own: name them with --policy.")
        }
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs needs a number from 1 to 256.") }
    }

    /// A run over some files and folders.
    func run(_ paths: [String]) throws -> CheckRun {
        var check = CheckRun(paths: paths)
        check.policies = try policies.choice()
        check.policies.dataPaths = data
        check.include = include
        check.exclude = exclude
        check.schemas = schemas
        check.builds.isPlain = isPlain
        check.builds.given = charts.given
        check.jobs = jobs
        check.limits = limits.limits
        check.exceptions = exceptions.choice
        check.listsAll = true
        check.reporting.isQuiet = true
        check.reporting.allowsEmpty = true
        return check
    }
}
