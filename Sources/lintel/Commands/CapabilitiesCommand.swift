import ArgumentParser
import Authoring
import Catalogue
import RegoRuntime

/// `lintel capabilities`.
struct CapabilitiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capabilities", abstract: "Write the builtins and features of this engine as OPA's capabilities JSON.",
        discussion: "The language and its builtins are those of OPA \(CapabilitiesFile.version).")

    func run() throws { Console.print(CapabilitiesText.json(PolicyBuiltins.table)) }
}
