import ArgumentParser
import Authoring
import Diagnostics
import Documents
import Inputs
import RegoSyntax

/// `lintel parse`.
struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: "Parse a Rego file and write its syntax tree as OPA's JSON.")

    @Flag(name: .customLong("v0-compatible"), help: "Read the module as Rego v0.")
    var isV0 = false

    @Flag(name: .customLong("locations"), help: "Include the place of every node.")
    var locations = false

    @Argument(help: ArgumentHelp("The file.", valueName: "file"))
    var path: String

    func run() throws {
        let bytes: [UInt8]
        do { bytes = try FileSystem.read(path) } catch {
            Console.fail("cannot read \(path): \(error.reason)")
            throw ExitCode(1)
        }
        let file = SourceFile(path: path, bytes: bytes)
        let version: RegoVersion = isV0 ? .v0 : .v1
        let (module, found) = Parser.parseModule(file, version: version)
        let problems = NotRego.problem(of: file, found).map { [$0] } ?? V0Hint.added(to: found, of: file, version: version)
        Console.show(problems, colour: .auto)
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        Console.print(SyntaxText.pretty(ASTJSON.json(of: module, includingLocations: locations)) + "\n")
    }
}
