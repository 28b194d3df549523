import ArgumentParser
import Diagnostics
import Text

/// The command line.
@main
struct Lintel: ParsableCommand {
    static let name = "lintel"
    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Checks Kubernetes manifests against policies written in Rego.",
        discussion: """
            Exit codes: 0 no violation at or over the threshold, 1 violations, 2 the job could not be done or nothing \
            was evaluated, 64 wrong usage. Every flag is also an environment variable: LINTEL_FAIL_ON=warning stands \
            for --fail-on warning; several values are separated by commas, and the command line wins.
            """,
        version: "lintel \(BuildVersion.number)",
        subcommands: [
            CheckCommand.self, FixCommand.self, DiffCommand.self, ImagesCommand.self, TemplateCommand.self, RenderCommand.self,
            ExplainCommand.self,
            ServeCommand.self,
            ComplianceCommand.self, ComplianceVerifyCommand.self, NodeFactsCommand.self, PoliciesCommand.self,
            SchemaCommand.self, EvalCommand.self, ReplCommand.self, TestCommand.self, VerifyCommand.self, ConftestCommand.self,
            ExpandCommand.self,
            ExecCommand.self,
            InspectCommand.self,
            BuildCommand.self, FmtCommand.self,
            ParseCommand.self, PolicyCheckCommand.self, RegoCommand.self, DepsCommand.self, BenchCommand.self,
            PlaygroundCommand.self, ConfigCommand.self, BaselineCommand.self, CoverageCommand.self, ReportCommand.self,
            CapabilitiesCommand.self,
            CertsCommand.self, AuditLogCommand.self, RolloutCommand.self, MutateCommand.self, RBACCommand.self,
            VersionCommand.self, CompletionsCommand.self,
        ])

    static func main() {
        Console.holdStandardStreams()
        Console.unblockSignals()
        let arguments = ComplianceVerifyCommand.joined(Array(CommandLine.arguments.dropFirst()))
        if let problem = UnknownCommand.problem(in: arguments, of: Lintel.self) { usageError(problem) }
        if let problem = HelmOption.problem(in: arguments) { usageError(problem) }
        if let problem = RepeatedOptions.problem(in: arguments, of: Lintel.self) { usageError(problem) }
        let environment: EnvironmentArguments
        do throws(EnvironmentArguments.Problem) {
            let variables = Console.environment(withPrefix: CommandParameter.prefix)
            environment = try EnvironmentArguments(arguments, variables: variables, of: Lintel.self)
        } catch { usageError(error.message) }
        for name in environment.unknown {
            Console.printError(
                "warning: the environment variable \(DisplayText.escaped(name)) stands for no flag and does nothing\n")
        }
        run(environment)
    }
}

extension Lintel {
    private static func run(_ environment: EnvironmentArguments) -> Never {
        let arguments = environment.arguments
        let alone = aloneCommands.first { $0._commandName == arguments.first }
        var isRunning = false
        do {
            if alone == CheckCommand.self {
                try check(Array(arguments.dropFirst()))
            } else if let run = plainRun(arguments) {
                isRunning = true
                try run()
            } else {
                var command: any ParsableCommand = try alone?.parse(Array(arguments.dropFirst())) ?? parseAsRoot(arguments)
                isRunning = true
                try command.run()
            }
        } catch let error as ValidationError where isRunning {
            // A command that found out while it ran is not known to the parser any more.
            let command = ([name] + CommandDescription(arguments, of: Lintel.self).words).joined(separator: " ")
            Console.printError(
                DisplayText.escapedLines("Error: \(error.message)\n  See '\(command) --help' for more information.", indent: "")
                    + "\n")
            tellOrigin(of: error.message, environment)
            Console.end(usageCode)
        } catch {
            end(with: error, of: alone ?? Lintel.self, environment)
        }
        Console.end(0)
    }

    /// The commands of which a start counts are parsed alone: the parser describes each command of its root first.
    private static let aloneCommands: [any ParsableCommand.Type] = [
        CheckCommand.self, TemplateCommand.self, RenderCommand.self, ExplainCommand.self,
    ]

    /// What is to be done when the arguments say it so plainly that nothing has to be described to the parser; nil for all
    /// other arguments.
    private static func plainRun(_ arguments: [String]) -> (() throws -> Void)? {
        switch arguments.first {
        case TemplateCommand._commandName: TemplateCommand.plain(arguments.dropFirst()).map { command in command.run }
        case RenderCommand._commandName: RenderCommand.plain(arguments.dropFirst()).map { command in command.run }
        case VerifyCommand._commandName: VerifyCommand.plain(arguments.dropFirst()).map { command in command.run }
        case "--version" where arguments.count == 1: { Console.print("\(configuration.version)\n") }
        default: nil
        }
    }

    /// The command that runs most often is parsed alone, and not at all when only paths are given: describing what could
    /// have been said takes longer than the check.
    private static func check(_ arguments: [String]) throws {
        if arguments.contains(where: { $0.hasPrefix("-") }) {
            try CheckCommand.parse(arguments).run()
        } else {
            try CheckRun(paths: arguments).run()
        }
    }

    /// Ends as the error says: with a code of ours, with the help that was asked for, or with what is wrong with the
    /// arguments.
    private static func end(with error: any Error, of command: any ParsableCommand.Type, _ environment: EnvironmentArguments)
        -> Never
    {
        if let code = error as? ExitCode { Console.end(code.rawValue) }
        let code = command.exitCode(for: error).rawValue
        // A command that is parsed alone does not know the program's name.
        var text = command.fullMessage(for: error)
        if command._commandName != name {
            text = text.replacing("See '\(command._commandName) ", with: "See '\(name) \(command._commandName) ")
        }
        if code == 0 {
            Console.print(text + "\n")
            Console.end(0)
        }
        var message = command.message(for: error)
        if code == usageCode, let problem = UnknownOption.problem(in: environment.arguments, of: Lintel.self) {
            message = problem
            let usage = text.firstRange(of: "\nUsage: ").map { text[$0.lowerBound...] } ?? ""
            text = "Error: \(problem)\(usage)"
        }
        Console.printError(DisplayText.escapedLines(text, indent: "") + "\n")
        if code == usageCode, isConftest(environment.arguments) {
            Console.printError("note: the options of Conftest are those of 'lintel conftest test'\n")
        }
        if code == usageCode { tellOrigin(of: message, environment) }
        Console.end(code)
    }

    private static func tellOrigin(of message: String, _ environment: EnvironmentArguments) {
        if let origin = environment.origin(of: message) { Console.printError("note: \(origin)\n") }
    }

    private static let usageCode: Int32 = 64

    /// Whether somebody gives `check` options of Conftest.
    private static func isConftest(_ arguments: [String]) -> Bool {
        guard arguments.first == CheckCommand._commandName else { return false }
        let names = ["--all-namespaces", "--combine", "--fail-on-warn", "--no-fail", "--parser", "--suppress-exceptions"]
        return arguments.contains { argument in names.contains { argument == $0 || argument.hasPrefix($0 + "=") } }
    }

    private static func usageError(_ message: String) -> Never {
        Console.fail(message)
        Console.end(usageCode)
    }
}
