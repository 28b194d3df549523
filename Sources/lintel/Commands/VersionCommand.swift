import ArgumentParser
import Catalogue
import Text

/// `lintel version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version and the policies it carries.")

    func run() throws {
        let set = try PolicyChoice().load().set
        Console.print("\("lintel \(BuildVersion.number)")\n")
        Console.print("policy library \(set.library.packed.digest), \(set.library.policies.count) policies\n")
    }
}
