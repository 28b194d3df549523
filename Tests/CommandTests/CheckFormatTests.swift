import Foundation
import Reports
import TestSupport
import Testing

/// Every format, word for word, from the real program.
@Suite struct CheckFormatTests {
    static let arguments = ["check", "--plain", "--no-builtin", "--policy", "policies", "check"]

    @Test(arguments: ReportFormat.allCases)
    func format(_ format: ReportFormat) throws {
        let name = format.rawValue
        let run = try LintelRun(Self.arguments + ["--format", name])
        #expect(run.code == 1)
        #expect(run.errors == "")
        #expect(Snapshot.difference(run.stableOutput, "check.\(name)") == nil)
    }

    @Test func colour() throws {
        let run = try LintelRun(Self.arguments + ["--color", "always"])
        #expect(Snapshot.difference(run.stableOutput, "check.colour") == nil)
        let forced = try LintelRun(Self.arguments, environment: ["CLICOLOR_FORCE": "1"])
        #expect(forced.stableOutput == run.stableOutput)
        let refused = try LintelRun(Self.arguments, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
        #expect(!refused.output.contains("\u{1B}"))
    }

    /// Severities differ in their letter and word, which need no colour, and in their colour.
    @Test func severitiesAreToldApart() throws {
        let folder = try TemporaryFolder()
        let severities = ["critical", "high", "medium", "low", "info"]
        let rules = severities.map { severity in
            "# METADATA\n# scope: rule\n# custom: {severity: \(severity)}\ndeny_\(severity) contains \"said\" if input.kind == \"Pod\"\n"
        }
        try folder.write([
            "policy.rego": "package main\n\n" + rules.joined(separator: "\n"),
            "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n",
        ])
        let arguments = ["check", "--no-builtin", "--policy", "policy.rego", "pod.yaml", "--color"]
        let plain = try LintelRun(arguments + ["never"], in: folder.url).output
        let coloured = try LintelRun(arguments + ["always"], in: folder.url).output
        #expect(!plain.contains("\u{1B}"))
        let words = plain.matches(of: #/pod\.yaml:\d+:\d+: (\[[A-Z]\] \w+): said/#).map { String($0.1) }
        #expect(Set(words) == ["[C] critical", "[H] high", "[M] medium", "[L] low", "[I] info"] && words.count == 5, "\(plain)")
        let colours = coloured.matches(of: #/\[([0-9;]+)m\[[A-Z]\] (critical|high|medium|low|info):/#).map { String($0.1) }
        #expect(Set(colours).count == 5, "\(colours)")
    }

    /// As the README says it: rules with and without a suffix, in any package, of v1 and of v0.
    @Test(arguments: [
        "package main\n\ndeny_kind[msg] {\n\tinput.kind == \"Pod\"\n\tmsg := \"said\"\n}\n",
        "package team.shop\n\nviolation[{\"msg\": msg}] {\n\tinput.kind == \"Pod\"\n\tmsg := \"said\"\n}\n",
        "package a.b.c\n\nwarn_x contains \"said\" if input.kind == \"Pod\"\n",
        "package main\n\nimport rego.v1\n\ndeny contains msg if {\n\tinput.kind == \"Pod\"\n\tmsg := \"said\"\n}\n",
    ])
    func rulesOfAnyPackageJudge(_ policy: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(["policy.rego": policy, "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"])
        let run = try LintelRun(
            ["check", "--no-builtin", "--fail-on", "low", "--policy", "policy.rego", "pod.yaml"], in: folder.url)
        #expect(run.code == 1 && run.output.contains(": said ["), "\(run.output)\(run.errors)")
    }

    @Test func quiet() throws {
        let run = try LintelRun(Self.arguments + ["--quiet"])
        #expect(!run.output.contains("Checked"))
        #expect(
            run.output.contains("check/deploy/web.yaml:19:23: [C] critical: a container is privileged [TEAM-1 no-privileged]"))
    }

    @Test(arguments: ["json", "sarif", "gitlab"])
    func isJSON(_ format: String) throws {
        let run = try LintelRun(Self.arguments + ["--format", format])
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(run.output.utf8)) }
    }

    /// Code scanning refuses a run without results, columns below 1 and empty snippets.
    @Test func sarifOfACleanRun() throws {
        let run = try LintelRun(Self.arguments.dropLast() + ["check/all.json", "--only", "main.violation", "--format", "sarif"])
        #expect(run.code == 0)
        let log = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let runs = try #require(log["runs"] as? [[String: Any]])
        #expect((runs[0]["results"] as? [Any])?.isEmpty == true)
        let invocations = try #require(runs[0]["invocations"] as? [[String: Any]])
        #expect(invocations[0]["executionSuccessful"] as? Bool == true)
    }

    @Test func outputFile() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("out/report.json")
        let run = try LintelRun(Self.arguments + ["--format", "json", "--output", file.path])
        #expect(run.code == 1)
        #expect(run.output == "")
        let written = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(written.contains("\"formatVersion\": 1"))
        let denied = try LintelRun(Self.arguments + ["--output", "/proc/nothing/report"])
        #expect(denied.code == 2)
        #expect(denied.errors.hasPrefix("error: cannot write /proc/nothing/report: "))
    }

    /// The order of the report does not depend on the number of workers.
    @Test func jobs() throws {
        let folder = try TemporaryFolder()
        let manifest = try String(contentsOf: LintelRun.fixtures.appendingPathComponent("check/deploy/web.yaml"), encoding: .utf8)
        for number in 0..<200 { try folder.write(manifest, to: "m/\(number % 7)/\(number).yaml") }
        let policies = LintelRun.fixtures.appendingPathComponent("policies").path
        let runs = try ["1", "2", "7"].map { jobs in
            try LintelRun(["check", "--no-builtin", "--policy", policies, "--jobs", jobs, "m"], in: folder.url)
        }
        #expect(runs[0].output.contains("400 violations (200 critical, 200 high). Checked 400 resources in 200 files"))
        #expect(runs[1].stableOutput == runs[0].stableOutput)
        #expect(runs[2].stableOutput == runs[0].stableOutput)
    }
}
