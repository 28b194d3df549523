import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Reports
import Testing

/// A finding in an object that was built from two files: it stands where the value is written, and says how the object
/// came to be.
@Suite struct OriginTests {
    private func report() throws -> Report {
        let map = SourceMap()
        func read(_ path: String, _ text: String) throws -> Document {
            try #require(YAMLReader().read(try map.source(path: path, text: text)).documents.first)
        }
        let base = try read(
            "base/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n")
        let patch = try read("prod/patch.yaml", "spec:\n  replicas: 0\n")
        let folder = try read("prod/kustomization.yaml", "resources: [../base]\npatches: [{path: patch.yaml}]\n")
        let arena = Arena.make()
        let root = arena.object(
            entries: base.root.entries(madeAt: base.rootSpan) + patch.root.entries(madeAt: patch.rootSpan))
        let note = Diagnostic.Note(
            "as built from prod", range: folder.range(folder.place(at: DocumentPath([.key("patches")])).span))
        let built = Document(arena: arena, root: root, rootSpan: base.rootSpan, parts: [base, patch], origin: [note])
        let resource = try #require(ResourceReader().read(built, path: "base/web.yaml").resources.first)
        let path = DocumentPath([.key("spec"), .key("replicas")])
        var report = Report()
        report.findings = [
            Finding(
                Violation(
                    slot: 0, message: "no replicas", resource: resource.reference, path: path,
                    location: PlaceFinder(resource: resource).location(of: path), screen: nil, origin: resource.document.origin),
                of: RuleReference(id: "X-1", slug: "", severity: .high, level: .error, remediation: ""))
        ]
        return report
    }

    @Test(arguments: [ReportFormat.text, .json, .sarif])
    func chain(_ format: ReportFormat) throws {
        let text = format.render(try report(), options: ReportOptions(version: "0"))
        switch format {
        case .text:
            #expect(
                text.contains(
                    """
                    prod/patch.yaml:2:13: [H] high: no replicas [X-1]
                      2 |   replicas: 0
                        |             ^
                      at spec.replicas
                      as built from prod (prod/kustomization.yaml:2:10)

                    """), "\(text)")
        case .json:
            let report = try JSONReader.read(SourceFile(path: "report", text: text), keepsPositions: false)
            report.withRoot { root in
                let finding = root.field("findings").elements[0]
                #expect(finding.field("file").stringValue == "prod/patch.yaml")
                #expect(
                    JSONWriter.string(finding.field("origin"))
                        == #"[{"column":10,"file":"prod/kustomization.yaml","line":2,"message":"as built from prod"}]"#)
            }
        default:
            let report = try JSONReader.read(SourceFile(path: "report", text: text), keepsPositions: false)
            report.withRoot { root in
                let related = root.field("runs").elements[0].field("results").elements[0].field("relatedLocations").elements[0]
                let place = related.field("physicalLocation")
                #expect(place.field("artifactLocation").field("uri").stringValue == "prod/kustomization.yaml")
                #expect(place.field("region").field("startLine").integerValue == 2)
                #expect(related.field("message").field("text").stringValue == "as built from prod")
            }
        }
    }
}
