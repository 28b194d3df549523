import ArgumentParser
import Diagnostics
import Documents
import Findings
import Inputs
import Reports

/// `lintel rollout`: whom enforcing policies would hit.
struct RolloutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollout", abstract: "Tell whom enforcing policies would hit, by a log of decisions.",
        discussion: """
            Reads decision logs of lintel serve (--decision-log-file) or audit logs of the API server, and prints the \
            namespaces and owners of what was refused or would have been, those with most requests first. Exit code 0: \
            nobody would be hit; 1: somebody would; 2: a log cannot be read or holds no decision.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ArgumentHelp("Logs, or - for standard input.", valueName: "file"))
    var paths: [String] = ["-"]

    @Option(name: .shortAndLong, help: "text or json.")
    var format: Format = .text

    @Option(help: ArgumentHelp("Owners that are named for each namespace in text.", valueName: "count"))
    var owners = 20

    func validate() throws {
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
        if !(0...1_000_000).contains(owners) { throw ValidationError("--owners needs a number from 0.") }
    }

    func run() throws {
        var summary = RolloutSummary(), problems: [Diagnostic] = []
        for path in paths {
            var reader = AuditLogReader(path: path, name: path == "-" ? "stdin" : path)
            do {
                try reader.read { item in
                    switch item {
                    case .event(let event): summary.add(event.document.root)
                    case .other(let document, _): Self.add(document.root, to: &summary)
                    case .problem(let problem): if problems.count < 1_000 { problems.append(problem) }
                    }
                    return true
                }
            } catch { problems.append(Diagnostic(reading: error)) }
        }
        let report = RolloutReport(summary)
        if format == .json || summary.decisions > 0 {
            Console.print(format == .json ? report.json() : report.text(ownersPerNamespace: owners))
        }
        Console.show(problems, colour: .auto)
        if summary.decisions == 0, problems.isEmpty { Console.fail("no decision of an admission webhook was found") }
        if !problems.isEmpty || summary.decisions == 0 { throw ExitCode(2) }
        if summary.refused > 0 { throw ExitCode(1) }
    }

    /// Servers get decisions in arrays.
    private static func add(_ value: Value, to summary: inout RolloutSummary) {
        if value.kind == .array { value.elements.forEach { summary.add($0) } } else { summary.add(value) }
    }
}
