import Diagnostics
import Documents
import Foundation
import Testing

/// Accepted violations: comments, annotations, entries of the configuration, and the forms of other tools.
@Suite struct ExceptionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        /// JSON, which is YAML.
        var configuration: String?
        var floor: String?
        var arguments: [String]
        var only: [String]
        var open: [String]
        var suppressed: [String]
        var warnings: [String]

        var testDescription: String { name }
    }

    static let cases: [Case] = {
        let file = LintelRun.fixtures.appendingPathComponent("exceptions.yaml")
        guard let data = try? Data(contentsOf: file) else { return [] }
        let stream = YAMLReader().read(SourceFile(path: "exceptions.yaml", bytes: [UInt8](data)))
        guard let document = stream.documents.first else { return [] }
        return document.withRoot { root in
            root.elements.map { item in
                func texts(_ name: StaticString) -> [String] {
                    let list = item.field(name)
                    return list.kind == .array ? list.elements.compactMap(\.stringValue) : []
                }
                func json(_ name: StaticString) -> String? {
                    item.field(name).isDefined ? JSONWriter.string(item.field(name)) : nil
                }
                let only = texts("only")
                return Case(
                    name: item.field("name").stringValue ?? "", text: item.field("text").stringValue ?? "",
                    configuration: json("configuration"), floor: json("floor"), arguments: texts("arguments"),
                    only: only.isEmpty ? ["LT-POD-001", "LT-POD-015"] : only, open: texts("open").sorted(),
                    suppressed: texts("suppressed").sorted(), warnings: texts("warnings").sorted())
            }
        }
    }()

    @Test func thereAreCases() { #expect(Self.cases.count >= 60) }

    @Test(arguments: cases)
    func exception(_ test: Case) throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: ".git/HEAD")
        try folder.write(test.text, to: "m.yaml")
        var arguments = ["check", ".", "--format", "json"] + test.arguments + test.only.flatMap { ["--only", $0] }
        if let configuration = test.configuration { try folder.write(configuration, to: "lintel.yaml") }
        if let floor = test.floor {
            try folder.write(floor, to: ".floor")
            arguments += ["--policy-floor", ".floor"]
        }
        let run = try LintelRun(arguments, in: folder.url)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        func places(_ name: String) -> [String] {
            let list = report[name] as? [[String: Any]] ?? []
            return list.compactMap { entry in
                guard let policy = entry["policy"] as? String, let line = entry["line"] as? Int else { return nil }
                return test.only.contains(policy) ? "\(policy):\(line)" : nil
            }.sorted()
        }
        #expect(places("findings") == test.open)
        #expect(places("suppressed") == test.suppressed)
        let diagnostics = report["diagnostics"] as? [[String: Any]] ?? []
        let codes = Set(diagnostics.compactMap { $0["code"] as? String }).subtracting(["policy_floor", "schema_missing"])
        #expect(codes.sorted() == test.warnings)
        #expect(run.code == (test.open.isEmpty ? 0 : 1))
    }

    /// Suppressed findings are shown where others are, and counted.
    @Test func reports() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec:
              hostNetwork: true # lintel:ignore LT-POD-015 until=2090-01-01 owner=net reason="it watches"
              containers: [{name: c, image: x}]

            """, to: "m.yaml")
        let arguments = ["check", "m.yaml", "--only", "LT-POD-015"]
        let text = try LintelRun(arguments, in: folder.url)
        #expect(text.output.hasPrefix("No violations, 1 suppressed. Checked 1 resource"))
        let sarif = try LintelRun(arguments + ["--format", "sarif"], in: folder.url).output
        #expect(sarif.contains("\"kind\": \"inSource\""))
        #expect(sarif.contains("comment in m.yaml:5, net, until 2090-01-01: it watches"))
        let tap = try LintelRun(arguments + ["--format", "tap"], in: folder.url).output
        #expect(tap.contains("ok 1 - LT-POD-015 Pod p: ") && tap.contains("# SKIP comment in m.yaml:5"))
    }

    /// Of a finding that says what several policies find, the accepted ones come apart, and both say what is theirs.
    @Test func partsOfMergedPolicies() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: r}
            rules:
            - apiGroups: ["", rbac.authorization.k8s.io] # lintel:ignore LT-RBAC-006,LT-RBAC-003 reason="agreed"
              resources: [pods, secrets, roles]
              verbs: [create, get]

            """, to: "m.yaml")
        let arguments = ["check", "m.yaml", "--only", "LT-RBAC-021", "--format"]
        let open = try LintelRun(arguments + ["compact"], in: folder.url)
        #expect(
            open.output == "m.yaml:6:30: error: Role \"r\" allows too much: changing workloads (create on pods) [LT-RBAC-021]\n",
            "\(open.output)")
        let tap = try LintelRun(arguments + ["tap"], in: folder.url).output
        #expect(
            tap.contains("allows too much: raising rights (create on roles), reading Secrets (get on secrets) # SKIP comment"),
            "\(tap)")
        let json = try LintelRun(arguments + ["json"], in: folder.url).output
        #expect(json.contains("\"severity\": \"high\"") && json.contains("\"severity\": \"critical\""), "\(json)")
    }

    /// A comment behind a value of a patch is about what the patch sets, and one in a branch of a template that was not taken is
    /// not unused.
    @Test func patchesAndBranches() throws {
        let folder = try TemporaryFolder()
        let pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec:
              hostNetwork: false
              containers: [{name: c, image: x}]

            """
        try folder.write(pod, to: "o/pod.yaml")
        try folder.write("resources: [pod.yaml]\npatches: [{path: p.yaml, target: {kind: Pod}}]\n", to: "o/kustomization.yaml")
        try folder.write(
            "- op: replace\n  path: /spec/hostNetwork\n  value: true # lintel:ignore LT-POD-015\n", to: "o/p.yaml")
        let arguments = ["check", "--only", "LT-POD-015", "."]
        let patched = try LintelRun(arguments, in: folder.url)
        #expect(patched.output.hasPrefix("No violations, 1 suppressed.") && patched.errors.isEmpty, "\(patched.output)")
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("o"))
        try folder.write("apiVersion: v2\nname: c\nversion: 1.0.0\n", to: "Chart.yaml")
        try folder.write("host: false\n", to: "values.yaml")
        let template = pod.replacing(
            "  hostNetwork: false\n",
            with: """
                  {{- if .Values.host }}
                  hostNetwork: true # lintel:ignore LT-POD-015
                  {{- else }}
                  dnsPolicy: Default # lintel:ignore LT-POD-001
                  {{- end }}

                """)
        try folder.write(template, to: "templates/pod.yaml")
        let off = try LintelRun(arguments, in: folder.url)
        #expect(off.output.hasPrefix("No violations. Checked") && !off.errors.contains("unused"), "\(off.errors)")
        let on = try LintelRun(arguments + ["--set", "host=true"], in: folder.url)
        #expect(on.output.hasPrefix("No violations, 1 suppressed.") && on.errors.isEmpty, "\(on.output)\(on.errors)")
        let unused = try LintelRun(["check", "--only", "LT-POD-001", "."], in: folder.url)
        #expect(unused.errors.contains("templates/pod.yaml:8:") && unused.errors.contains("unused_exception"), "\(unused.errors)")
    }

    /// A comment in a base holds in every overlay that is built from it.
    @Test func overlays() throws {
        let folder = try TemporaryFolder()
        let pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec:
              hostNetwork: true # lintel:ignore LT-POD-015
              containers: [{name: c, image: x}]

            """
        try folder.write(pod, to: "base/pod.yaml")
        try folder.write("resources: [pod.yaml]\n", to: "base/kustomization.yaml")
        for name in ["a", "b"] {
            try folder.write("namePrefix: \(name)-\nresources: [../../base]\n", to: "overlays/\(name)/kustomization.yaml")
        }
        let run = try LintelRun(["check", ".", "--only", "LT-POD-015"], in: folder.url)
        #expect(run.code == 0)
        #expect(run.output.contains("1 suppressed"))
        try folder.write(pod.replacing(" # lintel:ignore LT-POD-015", with: ""), to: "base/pod.yaml")
        #expect(try LintelRun(["check", ".", "--only", "LT-POD-015"], in: folder.url).code == 1)
    }

    /// A rule that sees what the API server fills in names nodes of the object all the same.
    @Test func placesOfObjectsWithDefaults() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "p.rego": """
            # METADATA
            # scope: package
            # custom:
            #   id: TEAM-1
            #   targets: [{group: "", kinds: [Pod]}]
            #   defaults: true
            package team

            deny contains {"msg": c.name, "node": c, "field": "imagePullPolicy"} if {
            \tsome c in input.spec.containers
            \tc.imagePullPolicy == "Always"
            }
            """,
            "a.yaml": """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: x}
            spec:
              containers:
              - name: a
                image: x
              - name: b # lintel:ignore TEAM-1 reason="why"
                image: y
            """,
        ])
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "p.rego", "--format", "compact", "a.yaml"], in: folder.url)
        #expect(run.output == "a.yaml:6:5: error: a [TEAM-1]\n", "\(run.output) \(run.errors)")
    }
}
