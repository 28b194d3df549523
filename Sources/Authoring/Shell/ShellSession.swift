package import Diagnostics
package import Documents
package import Rego
package import RegoNetwork
package import RegoRuntime
package import RegoSyntax

/// The shell of `lintel repl`: takes lines and answers them, as `opa run` does. It neither reads nor prints.
package struct ShellSession {
    /// What does not change from line to line.
    package struct Settings {
        package var builtins: BuiltinTable
        package var options: CompileOptions
        package var version = RegoVersion.v1
        package var budget = Budget()
        package var runtime: Document?
        package var network: NetworkAccess?
        /// Nanoseconds since 1970-01-01 UTC.
        package var now: () -> Int64 = { 0 }
        /// Whether the evaluation at hand is to end.
        package var isInterrupted: () -> Bool = { false }

        package init(builtins: BuiltinTable, options: CompileOptions) {
            self.builtins = builtins
            self.options = options
        }
    }

    /// What a line gives.
    package struct Answer {
        package var text = ""
        /// What policies print, and traces.
        package var notes = ""
        package var problems: [Diagnostic] = []
        package var isEnd = false

        package var isFailure: Bool { problems.contains { $0.severity == .error } }
    }

    private(set) var settings: Settings
    let files: PolicyFiles
    let input: Document?
    private let modules: [Module]
    /// Packages that were entered, in the order of their first statement.
    private(set) var packages: [ShellPackage] = []
    private var current: Int?
    private var buffer: [String] = []

    var format: EvaluationReport.Format
    var prettyLimit = 80
    var level = Tracer.Level.off
    var showsMetrics = false
    var profiles = false
    var showsTypes = false
    var isStrict = false
    var unknowns: [[String]] = []

    package init(_ files: PolicyFiles, input: Document?, format: EvaluationReport.Format, settings: Settings) {
        self.files = files
        self.input = input
        self.format = format
        self.settings = settings
        modules = files.sources.map {
            Parser.parseModule($0.file, version: $0.version, options: settings.options.parser).0
        }
    }

    /// Whether the last line goes on.
    package var isUnfinished: Bool { !buffer.isEmpty }

    /// Forgets what was begun.
    package mutating func abandon() { buffer = [] }

    /// Where rules are put and names are looked up.
    var path: [String] { current.map { packages[$0].path } ?? ["repl"] }
    var package: ShellPackage { current.map { packages[$0] } ?? ShellPackage(["repl"]) }

    /// All modules, those that were entered last.
    func allModules() -> [Module] {
        modules
            + packages.map {
                Parser.parseModule($0.source(settings.version).file, version: settings.version, options: settings.options.parser)
                    .0
            }
    }

    /// Has evaluations end when `isInterrupted` says so.
    package mutating func onInterrupt(_ isInterrupted: @escaping () -> Bool) { settings.isInterrupted = isInterrupted }

    // MARK: Lines

    package mutating func take(_ line: String) -> Answer {
        if buffer.isEmpty, let (command, arguments) = ShellCommand.read(line) { return obey(command, arguments) }
        buffer.append(line)
        let text = buffer.joined(separator: "\n")
        if text.allSatisfy(\.isWhitespace) {
            buffer = []
            return Answer()
        }
        let isLast = line.allSatisfy(\.isWhitespace)
        return take(statement: text, isLast: isLast)
    }

    /// The input ends here.
    package mutating func finish() -> Answer { buffer.isEmpty ? Answer() : take("") }

    private mutating func take(statement text: String, isLast: Bool) -> Answer {
        var answer = Answer()
        switch ShellStatement.read(text, settings.version, settings.options.parser) {
        case .unfinished where !isLast: return answer
        case .unfinished:
            let end = SourceFile(path: "<shell>", text: text)
            let size = UInt32(text.trimmingBlanks.utf8.count)
            answer.problems = [
                Diagnostic(
                    code: "rego_parse_error", message: "the statement is not complete",
                    range: SourceRange(file: end, start: size, end: size))
            ]
        case .wrong(let problems): answer.problems = problems
        case .package(let path): enter(path)
        case .imports(let imports):
            enter(path)
            for item in imports { packages[current!].add(import: item.text, name: item.name, path: item.path) }
        case .rules(let rules): answer = define(rules)
        case .query(let definition):
            if let definition, isNew(definition) {
                answer = define([(definition.name, text.trimmingBlanks, definition.isAssigned)])
            } else {
                answer = evaluate(text)
            }
        }
        buffer = []
        return answer
    }

    private mutating func enter(_ path: [String]) {
        current = packages.firstIndex { $0.path == path }
        if current == nil {
            packages.append(ShellPackage(path))
            current = packages.count - 1
        }
    }

    /// `=` compares when there is something of the name already.
    private func isNew(_ definition: ShellStatement.Definition) -> Bool {
        if definition.isAssigned { return true }
        if package.defines(definition.name) || settings.builtins[definition.name] != nil { return false }
        return !allModules().contains { module in
            module.package.parts == path && module.rules.contains { $0.head.name == definition.name }
        }
    }

    private mutating func define(_ rules: [(name: String, text: String, isAssigned: Bool)]) -> Answer {
        let before = (packages, current)
        enter(path)
        var replaced: Set<String> = []
        for rule in rules where rule.isAssigned {
            if packages[current!].remove(rule.name, keepsDefaults: true) { replaced.insert(rule.name) }
        }
        packages[current!].add(rules: rules.map { ($0.name, $0.text) })
        let (engine, problems) = Engine.compile(
            parsed: allModules(), builtins: settings.builtins, options: settings.options)
        var answer = Answer(problems: problems)
        if engine == nil {
            (packages, current) = before
        } else if format == .pretty {
            var told: Set<String> = []
            for rule in rules where told.insert(rule.name).inserted {
                answer.text +=
                    "Rule \(rule.name) is \(replaced.contains(rule.name) ? "replaced" : "defined") in \(package.name).\n"
            }
        }
        return answer
    }

    // MARK: Packages

    /// Whether there was such a rule in the package; what is wrong without it, when it has to stay.
    mutating func unset(_ name: String) -> (found: Bool, problems: [Diagnostic]) {
        guard let current else { return (false, []) }
        let before = packages
        let isFound = packages[current].remove(name)
        return (isFound, keep(orGoBackTo: before, current))
    }

    /// The same for all that was entered into a package.
    mutating func unset(package path: [String]) -> (found: Bool, problems: [Diagnostic]) {
        guard let index = packages.firstIndex(where: { $0.path == path }) else { return (false, []) }
        let (own, before) = (self.path, (packages, current))
        packages.remove(at: index)
        current = packages.firstIndex { $0.path == own }
        return (true, keep(orGoBackTo: before.0, before.1))
    }

    private mutating func keep(orGoBackTo before: [ShellPackage], _ index: Int?) -> [Diagnostic] {
        let (engine, problems) = Engine.compile(parsed: allModules(), builtins: settings.builtins, options: settings.options)
        if engine == nil { (packages, current) = (before, index) }
        return problems
    }

    var hasPackage: Bool { current != nil }
}
