import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import Rego
import RegoSyntax

/// `lintel policy-check`, also as `lintel rego check`.
struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy-check", abstract: "Parse, compile and type-check Rego modules.",
        discussion: "Exit codes: 0 no problem, 1 problems, 2 nothing to check.", aliases: ["rego-check"])

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @OptionGroup var rego: RegoOptions
    @OptionGroup var compiler: CompilerOptions

    @Flag(name: [.customShort("b"), .customLong("bundle")], help: "Read the paths as bundles: archives or folders.")
    var readsBundles = false

    @Option(name: .shortAndLong, help: "How problems are written.")
    var format: Format = .pretty

    @Flag(name: [.customLong("v0-v1"), .customLong("rego-v1")], help: "Check that the modules are valid both as v0 and as v1.")
    var checksBoth = false

    @Option(
        name: [.customShort("m"), .customLong("max-errors")],
        help: ArgumentHelp("Show at most this many problems; 0 for all.", valueName: "count"))
    var maximumErrors = 0

    @Option(
        name: .customLong("kubernetes-version"),
        help: ArgumentHelp(
            "The release whose objects policies are written for: fields that no kind of it has are warned of.",
            valueName: "version"))
    var kubernetesVersion: KubernetesVersion?

    @Flag(name: .customLong("no-input-types"), help: "Do not compare how policies use input with the types of Kubernetes.")
    var skipsInputTypes = false

    @Argument(help: ArgumentHelp("Files and folders with modules.", valueName: "path"))
    var paths: [String]

    /// What no object of Kubernetes has where the modules look for it; nothing when a schema of one's own says what input is.
    private func inputProblems(_ sources: [ModuleSource], _ setup: CompilerOptions.Setup) -> [Diagnostic] {
        let named = compiler.schema.flatMap(SchemaFiles.kubernetesVersion)
        if skipsInputTypes || named == nil && setup.options.schemas?[[]] != nil { return [] }
        let version = named.flatMap { KubernetesVersion(parsing: $0) } ?? kubernetesVersion
        let modules = sources.map {
            Parser.parseModule($0.file, version: $0.version, options: setup.options.parser).0
        }
        return (named == nil ? version?.unknownReleases ?? [] : [])
            + KubernetesInput(version).problems(in: modules, builtins: setup.builtins, options: setup.options)
    }

    func run() throws {
        let files = try readsBundles ? rego.files(bundles: paths) : rego.files(paths)
        var problems = files.problems
        let setup = compiler.setup(rego.compileOptions)
        problems += setup.problems
        if files.sources.isEmpty, problems.isEmpty {
            Console.fail("no Rego module was found at \(paths.joined(separator: ", "))")
            throw ExitCode(2)
        }
        problems += Engine.compile(files.sources, builtins: setup.builtins, options: setup.options).1
        if !problems.contains(where: { $0.severity == .error }) { problems += inputProblems(files.sources, setup) }
        if checksBoth {
            let others = files.sources.map { ModuleSource(file: $0.file, version: $0.version == .v0 ? .v1 : .v0) }
            let found = Engine.compile(others, builtins: setup.builtins, options: setup.options).1
            problems += found.filter { !problems.contains($0) }.map { problem in
                var problem = problem
                problem.notes.append(.init("as Rego \(rego.isV0 ? "v1" : "v0")"))
                return problem
            }
        } else {
            problems = V0Hint.added(to: problems, sources: files.sources, options: setup.options)
        }
        let count = problems.count
        if maximumErrors > 0, count > maximumErrors {
            problems = Array(problems[..<maximumErrors])
            problems.append(
                Diagnostic(code: "check_error", message: "\(count - maximumErrors) more problems; --max-errors 0 shows all"))
        }
        if format == .json {
            if !problems.isEmpty { Console.print(EvaluationReport().errors(problems)) }
        } else {
            Console.show(problems, colour: .auto)
        }
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }
}

/// `lintel rego check`: the same command where users of `opa check` look for it.
struct RegoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rego", abstract: "Rego tools: check.", subcommands: [Check.self])

    /// Takes the arguments of `policy-check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: PolicyCheckCommand.configuration.abstract,
            discussion: PolicyCheckCommand.configuration.discussion)

        @OptionGroup var arguments: PolicyCheckCommand

        func run() throws { try arguments.run() }
    }
}
