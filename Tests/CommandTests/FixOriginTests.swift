import Foundation
import Testing

/// `lintel fix` of what kustomizations and charts are built into: the text that a value comes from changes, or there is a
/// reason why not.
@Suite struct FixOriginTests {
    /// A repository, and what becomes of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var files: [String: String]
        var only = ["LT-POD-001"]
        var arguments = ["."]
        /// For each file that changes, the texts that are replaced.
        var changes: [String: [(old: String, new: String)]] = [:]
        /// What is said of what is refused.
        var reasons: [String] = []

        var testDescription: String { name }

        func with(_ change: (inout [String: String]) -> Void) -> Case {
            var copy = self
            change(&copy.files)
            return copy
        }
    }

    static let base = """
        # the base
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: a   # one
                image: nginx:1.27
                securityContext:
                  privileged: true   # oh

        """
    private static let privileged = (old: "privileged: true", new: "privileged: false")
    private static let plain = base.replacing("privileged: true", with: "runAsUser: 1000")
    private static func overlay(_ more: String = "") -> String { "resources: [../../base]\n" + more }
    private static let patch = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          template:
            spec:
              containers:
              # the same one
              - name: a
                securityContext: {privileged: true}  # patched

        """
    private static let operations = """
        - op: add
          path: /spec/template/spec/containers/0/securityContext/privileged
          value: true   # op

        """

    private static func kustomized(
        _ kustomization: String, base: String = plain, _ more: [String: String] = [:]
    ) -> [String: String] {
        var files = ["base/d.yaml": base, "base/kustomization.yaml": "resources: [d.yaml]\n"]
        files["overlays/dev/kustomization.yaml"] = overlay("namespace: dev\n")
        files["overlays/prod/kustomization.yaml"] = overlay("namespace: prod\n" + kustomization)
        return files.merging(more) { $1 }
    }

    private static let target = "  target: {kind: Deployment, name: web}\n"

    static let kustomizations: [Case] = [
        Case(
            name: "a base of two overlays", files: kustomized("", base: base),
            changes: ["base/d.yaml": [privileged]]),
        Case(
            name: "a field that the base lacks", files: kustomized("", base: base), only: ["LT-POD-002", "LT-POD-008"],
            changes: [
                "base/d.yaml": [
                    (
                        "privileged: true   # oh\n",
                        "privileged: true   # oh\n          readOnlyRootFilesystem: true\n"
                    )
                ]
            ], reasons: ["LT-SCH-005 is found"]),
        Case(
            name: "mappings that the base lacks",
            files: kustomized(
                "", base: base.replacing("        securityContext:\n          privileged: true   # oh\n", with: "")),
            only: ["LT-POD-002"],
            changes: [
                "base/d.yaml": [
                    (
                        "image: nginx:1.27\n",
                        "image: nginx:1.27\n        securityContext:\n          allowPrivilegeEscalation: false\n"
                    )
                ]
            ]),
        Case(
            name: "a patch", files: kustomized("patches:\n- path: p.yaml\n", ["overlays/prod/p.yaml": patch]),
            changes: ["overlays/prod/p.yaml": [privileged]]),
        Case(
            name: "a patch of the old list",
            files: kustomized("patchesStrategicMerge: [p.yaml]\n", ["overlays/prod/p.yaml": patch]),
            changes: ["overlays/prod/p.yaml": [privileged]]),
        Case(
            name: "an operation in a file",
            files: kustomized("patches:\n- path: p.yaml\n" + target, ["overlays/prod/p.yaml": operations]),
            changes: ["overlays/prod/p.yaml": [("value: true", "value: false")]]),
        Case(
            name: "what an overlay has put right",
            files: kustomized("", base: base).merging(
                [
                    "overlays/dev/kustomization.yaml": overlay("patches: [{path: p.yaml}]\n"),
                    "overlays/dev/p.yaml": patch.replacing("true", with: "false"),
                ]) { $1 },
            changes: ["base/d.yaml": [privileged]]),
        Case(
            name: "a patch and a base",
            files: kustomized("patches:\n- path: p.yaml\n", base: base, ["overlays/prod/p.yaml": patch]),
            changes: ["base/d.yaml": [privileged], "overlays/prod/p.yaml": [privileged]]),
        Case(
            name: "an inline patch",
            files: kustomized("patches:\n- patch: |-\n" + patch.split(separator: "\n").map { "    \($0)\n" }.joined()),
            reasons: ["an inline patch at overlays/prod/kustomization.yaml:"]),
        Case(
            name: "inline operations",
            files: kustomized(
                "patches:\n- patch: |-\n" + operations.split(separator: "\n").map { "    \($0)\n" }.joined() + target),
            reasons: ["an inline patch at overlays/prod/kustomization.yaml:"]),
        Case(
            name: "an anchor",
            files: kustomized(
                "",
                base: base.replacing("privileged: true", with: "privileged: &yes true\n          readOnlyRootFilesystem: *yes")),
            reasons: ["anchor"]),
        Case(
            name: "a base outside", files: kustomized("", base: base), arguments: ["overlays"],
            reasons: ["it stands outside of what was named, at base/d.yaml:16"]),
        Case(
            name: "a base that is left out", files: kustomized("", base: base), arguments: [".", "--exclude", "base/d.yaml"]),
    ]

    @Test(arguments: kustomizations) func kustomization(_ test: Case) throws { try check(test) }

    // MARK: Charts

    private static let template = """
        apiVersion: v1
        kind: Pod
        metadata: {name: {{ .Chart.Name }}}
        spec:
          containers:
          - name: a
            image: "{{ .Values.image.name }}:{{ .Values.image.tag }}"
            {{- with .Values.context }}
            securityContext:
              {{- toYaml . | nindent 6 }}
            {{- end }}
          - name: b
            image: b:1
            securityContext:
              privileged: {{ .Values.privileged }}

        """
    private static let values = """
        # values
        image: {name: nginx, tag: "1.27"}
        privileged: false   # b
        context:   # a
          runAsUser: 1000
          capabilities: {drop: [ALL]}   # all
        """ + "\n"

    private static func chart(_ more: [String: String] = [:], values text: String = values) -> [String: String] {
        ["c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": text, "c/templates/p.yaml": template]
            .merging(more) { $1 }
    }

    private static let isOn = values.replacing("privileged: false", with: "privileged: true")
    private static let application = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: web, namespace: argocd}
        spec:
          project: default
          destination: {namespace: web, server: "https://kubernetes.default.svc"}
          source:
            repoURL: https://git.example.com/a.git
            path: c
            helm:

        """

    static let charts: [Case] = [
        Case(name: "values", files: chart(values: isOn), changes: ["c/values.yaml": [privileged]]),
        Case(
            name: "quoted values", files: chart(values: isOn.replacing("privileged: true", with: "privileged: \"true\"")),
            changes: ["c/values.yaml": [("privileged: \"true\"", "privileged: \"false\"")]]),
        Case(
            name: "values of a set", files: chart(["c/ci/on-values.yaml": "privileged: true  # on\n"]),
            changes: ["c/ci/on-values.yaml": [privileged]]),
        Case(
            name: "defaults that a set takes", files: chart(["c/ci/a-values.yaml": "image: {tag: \"1.28\"}\n"], values: isOn),
            changes: ["c/values.yaml": [privileged]]),
        Case(
            name: "defaults and a set", files: chart(["c/ci/on-values.yaml": "privileged: true\n"], values: isOn),
            changes: ["c/values.yaml": [privileged], "c/ci/on-values.yaml": [privileged]]),
        Case(
            name: "a field that a mapping of the values lacks", files: chart(), only: ["LT-POD-008"],
            changes: [
                "c/values.yaml": [
                    ("drop: [ALL]}   # all\n", "drop: [ALL]}   # all\n  readOnlyRootFilesystem: true\n")
                ]
            ], reasons: ["the template at c/templates/p.yaml:15 writes it"]),
        Case(
            name: "values for a chart inside",
            files: [
                "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": "s:\n  privileged: true  # s\n",
                "c/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n", "c/charts/s/values.yaml": values,
                "c/charts/s/templates/p.yaml": template,
            ], changes: ["c/values.yaml": [privileged]]),
        Case(
            name: "values of a chart inside",
            files: [
                "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": "a: 1\n",
                "c/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n", "c/charts/s/values.yaml": isOn,
                "c/charts/s/templates/p.yaml": template,
            ], changes: ["c/charts/s/values.yaml": [privileged]]),
        Case(
            name: "text of a template",
            files: chart([
                "c/templates/p.yaml": template.replacing("privileged: {{ .Values.privileged }}", with: "privileged: true")
            ]), reasons: ["the template at c/templates/p.yaml:15 writes it; change it there"]),
        Case(
            name: "an expression",
            files: chart([
                "c/templates/p.yaml": template.replacing("{{ .Values.privileged }}", with: "{{ not .Values.privileged }}")
            ]), reasons: ["an expression makes it of what stands at c/values.yaml:3"]),
        Case(
            name: "values in an Application",
            files: chart(["app.yaml": application + "      valuesObject: {privileged: true}\n"]),
            changes: ["app.yaml": [privileged]]),
        Case(
            name: "a parameter of an Application",
            files: chart(["app.yaml": application + "      parameters: [{name: privileged, value: \"true\"}]\n"]),
            changes: ["app.yaml": [("value: \"true\"", "value: \"false\"")]]),
        Case(
            name: "values in a text of an Application",
            files: chart(["app.yaml": application + "      values: |\n        privileged: true\n"]),
            reasons: ["a text inside of a value at app.yaml:1"]),
        Case(
            name: "values of a kustomization",
            files: chart([
                "k/kustomization.yaml": """
                helmCharts:
                - name: c
                  releaseName: c
                  valuesInline: {privileged: true}

                """
            ]).reduce(into: [:]) { $0[$1.key.hasPrefix("c/") ? "k/charts/" + $1.key : $1.key] = $1.value },
            changes: ["k/kustomization.yaml": [privileged]]),
    ]

    @Test(arguments: charts) func chart(_ test: Case) throws { try check(test) }

    // MARK: What transformers make

    /// Finds texts with `bad` in them, which are to say `good`.
    private static let policy = """
        # METADATA
        # scope: package
        # custom:
        #   fix: {rule: deny}
        package words

        deny contains {"msg": "bad", "path": concat(".", p), "fix": [
            {"op": "replace", "path": concat("", ["/", concat("/", p)]), "value": replace(v, "bad", "good")},
        ]} if {
            not input.metadata.annotations.skip
            walk(input, [q, v])
            is_string(v)
            contains(v, "bad")
            p := [sprintf("%v", [s]) | some s in q]
        }

        deny contains {"msg": "dev wants no good", "path": "spec.replicas"} if {
            input.metadata.namespace == "dev"
            input.metadata.labels.team == "good"
        }

        """
    private static let labelled = plain.replacing("  name: web\n", with: "  name: web\n  labels: {team: bad}   # team\n")
    private static let good = (old: "team: bad", new: "team: good")

    private static func words(
        _ name: String, _ kustomization: String, base: String = plain, _ more: [String: String] = [:],
        changes: [String: [(old: String, new: String)]] = [:], reasons: [String] = []
    ) -> Case {
        Case(
            name: name, files: kustomized(kustomization, base: base, more.merging(["words.rego": policy]) { $1 }), only: [],
            arguments: ["--no-builtin", "--policy", "words.rego", "."], changes: changes, reasons: reasons)
    }

    static let transformers: [Case] = [
        words("a label of the base", "", base: labelled, reasons: ["afterwards", "dev wants no good"]),
        words(
            "a label of one build", "", base: labelled,
            ["overlays/dev/kustomization.yaml": overlay("namespace: test\n")], changes: ["base/d.yaml": [good]]),
        words("a namespace", "namespace: bad\n", reasons: ["kustomization"]).with { files in
            files["overlays/prod/kustomization.yaml"] = overlay("namespace: bad\n")
        },
        words("a prefix", "namePrefix: bad-\n", reasons: ["a prefix or suffix of names gives it"]),
        words(
            "labels", "labels:\n- pairs: {team: bad}\n",
            reasons: ["labels or annotations of the kustomization give it at overlays/prod/kustomization.yaml:4"]),
        words("a generator", "configMapGenerator:\n- {name: g, literals: [a=bad]}\n", reasons: ["a generator makes it"]),
        words(
            "a replacement",
            """
            resources: [../../base, cm.yaml]
            replacements:
            - source: {kind: ConfigMap, name: cm, fieldPath: data.a}
              targets:
              - select: {kind: Deployment}
                fieldPaths: [spec.template.metadata.labels.app]

            """,
            [
                "overlays/prod/cm.yaml":
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm, annotations: {skip: \"1\"}}\ndata: {a: bad}\n"
            ], reasons: ["a replacement gives it"]
        ).with { files in
            files["overlays/prod/kustomization.yaml"] = files["overlays/prod/kustomization.yaml"]!.replacing(
                "resources: [../../base]\nnamespace: prod\n", with: "")
        },
        words(
            "a tag of images", "images:\n- name: nginx\n  newTag: bad-1   # tag\n",
            changes: ["overlays/prod/kustomization.yaml": [("newTag: bad-1", "newTag: good-1")]]),
        words("a name of images", "images:\n- {name: nginx, newName: bad}\n", reasons: ["images of the kustomization give it"]),
    ]

    @Test(arguments: transformers) func transformer(_ test: Case) throws { try check(test) }

    /// Reports have the edits of findings of what is built, where they are written.
    @Test func reportsHaveEdits() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.kustomized("", base: Self.base).merging(Self.chart(values: Self.isOn)) { first, _ in first })
        let run = try LintelRun(
            ["check", "--only", "LT-POD-001", "--fixes", "all", "--format", "json", "."], in: folder.url)
        struct Report: Decodable {
            struct Finding: Decodable { var file: String, edits: [Edit]? }
            struct Edit: Decodable { var file: String?, text: String? }
            var findings: [Finding]
        }
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.findings.map(\.file).sorted() == ["base/d.yaml", "c/values.yaml"], "\(run.output)")
        #expect(report.findings.allSatisfy { $0.edits?.count == 1 }, "\(run.output)")
        let safe = try LintelRun(
            ["check", "--only", "LT-POD-001", "--fixes", "safe", "--format", "json", "."], in: folder.url)
        #expect(!safe.output.contains("edits"))
    }

    /// `--plain` fixes objects as they are written, also what no build is made of.
    @Test func plainBuildsNothing() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.kustomized("patches:\n- path: p.yaml\n", base: Self.base, ["overlays/prod/p.yaml": Self.patch]))
        let run = try LintelRun(["fix", "--plain", "--unsafe-fixes", "--only", "LT-POD-001", "."], in: folder.url)
        #expect(run.output.contains("+++ base/d.yaml"), "\(run.output)\(run.errors)")
        #expect(!run.output.contains("+++ overlays/prod/p.yaml"), "\(run.output)")
    }

    private func check(_ test: Case) throws {
        let folder = try TemporaryFolder()
        try folder.write(test.files)
        let only = test.only.flatMap { ["--only", $0] }
        let arguments = ["fix", "--unsafe-fixes"] + only + test.arguments
        let shown = try LintelRun(arguments + ["--diff"], in: folder.url)
        for path in test.changes.keys { #expect(shown.output.contains("--- \(path)\n+++ \(path)\n"), "\(shown.output)") }
        let run = try LintelRun(arguments + ["--write"], in: folder.url)
        #expect(run.code == (test.reasons.isEmpty ? 0 : 1), "\(run.errors)")
        for reason in test.reasons { #expect(run.errors.contains(reason), "\(run.errors)") }
        if test.reasons.isEmpty { #expect(!run.errors.contains("not fixed"), "\(run.errors)") }
        for (path, text) in test.files {
            var wanted = text
            for change in test.changes[path] ?? [] {
                #expect(wanted.contains(change.old))
                wanted = wanted.replacing(change.old, with: change.new)
            }
            let found = try String(contentsOf: folder.url.appendingPathComponent(path), encoding: .utf8)
            #expect(found == wanted, "\(path)\n\(found)\n\(run.errors)")
        }
        let again = try LintelRun(arguments, in: folder.url)
        #expect(again.output == "", "a second run changes nothing")
    }
}
