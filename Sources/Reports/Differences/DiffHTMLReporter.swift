import Catalogue
import Differences
import Findings
import Inputs
import Judging

/// One page that needs nothing else: what to look at first, and every object that differs.
struct DiffHTMLReporter {
    let options: DiffReportOptions

    func write(_ report: DiffReport, to output: inout ReportSink) {
        let page = DiffPage(options: options)
        page.begin(title: "\(report.old.label) → \(report.new.label)", summary: ValueText.summary(report), to: &output)
        page.problems(report.problems, to: &output)
        page.figures(
            [
                ("added", report.count(of: .added)), ("removed", report.count(of: .removed)),
                ("changed", report.count(of: .changed)),
            ]
                + Risk.Weight.allCases.map { weight in ("\(weight.rawValue) risks", report.risks.count { $0.weight == weight }) },
            to: &output)
        page.list("Risks", report.risks, to: &output) { risk in
            let place = risk.place.map { " <code>\(DiffPage.escaped(ValueText.place($0)))</code>" } ?? ""
            let others = risk.alsoIn.isEmpty ? "" : "; also in \(risk.alsoIn.joined(separator: ", "))"
            return "<span class=\"badge \(risk.weight.rawValue)\">\(risk.weight.rawValue)</span> "
                + "\(DiffPage.escaped("\(risk.object.title): \(risk.message)\(others)"))\(place)"
        }
        if let findings = report.findings {
            page.list("New findings", MarkdownReporter.bySeverity(findings.new), to: &output, item: Self.item)
            page.list("Findings that are gone", MarkdownReporter.bySeverity(findings.gone), to: &output, item: Self.item)
        }
        page.list("Images", report.images, to: &output) { image in
            let names = Set(image.uses.map { "\($0.object.title) (\($0.container))" }).sorted().joined(separator: ", ")
            let remark = image.remark.isEmpty ? "" : " <b>\(DiffPage.escaped(image.remark))</b>"
            return "<code>\(DiffPage.escaped(image.old ?? "new"))</code> → <code>\(DiffPage.escaped(image.new ?? "gone"))</code>"
                + "\(remark) <small>\(DiffPage.escaped(names))</small>"
        }
        page.changes("Changes", report.groups, to: &output)
        page.list("Not compared", report.notCompared, to: &output) { DiffPage.escaped("\($0.title): \($0.reason)") }
        page.end(to: &output)
    }

    private static func item(_ finding: Finding) -> String {
        let severity = finding.severity.rawValue
        return "<span class=\"badge \(severity)\">\(severity)</span> "
            + DiffPage.escaped("\(finding.resource.title): \(finding.message) (\(finding.policyID))")
            + " <code>\(DiffPage.escaped(ValueText.place(finding.location)))</code>"
    }
}
