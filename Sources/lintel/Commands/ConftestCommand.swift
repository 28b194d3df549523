import ArgumentParser
import Authoring
import ConfigurationFormats
import Diagnostics
import Rego
import RegoRuntime
import RegoSyntax

extension ConftestText.Format: ExpressibleByArgument {}
extension ConfigurationFormat: ExpressibleByArgument {}

/// `lintel conftest`: the commands of Conftest under their names.
struct ConftestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conftest", abstract: "Test any configuration files with the policies and options of Conftest.",
        subcommands: [ConftestTestCommand.self, ConftestVerifyCommand.self, ConftestParseCommand.self])
}

/// `lintel conftest test`: files in, what the rules of a package say about them out.
struct ConftestTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Test configuration files as conftest test does.",
        discussion: """
            Rules deny, violation and warn of the package main, also with a suffix, judge each document. Options may stand \
            in conftest.toml and in variables such as CONFTEST_POLICY; the command line wins, then the variable.
            Exit codes: 0 no failure; 1 a failure; with --fail-on-warn 2 for failures, 1 for warnings alone; 2 the policies \
            or a file are not in order, an evaluation fails, or nothing was evaluated.
            """)

    @OptionGroup var options: ConftestOptions

    @Flag(help: "Give the rules all documents as one list: [{path, contents}].")
    var combine = false

    @Flag(name: .customLong("fail-on-warn"), help: "Exit with 1 for warnings alone, and with 2 for failures.")
    var failsOnWarnings = false

    @Flag(name: .customLong("no-fail"), help: "Exit with 0 even when there are failures.")
    var neverFails = false

    @Flag(name: .customLong("no-color"), help: "Do not colour the output.")
    var hasNoColour = false

    @Flag(name: .shortAndLong, help: "Print nothing when all is well.")
    var quiet = false

    @Flag(name: .customLong("suppress-exceptions"), help: "Do not list exceptions; they are counted.")
    var hidesExceptions = false

    @Flag(name: .customLong("show-builtin-errors"), help: "Exit with 2 when a builtin fails inside a rule, a warning otherwise.")
    var showsBuiltinErrors = false

    @Flag(help: "Tell what is evaluated, on standard error.")
    var trace = false

    @Option(name: .shortAndLong, help: "How the results are written; stdout by default.")
    var output: ConftestText.Format?

    @OptionGroup var compiler: CompilerOptions
    @OptionGroup var network: NetworkOptions

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let settings = try ConftestSettings.load(options.configuration)
        let traces = try settings.flag("trace", trace)
        var compileOptions = try options.compileOptions(settings)
        compileOptions.isInstrumented = traces
        let compilation = compiler.setup(compileOptions)
        let builtins = compiler.capabilities == nil ? ConfigurationBuiltins.added(to: compilation.builtins) : compilation.builtins
        let policies = try options.policies(settings, builtins: builtins, options: compilation.options)
        let inputs = try options.inputs(paths, settings)
        let problems = compilation.problems + policies.problems + inputs.problems
        Console.show(problems, colour: .auto)
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        if inputs.isEmpty {
            Console.fail("nothing was evaluated: there is no file to test in \(paths.joined(separator: ", "))")
            throw ExitCode(2)
        }
        let runtime = compiler.runtime()
        let run = ConftestRun(
            policies, now: WallClock.now(), runtime: runtime,
            network: network.access(capabilities: compilation.allowNet, variables: compiler.allowedVariables), traces: traces)
        let results = run.run(inputs, combining: try settings.flag("combine", combine))
        Console.printError(results.trace)
        for line in results.output { Console.printError(line + "\n") }
        try report(results, settings)
    }

    private func report(_ results: ConftestResults, _ settings: ConftestSettings) throws {
        let isStrict = try settings.flag("show-builtin-errors", showsBuiltinErrors)
        let errors = results.builtinErrors.map { error in
            var error = error
            error.severity = isStrict ? .error : .warning
            return error
        }
        Console.show(results.problems + errors, colour: .auto)
        let isBroken = !results.problems.isEmpty || isStrict && !errors.isEmpty
        var code: Int32 = results.failures > 0 ? 1 : 0
        if try settings.flag("fail-on-warn", failsOnWarnings) {
            code = results.failures > 0 ? 2 : results.warnings > 0 ? 1 : 0
        }
        if isBroken { code = 2 }
        let isQuiet = try settings.flag("quiet", quiet)
        if results.tests == 0, !isBroken {
            Console.fail("nothing was evaluated: the packages hold no rule deny, violation or warn")
            throw ExitCode(2)
        }
        if !isQuiet || code != 0 {
            let format = try output ?? settings.format() ?? .standard
            let isColoured = try !settings.flag("no-color", hasNoColour) && ColourChoice.auto.isOn(for: 1)
            let hides = try settings.flag("suppress-exceptions", hidesExceptions)
            Console.print(ConftestText(results, hidesExceptions: hides, isColoured: isColoured).text(format))
        }
        // A run that is not complete is no success, whoever asked for one.
        let forgives = try settings.flag("no-fail", neverFails)
        if code != 0, isBroken || !forgives { throw ExitCode(code) }
    }
}

/// `lintel conftest verify`: the tests of the policies.
struct ConftestVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Run the tests of policies as conftest verify does.",
        discussion: "Exit codes: 0 all tests passed; 1 a test failed or cannot be read, or there is none.")

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Policies and their tests, policy by default; repeatable.", valueName: "path"))
    var policy: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Data for the tests; repeatable.", valueName: "path"))
    var data: [String] = []

    @Option(name: .customLong("config-file"), help: ArgumentHelp("Settings in place of conftest.toml.", valueName: "file"))
    var configuration: String?

    @Flag(name: .shortAndLong, help: "Show every test, and what was false in those that failed.")
    var verbose = false

    func run() throws {
        let settings = try ConftestSettings.load(configuration)
        var arguments = try settings.list("policy", policy, or: ["policy"])
        arguments += try settings.list("data", data, or: []).flatMap { ["--data", $0] }
        arguments.append(verbose ? "--verbose" : "--as-conftest")
        do { try TestCommand.parse(arguments).run() } catch let code as ExitCode {
            throw code.rawValue == 0 ? code : ExitCode(1)
        }
    }
}

/// `lintel conftest parse`: what rules get as input.
struct ConftestParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: "Print what configuration files hold as JSON, as conftest parse does.",
        discussion: "Exit codes: 0 printed; 2 a file cannot be read.")

    @Option(help: "The format of all files; by default what their names say.")
    var parser: ConfigurationFormat?

    @Flag(help: "Print all documents as one list: [{path, contents}].")
    var combine = false

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let inputs = ConftestInputs(paths, ignoring: { _ in false }, format: parser)
        Console.show(inputs.problems, colour: .auto)
        if inputs.problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        if inputs.isEmpty {
            Console.fail("there is no file to read in \(paths.joined(separator: ", "))")
            throw ExitCode(2)
        }
        Console.print(inputs.json(combining: combine))
    }
}
