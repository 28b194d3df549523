import Foundation
import Testing

/// What makes two findings the same, baselines, and comparisons with other states.
@Suite struct BaselineTests {
    private static let container = "      - {name: web, image: x, securityContext: {privileged: true}}\n"
    private static func deployment(
        _ name: String = "web", namespace: String = "shop", containers: String = container, head: String = ""
    ) -> String {
        """
        \(head)apiVersion: apps/v1
        kind: Deployment
        metadata: {name: \(name), namespace: \(namespace)}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
        \(containers)
        """
    }

    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var before: [String: String]
        var after: [String: String]
        var new: Int
        var gone = 0
    }

    private static let plain = ["a.yaml": deployment()]
    private static let two = container + container.replacing("web", with: "side")
    private static let role = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: r}
        rules:
        - {apiGroups: [""], resources: [pods], verbs: ["*"]}

        """

    static let changes: [Change] = [
        Change(testDescription: "nothing", before: plain, after: plain, new: 0),
        Change(testDescription: "lines above", before: plain, after: ["a.yaml": deployment(head: "# one\n# two\n\n")], new: 0),
        Change(testDescription: "a mark before", before: plain, after: ["a.yaml": deployment(head: "---\n")], new: 0),
        Change(
            testDescription: "another document before", before: plain,
            after: ["a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n" + deployment()], new: 0),
        Change(
            testDescription: "keys in another order", before: plain,
            after: ["a.yaml": deployment(containers: "      - {securityContext: {privileged: true}, image: x, name: web}\n")],
            new: 0),
        Change(
            testDescription: "block style", before: plain,
            after: [
                "a.yaml": deployment(
                    containers: "      - name: web\n        image: x\n        securityContext:\n          privileged: true\n")
            ], new: 0),
        Change(
            testDescription: "quotes", before: plain,
            after: [
                "a.yaml": deployment(containers: "      - {\"name\": 'web', image: x, securityContext: {privileged: true}}\n")
            ], new: 0),
        Change(
            testDescription: "a comment", before: plain, after: ["a.yaml": deployment(containers: "      # why\n" + container)],
            new: 0),
        Change(
            testDescription: "another value beside", before: plain,
            after: ["a.yaml": deployment().replacing("replicas: 2", with: "replicas: 3")], new: 0),
        Change(
            testDescription: "another image", before: plain,
            after: ["a.yaml": deployment().replacing("image: x", with: "image: y")], new: 0),
        Change(
            testDescription: "a label", before: plain,
            after: ["a.yaml": deployment().replacing("namespace: shop}", with: "namespace: shop, labels: {a: b}}")], new: 0),
        Change(testDescription: "a renamed file", before: plain, after: ["b.yaml": deployment()], new: 0),
        Change(testDescription: "a moved file", before: plain, after: ["x/y/a.yaml": deployment()], new: 0),
        Change(
            testDescription: "a file split in two", before: ["a.yaml": deployment() + "---\n" + deployment("api")],
            after: ["b.yaml": deployment(), "c.yaml": deployment("api")], new: 0),
        Change(
            testDescription: "two files in one", before: ["b.yaml": deployment(), "c.yaml": deployment("api")],
            after: ["a.yaml": deployment() + "---\n" + deployment("api")], new: 0),
        Change(
            testDescription: "documents in another order", before: ["a.yaml": deployment() + "---\n" + deployment("api")],
            after: ["a.yaml": deployment("api") + "---\n" + deployment()], new: 0),
        Change(
            testDescription: "a sound container before", before: plain,
            after: ["a.yaml": deployment(containers: "      - {name: first, image: x}\n" + container)], new: 0),
        Change(
            testDescription: "a sound container behind", before: plain,
            after: ["a.yaml": deployment(containers: container + "      - {name: last, image: x}\n")], new: 0),
        Change(
            testDescription: "containers in another order", before: ["a.yaml": deployment(containers: two)],
            after: ["a.yaml": deployment(containers: container.replacing("web", with: "side") + container)], new: 0),
        Change(
            testDescription: "JSON in place of YAML",
            before: [
                "a.json":
                    "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"x\",\"securityContext\":{\"privileged\":true}}]}}"
            ],
            after: [
                "a.yaml":
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}\n"
            ], new: 0),
        Change(
            testDescription: "another version of the API", before: ["a.yaml": role],
            after: ["a.yaml": role.replacing("verbs: [\"*\"]}", with: "verbs: [\"*\"]} # all")], new: 0),
        Change(
            testDescription: "an item of a List",
            before: [
                "a.yaml":
                    "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}}\n"
            ],
            after: [
                "a.yaml":
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}\n"
            ], new: 0),
        Change(
            testDescription: "a rule before, in a list without names", before: ["a.yaml": role],
            after: [
                "a.yaml": role.replacing(
                    "rules:\n", with: "rules:\n- {apiGroups: [apps], resources: [deployments], verbs: [get]}\n")
            ], new: 0),
        Change(
            testDescription: "an anchor", before: plain,
            after: ["a.yaml": deployment(containers: "      - {name: web, image: x, securityContext: &s {privileged: true}}\n")],
            new: 0),
        // New ones.
        Change(testDescription: "a second container", before: plain, after: ["a.yaml": deployment(containers: two)], new: 1),
        Change(
            testDescription: "a second container before", before: plain,
            after: ["a.yaml": deployment(containers: container.replacing("web", with: "a") + container)], new: 1),
        Change(
            testDescription: "an init container", before: plain,
            after: [
                "a.yaml": deployment().replacing(
                    "      containers:",
                    with: "      initContainers:\n" + container.replacing("web", with: "init").dropLast() + "\n      containers:")
            ], new: 1),
        Change(
            testDescription: "another container in its place", before: plain,
            after: ["a.yaml": deployment(containers: container.replacing("web", with: "api"))], new: 1, gone: 1),
        Change(
            testDescription: "a second object", before: plain, after: ["a.yaml": deployment() + "---\n" + deployment("api")],
            new: 1),
        Change(
            testDescription: "an object in another namespace", before: plain,
            after: ["a.yaml": deployment() + "---\n" + deployment(namespace: "other")], new: 1),
        Change(
            testDescription: "a second object in another file", before: plain,
            after: ["a.yaml": deployment(), "b.yaml": deployment("api")], new: 1),
        Change(
            testDescription: "a copy in another file", before: plain, after: ["a.yaml": deployment(), "b.yaml": deployment()],
            new: 1),
        Change(
            testDescription: "fixed here, the same in another file", before: plain,
            after: ["a.yaml": deployment().replacing("privileged: true", with: "privileged: false"), "b.yaml": deployment()],
            new: 1, gone: 1),
        Change(
            testDescription: "another kind", before: plain,
            after: ["a.yaml": deployment().replacing("kind: Deployment", with: "kind: StatefulSet")], new: 1, gone: 1),
        Change(testDescription: "another name", before: plain, after: ["a.yaml": deployment("api")], new: 1, gone: 1),
        Change(
            testDescription: "a rule more, in a list without names", before: ["a.yaml": role],
            after: ["a.yaml": role + "- {apiGroups: [apps], resources: [deployments], verbs: [\"*\"]}\n"], new: 1),
        // Gone ones.
        Change(
            testDescription: "fixed", before: plain,
            after: ["a.yaml": deployment().replacing("privileged: true", with: "privileged: false")], new: 0, gone: 1),
        Change(
            testDescription: "the container is gone", before: ["a.yaml": deployment(containers: two)], after: plain, new: 0,
            gone: 1),
        Change(
            testDescription: "the file is gone", before: ["a.yaml": deployment(), "b.yaml": deployment("api")], after: plain,
            new: 0, gone: 1),
        Change(
            testDescription: "one of two is fixed", before: ["a.yaml": deployment(containers: two)],
            after: ["a.yaml": deployment(containers: container + "      - {name: side, image: x}\n")], new: 0, gone: 1),
        Change(
            testDescription: "a rule is gone", before: ["a.yaml": role], after: ["a.yaml": role.replacing("\"*\"", with: "get")],
            new: 0, gone: 1),
    ]

    private static let only = ["--only", "LT-POD-001", "--only", "LT-RBAC-001"]

    @Test(arguments: changes)
    func change(_ test: Change) throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: ".git/HEAD")
        for (path, text) in test.before { try folder.write(text, to: "m/\(path)") }
        let created = try LintelRun(["baseline", "create", "-o", "b.json", "m"] + Self.only, in: folder.url)
        #expect(created.code == 0, "\(created.errors)")
        #expect(!created.output.contains(": 0 violations"))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("m"))
        for (path, text) in test.after { try folder.write(text, to: "m/\(path)") }
        let run = try LintelRun(["check", "--baseline", "b.json", "--format", "json", "m"] + Self.only, in: folder.url)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let findings = report["findings"] as? [Any], summary = report["summary"] as? [String: Any]
        #expect(findings?.count == test.new, "\(run.output)")
        #expect(summary?["fixed"] as? Int == test.gone)
        #expect(run.code == (test.new > 0 ? 1 : 0))
    }

    @Test func enoughChanges() { #expect(Self.changes.count >= 40) }

    /// An entry takes as many findings as it counts, until its day has passed.
    @Test func expiry() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.deployment(), to: "a.yaml")
        _ = try LintelRun(["baseline", "create", "-o", "b.json", "--until", "2090-01-01", "a.yaml"] + Self.only, in: folder.url)
        let file = folder.url.appendingPathComponent("b.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("\"until\": \"2090-01-01\""))
        let check = ["check", "--baseline", "b.json", "a.yaml"] + Self.only
        #expect(try LintelRun(check, in: folder.url).code == 0)
        try folder.write(text.replacing("2090", with: "2020"), to: "b.json")
        let run = try LintelRun(check, in: folder.url)
        #expect(run.code == 1)
        #expect(run.errors.contains("baseline_expired"))
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"formatVersion\": 1, \"findings\": [{}]}",
        "{\"formatVersion\": 1, \"findings\": [{\"fingerprint\": \"a\", \"policy\": \"b\", \"resource\": \"c\", \"file\": \"d\", \"message\": \"e\", \"count\": 0}]}",
    ])
    func noBaseline(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.deployment(), to: "a.yaml")
        try folder.write(text, to: "b.json")
        let run = try LintelRun(["check", "--baseline", "b.json", "a.yaml"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("error"))
        #expect(try LintelRun(["check", "--baseline", "none.json", "a.yaml"], in: folder.url).code == 2)
    }

    @Test func updateAndPrune() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: ".git/HEAD")
        try folder.write(Self.deployment(containers: Self.two), to: "a.yaml")
        let own = ["a.yaml"] + Self.only
        #expect(
            try LintelRun(["baseline", "create", "-o", "b.json"] + own, in: folder.url).output
                == "b.json: 2 violations are set aside.\n")
        #expect(try LintelRun(["baseline", "create", "-o", "b.json"] + own, in: folder.url).code == 2)
        try folder.write(Self.deployment(containers: Self.container + Self.container.replacing("web", with: "api")), to: "a.yaml")
        #expect(
            try LintelRun(["baseline", "prune", "--baseline", "b.json"] + own, in: folder.url).output
                == "b.json: 1 violations are set aside: 1 gone.\n")
        #expect(try LintelRun(["check", "--baseline", "b.json"] + own, in: folder.url).code == 1)
        #expect(
            try LintelRun(["baseline", "update", "--baseline", "b.json"] + own, in: folder.url).output
                == "b.json: 2 violations are set aside: 1 added, 0 gone.\n")
        #expect(try LintelRun(["check", "--baseline", "b.json"] + own, in: folder.url).code == 0)
        // Another policy's run takes nothing out.
        #expect(
            try LintelRun(["baseline", "prune", "--baseline", "b.json", "a.yaml", "--only", "LT-POD-015"], in: folder.url).output
                == "b.json: 2 violations are set aside: 0 gone.\n")
    }
}
