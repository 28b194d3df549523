import Diagnostics
import Differences
import Foundation
import Inputs
import Reports
import Schemas
import Testing

/// Manifests and what a cluster shows of them, with the report about the drift. A case is a file with the parts `git`, `live` and
/// `text`; `RECORD=1` writes the reports anew.
@Suite struct LiveTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Live")
    static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []

    @Test(arguments: names)
    func report(_ name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        let parts = CaseFile(try String(contentsOf: file, encoding: .utf8))
        let git = try CaseTests.side("git", parts["git"]), live = try CaseTests.side("live", parts["live"])
        let report = DriftComparison(git, live: live, types: Self.types(git), isPartial: name.contains("partial")).report()
        let text = DiffFormat.text.render(report, options: DiffReportOptions(version: "0"))
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try parts.replacing("text", by: text).write(to: file, atomically: true, encoding: .utf8)
            return
        }
        #expect(text == parts["text"])
        if name.hasPrefix("in-sync") { #expect(report.isInSync && report.hasCompared && report.isComplete) }
    }

    private static func types(_ side: DiffSide) -> TypeSource {
        var types = TypeSource()
        types.packs = [DefinitionPack.builtin].compactMap(\.self)
        for object in side.objects { types.custom.add(object.resource.document) }
        return types
    }
}
