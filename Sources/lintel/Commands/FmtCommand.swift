import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import Inputs
import Rego
import RegoSyntax

/// `lintel fmt`.
struct FmtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Format Rego files as opa fmt does.",
        discussion:
            "Without -w, -d or -l the result goes to standard output. Exit codes: 0 done, 1 --fail and a file would change, 2 a file cannot be formatted."
    )

    @Flag(name: .shortAndLong, help: "Overwrite the files.")
    var write = false

    @Flag(name: .shortAndLong, help: "Show what would change.")
    var diff = false

    @Flag(name: .shortAndLong, help: "List the files that would change.")
    var list = false

    @Flag(help: "Exit with 1 when a file would change.")
    var fail = false

    @Flag(name: .customLong("v0-compatible"), help: "Read modules as Rego v0.")
    var isV0 = false

    @Flag(
        name: [.customLong("v0-v1"), .customLong("rego-v1")],
        help: "Rewrite v0 modules so that they are valid both as v0 and as v1.")
    var toV1 = false

    @Flag(
        name: .customLong("drop-v0-imports"), help: "Leave out the imports of rego.v1 and future.keywords that v1 does not need.")
    var dropsV0Imports = false

    @Option(
        help: ArgumentHelp(
            "Accept the features and keywords in this file, as opa capabilities writes it.", valueName: "file|version"))
    var capabilities: String?

    @Argument(help: ArgumentHelp("Files and folders; - or none for standard input.", valueName: "path"))
    var paths: [String] = []

    func run() throws {
        var hasChange = false, hasProblem = false
        var compile = CompileOptions()
        if let capabilities {
            let (found, problems) = CapabilitiesFile.load(capabilities)
            Console.show(problems, colour: .auto)
            if !problems.isEmpty { throw ExitCode(2) }
            found?.limit(&compile)
        }
        for file in try files(&hasProblem) {
            let options = FormatOptions(target: toV1 ? .v0AndV1 : .same, dropsV0Imports: dropsV0Imports)
            if toV1 {
                let module = Parser.parseModule(file, version: .v0, options: compile.parser).0
                let problems = V1Readiness.problems(module, builtins: PolicyBuiltins.table)
                Console.show(problems, colour: .auto)
                if !problems.isEmpty {
                    hasProblem = true
                    continue
                }
            }
            switch Formatter.format(file, version: isV0 || toV1 ? .v0 : .v1, parserOptions: compile.parser, options: options) {
            case .failure(let failure):
                let problems = V0Hint.added(
                    to: failure.diagnostics, of: file, version: isV0 || toV1 ? .v0 : .v1, options: compile.parser)
                Console.show(NotRego.problem(of: file, problems).map { [$0] } ?? problems, colour: .auto)
                hasProblem = true
            case .success(let text):
                let original = file.text(in: 0..<file.bytes.count)
                let isChanged = text != original
                hasChange = hasChange || isChanged
                try show(file, original, text, isChanged)
            }
        }
        if hasProblem { throw ExitCode(2) }
        if fail, hasChange { throw ExitCode(1) }
    }

    private func files(_ hasProblem: inout Bool) throws -> [SourceFile] {
        if paths.isEmpty || paths == ["-"] {
            let bytes = try FileSystem.readStandardInput(name: "<stdin>")
            return [SourceFile(path: "<stdin>", bytes: bytes)]
        }
        let found = FileDiscovery(suffixes: ["rego"]).files(at: paths)
        Console.show(found.problems, colour: .auto)
        hasProblem = !found.problems.isEmpty
        var files: [SourceFile] = []
        for file in found.files {
            do { files.append(SourceFile(path: file.path, bytes: try FileSystem.read(file.path))) } catch {
                Console.fail("cannot read \(file.path): \(error.reason)")
                hasProblem = true
            }
        }
        return files
    }

    private func show(_ file: SourceFile, _ original: String, _ text: String, _ isChanged: Bool) throws {
        if list, isChanged { Console.print(file.path + "\n") }
        if diff, isChanged { Console.print(LineDiff.unified(original, text, path: file.path)) }
        if write, file.path != "<stdin>" {
            if isChanged { try Console.write(text, toFile: file.path) }
        } else if !list, !diff {
            Console.print(text)
        }
    }
}
