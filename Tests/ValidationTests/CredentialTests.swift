@testable import Catalogue
import Diagnostics
import Documents
@testable import Findings
import Foundation
@testable import Inputs
import Judging
import Testing

/// What is taken for a credential, measured on labelled values and texts.
@Suite struct CredentialTests {
    /// Values of variables and texts of ConfigMaps; see the first line of the file.
    private func labelled() throws -> [(how: String, name: String, text: String, isCredential: Bool)] {
        let path = "\(LibraryTests.package)/Tests/ValidationTests/Credentials.yaml"
        let document = try #require(YAMLReader().read(SourceFile(path: path, bytes: try FileSystem.read(path))).documents.first)
        return document.withRoot { root in
            root.elements.map { row in
                (row.elements[0].string, row.elements[1].string, row.elements[2].string, row.elements[3].isTrue)
            }
        }
    }

    private func check(_ text: String, only: [String]) throws -> Report {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        var options = Validator.Options()
        options.selection.only = only
        return Validator(PolicySet(library: try .embedded()), options: options).validate(files: [InputFile(path: file.path)])
    }

    @Test func precisionAndRecall() throws {
        let rows = try labelled()
        #expect(rows.count >= 300)
        let objects = try rows.enumerated().map { index, row in
            let held: [String: Any] =
                row.how == "env"
                ? [
                    "kind": "Pod",
                    "spec": ["containers": [["name": "a", "env": [["name": row.name, "value": row.text]]]]],
                ] : ["kind": "ConfigMap", "data": [row.name: row.text]]
            let object = held.merging(["apiVersion": "v1", "metadata": ["name": "\(index)"]]) { first, _ in first }
            return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
        }
        let report = try check(objects.joined(separator: "\n---\n"), only: ["LT-SEC-004", "LT-SEC-005"])
        #expect(report.diagnostics.isEmpty && report.resources == rows.count)
        let found = Set(report.findings.compactMap { Int($0.resource.name) })
        let right = rows.indices.count { rows[$0].isCredential && found.contains($0) }
        let missed = rows.indices.filter { rows[$0].isCredential && !found.contains($0) }
        let wrong = rows.indices.filter { !rows[$0].isCredential && found.contains($0) }
        let precision = Double(right) / Double(right + wrong.count), recall = Double(right) / Double(right + missed.count)
        #expect(precision >= 0.97, "wrong: \(wrong.map { rows[$0].text })")
        #expect(recall >= 0.97, "missed: \(missed.map { rows[$0].text })")
    }

    /// A finding in a block scalar points at the value in its line.
    @Test func placesInTexts() throws {
        let text = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, namespace: shop}
            data:
              app.properties: |

                db.user=app
                db.password=hunter2
              quoted: "url=jdbc:mysql://db/shop?password=Zx81kPq2Zx"
              escaped: "a: b\\npassword: \\u0048unter22\\n"
            """
        let report = try check(text, only: ["LT-SEC-005"])
        let places = report.findings.map { "\($0.location.start)-\($0.location.end.column) \($0.path.fieldPath)" }
        #expect(places == ["8:17-24 data[\"app.properties\"]", "9:46-56 data.quoted", "10:12-45 data.escaped"])
        #expect(report.findings.allSatisfy { $0.location.isSecret && !$0.message.contains("hunter2") && $0.details == nil })
    }
}
