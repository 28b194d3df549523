import Diagnostics
import Documents
import Foundation
import TestSupport
import Testing

/// Changes of fields that are fixed, found by `check --against`.
@Suite struct ChangeSurfaceTests {
    private static func report(_ arguments: [String], in folder: TemporaryFolder) throws -> [(file: String, id: String)] {
        let run = try LintelRun(
            ["check", "--format", "json", "--fail-on", "never", "--missing-schemas", "skip"] + arguments, in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        let report = try JSONReader.read(SourceFile(path: "report", text: run.output), keepsPositions: false)
        return report.root.field("findings").elements.map { finding in
            (finding.field("file").string, finding.field("policy").string)
        }
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func labelledChanges() throws {
        let file = ConformanceData.url(of: "kubernetes/mutations/changes.json")
        let cases = try JSONReader.read(
            SourceFile(path: "changes.json", bytes: ConformanceData.bytes(of: file)), keepsPositions: false)
        let folder = try TemporaryFolder()
        var refused: Set<String> = []
        for (number, entry) in cases.root.elements.enumerated() {
            let name = "\(number).yaml"
            try folder.write(JSONWriter.string(entry.field("before")), to: "before/\(name)")
            try folder.write(JSONWriter.string(entry.field("after")), to: "after/\(name)")
            if entry.field("expect").field("refused").isTrue { refused.insert("after/\(name)") }
        }
        let found = try Self.report(["--against", "before", "--only", "schema-immutable-field", "after"], in: folder)
        #expect(Set(found.map(\.file)) == refused)
        #expect(found.allSatisfy { $0.id == "LT-SCH-011" })
    }

    /// Overlays of one StatefulSet for two environments that share names.
    private static func writeOverlays(to folder: TemporaryFolder, at name: String, dev: String, prod: String) throws {
        let base = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: p, namespace: a}
            spec:
              serviceName: s
              selector: {matchLabels: {a: b}}
              template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: "x:1"}]}}

            """
        try folder.write("resources: [sts.yaml]\n", to: "\(name)/base/kustomization.yaml")
        try folder.write(base, to: "\(name)/base/sts.yaml")
        for (overlay, service) in [("dev", dev), ("prod", prod)] {
            let patch = "- {op: replace, path: /spec/serviceName, value: \(service)}"
            let text = "resources: [../base]\npatches:\n- target: {kind: StatefulSet}\n  patch: \"\(patch)\"\n"
            try folder.write(text, to: "\(name)/\(overlay)/kustomization.yaml")
        }
    }

    /// An object is compared with what the same build made of it before.
    @Test(arguments: ["--against", "--previous"]) func builds(option: String) throws {
        let folder = try TemporaryFolder()
        try Self.writeOverlays(to: folder, at: "old", dev: "one", prod: "two")
        try Self.writeOverlays(to: folder, at: "same", dev: "one", prod: "two")
        try Self.writeOverlays(to: folder, at: "new", dev: "one", prod: "one")
        let checks = ["--only", "LT-SCH-011", "--only", "LT-GIT-003"]
        #expect(try Self.report([option, "old"] + checks + ["same"], in: folder).isEmpty)
        #expect(try Self.report([option, "old"] + checks + ["new"], in: folder).map(\.id) == ["LT-SCH-011"])
    }

    /// The same for charts with several files of values.
    @Test func values() throws {
        let folder = try TemporaryFolder()
        for (side, prod) in [("old", "two"), ("new", "one")] {
            try folder.write("apiVersion: v2\nname: c\nversion: 1.0.0\n", to: "\(side)/c/Chart.yaml")
            try folder.write("service: s\n", to: "\(side)/c/values.yaml")
            try folder.write("service: one\n", to: "\(side)/c/ci/dev-values.yaml")
            try folder.write("service: \(prod)\n", to: "\(side)/c/ci/prod-values.yaml")
            let template = """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: p, namespace: a}
                spec:
                  serviceName: {{ .Values.service }}
                  selector: {matchLabels: {a: b}}
                  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: "x:1"}]}}

                """
            try folder.write(template, to: "\(side)/c/templates/s.yaml")
        }
        let found = try Self.report(["--against", "old", "--only", "LT-SCH-011", "new"], in: folder)
        #expect(found.map(\.id) == ["LT-SCH-011"])
    }
}
