import Foundation
import Testing

/// No false alarms: `examples/hardened` is clean with every policy on, and its README explains what is not judged.
@Suite struct HardenedExamplesTests {
    static let examples = LintelRun.fixtures.appendingPathComponent("../../../examples").standardizedFileURL

    private struct Report: Decodable {
        struct Finding: Decodable {
            var policy: String
            var file: String
            var message: String
        }
        struct Gap: Decodable { var name: String }
        var findings: [Finding]
        var notEvaluated: [Gap]
    }

    private func check(_ arguments: [String]) throws -> (report: Report, code: Int32) {
        let run = try LintelRun(["check", "--format", "json"] + arguments, in: Self.examples)
        #expect(run.errors == "")
        return (try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)), run.code)
    }

    @Test func cleanWithEveryPolicy() throws {
        let (report, code) = try check(["--profile", "all", "hardened"])
        #expect(report.findings.map { "\($0.file): \($0.policy) \($0.message)" } == [])
        #expect(code == 0)
        let readme = try String(contentsOf: Self.examples.appendingPathComponent("hardened/README.md"), encoding: .utf8)
        for gap in report.notEvaluated { #expect(readme.contains("`\(gap.name)`"), "README.md does not explain \(gap.name)") }
    }

    /// The parameters that the README names keep it clean.
    @Test func cleanWithParameters() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            parameters:
              image-registry: {allowedRepos: [registry.example]}
              fsgroup: {ranges: [{min: 20000, max: 20999}]}
              pod-duration: {maxSeconds: 7200}
            """, to: "lintel.yaml")
        let config = folder.url.appendingPathComponent("lintel.yaml").path
        let (report, code) = try check(["--profile", "all", "--config", config, "hardened"])
        #expect(report.findings.map { "\($0.file): \($0.policy) \($0.message)" } == [])
        #expect(code == 0)
    }

    /// The restricted verdict of Pod Security admission at every version: nothing is refused.
    @Test(arguments: ["v1.22", "v1.25", "v1.31", "latest"]) func admitted(_ version: String) throws {
        let (report, code) = try check(["--profile", "restricted", "--pod-security-version", version, "hardened"])
        #expect(report.findings.isEmpty)
        #expect(code == 0)
    }
}
