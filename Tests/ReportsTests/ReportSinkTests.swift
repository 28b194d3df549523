import Catalogue
import Diagnostics
import Documents
@testable import Findings
@testable import Inputs
import Judging
@testable import Reports
import Testing

/// Long reports are handed on in portions, whose sum is the report.
@Suite struct ReportSinkTests {
    @Test(arguments: ReportFormat.allCases)
    func portions(_ format: ReportFormat) throws {
        let text = (0..<700).map { "apiVersion: v1\nkind: Pod\nmetadata: {name: p\($0)}\nspec: {hostNetwork: true}\n" }
        let file = SourceFile(path: "pods.yaml", text: text.joined(separator: "---\n"))
        let resources = ResourceReader().read(file).resources
        let rule = RuleReference(id: "X-1", slug: "x", severity: .high, level: .error, remediation: "None.")
        var report = Report()
        report.findings = resources.flatMap { resource in
            (0..<4).map { number in
                let place = PlaceFinder(resource: resource).location(ofLine: resource.documentIndex * 5 + 1)
                return Finding(
                    Violation(
                        slot: 0, message: "message \(number)", resource: resource.reference, path: .init(), location: place,
                        screen: nil),
                    of: rule)
            }
        }
        var options = ReportOptions(version: "1")
        options.jobs = 3
        var portions: [[UInt8]] = []
        format.write(report, options: options, to: ReportSink { portions.append(Array($0)) })
        #expect(String(decoding: portions.joined(), as: UTF8.self) == format.render(report, options: options))
        options.jobs = 1
        #expect(String(decoding: portions.joined(), as: UTF8.self) == format.render(report, options: options))
        let longest = portions.map(\.count).max() ?? 0
        // A part of a text report is written by a thread as a whole.
        if format != .text { #expect(longest < ReportSink.portion + 4096, "\(longest)") }
        // Some formats are brief, for a comment or a line per resource.
        #expect(portions.count > 1 || longest < ReportSink.portion)
    }
}
