import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `lintel repl`: lines in, answers out, from a pipe and on a terminal.
@Suite struct ReplTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var lines: String
        var says: String
        var code: Int32 = 0
        var testDescription: String { lines }
    }

    static let cases = [
        Case(lines: "1 + 1", says: "2\n"),
        Case(lines: "data.app.allow", says: "true\n"),
        Case(lines: "input.user", says: "\"admin\"\n"),
        Case(lines: "data.users.a", says: "1\n"),
        Case(lines: "false", says: "false\n"),
        Case(lines: "input.nobody", says: "undefined\n"),
        Case(lines: "1 == 1; 2 > 1", says: "true\n"),
        Case(lines: "x := 5\nx", says: "Rule x is defined in repl.\n5\n"),
        Case(lines: "x := 5\nx := 6\nx", says: "Rule x is defined in repl.\nRule x is replaced in repl.\n6\n"),
        Case(lines: "x = 5\nx = 5\nx = 6", says: "Rule x is defined in repl.\ntrue\nundefined\n"),
        Case(lines: "default d := 1\nd := 2 if false\nd", says: "Rule d is defined in repl.\nRule d is defined in repl.\n1\n"),
        Case(lines: "f(y) := y * 2\nf(4)", says: "Rule f is defined in repl.\n8\n"),
        Case(lines: "p contains 1\np contains 2\ncount(p)", says: "Rule p is defined in repl.\nRule p is defined in repl.\n2\n"),
        Case(lines: "ok if {\n  1 < 2\n  2 < 3\n}\nok", says: "Rule ok is defined in repl.\ntrue\n"),
        Case(lines: "x := `a\nb`\nx", says: "Rule x is defined in repl.\n\"a\\nb\"\n"),
        Case(lines: "package app\nroles", says: "[\n  \"admin\",\n  \"dev\"\n]\n"),
        Case(lines: "import data.app as a\na.allow", says: "true\n"),
        Case(
            lines: "package repl.input\nuser := \"else\"\npackage repl\ninput.user",
            says: "Rule user is defined in repl.input.\n\"else\"\n"),
        Case(lines: "x := 5\nunset x\nx == 5", says: "Rule x is defined in repl.\n", code: 2),
        Case(lines: "x := 5\ny := x\nunset x\ny", says: "Rule x is defined in repl.\nRule y is defined in repl.\n5\n", code: 2),
        Case(lines: "package o\nx := 1\nunset-package o\nshow", says: "Rule x is defined in o.\nNo rules are defined.\n"),
        Case(lines: "x := 1\nshow", says: "Rule x is defined in repl.\npackage repl\n\nx := 1\n"),
        Case(
            lines: "unknown input\ninput.x == 1\nunknown\ninput.user",
            says: "+---------+-------------+\n| Query 1 | input.x = 1 |\n+---------+-------------+\n\"admin\"\n"),
        Case(
            lines: "types\nn := count(data.app.roles)\nn\nn == 2; m := n",
            says: "Rule n is defined in repl.\n2\n# n: number\n+---+\n| m |\n+---+\n| 2 |\n+---+\n# m: number\n"),
        Case(lines: "json\n1", says: "{\n  \"result\": ["),
        Case(lines: ":dump", says: "{\"users\":{\"a\":1}}\n"),
        Case(lines: "trace notes\ntrace off\n1", says: "1\n"),
        Case(lines: "exit\n1 + 1", says: ""),
        Case(lines: "help := 1\nhelp == 1", says: "Rule help is defined in repl.\ntrue\n"),
        Case(lines: "1 + * 2\n3", says: "3\n", code: 2),
        Case(lines: "1 +", says: "", code: 2),
        Case(lines: "1 +\n\n3", says: "3\n", code: 2),
        Case(lines: "nothing\n3", says: "3\n", code: 2),
        Case(lines: "x if y\n3", says: "3\n", code: 2),
        Case(lines: "trace loud", says: "", code: 2),
        Case(lines: "unknown foo.bar", says: "", code: 2),
        Case(lines: "strict-builtin-errors\n1 / 0", says: "", code: 2),
    ]

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write([
            "p.rego": "package app\n\nallow if input.user == \"admin\"\n\nroles := {\"admin\", \"dev\"}\n",
            "data.json": "{\"users\": {\"a\": 1}}", "in.json": "{\"user\": \"admin\"}",
        ])
        return folder
    }

    @Test(arguments: cases) func answersLines(_ example: Case) throws {
        let folder = try folder()
        let run = try LintelRun(["repl", "p.rego", "data.json", "-i", "in.json"], in: folder.url, input: example.lines + "\n")
        #expect(run.code == example.code, "\(run.output)\(run.errors)")
        if example.says.isEmpty { #expect(run.output.isEmpty, "\(run.output)") }
        #expect(run.output.hasPrefix(example.says), "\(run.output)\(run.errors)")
        #expect(run.errors.isEmpty == (example.code == 0), "\(run.errors)")
    }

    @Test func longValuesAreCut() throws {
        let folder = try folder()
        let run = try LintelRun(["repl"], in: folder.url, input: "pretty-limit 3\nsome v in [\"abcdef\"]\n")
        #expect(run.output.contains("\"ab..."), "\(run.output)")
    }

    @Test func tracesAndFigures() throws {
        let folder = try folder()
        let run = try LintelRun(
            ["repl", "p.rego", "-i", "in.json"], in: folder.url,
            input: "trace\ndata.app.allow\ntrace\nmetrics\n1\nprofile\ndata.app.allow\n")
        #expect(run.output.contains("Enter data.app.allow"), "\(run.output)")
        #expect(run.output.contains("timer_rego_query_eval_ns"), "\(run.output)")
        #expect(run.output.contains("p.rego:3"), "\(run.output)")
    }

    @Test func filesThatAreWrongAreTold() throws {
        let folder = try folder()
        try folder.write("package x\nimport rego.v1\np if {", to: "bad.rego")
        let run = try LintelRun(["repl", "bad.rego"], in: folder.url, input: "1\n")
        #expect(run.code == 2 && run.output.isEmpty && run.errors.contains("bad.rego:"), "\(run.output)\(run.errors)")
    }

    @Test func terminalsEditAndRemember() throws {
        let folder = try folder()
        let history = folder.url.appendingPathComponent("history").path
        // Backspace, completion of a rule, and the line before once more.
        let first = try onTerminal(
            ["repl", "p.rego", "-H", history], "4\u{8}\u{7F}20 + 1\ndata.app.al\t\n\u{10}\nexit\n", in: folder.url)
        #expect(first.contains("\r\n21\r\n"), "\(first)")
        #expect(first.components(separatedBy: "undefined").count == 3, "\(first)")
        let second = try onTerminal(["repl", "-H", history], "\u{10}\u{10}\u{10}\nexit\n", in: folder.url)
        #expect(second.contains("\r\n21\r\n"), "\(second)")
    }

    /// What the program writes to a terminal on which keys are pressed, each line when the one before was answered.
    private func onTerminal(_ arguments: [String], _ keys: String, in folder: URL) throws -> String {
        var (leader, follower): (Int32, Int32) = (-1, -1)
        try #require(openpty(&leader, &follower, nil, nil, nil) == 0)
        defer { close(leader) }
        let process = Process()
        process.executableURL = LintelRun.program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "TERM": "xterm", "HOME": folder.path]
        let end = FileHandle(fileDescriptor: follower, closeOnDealloc: false)
        (process.standardInput, process.standardOutput, process.standardError) = (end, end, end)
        try process.run()
        close(follower)
        _ = fcntl(leader, F_SETFL, O_NONBLOCK)
        var text = [UInt8](), lines = keys.split(separator: "\n").map { $0 + "\n" }, seen = 0
        var buffer = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<6_000 {
            let count = read(leader, &buffer, buffer.count)
            if count > 0 {
                text += buffer[..<count]
            } else if !process.isRunning {
                break
            } else {
                usleep(5_000)
            }
            if !lines.isEmpty, text.count > seen, text.suffix(2) == [0x3E, 0x20] {
                seen = text.count
                let line = Array(lines.removeFirst().utf8)
                _ = write(leader, line, line.count)
            }
        }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self)
    }
}
