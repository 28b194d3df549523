import Foundation
import Testing

/// Objects that `kubectl` sends and that a reader of another mind would not see.
@Suite struct HostileManifestTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var text: String
        /// Policies of the profile restricted that must object.
        var policies: [String]
        var file = "a.yaml"
        var testDescription: String { name }
    }

    private static let evil = "{name: a, image: b, securityContext: {privileged: yes}}"
    private static func pod(_ spec: String) -> String {
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: []\n  \(spec)\n"
    }
    private static func list(_ head: String, _ item: String) -> String { "\(head)\nmetadata: {name: x}\nitems:\n- \(item)\n" }

    static let cases: [Case] =
        ["kind: ConfigMap", "kind: Namespace", "kind: Pod", "kind: Secret"].map { kind in
            Case(
                name: "items of \(kind)",
                text: list(
                    "apiVersion: v1\n\(kind)",
                    "{apiVersion: v1, kind: Pod, metadata: {name: evil}, spec: {containers: [\(evil)]}}"),
                policies: ["LT-POD-001"])
        } + [
            Case(
                name: "nested lists",
                text: list(
                    "apiVersion: v1\nkind: ConfigMap",
                    "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: e}, spec: {containers: [\(evil)]}}]}"
                ),
                policies: ["LT-POD-001"]),
            Case(
                name: "item of a typed list without a type",
                text: list("apiVersion: v1\nkind: PodList", "{metadata: {name: e}, spec: {containers: [\(evil)]}}"),
                policies: ["LT-POD-001"]),
            Case(
                name: "item with an empty type",
                text: list(
                    "apiVersion: v1\nkind: Pod", "{apiVersion: '', kind: '', metadata: {name: e}, spec: {containers: [\(evil)]}}"),
                policies: ["LT-POD-001"]),
            Case(name: "object with items is judged too", text: pod("hostPID: true") + "items: []\n", policies: ["LT-POD-013"]),
            Case(
                name: "core group with a slash", text: pod("hostPID: true").replacing("apiVersion: v1", with: "apiVersion: /v1"),
                policies: ["LT-POD-013"]),
            Case(
                name: "tagged merge", text: pod("!!merge '<<': {hostPID: true, hostNetwork: true}"),
                policies: ["LT-POD-013", "LT-POD-015"]),
            Case(
                name: "merge by its long tag", text: pod("!<tag:yaml.org,2002:merge> \"\\x3c<\": {hostPID: true}"),
                policies: ["LT-POD-013"]),
            Case(name: "merge by the non-specific tag", text: pod("! '<<': [{hostPID: true}]"), policies: ["LT-POD-013"]),
            Case(
                name: "number that is zero to Go",
                text:
                    #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"securityContext": {"runAsUser": 1e-400, "runAsNonRoot": true}, "containers": [{"name": "c", "image": "d"}]}}"#,
                policies: ["LT-POD-004"], file: "a.json"),
            Case(
                name: "minus zero",
                text:
                    #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"securityContext": {"runAsUser": -0.0, "runAsNonRoot": true}, "containers": [{"name": "c", "image": "d"}]}}"#,
                policies: ["LT-POD-004"], file: "a.json"),
        ]

    @Test(arguments: cases)
    func judged(_ test: Case) throws {
        let folder = try TemporaryFolder()
        try folder.write(test.text, to: test.file)
        let run = try LintelRun(["check", "--profile", "restricted", "--format", "compact", test.file], in: folder.url)
        #expect(run.code == 1, "\(run.errors)")
        for policy in test.policies { #expect(run.output.contains("[\(policy)]"), "\(run.output)\(run.errors)") }
    }

    /// Keys that only look like merges are keys.
    @Test(arguments: ["'<<'", "\"<<\"", "!!str <<", "!local <<"])
    func noMerge(_ key: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod("\(key): {hostPID: true}"), to: "a.yaml")
        let run = try LintelRun(["check", "--only", "LT-POD-013", "--format", "compact", "a.yaml"], in: folder.url)
        #expect(run.code == 0, "\(run.output)\(run.errors)")
    }
}
