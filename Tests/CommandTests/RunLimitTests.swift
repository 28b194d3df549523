import Foundation
import Testing

/// `--timeout`, `--memory-limit` and `--max-findings`.
@Suite struct RunLimitTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        // More steps than a run in a second has, and fewer than the budget of a policy.
        let slow = """
            package p

            deny contains "long" if {
            	some a in numbers.range(1, 3000)
            	some b in numbers.range(1, 3000)
            	a * b < 0
            }
            """
        try folder.write(slow, to: "slow/p.rego")
        for number in 0..<40 {
            try folder.write(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c\(number)}\n", to: "in/\(number).yaml")
        }
        let containers = (0..<150).map { "{name: c\($0), image: a.example/b:1.0.0, securityContext: {privileged: true}}" }
        try folder.write(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: wide}\nspec: {containers: [\(containers.joined(separator: ", "))]}\n",
            to: "wide/pod.yaml")
    }

    @Test func timeout() throws {
        let run = try LintelRun(["check", "--no-builtin", "--policy", "slow", "--timeout", "500ms", "in"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("--timeout 0.5 s") && run.errors.contains("files were not judged"), "\(run.errors)")
        #expect(!run.errors.contains("policy p failed"))
    }

    /// The policy library alone takes more than this.
    @Test func memory() throws {
        let run = try LintelRun(["check", "--memory-limit", "2MiB", "wide"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("--memory-limit 2 MiB"), "\(run.errors)")
    }

    @Test func findings() throws {
        let arguments = ["check", "--only", "LT-POD-001", "wide"]
        let run = try LintelRun(arguments, in: folder.url)
        #expect(run.code == 1)
        #expect(run.output.contains("100 violations (100 critical)."), "\(run.output.suffix(400))")
        #expect(run.output.contains("Not listed: 50 more violations (--max-findings 0 lists all)."))
        #expect(try LintelRun(arguments + ["--max-findings", "0"], in: folder.url).output.contains("150 violations"))
        try folder.write("maxFindings: 7\n", to: "lintel.yaml")
        let configured = try LintelRun(arguments + ["--config", "lintel.yaml", "--format", "json"], in: folder.url)
        #expect(configured.output.contains("\"omitted\": 143") && configured.output.contains("\"count\": 143"))
        #expect(configured.code == 1)
    }

    @Test(arguments: [
        ["--timeout", "0"], ["--timeout", "soon"], ["--memory-limit", "much"], ["--memory-limit", "0"],
        ["--max-findings", "-1"],
    ])
    func wrongValues(_ arguments: [String]) throws {
        #expect(try LintelRun(["check", "in"] + arguments, in: folder.url).code == 64)
    }
}
