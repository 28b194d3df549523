import ArgumentParser
import Catalogue
import Diagnostics
import Documents
import Inputs
import NodeFacts

/// `lintel node-facts`: what this machine shows of its Kubernetes files and processes.
struct NodeFactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node-facts",
        abstract: "Collect modes, owners, flags and configuration of this machine as evidence.",
        discussion: """
            Reads only, changes nothing, needs root only for what is closed to others, and lists under `unreadable` what \
            it could not see. Give the result to `lintel compliance --node-facts`.
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("Write the facts to a file.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Look at the file system mounted here instead of /.", valueName: "folder"))
    var root: String?

    func validate() throws {
        if let output, ["json", "yaml", "text"].contains(output.lowercased()) {
            throw ValidationError(
                "-o takes the name of a file; facts are always JSON. For a file called \(output), say -o ./\(output).")
        }
    }

    func run() throws {
        let facts = NodeFacts.collect(root: root.map { FilePath.normalized($0) } ?? "")
        let document = facts.document(collectedAt: Console.timestamp, parse: Self.parse)
        let text = withExtendedLifetime(document) { JSONWriter.string(document.root, style: .pretty) + "\n" }
        for gap in facts.unreadable { Console.printError("note: \(DisplayText.escaped(gap.path)): \(gap.error)\n") }
        guard let output else { return Console.print(text) }
        do { try FileSystem.write(Array(text.utf8), to: output) } catch {
            Console.fail("cannot write \(error.path): \(error.reason)")
            throw ExitCode(2)
        }
    }

    /// The first document of a configuration file.
    private static func parse(_ configuration: NodeFacts.Configuration, arena: Arena) -> Value? {
        let stream = YAMLReader().read(SourceFile(path: configuration.path, bytes: configuration.bytes))
        guard !stream.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
        return stream.documents.first.map { document in withExtendedLifetime(document) { arena.copy(document.root) } }
    }
}
