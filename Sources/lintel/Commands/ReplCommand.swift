import ArgumentParser
import Authoring
import Diagnostics
import Documents
import Inputs
import Rego
import RegoNetwork
import RegoRuntime
import Text

/// `lintel repl`: queries and rules, line by line.
struct ReplCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl", abstract: "Evaluate Rego line by line, as opa run does.",
        discussion: """
            Takes queries, rules, packages and imports, and commands that help lists. On a terminal, lines can be edited \
            and completed, and earlier ones come back; otherwise lines are read to their end. Exit codes: 0 done; 2 when a \
            file cannot be read, or a line that was not typed at a terminal is not in order.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @Argument(help: ArgumentHelp("Rego, JSON and YAML files and folders of them.", valueName: "path"))
    var paths: [String] = []

    @OptionGroup var rego: RegoOptions
    @OptionGroup var bundles: BundleOptions
    @OptionGroup var compiler: CompilerOptions
    @OptionGroup var network: NetworkOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The input document, JSON or YAML.", valueName: "file"))
    var input: String?

    @Option(name: .shortAndLong, help: "How answers are written.")
    var format: Format = .pretty

    @Option(
        name: [.customShort("H"), .long],
        help: ArgumentHelp("Where lines are kept from one time to the next. (default: ~/.lintel_history)", valueName: "file"))
    var history: String?

    func validate() throws {
        if input == "-" { throw ValidationError("Standard input has the lines; name a file with --input.") }
    }

    func run() throws {
        var session = try session()
        if let editor = LineEditor() { return converse(&session, editor) }
        let lines = try FileSystem.readStandardInput(name: "<stdin>")
        var isWrong = false
        for line in String(decoding: lines, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            let answer = session.take(line.hasSuffix("\r") ? String(line.dropLast()) : String(line))
            show(answer)
            if answer.isFailure { isWrong = true }
            if answer.isEnd { throw ExitCode(isWrong ? 2 : 0) }
        }
        let rest = session.finish()
        show(rest)
        if isWrong || rest.isFailure { throw ExitCode(2) }
    }

    private func session() throws -> ShellSession {
        let files = try rego.files(paths, bundles: bundles.paths)
        let compilation = compiler.setup(rego.compileOptions)
        var problems = files.problems + compilation.problems
        var document: Document?
        if let input {
            switch EvaluationSetup.readInput(input) {
            case .success(let found): document = found
            case .failure(let failure): problems += failure.problems
            }
        }
        let found = Engine.compile(
            files.sources, builtins: compilation.builtins, options: compilation.options
        ).1
        problems += V0Hint.added(to: found, sources: files.sources, options: compilation.options)
        Console.show(problems, colour: .auto)
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        var settings = ShellSession.Settings(builtins: compilation.builtins, options: compilation.options)
        settings.version = rego.version
        settings.budget = rego.budget
        settings.runtime = compiler.runtime()
        settings.network = network.access(capabilities: compilation.allowNet, variables: compiler.allowedVariables)
        settings.now = { WallClock.now() }
        var session = ShellSession(files, input: document, format: format == .json ? .json : .pretty, settings: settings)
        if rego.strictBuiltinErrors { _ = session.take("strict-builtin-errors") }
        return session
    }

    /// Talks with somebody at a terminal.
    private func converse(_ session: inout ShellSession, _ editor: LineEditor) {
        let kept = history ?? Console.environment("HOME").map { $0 + "/.lintel_history" }
        if let kept { editor.load(kept) }
        LineEditor.catchInterrupts()
        session.onInterrupt { LineEditor.wasInterrupted }
        Console.print("lintel \(BuildVersion.number). help tells what can be said, Ctrl+D leaves.\n")
        var isAsking = true
        while isAsking {
            let known = session
            editor.completions = { known.completions(of: $0) }
            switch editor.read(session.isUnfinished ? "| " : "> ") {
            case .line(let line):
                if !line.isEmpty { editor.remember(line) }
                let answer = session.take(line)
                show(answer)
                isAsking = !answer.isEnd
            case .interrupted:
                session.abandon()
                Console.print("\n")
            case .end, .failed:
                Console.print("\n")
                isAsking = false
            }
        }
        if let kept, !editor.save(kept), history != nil { Console.fail("cannot write \(kept)") }
    }

    private func show(_ answer: ShellSession.Answer) {
        Console.printError(answer.notes)
        Console.show(answer.problems, colour: .auto)
        Console.print(answer.text)
    }
}
