import ArgumentParser
import Authoring
import Diagnostics

extension ExpandedObjects.Format: ExpressibleByArgument {}

/// `lintel expand`: what ExpansionTemplates make.
struct ExpandCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expand", abstract: "Print the objects that Gatekeeper's ExpansionTemplates make of others.",
        discussion: """
            Reads ExpansionTemplates and objects, such as a Deployment, and prints what the templates make of them, such \
            as its Pod, changed by the mutators among the files.
            Exit codes: 0 done; 1 a file or template is not in order.
            """)

    @Option(
        name: [.customShort("f"), .customLong("filename")],
        help: ArgumentHelp("A file or folder; repeatable, and the same as an argument.", valueName: "path"))
    var files: [String] = []

    @Option(help: "How objects are written.")
    var format: ExpandedObjects.Format = .yaml

    @Argument(help: ArgumentHelp("Files and folders with templates and objects, or - for standard input.", valueName: "path"))
    var paths: [String] = []

    func validate() throws {
        if files.isEmpty, paths.isEmpty { throw ValidationError("Name files or folders with templates and objects.") }
    }

    func run() throws {
        let objects = ExpandedObjects(files + paths)
        Console.show(objects.problems, colour: .auto)
        Console.print(objects.text(format))
        if objects.problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        if objects.count == 0 { Console.fail("no ExpansionTemplate is about an object among the files") }
    }
}
