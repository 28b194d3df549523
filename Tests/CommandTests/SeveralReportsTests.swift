import Foundation
import Reports
import Testing

/// Several reports of one run, and reports that were saved.
@Suite struct SeveralReportsTests {
    private static let base = ["check", "--plain", "--no-builtin", "--policy", "policies", "check"]

    /// Other programs' parsers find the same places in every format.
    @Test func otherParsers() throws {
        let folder = try TemporaryFolder()
        let formats = ReportFormat.allCases.map(\.rawValue)
        let run = try LintelRun(
            Self.base + formats.flatMap { ["--format", "\($0)=\(folder.url.appendingPathComponent($0).path)"] })
        #expect(run.code == 1)
        #expect(run.output == "" && run.errors == "")
        let read = try Tool.run("python3", [LintelRun.fixtures.appendingPathComponent("read_formats.py").path, folder.url.path])
        #expect(read.code == 0, "\(read.errors)")
        var places: [String: String] = [:]
        for line in read.output.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            places[parts[0]] = parts[1].replacing("Tests/CommandTests/Fixtures/", with: "")
        }
        #expect(places["html"] == "4")
        let expected = "check/all.json:6 check/all.json:7 check/deploy/web.yaml:10 check/deploy/web.yaml:19"
        for (format, found) in places where format != "html" { #expect(found == expected, "\(format)") }
        #expect(places.count == 12)
    }

    /// Each file is what the run with that format alone writes.
    @Test func sameAsAlone() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("out.csv")
        let both = try LintelRun(Self.base + ["--format", "compact", "--format", "csv=\(file.path)"])
        let compact = try LintelRun(Self.base + ["--format", "compact"]), csv = try LintelRun(Self.base + ["--format", "csv"])
        #expect(both.output == compact.output)
        #expect(try String(contentsOf: file, encoding: .utf8) == csv.output)
    }

    @Test(arguments: [
        (["--format", "json", "--format", "sarif"], "cannot both go to one place (json, sarif)"),
        (["--format", "json=a", "--format", "sarif=a"], "cannot both be written to a"),
        (["--format", "json=a", "-o", "b"], "-o b belongs to none"),
        (["--format", "yaml=a"], "invalid"), (["--format", "json="], "invalid"),
    ])
    func misuse(_ arguments: [String], _ message: String) throws {
        let folder = try TemporaryFolder()
        let run = try LintelRun(["check"] + arguments, in: folder.url)
        #expect(run.code == 64)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    /// One that cannot be written makes the exit code 2; the others are there.
    @Test func unwritable() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("out.json")
        let run = try LintelRun(
            Self.base + ["--format", "text", "--format", "sarif=/proc/nothing/x", "--format", "json=\(file.path)"])
        #expect(run.code == 2)
        #expect(run.errors.contains("cannot write /proc/nothing/x"))
        #expect(run.output.contains("4 violations"))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(contentsOf: file)) }
    }

    @Test func jobSummary() throws {
        let folder = try TemporaryFolder()
        try folder.write("before\n", to: "summary.md")
        let file = folder.url.appendingPathComponent("summary.md")
        let run = try LintelRun(Self.base + ["--format", "github"], environment: ["GITHUB_STEP_SUMMARY": file.path])
        #expect(run.output.hasPrefix("::error "))
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasPrefix("before\n<!-- lintel-report -->\n## lintel: 4 violations\n"))
    }

    /// A comment stays below the limit of code hosts, and says what it leaves out.
    @Test func manyViolations() throws {
        let folder = try TemporaryFolder()
        for number in 0..<1500 {
            try folder.write(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p\(number)}\nspec: {containers: [{name: c, securityContext: {privileged: true}}]}\n",
                to: "m/\(number).yaml")
        }
        let policies = LintelRun.fixtures.appendingPathComponent("policies").path
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", policies, "m", "--format", "markdown"], in: folder.url)
        #expect(run.output.utf8.count < 65_000)
        #expect(run.output.contains("more violations are not shown here"))
        #expect(run.output.components(separatedBy: "<details").count == run.output.components(separatedBy: "</details>").count)
    }

    // MARK: Saved reports

    /// Every format from a saved report is the one the run would have written.
    @Test(arguments: ReportFormat.allCases.filter { ![.text, .table].contains($0) })
    func convert(_ format: ReportFormat) throws {
        let folder = try TemporaryFolder()
        let saved = folder.url.appendingPathComponent("report.json").path
        let direct = try LintelRun(Self.base + ["--format", format.rawValue])
        let written = try LintelRun(Self.base + ["--format", "json=\(saved)"])
        #expect(written.code == 1)
        let converted = try LintelRun(["report", "convert", saved, "--format", format.rawValue])
        #expect(converted.code == 0)
        if format == .sarif { return try expectSameResults(converted.output, direct.output) }
        #expect(converted.stableOutput == direct.stableOutput)
    }

    /// A saved report knows the policies that were violated, not all that were used.
    private func expectSameResults(_ left: String, _ right: String) throws {
        func results(_ text: String) throws -> [NSDictionary] {
            let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let runs = try #require(log["runs"] as? [[String: Any]])
            return try #require(runs[0]["results"] as? [[String: Any]]).map { result in
                var result = result
                result["ruleIndex"] = nil
                return result as NSDictionary
            }
        }
        #expect(try results(left) == results(right))
    }

    @Test(arguments: ["", "{}", "[]", "{\"formatVersion\": 1, \"tool\": {\"name\": \"other\"}}", "{\"formatVersion\": 2"])
    func noReport(_ text: String) throws {
        let run = try LintelRun(["report", "convert", "-", "--format", "sarif"], input: text)
        #expect(run.code == 2)
        #expect(run.output == "" && run.errors.contains("error"))
    }

    /// A report from elsewhere cannot make the program read files outside of the folder.
    @Test func foreignPaths() throws {
        let folder = try TemporaryFolder()
        let saved = try LintelRun(Self.base + ["--format", "json"]).output
        try folder.write(saved.replacing("check/deploy/web.yaml", with: "/etc/passwd"), to: "report.json")
        let run = try LintelRun(["report", "convert", "report.json", "--format", "html"], in: folder.url)
        #expect(run.code == 0)
        #expect(!run.output.contains("root:x:"))
    }
}

/// Another program.
enum Tool {
    static func run(
        _ name: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> (output: String, errors: String, code: Int32) {
        let process = Process(), output = Pipe()
        let scratch = try TemporaryFolder(), errors = scratch.url.appendingPathComponent("errors")
        try Data().write(to: errors)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        if let folder { process.currentDirectoryURL = folder }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), try String(contentsOf: errors, encoding: .utf8), process.terminationStatus)
    }
}
