import Foundation
import Testing

/// Every subcommand that has no suite of its own, as a process: how it ends and what is in its output.
@Suite struct SubcommandTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var arguments: String
        var code: Int32 = 0
        var output = ""
        var errors = ""
        var testDescription: String { arguments }
    }

    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    @Test(arguments: [
        Case(arguments: "version", output: "policy library "),
        Case(arguments: "--version", output: "lintel "),
        Case(arguments: "policies list --profile baseline", output: "LT-POD-001"),
        Case(arguments: "policies show LT-POD-001", output: "privileged"),
        Case(arguments: "policies show LT-POD-999", code: 64, errors: "There is no policy \"LT-POD-999\""),
        Case(arguments: "rego check policies/lib"),
        Case(arguments: "compliance --framework pss examples/hardened", output: "Pod Security Standards"),
        Case(arguments: "compliance --framework unheard-of examples", code: 64, errors: "There is no framework \"unheard-of\""),
        Case(arguments: "compliance --framework pss examples/shop", code: 1, output: "fail"),
        Case(arguments: "completions fish", output: "complete"),
        Case(arguments: "help check", output: "USAGE: lintel check"),
        Case(arguments: "chekc", code: 64),
        Case(arguments: "audit-log nothing-here.log", code: 2, errors: "nothing-here.log"),
        Case(arguments: "certs check --dir nothing-here", code: 2, errors: "nothing-here"),
        Case(arguments: "serve --policy nothing-here", code: 64, errors: "Name a certificate"),
    ])
    func ends(_ example: Case) throws {
        let run = try LintelRun(example.arguments.split(separator: " ").map(String.init), in: Self.package, timeout: 60)
        #expect(run.code == example.code, "\(run.output)\n\(run.errors)")
        #expect(example.output.isEmpty || run.output.contains(example.output), "\(run.output)")
        #expect(example.errors.isEmpty || run.errors.contains(example.errors), "\(run.errors)")
    }

    /// The facts of a machine are evidence that `compliance` takes.
    @Test func nodeFactsAreEvidence() throws {
        let folder = try TemporaryFolder()
        try folder.write("maxPods: 110\n", to: "root/var/lib/kubelet/config.yaml")
        let facts = try LintelRun(["node-facts", "--root", "root", "--output", "facts.yaml"], in: folder.url)
        #expect(facts.code == 0, "\(facts.errors)")
        let report = try LintelRun(
            ["compliance", "--framework", "cis-k8s-1.8", "--node-facts", "facts.yaml", "--format", "json"], in: folder.url)
        #expect(report.code == 0 || report.code == 1, "\(report.errors)")
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(report.output.utf8)) }
    }

    /// Keys of data that mean the same to people in other bytes are two keys.
    @Test func dataIsComparedByItsBytes() throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"\u{e9}\": 1, \"e\u{301}\": 2, \"x\": {\"\u{e9}\": 1, \"e\u{301}\": 2}}", to: "data.json")
        let run = try LintelRun(
            ["eval", "--data", "data.json", "--format", "raw", "[count(data), count(data.x)]"], in: folder.url)
        #expect(run.output == "[3,2]\n", "\(run.output)\(run.errors)")
    }
}
