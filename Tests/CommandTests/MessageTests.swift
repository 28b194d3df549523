import Foundation
import Testing

/// What is said about policies and settings that do not mean what their author thinks.
@Suite struct MessageTests {
    private let folder: TemporaryFolder
    private static let base = ["check", "--no-builtin", "--policy", "p.rego"]

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\n", to: "pod.yaml")
        try folder.write("apiVersion: v1\nkind: Pod\nmetadata: {name: c, namespace: b}\n", to: "other.yaml")
    }

    private func policy(_ result: String, metadata: String = "") throws {
        try folder.write("package p\n\n\(metadata)violation contains \(result) if input.kind == \"Pod\"\n", to: "p.rego")
    }

    /// In the library's form a severity counts, and one that there is not is an error at its place; nothing is lost.
    @Test(arguments: [
        ("\"hihg\"", "p.rego:3:60: error: p.violation: unknown severity \"hihg\"; did you mean \"high\"? [policy_result_error]"),
        ("\"zz\"", "unknown severity \"zz\"; known are critical, high, medium, low, info [policy_result_error]"),
        ("3", "unknown severity 3; known are critical, high, medium, low, info [policy_result_error]"),
    ])
    func unknownSeverity(_ severity: String, _ message: String) throws {
        try policy("{\"msg\": \"x\", \"node\": input, \"severity\": \(severity)}")
        let run = try LintelRun(Self.base + ["pod.yaml", "other.yaml"], in: folder.url)
        #expect(run.code == 2, "\(run.output)")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.ranges(of: "unknown severity").count == 1)
        #expect(run.output.contains("2 violations (2 high)"), "\(run.output)")
    }

    /// In other forms it is the policy's own word: that it does not count is said when it differs from what counts.
    @Test(arguments: [
        ("\"hihg\"", "", "severity \"hihg\" of a result does not count; it is judged as high", "high"),
        ("\"low\"", "", "severity \"low\" of a result does not count; it is judged as high", "low"),
        (
            "\"LOW\"", "# METADATA\n# custom: {severity: medium}\n", "\"LOW\" of a result does not count; it is judged as medium",
            "low"
        ),
        ("\"HIGH\"", "", nil, ""), ("\"S1\"", "", nil, ""), ("1", "", nil, ""),
        ("\"low\"", "# METADATA\n# custom: {severity: low}\n", nil, ""),
    ])
    func unreadSeverity(_ severity: String, _ metadata: String, _ message: String?, _ meant: String) throws {
        try policy("{\"msg\": \"x\", \"severity\": \(severity)}", metadata: metadata)
        let run = try LintelRun(Self.base + ["--fail-on", "never", "pod.yaml", "other.yaml"], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        guard let message else { return #expect(run.errors == "") }
        #expect(run.errors.hasPrefix("p.rego:\(metadata.isEmpty ? 3 : 5):"), "\(run.errors)")
        #expect(run.errors.contains("warning: p.violation: ") && run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.contains("hint: write it in the rule's metadata: # METADATA, # custom: {severity: \(meant)}"))
        #expect(run.errors.ranges(of: "does not count").count == 1)
    }

    /// Releases beyond those whose types are known are judged with the nearest, and the report says so.
    @Test(arguments: [
        (
            "1.99",
            [
                "Kubernetes 1.99 is newer than 1.36, the newest release whose types are known: objects are compared with those of 1.36"
            ]
        ),
        (
            "1.9",
            [
                "Kubernetes 1.9 is older than 1.23, the oldest release whose types are known: objects are compared with those of 1.23"
            ]
        ),
        ("1.22-1.37", ["Kubernetes 1.22 is older than 1.23", "Kubernetes 1.37 is newer than 1.36"]),
        ("1.36", []), ("1.23-1.36", []),
    ])
    func unknownRelease(_ version: String, _ messages: [String]) throws {
        try policy("\"x\"")
        let arguments = Self.base + ["--fail-on", "never", "pod.yaml"]
        let flagged = try LintelRun(arguments + ["--kubernetes-version", version], in: folder.url)
        try folder.write("kubernetesVersion: \"\(version)\"\n", to: "lintel.yaml")
        for run in [flagged, try LintelRun(arguments, in: folder.url)] {
            #expect(run.code == 0)
            for message in messages { #expect(run.errors.contains("warning: " + message), "\(run.errors)") }
            #expect(run.errors.ranges(of: "[kubernetes_version_unknown]").count == messages.count)
        }
    }

    /// A version of an API that is gone is told as that, once, and its kind is known.
    @Test(arguments: [[], ["--skip", "schema-unknown-kind"]]) func removedVersion(_ arguments: [String]) throws {
        try folder.write(
            "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a, namespace: b}\nspec: {}\n", to: "old.yaml")
        let run = try LintelRun(["check"] + arguments + ["old.yaml"], in: folder.url)
        #expect(run.code == 1)
        #expect(run.output.contains("extensions/v1beta1"))
        #expect(!run.output.contains("Unknown kind"), "\(run.output)")
        let unknown = "apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: a, namespace: b}\n"
        try folder.write(unknown, to: "unknown.yaml")
        let other = try LintelRun(["check"] + arguments + ["unknown.yaml"], in: folder.url)
        #expect((other.output + other.errors).contains("Deploymnt"), "\(other.output)\(other.errors)")
    }

    /// What reads no decision says what is wrong with a file, and that alone.
    @Test func noDecisions() throws {
        let broken = try LintelRun(["rollout", "log.json"], in: folder.url)
        #expect(broken.code == 2)
        #expect(broken.output == "")
        #expect(!broken.errors.contains("no decision"), "\(broken.errors)")
        try folder.write("{\"decision_id\": \"1\"}\n", to: "other.json")
        let foreign = try LintelRun(["rollout", "other.json"], in: folder.url)
        #expect(foreign.code == 2)
        #expect(foreign.errors == "error: no decision of an admission webhook was found\n")
    }
}
