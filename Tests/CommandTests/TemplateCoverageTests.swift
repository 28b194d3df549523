import Foundation
import Testing

/// `lintel check --template-coverage`: which lines of the templates of charts are rendered, over all sets of values.
@Suite struct TemplateCoverageTests {
    private let folder: TemporaryFolder

    private static let service = """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          type: {{ if .Values.public }}LoadBalancer{{ else }}ClusterIP{{ end }}
          {{- with .Values.address }}
          loadBalancerIP: {{ . }}
          {{- else }}
          clusterIP: None
          {{- end }}
          ports:
          {{- range .Values.ports }}
          - port: {{ . }}
          {{- end }}
          {{- if eq .Values.mode "a" }}
          {{- /* a comment is no line */}}
          sessionAffinity: None
          {{- else if eq .Values.mode "b" }}
          sessionAffinity: ClientIP
          {{- if .Values.seconds }}

          sessionAffinityConfig: {{ .Values.seconds }}
          {{- end }}
          {{- else }}
          {{- include "web.other" . | nindent 2 }}
          {{- end }}
        {{- define "web.other" }}
        publishNotReadyAddresses: true
        {{- end }}
        """

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("apiVersion: v2\nname: web\nversion: 0.1.0\n", to: "web/Chart.yaml")
        try folder.write("public: false\naddress: \"\"\nports: []\nmode: a\nseconds: 0\n", to: "web/values.yaml")
        try folder.write(Self.service, to: "web/templates/service.yaml")
    }

    private func check(_ arguments: [String]) throws -> LintelRun {
        try LintelRun(
            ["check", "--only", "privileged-container", "--only", "default-namespace", "--fail-on", "never"] + arguments,
            in: folder.url)
    }

    private struct Report: Decodable {
        struct Chart: Decodable {
            struct Part: Decodable {
                struct File: Decodable {
                    struct Branch: Decodable {
                        var line: Int
                        var lastLine: Int
                        var branch: String
                    }
                    var file: String
                    var lines: Int
                    var rendered: Int
                    var missed: [Int]
                    var branches: [Branch]
                }
                var name: String
                var isLibrary: Bool?
                var lines: Int
                var files: [File]
            }
            var chart: String
            var valueSets: [String]
            var lines: Int
            var rendered: Int
            var share: Double?
            var parts: [Part]
        }
        var templateCoverage: [Chart]
    }

    private func coverage(_ arguments: [String] = []) throws -> [Report.Chart] {
        let run = try check(["--template-coverage", "--format", "json", "web"] + arguments)
        #expect(run.code == 0, "\(run.errors)")
        return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).templateCoverage
    }

    @Test func linesAndBranches() throws {
        let chart = try #require(try coverage().first)
        #expect(chart.chart == "web" && chart.valueSets == ["defaults"])
        let file = try #require(chart.parts.first?.files.first)
        // A line of which a part is rendered is rendered; lines of `else`, `end`, comments and blank ones do not count.
        #expect(file.missed == [8, 14, 19, 20, 21, 23, 26, 29])
        #expect(file.lines == 20 && file.rendered == 12 && chart.lines == 20)
        #expect(
            file.branches.map { "\($0.line)-\($0.lastLine) \($0.branch)" } == [
                "6-6 if .Values.public", "7-9 with .Values.address", "13-15 range .Values.ports",
                "19-25 else if eq .Values.mode \"b\"", "25-27 else of if eq .Values.mode \"b\"", "28-30 define \"web.other\"",
            ])
    }

    @Test func setsOfValuesAddUp() throws {
        try folder.write("mode: b\nports: [80]\n", to: "web/ci/b.yaml")
        try folder.write("mode: c\npublic: true\naddress: 10.0.0.1\n", to: "web/ci/c.yaml")
        let chart = try #require(try coverage().first)
        #expect(chart.valueSets == ["defaults", "web/ci/b.yaml", "web/ci/c.yaml"])
        let file = try #require(chart.parts.first?.files.first)
        #expect(file.missed == [23])
        #expect(file.branches.map(\.branch) == ["if .Values.seconds"])
        let given = try #require(try coverage(["--set", "mode=b,seconds=3"]).first)
        #expect(given.valueSets == ["the given values"])
        #expect(given.parts[0].files[0].missed == [8, 14, 18, 26, 29])
    }

    /// A rendering that fails proves nothing of what it came to.
    @Test func failedRenderingsDoNotCount() throws {
        try folder.write("mode: b\nseconds: 1\nports: 5\n", to: "web/ci/b.yaml")
        try folder.write(
            Self.service + "\n{{- if .Values.seconds }}{{ fail \"no\" }}{{ end }}\n", to: "web/templates/service.yaml")
        let run = try check(["--template-coverage", "--format", "json", "web"])
        let chart = try #require(try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).templateCoverage.first)
        #expect(chart.valueSets == ["defaults"])
        #expect(chart.parts[0].files[0].missed.contains(20))
    }

    /// Library charts are not counted; charts inside are, also those that no values enable.
    @Test func chartsInside() throws {
        try folder.write(
            "apiVersion: v2\nname: web\nversion: 0.1.0\ndependencies:\n- {name: db, version: 0.1.0, condition: db.enabled}\n",
            to: "web/Chart.yaml")
        try folder.write("apiVersion: v2\nname: db\nversion: 0.1.0\n", to: "web/charts/db/Chart.yaml")
        try folder.write("kind: ConfigMap\napiVersion: v1\nmetadata: {name: db}\n", to: "web/charts/db/templates/a.yaml")
        try folder.write("apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n", to: "web/charts/lib/Chart.yaml")
        try folder.write("{{ define \"lib.a\" }}a: 1{{ end }}\n", to: "web/charts/lib/templates/_a.tpl")
        try folder.write("db: {enabled: false}\nports: []\nmode: a\n", to: "web/values.yaml")
        let off = try #require(try coverage().first)
        #expect(off.parts.map(\.name) == ["web", "web/charts/db", "web/charts/lib"])
        #expect(off.parts.map { $0.isLibrary ?? false } == [false, false, true])
        #expect(off.lines == 23 && off.rendered == 12 && off.parts[1].lines == 3)
        let text = try check(["--template-coverage", "web"])
        #expect(
            text.output.contains("  web/charts/db: no set of values renders a line of this chart, 0 of 3.\n"), "\(text.output)")
        let on = try #require(try coverage(["--set", "db.enabled=true"]).first)
        #expect(on.rendered == 15)
    }

    @Test func text() throws {
        let run = try check(["--template-coverage", "web"])
        #expect(run.code == 0)
        #expect(
            run.output.contains(
                """
                Template coverage of web: 12 of 20 lines, 60.0 %, with one set of values: defaults.
                  web/templates/service.yaml: 12 of 20 lines
                    web/templates/service.yaml:6: never reached: if .Values.public
                    web/templates/service.yaml:7: never reached: with .Values.address (to line 8)

                """), "\(run.output)")
    }

    /// Policies about charts are evaluated on a chart in which they find nothing.
    @Test func aChartWithoutMistakesPasses() throws {
        try folder.write("a: {{ .Values.a | quote }}\n", to: "clean/templates/a.yaml")
        try folder.write("apiVersion: v2\nname: clean\nversion: 0.1.0\n", to: "clean/Chart.yaml")
        try folder.write("a: 1\n", to: "clean/values.yaml")
        let run = try LintelRun(["check", "--only", "helm-undefined-value", "clean"], in: folder.url)
        #expect(run.code == 0)
        #expect(run.output.contains("against 1 policy"))
    }

    @Test func thresholds() throws {
        #expect(try check(["--template-coverage-threshold", "60", "web"]).code == 0)
        let low = try check(["--template-coverage-threshold", "60.5", "web"])
        #expect(low.code == 1)
        #expect(
            low.errors == "error: web: 60.0 % of the lines of its templates are rendered, the threshold is 60.5 %\n",
            "\(low.errors)")
        try folder.write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n", to: "plain/a.yaml")
        let none = try check(["--template-coverage-threshold", "10", "plain"])
        #expect(none.code == 2)
        #expect(none.errors.contains("there is no coverage to compare with the threshold"), "\(none.errors)")
    }

    @Test(arguments: [
        (["--template-coverage", "--plain"], "--plain renders nothing"),
        (["--template-coverage", "--format", "sarif"], "told in text and JSON"),
        (["--template-coverage", "--quiet"], "--quiet leaves out"),
        (["--template-coverage-threshold", "101"], "a percentage from 0 to 100"),
    ])
    func refused(_ arguments: [String], _ reason: String) throws {
        let run = try check(arguments + ["web"])
        #expect(run.code == 64)
        #expect(run.errors.contains(reason), "\(run.errors)")
    }

    /// What `--since` and `--against` compare with has no part in it.
    @Test func comparisonsDoNotCount() throws {
        try folder.write(Self.service, to: "old/templates/service.yaml")
        try folder.write("apiVersion: v2\nname: web\nversion: 0.1.0\n", to: "old/Chart.yaml")
        try folder.write("public: true\naddress: 10.0.0.1\nports: [1]\nmode: b\nseconds: 1\n", to: "old/values.yaml")
        let chart = try coverage(["--against", "old"])
        #expect(chart.count == 1 && chart[0].rendered == 12)
    }
}
