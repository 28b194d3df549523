import ArgumentParser
import Diagnostics
import Documents

/// The command that the first arguments name, and what can be said to it.
struct CommandDescription {
    let type: any ParsableCommand.Type
    /// The words that lead to it, without the program's name.
    let words: [String]

    /// Follows the names of commands as far as they are names.
    init(_ arguments: some Sequence<String>, of root: any ParsableCommand.Type) {
        var (type, words) = (root, [String]())
        for word in arguments {
            guard let next = type.configuration.subcommands.first(where: { $0.answers(to: word) }) else { break }
            type = next
            words.append(word)
        }
        self.type = type
        self.words = words
    }

    /// The options and flags of the command that will run.
    var parameters: [CommandParameter] {
        CommandParameter.all(in: (type.configuration.defaultSubcommand ?? type)._dumpHelp())
    }
}

extension ParsableCommand {
    /// Whether a word of the command line means this command.
    static func answers(to word: String) -> Bool { _commandName == word || configuration.aliases.contains(word) }
}

/// An option or flag of a command, as the command line describes it.
struct CommandParameter {
    var long: String
    /// All its names without dashes: the long one, its inversion, the short one.
    var names: [String] = []
    var short: Character?
    var takesValue: Bool
    var isRepeating: Bool

    var variable: String { Self.prefix + String(long.uppercased().map { $0 == "-" ? "_" : $0 }) }

    static let prefix = "LINTEL_"

    private init?(_ argument: Value) {
        let names = argument.field("names")
        guard names.kind == .array, argument.field("kind").stringValue != "positional" else { return nil }
        var long: String?
        for name in names.elements {
            guard let text = name.field("name").stringValue else { continue }
            self.names.append(text)
            switch name.field("kind").stringValue {
            case "long": long = long ?? text
            case "short": short = text.first
            default: break
            }
        }
        guard let long, long != "help", long != "version" else { return nil }
        self.long = long
        takesValue = argument.field("kind").stringValue == "option"
        isRepeating = argument.field("isRepeating").isTrue
    }

    /// The options of a described command and of the commands below it.
    static func all(in description: String) -> [CommandParameter] {
        guard let document = try? JSONReader.read(SourceFile(path: "command", text: description)) else { return [] }
        defer { withExtendedLifetime(document) {} }
        return all(of: document.root.field("command"))
    }

    private static func all(of command: Value) -> [CommandParameter] {
        let own = command.field("arguments"), below = command.field("subcommands")
        return (own.kind == .array ? own.elements.compactMap(CommandParameter.init) : [])
            + (below.kind == .array ? below.elements.flatMap(all) : [])
    }

    /// What the command line gives for it, in order; nothing for a flag that is written.
    func values(in arguments: some Sequence<String>) -> [String?] {
        var values: [String?] = [], awaitsValue = false
        for argument in arguments {
            if awaitsValue {
                values[values.count - 1] = argument
                awaitsValue = false
                continue
            }
            if argument == "--" { break }
            if argument == "--\(long)" {
                values.append(nil)
                awaitsValue = takesValue
            } else if argument.hasPrefix("--\(long)=") {
                values.append(String(argument.dropFirst(long.count + 3)))
            } else if let short, !argument.hasPrefix("--"), argument.hasPrefix("-") {
                let letters = argument.dropFirst()
                if !takesValue {
                    if letters.contains(short) { values.append(nil) }
                } else if letters.first == short {
                    let rest = letters.dropFirst()
                    values.append(rest.isEmpty ? nil : String(rest.first == "=" ? rest.dropFirst() : rest))
                    awaitsValue = rest.isEmpty
                }
            }
        }
        return values
    }
}
