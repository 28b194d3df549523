import Documents
import HTTPTypes
import Testing

@testable import Playground

/// Files of the sources.
private func sources(_ files: [String: String]) -> (String, JSON) {
    ("sources", .array(files.sorted { $0.key < $1.key }.map { Workspace.File(path: $0.key, text: $0.value).json }))
}

private func build(_ members: [(String, JSON)]) -> (String, JSON) { ("options", .object([("build", .object(members))])) }

private let chart = [
    "shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    "shop/values.yaml": "# defaults\nreplicas: 1\n",
    "shop/values-prod.yaml": "replicas: 3\n",
    "shop/templates/web.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: {{ .Release.Name }}
      namespace: {{ .Release.Namespace }}
    spec:
      replicas: {{ .Values.replicas }}
    """,
]

private let overlays = [
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n",
    "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\npatches:\n- path: replicas.yaml\n",
    "prod/replicas.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n",
    "dev/kustomization.yaml": "resources: [../base]\n",
]

private let few = """
    package main

    deny contains "too few" if input.spec.replicas < 3
    """

extension Value {
    /// `file:line:column` of a place.
    fileprivate var place: String {
        "\(at("file").stringValue ?? ""):\(at("range.start.line").written):\(at("range.start.column").written)"
    }

    /// The places of a line of a build's output with their roles.
    fileprivate func origins(ofLine number: Int) -> [String] {
        guard at("lines").items.indices.contains(number - 1) else { return [] }
        return at("lines").items[number - 1].items.map { index in
            let origin = at("origins").items[Int(index.intValue ?? 0)]
            return "\(origin.at("role").stringValue ?? "") \(origin.at("at").place)"
        }
    }

    /// The number of the first line of a build's output that has a text.
    fileprivate func line(with text: String) -> Int {
        let lines = (at("text").stringValue ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.firstIndex { $0.contains(text) } ?? -1) + 1
    }
}

@Suite struct SourceTests {
    private func evaluate(
        _ files: [String: String], policy: String = few, inputs: [String: String] = [:], _ more: [(String, JSON)] = []
    ) async throws -> Reply {
        try await Client().post(
            "/api/evaluate", body(policies: ["main.rego": policy], inputs: inputs, [sources(files)] + more))
    }

    @Test func aFindingOfAChartStandsAtTheValueAndInTheOutput() async throws {
        let reply = try await evaluate(chart)
        #expect(reply.json.at("diagnostics").count == 0, "\(reply.text)")
        #expect(reply.json.at("violations").count == 1)
        let violation = reply.json.at("violations.0"), shop = reply.json.at("builds.0")
        #expect(violation.at("at").place == "sources/shop/values.yaml:2:11")
        #expect(shop.at("kind").stringValue == "chart" && shop.at("path").stringValue == "sources/shop")
        #expect(shop.at("valuesFiles").written == #"["sources/shop/values-prod.yaml"]"#)
        let line = shop.line(with: "replicas: 1")
        #expect(violation.at("rendered").written == #"{"build":0,"line":\#(line)}"#)
        #expect(
            shop.origins(ofLine: line) == [
                "value sources/shop/values.yaml:2:11", "template sources/shop/templates/web.yaml:7:3",
                "action sources/shop/templates/web.yaml:7:16",
            ])
        #expect(shop.origins(ofLine: shop.line(with: "kind:")) == ["template sources/shop/templates/web.yaml:2:1"])
        #expect(reply.json.at("resources.0.title").stringValue == "Deployment default/release-name")
        #expect(reply.json.at("resources.0.build").written == "0")
    }

    @Test func valuesReleaseAndNamespaceAreChosen() async throws {
        let options = build([
            ("values", .strings(["sources/shop/values-prod.yaml"])), ("release", .string("r1")), ("namespace", .string("n1")),
        ])
        let reply = try await evaluate(chart, [options])
        #expect(reply.json.at("violations").count == 0 && reply.json.at("summary.nothingEvaluated").isUndefined)
        #expect(reply.json.at("resources.0.title").stringValue == "Deployment n1/r1")
        let shop = reply.json.at("builds.0")
        #expect(shop.origins(ofLine: shop.line(with: "replicas: 3")).first == "value sources/shop/values-prod.yaml:1:11")
        let missing = try await evaluate(chart, [build([("values", .strings(["sources/none.yaml"]))])])
        #expect(missing.json.at("diagnostics.0.severity").stringValue == "error")
        #expect(missing.json.at("summary.nothingEvaluated").stringValue == "what the sources make is not built")
    }

    @Test func mistakesOfChartsStandAtTheirLine() async throws {
        var broken = chart
        broken["shop/templates/web.yaml"] =
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name | required \"no name\" }}\n"
        let failing = try await evaluate(broken)
        #expect(failing.json.at("diagnostics.0.at").place.hasPrefix("sources/shop/templates/web.yaml:4:"), "\(failing.text)")
        #expect(failing.json.at("builds.0.reason").stringValue?.contains("no name") == true)
        broken["shop/templates/web.yaml"] = "a: {{ .Values.replicas }}\n b: 1\n"
        let unreadable = try await evaluate(broken)
        #expect(unreadable.json.at("diagnostics.0.at").place.hasPrefix("sources/shop/templates/web.yaml:2:"))
        #expect(unreadable.json.at("builds.0.text").stringValue?.contains("a: 1") == true)
        broken["shop/values.yaml"] = "replicas: [1\n"
        let values = try await evaluate(broken)
        #expect(values.json.at("diagnostics.0.at.file").stringValue == "sources/shop/values.yaml")
    }

    @Test func rulesOfHelmignoreHold() async throws {
        var files = chart
        files["shop/.helmignore"] = "templates/web.yaml\n"
        files["shop/templates/map.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"
        let reply = try await evaluate(files, policy: "package main\n\ndeny contains input.kind\n")
        #expect(reply.json.at("violations").items.map { $0.at("message").stringValue } == ["ConfigMap"], "\(reply.text)")
    }

    @Test func findingsOfOverlaysStandInTheBaseOrThePatch() async throws {
        let reply = try await evaluate(overlays)
        #expect(reply.json.at("diagnostics").count == 0, "\(reply.text)")
        let places = reply.json.at("violations").items.map { $0.at("at").place }
        #expect(places == ["sources/base/web.yaml:6:13", "sources/prod/replicas.yaml:6:13"])
        let builds = reply.json.at("builds").items
        #expect(builds.map { $0.at("path").stringValue } == ["sources/base", "sources/dev", "sources/prod"])
        #expect(builds[0].at("usedBy").written == #"["sources/dev","sources/prod"]"# && builds[0].at("text").isUndefined)
        #expect(
            builds[2].origins(ofLine: builds[2].line(with: "replicas: 2")) == [
                "patch sources/prod/replicas.yaml:6:13", "before: file sources/base/web.yaml:6:13",
            ])
        #expect(
            builds[2].origins(ofLine: builds[2].line(with: "name: prod-web")).contains(
                "name prefix sources/prod/kustomization.yaml:2:13"))
        let base = try await evaluate(overlays, [build([("path", .string("sources/base"))])])
        #expect(base.json.at("resources").count == 1)
        #expect(base.json.at("builds.0.text").stringValue?.contains("name: web") == true)
    }

    @Test func mistakesOfKustomizationsStandAtTheirLine() async throws {
        var files = overlays
        files["dev/kustomization.yaml"] = "resources:\n- ../bas\n"
        let reply = try await evaluate(files)
        #expect(reply.json.at("diagnostics.0.at").place == "sources/dev/kustomization.yaml:2:3", "\(reply.text)")
        #expect(reply.json.at("violations").count == 1, "the other overlay is judged all the same")
    }

    @Test func chartsOfKustomizationsAndPlainFilesAreJudged() async throws {
        let files = [
            "app/kustomization.yaml": "helmCharts:\n- name: shop\n  releaseName: r\n  valuesInline: {replicas: 2}\n",
            "app/charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
            "app/charts/shop/values.yaml": "replicas: 7\n",
            "app/charts/shop/templates/web.yaml": chart["shop/templates/web.yaml"] ?? "",
            "plain.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: plain}\nspec: {replicas: 1}\n",
        ]
        let reply = try await evaluate(files)
        #expect(reply.json.at("diagnostics").count == 0, "\(reply.text)")
        let places = reply.json.at("violations").items.map { $0.at("at").place }
        #expect(places == ["sources/app/kustomization.yaml:4:28", "sources/plain.yaml:4:18"])
    }

    @Test func nothingOfTheMachineIsRead() async throws {
        let outside = [
            "a/kustomization.yaml": "resources: [../../../../../../etc/hostname, /etc/hostname]\n",
            "b/kustomization.yaml": "resources: [https://example.com/base]\n",
            "c/kustomization.yaml": "helmCharts:\n- name: passwd\n  chartHome: /etc\n",
            "d/kustomization.yaml": "configMapGenerator:\n- name: c\n  files: [/etc/passwd]\n",
        ]
        let reply = try await evaluate(outside)
        #expect(reply.json.at("builds").items.allSatisfy { $0.at("reason").stringValue != nil }, "\(reply.text)")
        #expect(!reply.text.contains("root:") && reply.json.at("resources").count == 0)
        var files = chart
        files["shop/templates/web.yaml"] =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  a: {{ .Files.Get \"../../etc/passwd\" | quote }}\n"
        let values = try await evaluate(files, [build([("values", .strings(["/etc/passwd", "sources/../../etc/passwd"]))])])
        #expect(!values.text.contains("root:") && values.json.at("builds.0.reason").stringValue != nil)
    }

    @Test(.timeLimit(.minutes(1))) func buildsAreBounded() async throws {
        var files = chart
        files["shop/templates/web.yaml"] =
            "{{ range $i := until 2000 }}{{ range $j := until 2000 }}{{ range $k := until 2000 }}a{{ end }}{{ end }}{{ end }}"
        let long = try await evaluate(files)
        // On a busy machine its time ends first.
        let ends = ["steps", "cancelled"], said = long.json.at("diagnostics.0.message").stringValue ?? ""
        #expect(ends.contains { said.contains($0) }, "\(long.text.prefix(400))")
        files["shop/templates/web.yaml"] = "{{ range until 4000 }}{{ bcrypt \"a\" }}{{ end }}"
        let start = ContinuousClock.now
        let bcrypt = try await evaluate(files)
        #expect(bcrypt.json.at("builds.0.reason").stringValue?.contains("cancelled") == true, "\(bcrypt.text.prefix(400))")
        #expect(ContinuousClock.now - start < .seconds(30))
        files["shop/templates/web.yaml"] = "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}"
        let deep = try await evaluate(files)
        #expect(deep.json.at("builds.0.reason").stringValue != nil)
        files["shop/templates/web.yaml"] = "x: {{ repeat 200000000 \"aaaaaaaaaa\" }}\n"
        let large = try await evaluate(files)
        #expect(large.json.at("builds.0.reason").stringValue?.contains("limit") == true, "\(large.text.prefix(400))")
        for number in 0..<40 { files["shop/templates/t\(number).yaml"] = "x: {{ repeat 400000 \"a\" }}\n" }
        files["shop/templates/web.yaml"] = ""
        let together = try await evaluate(files)
        #expect(together.json.at("builds.0.reason").stringValue?.contains("together") == true, "\(together.text.prefix(400))")
        // Where the time is over after the build, that is no verdict.
        var slow = chart
        slow["shop/templates/web.yaml"] =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n{{- range until 3000 }}\n  k{{ . }}: v\n{{- end }}\n"
        let late = try await Client { $0.limits.seconds = 0.001 }.post(
            "/api/evaluate", body(policies: ["main.rego": few], [sources(slow)]))
        #expect(late.json.at("stopped").count > 0 || late.json.at("diagnostics").count > 0, "\(late.text.prefix(400))")
        #expect(late.json.at("violations").count == 0)
        // A base that is used twice at each of many levels.
        var doubled = ["l0/kustomization.yaml": "resources: [web.yaml]\n", "l0/web.yaml": overlays["base/web.yaml"] ?? ""]
        for level in 1...20 {
            for side in ["a", "b"] {
                doubled["l\(level)/\(side)/kustomization.yaml"] =
                    "namePrefix: \(side)-\nresources: \(level == 1 ? "[../../l0]" : "[../../l\(level - 1)/a, ../../l\(level - 1)/b]")\n"
            }
        }
        let diamond = try await evaluate(doubled)
        let message = diamond.json.at("diagnostics.0.message").stringValue ?? ""
        #expect(message.contains("more than") || message.contains("too long"), "\(message)")
    }

    @Test func commentsOfSourcesAcceptWhatIsBuilt() async throws {
        var files = overlays
        files["base/web.yaml"] = files["base/web.yaml"]?.replacing(
            "replicas: 1", with: "replicas: 1 # lintel:ignore main.deny reason=\"small\"")
        let reply = try await evaluate(files)
        // The field stands in the base, whatever value a patch gives it.
        let lines = reply.json.at("violations").items.map { $0.at("suppressed.file").stringValue }
        #expect(lines == ["sources/base/web.yaml", "sources/base/web.yaml"])
        #expect(reply.json.at("summary.suppressed").written == "2")
    }
}

@Suite struct OpeningTests {
    @Test func filesGoWhereTheyBelong() async throws {
        let client = try Client()
        func open(_ files: [String: String]) async throws -> Reply {
            try await client.post(
                "/api/files/open",
                .object([
                    ("files", .array(files.sorted { $0.key < $1.key }.map { Workspace.File(path: $0.key, text: $0.value).json }))
                ]))
        }
        let built = try await open(chart.merging(["shop/policy.rego": "package a\n", "README.md": "hello\n"]) { $1 })
        #expect(built.json.at("workspace.sources").count == 5 && built.json.at("workspace.policies").count == 1, "\(built.text)")
        let template = "apiVersion: templates.gatekeeper.sh/v1\nkind: ConstraintTemplate\nmetadata: {name: a}\n"
        let others = try await open([
            "t.yaml": template, "pod.yaml": "kind: Pod\napiVersion: v1\n", "x_test.rego": "package x\n", "n.txt": "n",
        ])
        #expect(others.json.at("workspace.policies.0.path").stringValue == "t.yaml")
        #expect(others.json.at("workspace.inputs.0.path").stringValue == "pod.yaml")
        #expect(others.json.at("workspace.tests").count == 1 && others.json.at("ignored.0.path").stringValue == "n.txt")
        #expect(try await open(["../a.yaml": "a: 1"]).json.at("workspace.inputs").count == 0)
    }

    @Test func aFolderThatIsAChartIsOpenedAndSavedAsItIs() async throws {
        let scratch = try Scratch()
        for (path, text) in chart { try scratch.write(text, to: String(path.dropFirst("shop/".count))) }
        try scratch.write("package main\n", to: "policies/main.rego")
        try scratch.write("exceptions: []\n", to: "lintel.yaml")
        try scratch.write("hidden", to: ".git/config")
        let client = try Client { $0.workspace = scratch.path }
        let opened = try await client.get("/api/workspace")
        let paths = opened.json.at("workspace.sources").items.compactMap { $0.at("path").stringValue }
        #expect(Set(paths) == ["Chart.yaml", "values.yaml", "values-prod.yaml", "templates/web.yaml"], "\(opened.text)")
        #expect(opened.json.at("workspace.configuration").stringValue == "exceptions: []\n")
        let files = paths.map {
            Workspace.File(path: $0, text: $0 == "values.yaml" ? "replicas: 9\n" : scratch.read($0) ?? "").json
        }
        let saved = try await client.send(
            .put, "/api/workspace",
            body(
                policies: ["main.rego": "package main\n"],
                [("sources", .array(files)), ("configuration", .string("exceptions: []\n"))]
            ).bytes,
            headers: [.contentType: "application/json"])
        #expect(saved.json.at("written").written == #"["values.yaml"]"# && saved.json.at("removed").count == 0, "\(saved.text)")
        #expect(scratch.read("values.yaml") == "replicas: 9\n" && scratch.read(".git/config") == "hidden")
        let clash = try await client.send(
            .put, "/api/workspace", body([("sources", .array([Workspace.File(path: "policies/x.yaml", text: "").json]))]).bytes,
            headers: [.contentType: "application/json"])
        #expect(clash.status == 400)
    }
}
