import ArgumentParser
import Authoring
import Diagnostics
import Inputs
import Rego
import RegoRuntime

/// `lintel exec`: one decision about many files.
struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Evaluate a decision for each of several input files, as opa exec does.",
        discussion: """
            The decision is a path of a document, such as main/deny or data.main.deny; without one, system/main.
            Exit codes: 0 evaluated; 1 as --fail, --fail-defined and --fail-non-empty ask; 2 the policies or a file are \
            not in order, an evaluation fails, or there is no input.
            """)

    @OptionGroup var rego: RegoOptions
    @OptionGroup var bundles: BundleOptions
    @OptionGroup var compiler: CompilerOptions
    @OptionGroup var network: NetworkOptions

    @Option(help: ArgumentHelp("The document to evaluate.", valueName: "path"))
    var decision = "system/main"

    @Flag(help: "Exit with 1 when the decision is undefined or null for a file, or fails.")
    var fail = false

    @Flag(name: .customLong("fail-defined"), help: "Exit with 1 when the decision is defined for a file, or fails.")
    var failDefined = false

    @Flag(
        name: .customLong("fail-non-empty"),
        help: "Exit with 1 when the decision is defined for a file and no empty list or set, or fails.")
    var failNonEmpty = false

    @Flag(name: [.customShort("I"), .customLong("stdin-input")], help: "Read an input from standard input too.")
    var readsInput = false

    @Argument(help: ArgumentHelp("Input files, JSON or YAML, and folders of them.", valueName: "path"))
    var paths: [String] = []

    func validate() throws {
        if paths.isEmpty, !readsInput { throw ValidationError("Name input files, or --stdin-input.") }
        if rego.data.isEmpty, bundles.paths.isEmpty {
            throw ValidationError("Name the policies: --bundle for a bundle, --data for files and folders.")
        }
        if [fail, failDefined, failNonEmpty].count(where: { $0 }) > 1 {
            throw ValidationError("Give one of --fail, --fail-defined and --fail-non-empty.")
        }
        if Decisions.path(decision).isEmpty, decision != "data" {
            throw ValidationError("--decision \(decision) names no document; it is written as main/deny.")
        }
    }

    func run() throws {
        let path = Decisions.path(decision)
        let compilation = compiler.setup(rego.compileOptions)
        var setup = EvaluationSetup.make(
            query: Decisions.query(path), files: try rego.files(bundles: bundles.paths), inputPath: nil,
            builtins: compilation.builtins, options: compilation.options)
        setup.problems = compilation.problems + setup.problems
        Console.show(setup.problems, colour: .auto)
        guard !setup.hasErrors,
            let evaluator = setup.evaluator(
                strictBuiltinErrors: rego.strictBuiltinErrors, budget: rego.budget, now: WallClock.now(),
                runtime: compiler.runtime(),
                network: network.access(capabilities: compilation.allowNet, variables: compiler.allowedVariables))
        else { throw ExitCode(2) }
        var decisions = Decisions(path: path)
        if readsInput { decisions.add("-", evaluator) }
        let found = FileDiscovery().files(at: paths)
        Console.show(found.problems, colour: .auto)
        for file in found.files { decisions.add(file.path, evaluator) }
        for line in evaluator.context.output { Console.printError(line + "\n") }
        Console.print(decisions.text)
        try end(decisions, isComplete: found.problems.isEmpty)
    }

    private func end(_ decisions: Decisions, isComplete: Bool) throws {
        if decisions.count == 0 {
            Console.fail("nothing was evaluated: there is no JSON or YAML file in \(paths.joined(separator: ", "))")
            throw ExitCode(2)
        }
        if decisions.undefined == decisions.count {
            Console.printError("warning: \(decision) is undefined for every input; is the path right?\n")
        }
        if !isComplete || decisions.unreadable > 0 { throw ExitCode(2) }
        let asked = fail || failDefined || failNonEmpty
        if decisions.errors > 0 { throw ExitCode(asked ? 1 : 2) }
        if fail && decisions.undefined + decisions.null > 0 || failDefined && decisions.defined > 0
            || failNonEmpty && decisions.nonEmpty > 0
        {
            throw ExitCode(1)
        }
    }
}
