import Foundation
import Testing

/// What a wrong command line is answered: what is wrong, what was probably meant, exit code 64.
@Suite struct UsageTests {
    struct Case: CustomTestStringConvertible {
        var arguments: [String]
        var errors: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let cases = [
        Case(
            arguments: ["chek"],
            errors: """
                error: there is no command "lintel chek"; did you mean "lintel check"?
                  See 'lintel --help' for more information.

                """),
        Case(
            arguments: ["help", "chek"],
            errors: """
                error: there is no command "lintel chek"; did you mean "lintel check"?
                  See 'lintel --help' for more information.

                """),
        Case(
            arguments: ["policies", "lst"],
            errors: """
                error: there is no command "lintel policies lst"; did you mean "lintel policies list"?
                  See 'lintel policies --help' for more information.

                """),
        Case(
            arguments: ["rego", "chekc", "x.rego"],
            errors: """
                error: there is no command "lintel rego chekc"; did you mean "lintel rego check"?
                  See 'lintel rego --help' for more information.

                """),
        Case(
            arguments: ["certs", "sign"],
            errors: """
                error: there is no command "lintel certs sign"; there are create, rotate, check, ca-bundle, patch
                  See 'lintel certs --help' for more information.

                """),
        Case(
            arguments: ["check/deploy"],
            errors: """
                error: there is no command "lintel check/deploy"; to check check/deploy, say "lintel check check/deploy"
                  See 'lintel --help' for more information.

                """),
        Case(
            arguments: ["template", "--post-renderer", "./change.sh", "web", "chart"],
            errors: """
                Error: Unknown option '--post-renderer'. No plugin of Helm and no other program is run: pipe the output into it, as in 'lintel template NAME CHART | PROGRAM'.
                Usage: lintel template [<options>] <name chart> ...
                  See 'lintel template --help' for more information.

                """),
        Case(
            arguments: ["template", "--version", "1.2.3", "web", "chart"],
            errors: """
                error: --version shows the version of lintel and chooses none of a chart: nothing is fetched. Get the chart with 'helm pull --version VERSION', and name the folder or archive

                """),
        Case(
            arguments: ["template", "--create-namespace", "web", "chart"],
            errors: """
                Error: Unknown option '--create-namespace'. It is about the installation and changes nothing that is rendered: leave it out.
                Usage: lintel template [<options>] <name chart> ...
                  See 'lintel template --help' for more information.

                """),
        Case(
            arguments: ["check", "--frmat", "json"],
            errors: """
                Error: Unknown option '--frmat'. Did you mean '--format'?
                Usage: lintel check [<options>] [<path> ...]
                  See 'lintel check --help' for more information.

                """),
        Case(
            arguments: ["check", "-o", "json", "check"],
            errors: """
                Error: -o takes the name of a file, and "json" is a format: say --format json, or -o ./json for a file of that name.
                Usage: lintel check [<options>] [<path> ...]
                  See 'lintel check --help' for more information.

                """),
        Case(
            arguments: ["check", "--format", "sarif", "--format=text", "check"],
            errors: """
                Error: Two reports cannot both go to one place (sarif, text): give a file, as --format text=FILE.
                Usage: lintel check [<options>] [<path> ...]
                  See 'lintel check --help' for more information.

                """),
        Case(
            arguments: ["check", "-oa", "--output", "b", "check"],
            errors: """
                error: --output is given 2 times (a, b), and a run writes one report; give it once, or run the command once for each

                """),
        Case(
            arguments: ["eval", "-f", "json", "--format", "values", "1"],
            errors: """
                error: --format is given 2 times (json, values), and a run writes one report; give it once, or run the command once for each

                """),
    ]

    @Test(arguments: cases)
    func answer(_ test: Case) throws {
        let run = try LintelRun(test.arguments)
        #expect(run.code == 64)
        #expect(run.errors == test.errors)
        #expect(run.output == "")
    }

    /// Options that a command does not have, and what was meant.
    @Test(arguments: [
        (
            "check -f check",
            "Unknown option '-f'. Files and folders are given without an option; files of values for charts are given with '--values'."
        ),
        ("fmt -f policies", "Unknown option '-f'. Files and folders are given without an option."),
        ("check --fix check", "Unknown option '--fix'. 'lintel fix' remedies violations."),
        ("fmt --fix policies", "Unknown option '--fix'. Did you mean '--write'?"),
        ("fix --dry-run check", "Unknown option '--dry-run'. Nothing is changed without '--write'."),
        ("check -format json check", "Unknown option '-format'. Did you mean '--format'?"),
        ("check --severity high check", "Unknown option '--severity'. Did you mean '--fail-on'?"),
        ("check --no-color check", "Unknown option '--no-color'. Did you mean '--color never'?"),
        ("check --no-builtni check", "Unknown option '--no-builtni'. Did you mean '--no-builtin'?"),
        (
            "check --params a=b check",
            "Unknown option '--params'. Parameters of policies are set in lintel.yaml, under 'parameters:'."
        ),
        ("serve --port 80", "Unknown option '--port'. Did you mean '--listen'?"),
        ("compliance --framwork pss check", "Unknown option '--framwork'. Did you mean '--framework'?"),
        ("test --no-fail-on-empty --nope policies", "Unknown option '--nope'"),
        ("policies --nope", "Unknown option '--nope'"),
        ("check -qx check", "Unknown option '-x'"),
        ("check ---x check", "Unknown option '---x'"),
        ("--color never check", "Unknown option '--color'. Options stand after the command: 'lintel check --color'."),
        ("--nope check", "Unknown option '--nope'"),
        ("check --set -x check", "Missing value for '--set'; a value that begins with a dash is written '--set=-x'"),
        ("check -j -4 check", "Missing value for '-j'; a value that begins with a dash is written '-j=-4'"),
        ("check --config --frmat json check", "Unknown option '--frmat'. Did you mean '--format'?"),
        ("eval -1", "'-1' is read as an option; an argument that begins with a dash stands after '--'"),
    ])
    func unknownOption(_ command: String, _ message: String) throws {
        let run = try LintelRun(command.split(separator: " ").map(String.init))
        #expect(run.code == 64)
        #expect(run.errors.split(separator: "\n").first.map(String.init) == "Error: " + message)
        #expect(run.output == "")
    }

    /// What a command knows is not called unknown when something else is wrong.
    @Test(arguments: [
        ("test --count=-1 --no-fail-on-empty policies", "Error: --count must be at least 1."),
        ("check --set=-x -qo ./report --max-findings=-3 --color=never check", "Error: --max-findings needs a number from 0."),
        ("test -vz --count=0 - -- -x --nope", "Error: --count must be at least 1."),
        ("check --config", "Error: Missing value for '--config <file>'"),
    ])
    func knownOptions(_ command: String, _ message: String) throws {
        let run = try LintelRun(command.split(separator: " ").map(String.init))
        #expect(run.code == 64)
        #expect(run.errors.split(separator: "\n").first.map(String.init) == message)
    }

    /// A name of a framework, a profile or a policy that there is not, with the nearest or where the names are.
    @Test(arguments: [
        ("compliance --framework cis-k8s-1.9 check", "did you mean \"cis-k8s-1.8\"?"),
        ("compliance --framework zzzzzz check", "There is no framework \"zzzzzz\"; there are cis-k8s-1.8, mitre-attack, "),
        ("check --profile zzzzzz check", "There is no profile \"zzzzzz\"; there are recommended, "),
        ("check --skip zzzzzz check", "There is no policy \"zzzzzz\"; lintel policies list names them"),
    ])
    func unknownName(_ command: String, _ message: String) throws {
        let run = try LintelRun(command.split(separator: " ").map(String.init))
        #expect(run.code == 64)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test(arguments: [
        ["compliance", "--framework", "pss", "-o", "CSV", "check"], ["audit-log", "-o", "sarif", "x"],
        ["node-facts", "-o", "json"],
    ])
    func formatAsFile(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        let run = try LintelRun(arguments, in: folder.url)
        #expect(run.code == 64)
        #expect(run.errors.contains("-o ./"), "\(run.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    /// Options that may be repeated, words after `--` and values that look like options repeat nothing.
    @Test(arguments: [
        ["check", "--policy", "policies", "--policy", "policies", "--no-builtin", "--fail-on", "never", "check"],
        ["check", "--format", "compact", "--no-builtin", "--policy", "policies", "--fail-on", "never", "--", "check"],
        ["check", "-o", "./json", "--no-builtin", "--policy", "policies", "--fail-on", "never", "check"],
    ])
    func accepted(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        for name in ["check", "policies"] {
            try FileManager.default.copyItem(
                at: LintelRun.fixtures.appendingPathComponent(name), to: folder.url.appendingPathComponent(name))
        }
        let run = try LintelRun(arguments, in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
    }

    /// A report that nobody can read is none.
    @Test(arguments: [
        "check --no-builtin --policy policies --fail-on never check", "check --format json --fail-on never check", "--help",
        "check --help",
        "version", "--version", "policies list", "policies show LT-POD-001", "eval 1", "capabilities", "completions fish",
        "fmt policies/main.rego", "parse policies/main.rego", "deps -d policies data.main.deny", "test -d policies policies",
        "compliance --framework pss check", "node-facts",
    ])
    func unwritable(_ command: String) throws {
        for target in [">/dev/full", ">&-"] {
            let shell = Process(), errors = Pipe()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", "exec \"$0\" \(command) \(target)", LintelRun.program.path]
            shell.currentDirectoryURL = LintelRun.fixtures
            shell.standardError = errors
            try shell.run()
            let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            shell.waitUntilExit()
            #expect(shell.terminationStatus == 2, "\(command) \(target): \(text)")
            #expect(text.contains("error: cannot write to standard output: "), "\(command) \(target): \(text)")
        }
        let full = try LintelRun([
            "check", "--no-builtin", "--policy", "policies", "--fail-on", "never", "-o", "/dev/full", "check",
        ])
        #expect(full.code == 2)
        #expect(full.errors.hasPrefix("error: cannot write /dev/full: "))
    }
}
