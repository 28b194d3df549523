import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import RegoSyntax

/// `lintel inspect`: what a bundle or a folder of policies holds.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show the packages, rules, annotations and signatures of policies.",
        discussion: """
            Signatures are checked when --verification-key is given, and shown unchecked otherwise.
            Exit codes: 0 shown; 2 something cannot be read, or a signature is not the key's.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @OptionGroup var verification: VerificationOptions

    @Flag(name: [.customShort("a"), .customLong("annotations")], help: "List the annotations too.")
    var listsAnnotations = false

    @Flag(name: .customLong("v0-compatible"), help: "Read modules as Rego v0.")
    var isV0 = false

    @Option(name: .shortAndLong, help: "How it is written.")
    var format: Format = .pretty

    @Argument(help: ArgumentHelp("A bundle (.tar.gz), a folder or a Rego file.", valueName: "path"))
    var path: String

    func run() throws {
        let inspection = BundleInspection(path, with: try verification.loader(isV0 ? .v0 : .v1))
        Console.show(inspection.problems, colour: .auto)
        guard !inspection.problems.contains(where: { $0.severity == .error }) else { throw ExitCode(2) }
        let text = InspectionText(inspection, listsAnnotations: listsAnnotations)
        Console.print(format == .json ? text.json : text.pretty)
    }
}
