import ArgumentParser
import Inputs

/// Options that a command does not have. They are told before anything else that is wrong: what they stand for is
/// often what is missing.
enum UnknownOption {
    /// What to tell about the first of them, with what was probably meant; nil when the command knows all.
    static func problem(in arguments: [String], of root: any ParsableCommand.Type) -> String? {
        let command = CommandDescription(arguments, of: root)
        let names = command.optionNames
        let given = arguments.dropFirst(command.words.count).prefix { $0 != "--" }
        for argument in given where argument.hasPrefix("-") && argument != "-" && !isNumber(argument) {
            let isLong = argument.hasPrefix("--")
            let name = String(argument.drop { $0 == "-" }.prefix { $0 != "=" })
            // Letters may be joined, and joined with values.
            if !isLong, name.count != 1 { continue }
            if names.contains(name) || isLong && ["help-hidden", "generate-completion-script"].contains(name) { continue }
            return "Unknown option '\(isLong ? "--" : "-")\(name)'\(meant(name, command, names))"
        }
        return nil
    }

    private static func isNumber(_ argument: String) -> Bool { Double(argument) != nil }

    private static func meant(_ name: String, _ command: CommandDescription, _ names: Set<String>) -> String {
        let long = names.filter { $0.count > 1 }.sorted()
        if let other = others.first(where: { $0.words.contains(name) && names.contains($0.option) }) {
            return ". Did you mean '--\(other.option)'?"
        }
        if name.count > 1, let nearest = Suggestion.nearest(to: name, among: long) { return ". Did you mean '--\(nearest)'?" }
        if ["f", "filename", "file", "files", "R", "recursive", "dir", "path"].contains(name), command.takesPaths {
            return ". Files and folders are given without an option."
        }
        if ["param", "params", "parameter", "parameters"].contains(name), names.contains("config") {
            return ". Parameters of policies are set in lintel.yaml, under parameters:."
        }
        return ""
    }

    /// What other tools, and people, call our options.
    private static let others: [(option: String, words: Set<String>)] = [
        ("listen", ["port", "address", "addr", "bind", "bind-address", "host"]),
        ("fail-on", ["severity", "level", "min-severity", "severity-threshold", "fail-level", "fail-on-warn"]),
        ("format", ["fmt", "output-format", "out-format", "reporter", "type"]), ("output", ["out", "output-file", "outfile", "O"]),
        ("policy", ["rego", "policies", "policy-dir", "p"]), ("data", ["rego", "policies", "bundle-path"]),
        ("kubernetes-version", ["k8s-version", "kube-version", "k8s", "target-version"]),
        ("tls-cert", ["cert", "certificate", "tls-cert-file", "tls-crt"]), ("tls-key", ["key", "tls-private-key-file"]),
        ("insecure-http", ["plain-http", "http", "no-tls", "insecure"]),
        ("skip", ["exclude-policy", "skip-policy", "skip-rule", "exclude-rule", "ignore-rule", "skip-check"]),
        ("only", ["rule", "check", "policy-id", "include-policy"]), ("exclude", ["ignore", "skip-path", "exclude-path"]),
        ("jobs", ["threads", "parallel", "concurrency", "workers"]), ("color", ["colour", "colors", "no-color"]),
        ("values", ["f", "value-file"]), ("profile", ["profiles", "preset", "standard"]), ("config", ["c", "conf", "settings"]),
        ("write", ["fix", "in-place", "i", "overwrite"]), ("since", ["diff", "changed"]), ("framework", ["standard"]),
    ]
}

extension CommandDescription {
    /// The names of all options and flags of the command that will run, long and short.
    fileprivate var optionNames: Set<String> {
        var names: Set<String> = ["help", "h", "version"]
        for parameter in CommandParameter.all(in: (type.configuration.defaultSubcommand ?? type)._dumpHelp()) {
            names.formUnion(parameter.names)
        }
        return names
    }

    fileprivate var takesPaths: Bool {
        (type.configuration.defaultSubcommand ?? type).helpMessage().contains("[<path> ...]")
    }
}
