import ArgumentParser
import Catalogue
import Diagnostics
import Inputs
import Reports

/// `lintel policies`.
struct PoliciesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policies", abstract: "List and explain policies.",
        subcommands: [List.self, Show.self, Docs.self], defaultSubcommand: List.self)
}

/// How lists are printed.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

extension PoliciesCommand {
    /// `lintel policies list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List policies: of a profile when one is given, else all.")

        @OptionGroup var options: PolicyOptions

        @Option(help: "How the list is written.")
        var format: ListFormat = .text

        func run() throws {
            var setup = try options.load()
            Console.show(setup.problems, colour: .auto)
            if options.profiles.isEmpty { setup.selection.profiles = ["all"] }
            let policies = setup.selection.policies(among: setup.set.all)
            switch format {
            case .text: Console.print(PolicyList.text(policies))
            case .json: Console.print(PolicyList.json(policies, configuration: setup.configuration))
            }
            if setup.problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        }
    }

    /// `lintel policies show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one policy: why, how to fix it, parameters and their values.")

        @Argument(help: ArgumentHelp("Id, name or alias.", valueName: "policy"))
        var name: String

        @OptionGroup var options: PolicyOptions

        @Option(help: "How the policy is written.")
        var format: ListFormat = .text

        @Flag(help: "Print the Rego source.")
        var source = false

        func run() throws {
            let setup = try options.load()
            Console.show(setup.problems, colour: .auto)
            guard let policy = setup.set.all.first(where: { $0.answers(to: name) }) else {
                let names = setup.set.all.flatMap { [$0.id, $0.slug] + $0.aliases }
                throw ValidationError("There is no policy \"\(name)\"\(Suggestion.text(for: name, among: names))")
            }
            if source, let file = setup.set.library.source(of: policy) {
                Console.print(file.text(in: 0..<file.bytes.count))
            } else if format == .json {
                Console.print(PolicyList.json([policy], configuration: setup.configuration))
            } else {
                Console.print(PolicyCard(policy, configuration: setup.configuration).text)
            }
            if setup.problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        }
    }

    /// `lintel policies docs`.
    struct Docs: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "docs", abstract: "Write one page for each built-in policy.")

        @Option(name: .shortAndLong, help: ArgumentHelp("The folder for the pages.", valueName: "folder"))
        var output = "docs/policies"

        @Option(
            help: ArgumentHelp("The list of checks of other tools, for known-checks.md beside the folder.", valueName: "file"))
        var knownChecks: String?

        func run() throws {
            let library = try PolicyChoice().load().set.library
            for page in PolicyPages(library: library).pages {
                try Console.write(page.text, toFile: FilePath.join(output, page.name))
            }
            guard let knownChecks else { return }
            do throws(FileError) {
                let page = KnownChecksPage(
                    SourceFile(path: knownChecks, bytes: try FileSystem.read(knownChecks)), library: library)
                try FileSystem.write(Array(page.text.utf8), to: FilePath.join(FilePath.folder(of: output), "known-checks.md"))
            } catch {
                Console.fail("\(error.path): \(error.reason)")
                throw ExitCode(2)
            }
        }
    }
}
