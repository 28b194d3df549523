import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Text

/// A comment for a pull request, or the summary of a job: what is new by severity and object, each with its remedy.
///
/// It begins with a marker by which a script finds its earlier comment, and stays below what code hosts take.
struct MarkdownReporter: Reporter {
    let options: ReportOptions

    /// A comment that begins so is this program's.
    static let marker = "<!-- lintel-report -->"
    /// GitHub takes 65,536 characters in a comment.
    private static let longest = 60_000
    /// What is kept for closing lines.
    private static let reserve = 2_000

    func write(_ report: Report, to output: inout ReportSink) {
        var text = "\(Self.marker)\n## lintel: \(headline(report))\n\n"
        if let table = table(report) { text += table + "\n" }
        if let comparison = report.comparison { text += line(comparison) }
        let left = sections(report.findings, to: &text)
        if left > 0 {
            text += "\n**\(left) more violations are not shown here;** the complete report has them.\n"
        }
        if let comparison = report.comparison, !comparison.gone.isEmpty { fixed(comparison.gone, to: &text) }
        if !report.suppressed.isEmpty { accepted(report.suppressed, to: &text) }
        problems(report, to: &text)
        output += text
    }

    /// The worst first; those of one severity stay in their order.
    static func bySeverity(_ findings: [Finding]) -> [Finding] {
        PolicySeverity.allCases.flatMap { severity in findings.filter { $0.severity == severity } }
    }

    private func headline(_ report: Report) -> String {
        if report.hasErrors { return "the check is not complete" }
        if report.nothingEvaluated != nil { return "nothing was evaluated" }
        let noun = report.comparison == nil ? "violation" : "new violation"
        let count = report.findings.count
        if count == 0 { return "no \(noun)s" }
        let verdict = report.conclusion(failOn: options.failOn) == .passed ? ", none that fails" : ""
        return "\(count) \(noun)\(count == 1 ? "" : "s")\(verdict)"
    }

    private func table(_ report: Report) -> String? {
        let counts = PolicySeverity.allCases.map { ($0.rawValue, report.count(of: $0)) }.filter { $0.1 > 0 }
        if counts.isEmpty { return nil }
        return "| \(counts.map(\.0).joined(separator: " | ")) |\n|\(String(repeating: "---:|", count: counts.count))\n"
            + "| \(counts.map { String($0.1) }.joined(separator: " | ")) |\n"
    }

    private func line(_ comparison: Comparison) -> String {
        "Compared with \(Self.code(comparison.name)): \(comparison.gone.count) fixed, \(comparison.unchanged.count) unchanged.\n"
    }

    // MARK: Findings

    /// - Returns: how many findings had no room.
    private func sections(_ findings: [Finding], to text: inout String) -> Int {
        var shown = 0
        for severity in PolicySeverity.allCases {
            let own = findings.filter { $0.severity == severity }
            if own.isEmpty { continue }
            if text.utf8.count > Self.longest - Self.reserve { break }
            let isOpen = severity >= .high
            text += "\n<details\(isOpen ? " open" : "")>\n<summary><b>\(severity.rawValue)</b> (\(own.count))</summary>\n"
            shown += resources(own, to: &text)
            text += "\n</details>\n"
        }
        return findings.count - shown
    }

    private func resources(_ findings: [Finding], to text: inout String) -> Int {
        var shown = 0, resource: ResourceReference?, file = ""
        for finding in findings {
            var entry = ""
            if finding.resource != resource || finding.location.file != file {
                entry +=
                    "\n**\(Self.escaped(finding.resource.title))** in \(Self.code(options.paths.fromRoot(finding.location.file)))\n\n"
            }
            entry += self.entry(finding)
            if text.utf8.count + entry.utf8.count > Self.longest - Self.reserve { break }
            text += entry
            (resource, file) = (finding.resource, finding.location.file)
            shown += 1
        }
        return shown
    }

    private func entry(_ finding: Finding) -> String {
        let name = finding.policySlug.isEmpty ? "" : " \(Self.escaped(finding.policySlug))"
        var entry =
            "- line \(finding.location.start.line): \(Self.escaped(finding.message)) (\(Self.code(finding.policyID))\(name))\n"
        if !finding.path.steps.isEmpty { entry += "  at \(Self.code(finding.path.fieldPath))\n" }
        if !finding.remediation.isEmpty { entry += "  <br>**Fix:** \(Self.escaped(finding.remediation))\n" }
        return entry + SuggestionText.block(of: finding, indent: "  ")
    }

    private func fixed(_ gone: [Comparison.Gone], to text: inout String) {
        text += "\n<details>\n<summary><b>fixed</b> (\(gone.count))</summary>\n\n"
        for (number, entry) in gone.enumerated() {
            let line = "- \(Self.escaped(entry.resource)): \(Self.escaped(entry.message)) (\(Self.code(entry.policyID)))\n"
            if text.utf8.count + line.utf8.count > Self.longest {
                text += "- and \(gone.count - number) more\n"
                break
            }
            text += line
        }
        text += "\n</details>\n"
    }

    private func accepted(_ findings: [Finding], to text: inout String) {
        if text.utf8.count > Self.longest { return }
        text += "\n<details>\n<summary><b>suppressed</b> (\(findings.count))</summary>\n\n"
        for (number, finding) in findings.enumerated() {
            let reason = Self.escaped(finding.suppression?.text ?? "")
            let line =
                "- \(Self.escaped(finding.resource.title)): \(Self.escaped(finding.message)) (\(Self.code(finding.policyID))); \(reason)\n"
            if text.utf8.count + line.utf8.count > Self.longest {
                text += "- and \(findings.count - number) more\n"
                break
            }
            text += line
        }
        text += "\n</details>\n"
    }

    private func problems(_ report: Report, to text: inout String) {
        let errors = report.diagnostics.filter { $0.severity == .error }
        for error in errors.prefix(20) {
            let place = error.range.map { "\($0.file.path):\($0.position): " } ?? ""
            text += "\n**Error:** \(Self.escaped(place + error.message))\n"
        }
        if errors.count > 20 { text += "\nand \(errors.count - 20) more errors\n" }
        if errors.isEmpty, let nothing = report.nothingEvaluated { text += "\n**Error:** \(Self.escaped(nothing))\n" }
        let policies = report.evaluatedPolicies
        text +=
            "\n\(report.resources) resource\(report.resources == 1 ? "" : "s") in \(report.files) file\(report.files == 1 ? "" : "s") "
        text += "against \(policies) polic\(policies == 1 ? "y" : "ies"), lintel \(options.version)\n"
    }

    // MARK: Text

    /// Text that Markdown shows as it is, on one line, and that mentions nobody.
    static func escaped(_ text: String) -> String {
        escapes.escaped(text)
    }

    private static let escapes = TextEscapes([
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "\n": " ", "\r": " ", "\t": " ", "\\": "\\\\", "`": "\\`",
        "*": "\\*", "_": "\\_", "[": "\\[", "]": "\\]", "|": "\\|", "~": "\\~", "#": "\\#",
    ])
    private static let lineEscapes = TextEscapes(["\n": " ", "\r": " "])

    /// Text as code; a backtick in it cannot end it.
    static func code(_ text: String) -> String {
        let line = lineEscapes.escaped(text)
        if !line.contains("`") { return "`\(line)`" }
        var longest = 0, run = 0
        for character in line.unicodeScalars {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence) \(line) \(fence)"
    }
}
