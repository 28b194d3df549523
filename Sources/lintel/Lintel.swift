import ArgumentParser

/// The command line.
@main
struct Lintel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lintel",
        abstract: "Checks Kubernetes manifests against policies written in Rego.",
        discussion: """
            Exit codes: 0 no violation at or over the threshold, 1 violations, 2 the job could not be done or nothing \
            was evaluated, 64 wrong usage.
            """,
        version: Version.text,
        subcommands: [
            CheckCommand.self, ServeCommand.self, ComplianceCommand.self, NodeFactsCommand.self, PoliciesCommand.self, EvalCommand.self,
            TestCommand.self, FmtCommand.self, ParseCommand.self, PolicyCheckCommand.self, RegoCommand.self, DepsCommand.self, BenchCommand.self,
            CapabilitiesCommand.self, VersionCommand.self, CompletionsCommand.self,
        ])
}

/// The version of this build.
enum Version {
    static let number = "0.1.0"
    static let text = "lintel \(number)"
}
