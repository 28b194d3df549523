import Catalogue
import Diagnostics
import Differences
import Findings
import Inputs
import Judging

/// A comment for a pull request: risks first, then what policies say, images and the objects that change.
///
/// It begins with a marker by which a script finds its earlier comment, and stays below what code hosts take.
struct DiffMarkdownReporter {
    let options: DiffReportOptions

    /// A comment that begins so is this program's.
    static let marker = "<!-- lintel-diff -->"
    /// More of an object is counted only.
    private static let mostFields = 30

    func write(_ report: DiffReport, to output: inout ReportSink) {
        var page = MarkdownPage("\(Self.marker)\n## lintel diff: \(MarkdownReporter.escaped(ValueText.summary(report)))\n\n")
        page.text += "From \(MarkdownReporter.code(report.old.label)) to \(MarkdownReporter.code(report.new.label)).\n"
        if !report.isComplete { page.text += "\n**The comparison is not complete.**\n" }
        for problem in report.problems.filter({ $0.severity == .error }).prefix(20) {
            page.text += "\n**Error:** \(MarkdownReporter.escaped(problem.message))\n"
        }
        let risks = report.risks.map { risk in
            let place = risk.place.map { " \(MarkdownReporter.code(ValueText.place($0)))" } ?? ""
            let others = risk.alsoIn.isEmpty ? "" : " and in \(ValueText.count(risk.alsoIn.count, "other application"))"
            return
                "- **\(risk.weight.rawValue)** \(MarkdownReporter.escaped("\(risk.object.title): \(risk.message)\(others)"))\(place)\n"
        }
        page.section("Risks", isOpen: true, risks)
        if let findings = report.findings {
            page.section("New findings", isOpen: true, MarkdownReporter.bySeverity(findings.new).map(line))
            page.section("Findings that are gone", isOpen: false, MarkdownReporter.bySeverity(findings.gone).map(line))
        }
        page.section("Images", isOpen: true, report.images.map(line))
        page.section("Changes", isOpen: false, report.groups.map(entry))
        page.section(
            "Not compared", isOpen: false,
            report.notCompared.map { "- \(MarkdownReporter.escaped("\($0.title): \($0.reason)"))\n" })
        page.text +=
            "\n\(ValueText.count(report.new.objects, "object")) now, \(report.old.objects) before, lintel \(options.version)\n"
        output += page.text
    }

    private func line(_ finding: Finding) -> String {
        let text = MarkdownReporter.escaped("\(finding.resource.title): \(finding.message)")
        return "- **\(finding.severity.rawValue)** \(text) (\(MarkdownReporter.code(finding.policyID))) "
            + "\(MarkdownReporter.code(ValueText.place(finding.location)))\n"
    }

    private func line(_ image: ImageChange) -> String {
        let (old, new) = (image.old.map(ValueText.withShortDigest), image.new.map(ValueText.withShortDigest))
        let text =
            switch (old, new) {
            case (let old?, let new?): "\(MarkdownReporter.code(old)) → \(MarkdownReporter.code(new))"
            case (nil, let new?): "new \(MarkdownReporter.code(new))"
            case (let old, nil): "gone \(MarkdownReporter.code(old ?? ""))"
            }
        let remark = image.remark.isEmpty ? "" : ", **\(image.remark)**"
        let titles = Set(image.uses.map { "\($0.object.title) (\($0.container))" }).sorted()
        let names = titles.prefix(4).joined(separator: ", ") + (titles.count > 4 ? " and \(titles.count - 4) more" : "")
        return "- \(text)\(remark) in \(MarkdownReporter.escaped(names))\n"
    }

    private func entry(_ group: [ObjectChange]) -> String { Self.entry(group, mostFields: Self.mostFields) }

    /// An object with its fields, and how many others change in the same way.
    static func entry(_ group: [ObjectChange], mostFields: Int) -> String {
        let first = group[0]
        let place = ValueText.places(first.oldPlace, first.newPlace)
        var text =
            "\n**\(DiffPaint.sign(first.kind).replacing("~", with: "\\~")) \(MarkdownReporter.escaped(first.object.title))**"
        if !first.application.isEmpty { text += " of \(MarkdownReporter.escaped(first.application))" }
        if !place.isEmpty { text += " \(MarkdownReporter.code(place))" }
        text += "\n"
        if first.kind == .changed { text += "\n" }
        for field in first.fields.list.prefix(mostFields) {
            let places = ValueText.places(field.oldPlace, field.newPlace)
            text += "- \(MarkdownReporter.code(field.path)): "
            if field.lines.isEmpty, field.hiddenLines == 0 {
                text += MarkdownReporter.code(ValueText.change(field))
            } else {
                let (added, removed) = (field.lines.count(where: \.isAdded), field.lines.count { !$0.isAdded })
                text += "\(ValueText.count(added, "line")) added, \(removed) removed"
                if field.hiddenLines > 0 { text += ", \(field.hiddenLines) with hidden values" }
            }
            text += places.isEmpty ? "\n" : " \(MarkdownReporter.code(places))\n"
        }
        let more = first.fields.list.count + first.fields.omitted - mostFields
        if more > 0 { text += "- and \(ValueText.count(more, "more field"))\n" }
        if group.count > 1 {
            let names = group.dropFirst().prefix(4).map(\.object.title).joined(separator: ", ")
            text += "\nThe same in \(ValueText.count(group.count - 1, "other")): \(MarkdownReporter.escaped(names))"
            text += group.count > 5 ? " …\n" : "\n"
        }
        return text
    }
}

/// Markdown that stays below what code hosts take.
struct MarkdownPage {
    var text: String
    /// GitHub takes 65,536 characters in a comment.
    private static let longest = 60_000
    /// What is kept for closing lines.
    private static let reserve = 2_000

    init(_ text: String) { self.text = text }

    /// A section that opens and closes; nothing when there are no entries. What has no room is counted.
    mutating func section(_ title: String, isOpen: Bool, _ entries: [String]) {
        if entries.isEmpty { return }
        if text.utf8.count > Self.longest - Self.reserve {
            text += "\n**\(title) (\(entries.count)) have no room here;** the complete report has them.\n"
            return
        }
        text += "\n<details\(isOpen ? " open" : "")>\n<summary><b>\(title)</b> (\(entries.count))</summary>\n\n"
        for (index, entry) in entries.enumerated() {
            if text.utf8.count + entry.utf8.count > Self.longest - Self.reserve {
                text += "\n**and \(entries.count - index) more,** which the complete report has\n"
                break
            }
            text += entry
        }
        text += "\n</details>\n"
    }
}
