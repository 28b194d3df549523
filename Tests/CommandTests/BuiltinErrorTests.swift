import Foundation
import Testing

/// A builtin that fails makes its expression undefined, as in OPA; whoever wrote the policy is told.
@Suite struct BuiltinErrorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            package team

            # METADATA
            # title: No high numbers
            # custom: {id: TEAM-1}
            deny contains "number" if to_number(input.metadata.name) > 3

            deny contains "first" if {
              startswith(input.metadata.name, "a")
              to_number(input.metadata.name) > 4
            }
            """, to: "policy/team.rego")
        for name in ["a", "b", "c"] {
            try folder.write(SkipTests.pod.replacingOccurrences(of: "name: good", with: "name: \(name)"), to: "in/\(name).yaml")
        }
    }

    private func check(_ arguments: String...) throws -> LintelRun {
        try LintelRun(["check", "--no-builtin", "--policy", "policy", "in"] + arguments, in: folder.url)
    }

    @Test(arguments: [[], ["--jobs", "1"], ["--jobs", "3"]])
    func warning(_ arguments: [String]) throws {
        let run = try LintelRun(["check", "--no-builtin", "--policy", "policy", "in"] + arguments, in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.components(separatedBy: "[eval_builtin_error]").count == 2, "\(run.errors)")
        #expect(run.errors.contains("policy/team.rego:6:"), "\(run.errors)")
        #expect(run.errors.contains("warning: "))
    }

    @Test func strict() throws {
        let run = try check("--strict-builtin-errors")
        #expect(run.code == 2)
        #expect(run.errors.contains("error: ") && run.errors.contains("policy/team.rego:6:"), "\(run.errors)")
    }

    @Test func json() throws {
        let run = try check("--format", "json")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let diagnostics = try #require(report["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.count == 1)
        #expect(diagnostics.first?["severity"] as? String == "warning")
    }
}
