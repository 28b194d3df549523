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
}
