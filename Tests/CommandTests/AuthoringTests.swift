import Foundation
import TestSupport
import Testing

/// The commands for authors of policies, each as a process: one golden file a case, with what was asked, what came out on
/// both streams and how it ended.
@Suite struct AuthoringTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let arguments: String
        var testDescription: String { name }

        init(_ name: String, _ arguments: String) { (self.name, self.arguments) = (name, arguments) }
    }

    private static let cases = [
        Case("eval-json", "eval -d app -i input.json data.app.allow"),
        Case("eval-pretty", "eval -d app -i input.json -f pretty data.app"),
        Case("eval-values", "eval -d app -i input.json -f values data.app.messages[x]"),
        Case("eval-bindings", "eval -d app -i input.json -f bindings x:=data.app.limit"),
        Case("eval-raw", "eval -d app -i input.json -f raw data.app.limit"),
        Case("eval-fail", "eval -d app -i input.json -f values --fail data.app.nothing"),
        Case("eval-broken", "eval -d broken.rego data.broken.allow"),
        Case("explain-full", "eval -d app/policy.rego -i input.json -f raw --explain full data.app.allow"),
        Case("explain-fails", "eval -d app/policy.rego -i input.json -f raw --explain fails data.app.allow"),
        Case("explain-notes", "eval -d app/policy.rego -i input.json -f raw --explain notes data.app.allow"),
        Case("profile", "eval -d app/policy.rego -i input.json -f raw --profile data.app.limit"),
        Case("eval-coverage", "eval -d app/policy.rego -i input.json -f raw --coverage data.app.allow"),
        Case("test", "test app"),
        Case("test-verbose", "test --verbose app"),
        Case("test-failing", "test failing"),
        Case("test-failing-verbose", "test --verbose --run long|print|every failing"),
        Case("test-json", "test -f json app"),
        Case("test-junit", "test -f junit app"),
        Case("test-run", "test --run allows app"),
        Case("test-none", "test --run nothing_is_called_so app"),
        Case("test-coverage", "test --coverage --run allows|refuses app"),
        Case("test-coverage-lcov", "test --coverage --coverage-format lcov --run allows|refuses app"),
        Case("test-coverage-cobertura", "test --coverage --coverage-format cobertura --run allows|refuses app"),
        Case("test-threshold", "test --coverage --threshold 90 --run allows app"),
        Case("fmt-diff", "fmt --diff messy.rego"),
        Case("fmt-list", "fmt --list --fail messy.rego app"),
        Case("fmt", "fmt messy.rego"),
        Case("fmt-broken", "fmt broken.rego"),
        Case("deps", "deps -d app/policy.rego data.app.allow"),
        Case("deps-json", "deps -d app/policy.rego -f json data.app.allow"),
        Case("policy-check", "policy-check app"),
        Case("policy-check-broken", "policy-check broken.rego"),
        Case("parse", "parse --locations messy.rego"),
        Case("fmt-v0", "fmt older.rego"),
        Case("parse-v0", "parse older.rego"),
        Case("test-v0", "test older.rego"),
        Case("eval-v0", "eval -f pretty -d older.rego data.older"),
        Case("deps-v0", "deps -d older.rego data.older"),
        Case("deps-file", "deps older.rego"),
        Case("policy-check-v0", "policy-check older.rego"),
        Case("fmt-yaml", "fmt manifest.yaml"),
        Case("parse-json", "parse input.json"),
        Case("fmt-misnamed", "fmt misnamed.yaml"),
    ]

    @Test(arguments: Self.cases)
    func command(_ example: Case) throws {
        let folder = LintelRun.fixtures.appendingPathComponent("authoring")
        let run = try LintelRun(example.arguments.split(separator: " ").map(String.init), in: folder)
        var errors = Self.withoutTimes(run.errors)
        // The order of a profile is that of the times.
        if example.name == "profile" { errors = errors.split(separator: "\n").sorted().map { $0 + "\n" }.joined() }
        let text = """
            $ lintel \(example.arguments)
            exit code \(run.code)
            --- standard output
            \(Self.withoutTimes(run.output))--- standard error
            \(errors)
            """
        let difference = Snapshot.difference(text, "authoring/\(example.name).txt")
        #expect(difference == nil)
    }

    /// `bench` counts evaluations and measures each; only its form is the same every time.
    @Test func bench() throws {
        let folder = LintelRun.fixtures.appendingPathComponent("authoring")
        let run = try LintelRun(
            ["bench", "-d", "app/policy.rego", "-i", "input.json", "--seconds", "0.05", "data.app.allow"], in: folder)
        #expect(run.code == 0)
        let lines = run.output.split(separator: "\n").map { $0.prefix { !$0.isNumber && $0 != "\t" } }
        #expect(run.output.contains(" evaluations\n") && lines.contains("median"))
    }

    /// What the engine says it has is what a policy can use: each builtin of the list compiles.
    @Test func capabilities() throws {
        let run = try LintelRun(["capabilities"])
        #expect(run.code == 0)
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let builtins = try #require(list["builtins"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        #expect(builtins.count > 150 && Set(builtins).count == builtins.count)
        let folder = try TemporaryFolder()
        try folder.write(run.output, to: "capabilities.json")
        try folder.write("package p\n\nimport rego.v1\n\nx := count(input.list)\n", to: "p.rego")
        let check = try LintelRun(
            ["eval", "--capabilities", "capabilities.json", "-d", "p.rego", "-I", "-f", "raw", "data.p.x"],
            in: folder.url,
            input: #"{"list": [1, 2]}"#)
        #expect(check.output == "2\n" && check.code == 0)
    }

    /// Durations made the same.
    private static func withoutTimes(_ text: String) -> String {
        text.replacing(#/[0-9]+(\.[0-9]+)? ?(ns|µs|ms|s)\b/#, with: "0 s")
            .replacing(#/time="[^"]*"/#, with: "time=\"0\"")
            .replacing(#/"duration": [0-9]+/#, with: "\"duration\": 0")
    }
}
