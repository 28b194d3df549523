import Foundation
import Testing

/// What `--format json` writes fits `docs/report.schema.json`.
@Suite struct ReportSchemaTests {
    static let schema = LintelRun.fixtures.appendingPathComponent("../../../docs/report.schema.json").standardizedFileURL

    /// The problems of a report, by the schema builtin of the program itself.
    private func problems(of report: String) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write(report, to: "report.json")
        try folder.write("schema: \(String(decoding: try Data(contentsOf: Self.schema), as: UTF8.self))", to: "schema.yaml")
        let run = try LintelRun(
            [
                "eval", "--data", "schema.yaml", "--input", "report.json", "--format", "raw",
                "json.marshal([problem.desc | some problem in json.match_schema(input, data.schema)[1]])",
            ], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        return try JSONDecoder().decode([String].self, from: Data(run.output.utf8))
    }

    @Test(arguments: [
        ["check"], ["check", "--quiet"], ["check/values.yaml"], ["nothing.yaml"], ["check", "--policy", "nothing.rego"],
    ])
    func ownPolicies(_ arguments: [String]) throws {
        let run = try LintelRun(CheckBehaviourTests.base + arguments + ["--format", "json"])
        #expect(try problems(of: run.output) == [])
    }

    @Test func builtinPolicies() throws {
        let run = try LintelRun(["check", "--profile", "all", "--format", "json", "check"])
        #expect(run.output.contains("\"notEvaluated\": [\n"))
        #expect(try problems(of: run.output) == [])
    }

    /// The schema can refuse.
    @Test(arguments: [
        ("\"formatVersion\": 1", "\"formatVersion\": 2"), ("\"line\": ", "\"lines\": "), ("\"high\"", "\"higher\""),
    ])
    func otherReports(_ part: String, _ replacement: String) throws {
        let run = try LintelRun(CheckBehaviourTests.base + ["check", "--format", "json"])
        let changed = run.output.replacingOccurrences(of: part, with: replacement)
        #expect(changed != run.output)
        #expect(try problems(of: changed) != [])
    }
}
