import Diagnostics
import Documents
import Foundation
import Helm
import TestSupport
import Testing

/// Where the values of rendered objects come from.
@Suite struct OriginTests {
    static let files = ConformanceData.files(below: "rendering/helm/provenance", suffix: "/origins.json")

    @Test(.enabled(if: !files.isEmpty, "the conformance data is not there"), arguments: files)
    func namesTheLineToChange(file: URL) throws {
        let item = ChartFixture.json(file)
        let folder = file.deletingLastPathComponent().path
        let call = try #require(Arguments(item["args"] as? [String] ?? [], folder: folder))
        let chart = try ChartFolder.files(at: folder + "/chart")
        let release = try ChartFixture.render(chart, call.values, call.settings, keepsOrigins: true).get()
        for field in item["origins"] as? [[String: Any]] ?? [] {
            let manifest = try #require(
                release.manifests.first { "\($0.kind)/\($0.name)" == field["object"] as? String })
            let path = try #require(DocumentPath(parsing: field["path"] as? String ?? ""))
            let found = try #require(release.origins(of: manifest, at: path)).origins
            let wanted = [field] + (field["parts"] as? [[String: Any]] ?? [])
            let isHit = found.contains { origin in
                if origin.isFlag { return field["flag"] != nil }
                return wanted.contains { part in
                    origin.path == folder + "/" + (part["file"] as? String ?? "") && origin.line == part["line"] as? Int
                }
            }
            #expect(isHit, "\(field["path"] ?? ""): \(found.map { "\($0.path):\($0.line)" })")
        }
    }

    @Test func textAtAValueIsTheValue() throws {
        let texts = [
            "Chart.yaml": ChartFixture.chartFile, "values.yaml": "a: one\nb:\n  c: \"two\"\n  d: [x, y]\ne: 12\n",
            "templates/_h.tpl": "{{ define \"h\" }}c: {{ .Values.b.c }}{{ end }}",
            "templates/a.yaml": """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data:
              a: {{ .Values.a | upper | lower | quote }}
              {{- include "h" . | nindent 2 }}
              e: {{ .Values.e }}
              d: {{ toYaml .Values.b.d | nindent 4 }}
            """,
        ]
        let release = try ChartFixture.render(ChartFixture.files(texts), ValueOptions(), keepsOrigins: true).get()
        let manifest = try #require(release.manifests.first)
        let values = Array(texts["values.yaml"]!.split(separator: "\n"))
        for (path, value) in [("data.a", "one"), ("data.c", "two"), ("data.e", "12"), ("data.d[1]", "y")] {
            let origin = try #require(release.origins(of: manifest, at: DocumentPath(parsing: path)!)?.origins.first)
            #expect(origin.path == "t/values.yaml")
            #expect(values[origin.line - 1].dropFirst(origin.column - 1).contains(value), "\(path): \(origin)")
        }
    }

    @Test func documentsPointIntoTheirFiles() throws {
        let texts = [
            "Chart.yaml": ChartFixture.chartFile, "values.yaml": "level: high\n",
            "templates/a.yaml":
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  level: {{ .Values.level }}\n",
        ]
        let release = try ChartFixture.render(ChartFixture.files(texts), ValueOptions(), keepsOrigins: true).get()
        let document = try #require(try release.documents(in: .init()).first)
        let level = document.place(at: DocumentPath(parsing: "data.level")!)
        #expect(document.range(level.span)?.file.path == "t/values.yaml")
        #expect(document.range(level.span)?.text == "high")
        let name = document.place(at: DocumentPath(parsing: "metadata.name")!)
        #expect(document.range(name.span)?.file.path == "t/templates/a.yaml")
        #expect(document.range(name.span)?.position.line == 3)
    }
}
