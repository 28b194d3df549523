import ArgumentParser
import Inputs

/// Options that a command does not have. When a command line is wrong they are told before anything else: what they stand
/// for is often what is missing.
enum UnknownOption {
    /// What to tell about the first of them, with what was probably meant; nil when the command knows all.
    static func problem(in arguments: [String], of root: any ParsableCommand.Type) -> String? {
        let command = CommandDescription(arguments, of: root)
        let parameters = command.allParameters
        let names = parameters.reduce(into: Set(["help", "h", "version"])) { $0.formUnion($1.names) }
        // The option before, when its value is the next argument.
        var awaiting: String?
        for argument in arguments.dropFirst(command.words.count) {
            if argument == "--" { break }
            let waiting = awaiting
            awaiting = nil
            // As with Helm, any text is a value of these.
            if let waiting, names.contains("set-literal"), HelmOption.takesAnything.contains(waiting) { continue }
            guard argument.hasPrefix("-"), argument != "-" else { continue }
            let isLong = argument.hasPrefix("--")
            let name = String(argument.drop { $0 == "-" }.prefix { $0 != "=" })
            if isLong ? names.contains(name) || hidden.contains(name) : mayBeShort(name, names) {
                let parameter = parameters.first { $0.names.contains(name) }
                if parameter?.takesValue == true, !argument.contains("=") { awaiting = argument }
                continue
            }
            let asWritten = String(argument.prefix { $0 != "=" })
            let meaning = meant(name, command, names, arguments)
            // A name that resembles one of the options is a slip rather than a value.
            if let waiting, !isLong || meaning.isEmpty {
                return "Missing value for '\(waiting)'; a value that begins with a dash is written '\(waiting)=\(argument)'"
            }
            if name.first?.isNumber == true || name.first == "." {
                return "'\(argument)' is read as an option; an argument that begins with a dash stands after '--'"
            }
            return "Unknown option '\(asWritten)'\(meaning)"
        }
        return nil
    }

    /// Options of the argument parser itself.
    private static let hidden: Set<String> = ["help-hidden", "generate-completion-script"]

    /// Whether a word after one dash is a short option, or letters that the parser takes apart: several of them, or one
    /// with its value. A long name after one dash is a slip.
    private static func mayBeShort(_ name: String, _ names: Set<String>) -> Bool {
        name.count == 1 ? names.contains(name) : !names.contains(name) && name.first.map { names.contains(String($0)) } == true
    }

    private static func meant(
        _ name: String, _ command: CommandDescription, _ names: Set<String>, _ arguments: [String]
    ) -> String {
        if names.contains(name), name.count > 1 { return ". Did you mean '--\(name)'?" }
        if command.words.isEmpty, let owner = owner(of: name, in: arguments) {
            return ". Options stand after the command: '\(Lintel.name) \(owner) --\(name)'."
        }
        if let advice = advice(name, command, names) { return ". \(advice)" }
        if let option = others.first(where: { $0.words.contains(name) && names.contains($0.option) })?.option {
            return ". Did you mean '--\(option)'?"
        }
        let long = names.filter { $0.count > 1 }.sorted()
        guard name.count > 1, let nearest = Suggestion.nearest(to: name, among: long) else { return "" }
        return ". Did you mean '--\(nearest)'?"
    }

    /// The command that is named after an option that it has.
    private static func owner(of name: String, in arguments: [String]) -> String? {
        for index in arguments.indices.dropFirst() {
            let command = CommandDescription(arguments[index...], of: Lintel.self)
            guard !command.words.isEmpty else { continue }
            return command.allParameters.contains { $0.names.contains(name) } ? command.words.joined(separator: " ") : nil
        }
        return nil
    }

    /// Where what people ask for is no option here.
    private static func advice(_ name: String, _ command: CommandDescription, _ names: Set<String>) -> String? {
        if command.words == [TemplateCommand._commandName], let advice = HelmOption.advice(name) { return advice }
        switch name {
        case "f", "filename", "file", "files", "R", "recursive", "dir", "path":
            guard command.takesPaths else { return nil }
            let paths = "Files and folders are given without an option"
            return names.contains("values") ? "\(paths); files of values for charts are given with '--values'." : "\(paths)."
        case "param", "params", "parameter", "parameters":
            return names.contains("config") ? "Parameters of policies are set in lintel.yaml, under 'parameters:'." : nil
        case "fix", "autofix":
            return command.words == [CheckCommand._commandName]
                ? "'\(Lintel.name) \(FixCommand._commandName)' remedies violations." : nil
        case "dry-run", "n":
            return names.contains("write") ? "Nothing is changed without '--write'." : nil
        case "allow-remote":
            return "Nothing is fetched: put copies of remote bases and charts into the repository, with 'kustomize localize' or "
                + "'helm pull'; what is remote is told with its place, and the rest is checked."
        case "no-color", "no-colour": return names.contains("color") ? "Did you mean '--color never'?" : nil
        default: return nil
        }
    }

    /// What other tools, and people, call our options.
    private static let others: [(option: String, words: Set<String>)] = [
        ("listen", ["port", "address", "addr", "bind", "bind-address", "host"]),
        ("fail-on", ["severity", "level", "min-severity", "severity-threshold", "fail-level", "fail-on-warn"]),
        ("format", ["fmt", "output-format", "out-format", "reporter", "type"]),
        ("output", ["out", "output-file", "outfile", "O"]),
        ("policy", ["rego", "policies", "policy-dir", "p"]), ("data", ["rego", "policies", "bundle-path"]),
        ("kubernetes-version", ["k8s-version", "kube-version", "k8s", "target-version"]),
        ("tls-cert", ["cert", "certificate", "tls-cert-file", "tls-crt"]), ("tls-key", ["key", "tls-private-key-file"]),
        ("insecure-http", ["plain-http", "http", "no-tls", "insecure"]),
        ("skip", ["exclude-policy", "skip-policy", "skip-rule", "exclude-rule", "ignore-rule", "skip-check"]),
        ("only", ["rule", "check", "policy-id", "include-policy"]), ("exclude", ["ignore", "skip-path", "exclude-path"]),
        ("jobs", ["threads", "parallel", "concurrency", "workers"]), ("color", ["colour", "colors"]),
        ("values", ["value-file"]), ("profile", ["profiles", "preset", "standard"]), ("config", ["c", "conf", "settings"]),
        ("write", ["fix", "in-place", "i", "overwrite"]), ("since", ["diff", "changed"]), ("framework", ["standard"]),
    ]
}

extension CommandDescription {
    /// The options and flags of the command that will run, and of no command below it.
    fileprivate var allParameters: [CommandParameter] { words.isEmpty ? [] : parameters }

    fileprivate var takesPaths: Bool {
        (type.configuration.defaultSubcommand ?? type).helpMessage().contains("<path>")
    }
}
