import ArgumentParser
import Inputs

/// Words that stand where the name of a command is expected and are none.
enum UnknownCommand {
    /// What to tell about such a word, with what was probably meant; nil when all is well.
    static func problem(in arguments: [String], of root: any ParsableCommand.Type) -> String? {
        let asksForHelp = arguments.first == "help"
        let arguments = asksForHelp ? arguments.dropFirst() : arguments[...]
        let command = CommandDescription(arguments, of: root)
        let subcommands = command.type.configuration.subcommands
        guard !subcommands.isEmpty, let word = arguments.dropFirst(command.words.count).first, !word.hasPrefix("-") else {
            return nil
        }
        if command.words.isEmpty, word == "help" { return nil }
        let names = subcommands.map { $0._commandName }
        let nearest = Suggestion.nearest(to: word, among: names)
        // What follows a command that has a default may be an argument of that.
        if command.type.configuration.defaultSubcommand != nil, nearest == nil, !asksForHelp { return nil }
        let program = ([Lintel.name] + command.words).joined(separator: " ")
        var text = "there is no command \"\(program) \(word)\""
        if let nearest {
            text += "; did you mean \"\(program) \(nearest)\"?"
        } else if command.words.isEmpty, (try? FileSystem.status(of: word)) != nil {
            text += "; to check \(word), say \"\(program) \(CheckCommand._commandName) \(word)\""
        } else {
            text += "; there are \(names.joined(separator: ", "))"
        }
        return text + "\nSee '\(program) --help' for more information."
    }
}
