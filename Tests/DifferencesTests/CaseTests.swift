import Diagnostics
import Differences
import Foundation
import Inputs
import Reports
import Schemas
import Testing

/// Pairs of manifests with the report about them. A case is a file: `=== old`, `=== new` and `=== text` begin its parts.
/// `RECORD=1` writes the reports anew.
@Suite struct CaseTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")
    static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []

    @Test func thereAreManyCases() { #expect(Self.names.count >= 30) }

    @Test(arguments: names)
    func report(_ name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        let parts = CaseFile(try String(contentsOf: file, encoding: .utf8))
        let report = try Self.report(old: parts["old"], new: parts["new"])
        let text = DiffFormat.text.render(report, options: DiffReportOptions(version: "0"))
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try parts.replacing("text", by: text).write(to: file, atomically: true, encoding: .utf8)
            return
        }
        #expect(text == parts["text"])
        // No difference against itself, in either direction.
        for side in ["old", "new"] {
            let same = try Self.report(old: parts[side], new: parts[side])
            #expect(same.objects.isEmpty && same.risks.isEmpty && same.images.isEmpty)
        }
        // What is added one way is removed the other way, and as much is changed.
        let back = try Self.report(old: parts["new"], new: parts["old"])
        #expect(back.count(of: .added) == report.count(of: .removed))
        #expect(back.count(of: .changed) == report.count(of: .changed))
    }

    static func report(old: String, new: String) throws -> DiffReport {
        let old = try side("old", old), new = try side("new", new)
        return SideComparison(old, new, types: TypeSource()).report()
    }

    static func side(_ label: String, _ text: String) throws -> DiffSide {
        let contents = ResourceReader().read(SourceFile(path: "\(label).yaml", text: text))
        #expect(contents.diagnostics.isEmpty)
        var side = DiffSide(label)
        side.objects = contents.resources.map { ComparedObject($0, in: Application(), file: "all.yaml") }
        return side
    }
}

/// A file with parts that lines such as `=== old` begin.
struct CaseFile {
    private var parts: [(name: String, text: String)] = []

    init(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("=== ") {
                parts.append((String(line.dropFirst(4)), ""))
            } else if !parts.isEmpty {
                parts[parts.count - 1].text += line + "\n"
            }
        }
        // The last line of the file ends it.
        if let last = parts.indices.last, parts[last].text.hasSuffix("\n") { parts[last].text.removeLast() }
    }

    subscript(_ name: String) -> String { parts.first { $0.name == name }?.text ?? "" }

    func replacing(_ name: String, by text: String) -> String {
        var parts = parts.filter { $0.name != name }
        parts.append((name, text))
        return parts.map { "=== \($0.name)\n\($0.text)" }.joined()
    }
}
