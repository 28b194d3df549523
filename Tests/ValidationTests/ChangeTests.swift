import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import TestSupport
import Testing

/// Changes of fields that are fixed, found by all policies that compare with the objects before.
@Suite struct ChangeTests {
    private static let names: Set = ["LT-SCH-011", "LT-GIT-003"]

    private func findings(_ before: String, _ after: String, skipping: [String] = []) throws -> [Finding] {
        var options = Validator.Options()
        options.selection.skip = skipping
        options.types = TypeOptions()
        options.data.previous = ResourceReader().read(SourceFile(path: "before.yaml", text: before)).resources
        let contents = ResourceReader().read(SourceFile(path: "after.yaml", text: after))
        let report = Validator(PolicySet(library: try PolicyLibrary.embedded()), options: options)
            .validate(files: [], rendered: [contents])
        return report.findings.filter { Self.names.contains($0.policyID) || $0.policyID.hasPrefix("LT-SCH-") }
    }

    /// The labelled changes, with the verdict of a real API server.
    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func labelledChanges() throws {
        let file = ConformanceData.url(of: "kubernetes/mutations/changes.json")
        let cases = try JSONReader.read(
            SourceFile(path: "changes.json", bytes: ConformanceData.bytes(of: file)), keepsPositions: false)
        for entry in cases.root.elements {
            let before = JSONWriter.string(entry.field("before")), after = JSONWriter.string(entry.field("after"))
            let found = try findings(before, after), name = entry.field("name").string
            #expect(
                found.isEmpty == !entry.field("expect").field("refused").isTrue,
                "\(name): \(found.map { "\($0.policyID) \($0.message)" })")
        }
    }

    private func deployment(_ app: String, _ image: String) -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: \(app)}}
          template: {metadata: {labels: {app: \(app)}}, spec: {containers: [{name: a, image: "\(image)"}]}}

        """
    }

    /// Several objects may have one name, as those of several environments do: what one of them may become is allowed.
    @Test func objectsOfOneName() throws {
        let both = deployment("a", "x:1") + "---\n" + deployment("b", "x:1")
        let skipped = ["LT-GIT-003"]
        #expect(try findings(both, deployment("b", "x:2"), skipping: skipped).isEmpty)
        #expect(try findings(both, deployment("c", "x:1"), skipping: skipped).map(\.policyID) == ["LT-SCH-011"])
    }
}
