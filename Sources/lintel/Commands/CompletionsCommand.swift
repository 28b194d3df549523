import ArgumentParser

/// `lintel completions SHELL`.
struct CompletionsCommand: ParsableCommand {
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print a completion script for a shell.",
        discussion: "For bash: source <(lintel completions bash)")

    @Argument(help: "The shell.")
    var shell: Shell

    func run() throws {
        Console.print(Lintel.completionScript(for: CompletionShell(rawValue: shell.rawValue) ?? .bash) + "\n")
    }
}
