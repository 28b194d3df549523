import ArgumentParser
import Compliance
import Inputs

/// `lintel compliance verify`: an evidence folder, byte for byte.
struct ComplianceVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compliance-verify", abstract: "Check a folder that `lintel compliance --evidence` wrote.",
        usage: "lintel compliance verify [--public-key <file>] [--inputs] <folder>",
        discussion: "Exit codes: 0 all is as it was written, 1 something was changed, 2 the folder cannot be read.",
        shouldDisplay: false)

    /// `compliance verify` stands where `compliance` takes paths, so it is another command by name.
    static func joined(_ arguments: [String]) -> [String] {
        let start = arguments.first == "help" ? 1 : 0
        guard arguments.dropFirst(start).starts(with: ["compliance", "verify"]) else { return arguments }
        return arguments.prefix(start) + ["compliance-verify"] + arguments.dropFirst(start + 2)
    }

    @Argument(help: ArgumentHelp("The folder.", valueName: "folder"))
    var folder: String

    @Option(
        help: ArgumentHelp("The signer's public key in PEM form; without it the key in the folder is used.", valueName: "file"))
    var publicKey: String?

    @Flag(help: "Also compare the inputs, as they are now, with their digests.")
    var inputs = false

    func run() throws {
        let names: [String], key: String?
        do throws(FileError) {
            names = try FileSystem.names(in: folder)
            if let publicKey { key = String(decoding: try FileSystem.read(publicKey), as: UTF8.self) } else { key = nil }
        } catch {
            Console.fail("cannot read \(error.path): \(error.reason)")
            throw ExitCode(2)
        }
        let result = EvidencePackage.verify(
            names: names, key: key, read: { try? FileSystem.read(folder + "/" + $0) },
            readInput: inputs ? { try? FileSystem.read($0) } : nil)
        for problem in result.problems + result.changedInputs { Console.printError("error: \(problem)\n") }
        if !result.problems.isEmpty || !result.changedInputs.isEmpty { throw ExitCode(1) }
        let signature =
            switch result.signature {
            case .trusted: "signed with the given key"
            case .enclosedKey: "signed with the key in the folder; give --public-key to know whose it is"
            case nil: "not signed"
            }
        Console.print("\(result.intact) files are as they were written, \(signature)\n")
    }
}
