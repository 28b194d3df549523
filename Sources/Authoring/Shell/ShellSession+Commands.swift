import Diagnostics
import Documents
import Inputs
import Rego
import RegoRuntime
import RegoSyntax

extension ShellSession {
    mutating func obey(_ command: ShellCommand, _ arguments: [String]) -> Answer {
        switch command {
        case .exit: return Answer(isEnd: true)
        case .json: format = .json
        case .pretty: format = .pretty
        case .metrics: showsMetrics.toggle()
        case .types: showsTypes.toggle()
        case .strictErrors: isStrict.toggle()
        case .profile:
            profiles.toggle()
            if profiles { level = .off }
        case .notes: toggle(.notes)
        case .fails: toggle(.fails)
        case .trace: return trace(arguments)
        case .prettyLimit:
            guard arguments.count == 1, let limit = Int(arguments[0]), limit >= 0 else { return wrong("say pretty-limit LENGTH") }
            prettyLimit = limit
        case .unknown: return setUnknowns(arguments)
        case .show: return show(arguments)
        case .unset:
            guard arguments.count == 1 else { return wrong("say unset RULE") }
            let (isFound, problems) = unset(arguments[0])
            return isFound ? Answer(problems: problems) : wrong("no rule \(arguments[0]) was entered into \(package.name)")
        case .unsetPackage:
            guard let path = arguments.count == 1 ? Self.path(arguments[0]) : nil else {
                return wrong("say unset-package PACKAGE")
            }
            let (isFound, problems) = unset(package: path)
            return isFound ? Answer(problems: problems) : wrong("nothing was entered into the package \(arguments[0])")
        case .dump: return writeData(arguments)
        case .help:
            guard let topic = arguments.first else { return Answer(text: ShellCommand.overview) }
            guard let text = ShellCommand.help(about: topic) else {
                return wrong("there is no help about \"\(topic)\"; it is about input and partial")
            }
            return Answer(text: text)
        }
        return Answer()
    }

    private func wrong(_ message: String) -> Answer {
        Answer(problems: [Diagnostic(code: "shell_error", message: message)])
    }

    private mutating func toggle(_ level: Tracer.Level) {
        self.level = self.level == level ? .off : level
        if self.level != .off { profiles = false }
    }

    private mutating func trace(_ arguments: [String]) -> Answer {
        guard let word = arguments.first else {
            toggle(.full)
            return Answer()
        }
        guard let level = Tracer.Level(rawValue: word), arguments.count == 1 else {
            let known = Tracer.Level.allCases.map(\.rawValue).joined(separator: ", ")
            return wrong("\"\(word)\" is no trace; there are \(known)")
        }
        if level == .off { self.level = .off } else { toggle(level) }
        return Answer()
    }

    private mutating func setUnknowns(_ arguments: [String]) -> Answer {
        var paths: [[String]] = []
        for argument in arguments {
            guard let path = Self.path(argument), path[0] == "input" || path[0] == "data" else {
                return wrong("\(argument) is no document; such paths begin with input or data")
            }
            paths.append(path)
        }
        if paths.isEmpty, unknowns.isEmpty { return wrong("name what is unknown, such as input") }
        unknowns = paths
        return Answer()
    }

    private static func path(_ text: String) -> [String]? {
        guard let term = Parser.parseTerm(SourceFile(path: "<shell>", text: text)).0 else { return nil }
        switch term.value {
        case .var(let name): return [name]
        case .ref(let ref):
            let parts = ref.terms.compactMap(\.stringOrVarName)
            return parts.count == ref.terms.count ? parts : nil
        default: return nil
        }
    }

    private func show(_ arguments: [String]) -> Answer {
        guard let word = arguments.first else {
            if !hasPackage { return Answer(text: "No rules are defined.\n") }
            let source = package.source(settings.version)
            guard case .success(let text) = Formatter.format(source.file, version: source.version) else {
                return Answer(text: package.text())
            }
            return Answer(text: text)
        }
        guard word == "debug", arguments.count == 1 else { return wrong("say show, or show debug") }
        let settings = Document { arena in
            arena.object([
                "explain": arena.string(level.rawValue), "metrics": .bool(showsMetrics), "profile": .bool(profiles),
                "strict-builtin-errors": .bool(isStrict), "types": .bool(showsTypes),
                "unknowns": arena.array(unknowns.map { arena.string(ShellPackage.name(of: $0)) }),
            ])
        }
        return Answer(text: JSONWriter.string(settings.root, style: .pretty) + "\n")
    }

    private func writeData(_ arguments: [String]) -> Answer {
        let text = JSONWriter.string(files.data.root) + "\n"
        guard let path = arguments.first else { return Answer(text: text) }
        do throws(FileError) { try FileSystem.write(Array(text.utf8), to: path) } catch {
            return wrong("cannot write \(error.path): \(error.reason)")
        }
        return Answer()
    }

    // MARK: Completion

    /// What a word may go on to, in order.
    package func completions(of word: String) -> [String] {
        var found: Set<String> = []
        func offer(_ name: String) { if name.hasPrefix(word), name != word { found.insert(name) } }
        for module in allModules() {
            let path = module.package.parts
            for rule in module.rules {
                offer("data." + ShellPackage.name(of: path + [rule.head.name]))
                if path == self.path { offer(rule.head.name) }
            }
        }
        for name in package.names.keys { offer(name) }
        if !word.contains(".") {
            for command in ShellCommand.allCases { offer(command.rawValue) }
            for name in ["data", "input", "package", "import"] { offer(name) }
        }
        for builtin in settings.builtins.builtins { offer(builtin.name) }
        for (root, value) in [("data", files.data.root), ("input", input?.root ?? .undefined)] {
            offerMembers(of: value, root, word, offer)
        }
        return found.sorted()
    }

    /// The members of the object that the last dot of a word stands behind.
    private func offerMembers(of root: Value, _ name: String, _ word: String, _ offer: (String) -> Void) {
        var parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, parts.removeFirst() == name else { return }
        var (value, prefix) = (root, name)
        for part in parts.dropLast() {
            value = value.kind == .object ? value.field(named: part) : .undefined
            prefix += "." + part
        }
        guard value.kind == .object else { return }
        for key in value.keys.prefix(1_000) { if let key = key.stringValue { offer("\(prefix).\(key)") } }
    }
}
