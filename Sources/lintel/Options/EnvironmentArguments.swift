import ArgumentParser
import Inputs

/// Flags given as environment variables: `LINTEL_FAIL_ON=warning` stands for `--fail-on warning`. A flag on the command
/// line wins; a variable wins over `lintel.yaml`.
struct EnvironmentArguments {
    /// A variable that does not fit its flag, or is called almost like one.
    struct Problem: Error {
        var message: String
    }

    /// The arguments together with those that the environment adds for the command they name.
    private(set) var arguments: [String]
    /// The options that the environment gave, with what each variable holds.
    private(set) var added: [(parameter: CommandParameter, text: String)] = []
    /// Variables that no command knows and that are called like none.
    private(set) var unknown: [String] = []

    /// - Throws: `Problem` for a value that a flag cannot have and for a misspelt name.
    init(_ arguments: [String], variables: [String: String], of root: any ParsableCommand.Type) throws(Problem) {
        self.arguments = arguments
        let variables = variables.filter { !Self.isForeign($0.key) }
        if variables.isEmpty || Self.asksForHelp(arguments) { return }
        let command = CommandDescription(arguments, of: root)
        let given = arguments.dropFirst(command.words.count)
        var own: [String] = [], unclaimed = Set(variables.keys)
        for parameter in command.parameters {
            guard let text = variables[parameter.variable] else { continue }
            unclaimed.remove(parameter.variable)
            guard parameter.values(in: given).isEmpty else { continue }
            own += try Self.arguments(for: parameter, text)
            added.append((parameter, text))
        }
        self.arguments = command.words + own + given
        if unclaimed.isEmpty { return }
        unknown = try Self.unknown(unclaimed.sorted(), of: root)
    }

    private static func asksForHelp(_ arguments: [String]) -> Bool {
        guard let first = arguments.first else { return true }
        return ["help", "--version", "version", "completions"].contains(first)
            || arguments.contains { $0 == "--help" || $0 == "-h" }
    }

    /// What a variable's text stands for; several values are separated by commas.
    private static func arguments(for parameter: CommandParameter, _ text: String) throws(Problem) -> [String] {
        if parameter.takesValue {
            let values = parameter.isRepeating ? text.split(separator: ",").map(String.init) : [text]
            return values.map { "--\(parameter.long)=\($0)" }
        }
        switch text.lowercased() {
        case "1", "true", "yes", "on": return ["--\(parameter.long)"]
        case "0", "false", "no", "off": return []
        default: throw Problem(message: "\(parameter.variable) is \"\(text)\"; true or false is expected")
        }
    }

    /// The names that no command knows; one that is almost a known name was meant to be it.
    private static func unknown(_ names: [String], of root: any ParsableCommand.Type) throws(Problem) -> [String] {
        let known = Set(CommandParameter.all(in: root._dumpHelp()).map(\.variable))
        let words = known.map { String($0.dropFirst(CommandParameter.prefix.count)) }.sorted()
        let unknown = names.filter { !known.contains($0) }
        for name in unknown {
            guard let word = Suggestion.nearest(to: String(name.dropFirst(CommandParameter.prefix.count)), among: words) else {
                continue
            }
            throw Problem(
                message:
                    "the environment variable \(name) stands for no flag; did you mean \"\(CommandParameter.prefix)\(word)\"?")
        }
        return unknown
    }

    /// Variables that others set: the project's own builds and tests, scripts that install a version, and Kubernetes for
    /// Services called `lintel` or `lintel-…` (`LINTEL_PORT`, `LINTEL_SERVICE_HOST`, `LINTEL_WEBHOOK_PORT_443_TCP_ADDR`).
    static func isForeign(_ name: String) -> Bool {
        if ["LINTEL_CONFORMANCE", "LINTEL_POLICY_PROGRAM", "LINTEL_VERSION"].contains(name) || name.hasPrefix("LINTEL_FUZZ_") {
            return true
        }
        let parts = name.split(separator: "_", omittingEmptySubsequences: false).dropFirst()
        for index in parts.indices where parts[index] == "SERVICE" || parts[index] == "PORT" {
            let rest = parts[(index + 1)...]
            if parts[index] == "SERVICE", rest.first == "HOST" && rest.count == 1 || rest.first == "PORT" { return true }
            if parts[index] == "PORT", isLink(Array(rest)) { return true }
        }
        return false
    }

    /// What follows `PORT` in the names of Docker links: nothing, or `443_TCP` and one of three words.
    private static func isLink(_ parts: [Substring]) -> Bool {
        if parts.isEmpty { return true }
        guard parts.count == 2 || parts.count == 3, Int(parts[0]) != nil, ["TCP", "UDP", "SCTP"].contains(parts[1]) else {
            return false
        }
        return parts.count == 2 || ["PROTO", "PORT", "ADDR"].contains(parts[2])
    }
}

extension EnvironmentArguments {
    /// Says of an error about arguments that a variable is behind it: one whose flag or value the message names, or else
    /// which variables were used. Nil when none was.
    func origin(of message: String) -> String? {
        let named = added.filter { entry in
            Self.mentions(message, flag: "--\(entry.parameter.long)") || message.contains("'\(entry.text)'")
                || message.contains("\"\(entry.text)\"")
        }
        if let first = named.first { return "the value is that of the environment variable \(first.parameter.variable)" }
        if added.isEmpty { return nil }
        return "the environment adds \(added.map(\.parameter.variable).joined(separator: ", "))"
    }

    private static func mentions(_ message: String, flag: String) -> Bool {
        message.ranges(of: flag).contains { range in
            guard range.upperBound < message.endIndex else { return true }
            let next = message[range.upperBound]
            return !next.isLetter && !next.isNumber && next != "-"
        }
    }
}
