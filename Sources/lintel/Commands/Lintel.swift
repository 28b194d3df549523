import ArgumentParser
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
            CheckCommand.self, TemplateCommand.self, RenderCommand.self, ExplainCommand.self, ServeCommand.self, ComplianceCommand.self, NodeFactsCommand.self, PoliciesCommand.self, SchemaCommand.self, EvalCommand.self,
            TestCommand.self, FmtCommand.self, ParseCommand.self, PolicyCheckCommand.self, RegoCommand.self, DepsCommand.self, BenchCommand.self, PlaygroundCommand.self,
            CapabilitiesCommand.self, CertsCommand.self, AuditLogCommand.self, VersionCommand.self, CompletionsCommand.self,
        ])

    static func main() {
        Console.unblockSignals()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do throws(EnvironmentArguments.Problem) {
            let variables = Console.environment(withPrefix: "LINTEL_")
            let completed = try EnvironmentArguments.completed(arguments, variables: variables, of: Lintel.self)
            if completed.first == CheckCommand._commandName {
                check(Array(completed.dropFirst()))
            } else {
                main(completed)
            }
        } catch {
            Console.printError("error: \(error.message)\n")
            exit(withError: ExitCode(64))
        }
    }
}

extension Lintel {
    /// The command that runs most often is parsed alone, and not at all when only paths are given: describing what could
    /// have been said takes longer than the check.
    private static func check(_ arguments: [String]) -> Never {
        do {
            if arguments.contains(where: { $0.hasPrefix("-") }) {
                try CheckCommand.parse(arguments).run()
            } else {
                try CheckRun(paths: arguments).run()
            }
        } catch let code as ExitCode {
            Console.end(code.rawValue)
        } catch {
            CheckCommand.exit(withError: error)
        }
        Console.end(0)
    }
}
