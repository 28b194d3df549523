/// What can be said to the shell beside Rego, by OPA's names.
enum ShellCommand: String, CaseIterable {
    case show, unset
    case unsetPackage = "unset-package"
    case json, pretty
    case prettyLimit = "pretty-limit"
    case trace, notes, fails, metrics, profile, types, unknown
    case strictErrors = "strict-builtin-errors"
    case dump, help, exit

    /// The command of a line with its arguments; nil for Rego. A colon may stand before it.
    static func read(_ line: String) -> (command: ShellCommand, arguments: [String])? {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard var name = words.first else { return nil }
        if name.hasPrefix(":") { name.removeFirst() }
        // A rule may have the name of a command.
        if words.count > 1, [":=", "=", "==", "if", "contains", "in"].contains(words[1]) { return nil }
        return ShellCommand(rawValue: name.lowercased()).map { ($0, Array(words.dropFirst())) }
    }

    private var arguments: String {
        switch self {
        case .show: "[debug]"
        case .unset: "RULE"
        case .unsetPackage: "PACKAGE"
        case .prettyLimit: "LENGTH"
        case .trace: "[MODE]"
        case .unknown: "[PATH …]"
        case .dump: "[FILE]"
        case .help: "[TOPIC]"
        default: ""
        }
    }

    private var purpose: String {
        switch self {
        case .show: "the rules of the package, or the settings"
        case .unset: "forget a rule of the package"
        case .unsetPackage: "forget what was entered into a package"
        case .json: "write answers as JSON"
        case .pretty: "write answers for people"
        case .prettyLimit: "cut values in tables after this length; 0 for never"
        case .trace: "tell what is evaluated: full, notes, fails, debug or off"
        case .notes: "the same as trace notes"
        case .fails: "the same as trace fails"
        case .metrics: "tell how long answers took"
        case .profile: "tell how long each expression took"
        case .types: "tell the types of variables and expressions"
        case .unknown: "leave these documents open and show what is left; none ends that"
        case .strictErrors: "end evaluations with the first error of a builtin"
        case .dump: "write the base documents as JSON"
        case .help: "this, or one of: input, partial"
        case .exit: "leave, as Ctrl+D does"
        }
    }

    static var overview: String {
        let rows =
            [
                ("STATEMENT", "evaluate a query, or define a rule"), ("package PATH", "go over to a package"),
                ("import PATH", "name a document in the package"),
            ] + allCases.map { ($0.arguments.isEmpty ? $0.rawValue : "\($0.rawValue) \($0.arguments)", $0.purpose) }
        let width = rows.map(\.0.count).max() ?? 0
        let lines = rows.map { "  \($0)\(String(repeating: " ", count: width - $0.count))  \($1)\n" }.joined()
        return """
            Try data, or input, or x := 1.

            \(lines)
            A statement that is not complete goes on in the next line; an empty line ends it. Commands that switch
            something on switch it off again. The tabulator completes names, the arrows lead through earlier lines.

            """
    }

    static func help(about topic: String) -> String? {
        switch topic {
        case "input":
            """
            input is what --input names. Data at data.repl.input stand in for it, and so do rules:

              > package repl.input
              > method := "GET"
              > package repl
              > input.method
              "GET"

            """
        case "partial":
            """
            After unknown, queries are evaluated as far as they go without the named documents:

              > methods := ["GET", "HEAD"]
              > unknown input
              > input.method == methods[_]
              > unknown

            """
        default: nil
        }
    }
}
