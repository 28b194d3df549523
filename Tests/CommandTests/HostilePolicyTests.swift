import TestSupport
import Testing

/// Policies that would take gigabytes or never end are stopped by their budget with one clear error.
@Suite struct HostilePolicyTests {
    private static let shared =
        "x0 := [\"aaaaaaaaaa\"]; "
        + (1...8).map { level in
            "x\(level) := [\(Array(repeating: "x\(level - 1)", count: 10).joined(separator: ","))]"
        }.joined(separator: "; ")

    static let rules = [
        "deny contains {\"msg\": \"a\", \"x\": x8} if { \(shared) }",
        "deny contains {\"msg\": \"a\", \"path\": [x8], \"y\": x7} if { \(shared) }",
        "deny contains x8 if { \(shared) }",
        "deny contains {\"msg\": \"a\", \"x\": x6} if { \(shared) }",
        "deny contains json.marshal(x8) if { \(shared) }",
        "deny contains sprintf(\"%v\", [x8]) if { \(shared) }",
        "deny contains \"a\" if { \(shared); strings.render_template(\"\", {\"x\": x8}) }",
        "deny contains \"a\" if { \(shared); y8 := json.unmarshal(\"1\"); print(x8, y8) }",
        "deny contains f if { f := strings.render_template(\"{{range $i, $e := .x}}{{range $j, $f := $.x}}{{range $k,$g := $.x}}"
            + "{{end}}{{end}}{{end}}\", {\"x\": numbers.range(1, 3000)}) }",
    ]

    @Test(arguments: rules)
    func isStopped(rule: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("package main\nimport rego.v1\n\(rule)\n", to: "policy.rego")
        try folder.write(HostileInputTests.good, to: "good.yaml")
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "policy.rego", "--format", "compact", "good.yaml"], in: folder.url, timeout: 120
        )
        #expect(run.code == 2, "\(run.errors.prefix(2000))")
        #expect(run.errors.contains("policy.rego:3:") || run.errors.contains("good.yaml"), "\(run.errors.prefix(2000))")
        #expect(run.errors.utf8.count < 20_000)
    }

    /// A value of megabytes does not make a report of megabytes.
    @Test(arguments: ["text", "json", "sarif", "compact", "junit", "markdown", "html"])
    func longValuesAreShortened(format: String) throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "a", count: 1_200_000)
        try folder.write(
            "package main\nimport rego.v1\ndeny contains msg if { some c in input.spec.containers; msg := sprintf(\"image %s\", [c.image]) }\n"
                + "deny contains {\"msg\": \"whole\", \"value\": input.spec.containers[0].image} if { true }\n",
            to: "policy.rego")
        try folder.write(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\nspec:\n  containers:\n  - name: a\n    image: \(name)\n",
            to: "a.yaml")
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "policy.rego", "--format", format, "a.yaml"], in: folder.url, timeout: 120)
        #expect(run.code == 1, "\(run.errors.prefix(2000))")
        #expect(run.output.utf8.count < 100_000)
        #expect(run.output.contains("1,200,0"), "\(run.output.prefix(600))")
    }
}
