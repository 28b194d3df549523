import ArgumentParser
import Diagnostics
import Documents

/// Flags given as environment variables: `LINTEL_FAIL_ON=warning` stands for `--fail-on warning`. A flag on the command
/// line wins; a variable wins over `lintel.yaml`.
struct EnvironmentArguments {
    /// A variable that does not fit its flag.
    struct Problem: Error {
        var message: String
    }

    /// An option or flag of a command, as the command line describes it.
    private struct Parameter {
        var long: String
        var short: Character?
        var takesValue: Bool
        var isRepeating: Bool

        var variable: String { "LINTEL_" + String(long.uppercased().map { $0 == "-" ? "_" : $0 }) }

        init?(_ argument: Value) {
            let names = argument.field("names")
            guard names.kind == .array, argument.field("kind").stringValue != "positional" else { return nil }
            var long: String?
            for name in names.elements {
                guard let text = name.field("name").stringValue else { continue }
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

        /// Whether the command line has it.
        func isGiven(in arguments: some Sequence<String>) -> Bool {
            for argument in arguments {
                if argument == "--" { return false }
                if argument == "--\(long)" || argument.hasPrefix("--\(long)=") { return true }
                if let short, !argument.hasPrefix("--"), argument.hasPrefix("-") {
                    if takesValue ? argument.dropFirst().first == short : argument.dropFirst().contains(short) { return true }
                }
            }
            return false
        }

        /// What a variable's text stands for; several values are separated by commas.
        func arguments(for text: String) throws(Problem) -> [String] {
            if takesValue {
                let values = isRepeating ? text.split(separator: ",").map(String.init) : [text]
                return values.map { "--\(long)=\($0)" }
            }
            switch text.lowercased() {
            case "1", "true", "yes", "on": return ["--\(long)"]
            case "0", "false", "no", "off": return []
            default: throw Problem(message: "\(variable) is \"\(text)\"; true or false is expected")
            }
        }
    }

    /// The arguments together with those that the environment adds for the command they name.
    static func completed(
        _ arguments: [String], variables: [String: String], of root: any ParsableCommand.Type
    ) throws(Problem) -> [String] {
        if variables.isEmpty { return arguments }
        var command = root
        var depth = 0
        while depth < arguments.count, let next = command.configuration.subcommands.first(where: { $0._commandName == arguments[depth] }) {
            command = next
            depth += 1
        }
        command = command.configuration.defaultSubcommand ?? command
        let description = SourceFile(path: "command", text: command._dumpHelp())
        guard let document = try? JSONReader.read(description) else { return arguments }
        defer { withExtendedLifetime(document) {} }
        let list = document.root.field("command").field("arguments")
        guard list.kind == .array else { return arguments }
        let given = arguments[depth...]
        var added: [String] = []
        for parameter in list.elements.compactMap(Parameter.init) {
            guard let text = variables[parameter.variable], !parameter.isGiven(in: given) else { continue }
            added += try parameter.arguments(for: text)
        }
        return arguments[..<depth] + added + given
    }
}
