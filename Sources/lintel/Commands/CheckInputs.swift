import ArgumentParser
import Catalogue
import Renderings
import Text

/// What is checked and by what: the arguments that all commands share which check manifests.
struct CheckInputs: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Files, folders (searched for .yaml, .yml and .json) or - for standard input.",
            discussion: "The current folder when none is given.", valueName: "path"))
    var paths: [String] = []

    @OptionGroup var policies: PolicyOptions

    @Option(
        help: ArgumentHelp(
            "Data for your own policies: JSON and YAML files, and folders of them; repeatable.",
            discussion: "Of a folder, each file stands below data at the path of its folder.", valueName: "path"))
    var data: [String] = []

    @Option(help: ArgumentHelp("Check only files of folders that fit a pattern; repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Leave out files and folders that fit a pattern; repeatable.", valueName: "glob"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp(
            "Manifests as they were before a change; finds changes the API server refuses; repeatable.",
            valueName: "path"))
    var previous: [String] = []

    @Option(
        name: .customLong("schema"),
        help: ArgumentHelp(
            "A file or folder of CustomResourceDefinitions whose objects are checked; repeatable.",
            discussion: "Definitions among the manifests count too.", valueName: "path"))
    var schemas: [String] = []

    @Option(
        help: ArgumentHelp(
            "What becomes of objects of kinds that nothing describes.", valueName: "action"))
    var missingSchemas: MissingTypes?

    @Flag(
        name: .customLong("plain"),
        help: "Build nothing: check objects as they are written, patches and templates not at all.")
    var isPlain = false

    @Flag(name: .customLong("bases"), help: "Check kustomizations that others use alone too.")
    var judgesBases = false

    @Option(help: ArgumentHelp("The name standard input has in reports.", valueName: "name"))
    var stdinFilename: String = "stdin"

    @Flag(
        name: .customLong("mutated"),
        help: "Judge objects as Gatekeeper's mutators and the rules mutate of your policies change them.")
    var isMutated = false

    @OptionGroup(title: "Charts") var charts: ChartValueOptions

    @Option(name: .shortAndLong, help: "Worker threads; one a processor by default.")
    var jobs: Int?

    @Flag(help: "Make the exit code 2 when a builtin fails inside a policy of your own, which is a warning otherwise.")
    var strictBuiltinErrors = false

    @OptionGroup var limits: RunLimitOptions

    @OptionGroup(title: "Exceptions") var exceptions: ExceptionOptions

    func validate() throws {
        if !data.isEmpty, policies.paths.isEmpty {
            throw ValidationError("--data is for policies of your own: name them with --policy.")
        }
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs needs a number from 1 to 256.") }
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
    }

    /// The run these arguments ask for.
    func run() throws -> CheckRun {
        var check = CheckRun(paths: paths)
        check.policies = try policies.choice()
        check.policies.dataPaths = data
        check.include = include
        check.exclude = exclude
        check.previous = previous
        check.schemas = schemas
        check.missingSchemas = missingSchemas
        check.stdinFilename = stdinFilename
        check.builds.isPlain = isPlain
        check.builds.judgesBases = judgesBases
        check.builds.given = charts.given
        check.isMutated = isMutated
        check.jobs = jobs
        check.isStrict = strictBuiltinErrors
        check.limits = limits.limits
        check.maxFindings = limits.maxFindings
        check.exceptions = exceptions.choice
        return check
    }
}
