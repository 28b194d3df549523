import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Text

/// One page that needs nothing else: all findings with the lines they are about, filters, search, light and dark.
struct HTMLReporter: Reporter {
    let options: ReportOptions

    /// Lines shown before and after the one a finding is at.
    private static let context = 2
    private static let longestLine = 300

    func write(_ report: Report, to output: inout ReportSink) {
        output += """
            \(FindingsPage.head("lintel: \(report.findings.count) violations", hasScript: true))
            <body>
            <header>
            <h1>\(Self.escaped(verdict(report)))</h1>
            <p>\(Self.escaped(scope(report)))</p>
            <button type="button" id="theme">Light or dark</button>
            </header>
            <main>

            """
        problems(report, to: &output)
        figures(report, to: &output)
        form(report, to: &output)
        output += "<ol class=\"findings\">\n"
        let state = report.comparison == nil ? "open" : "new"
        for finding in MarkdownReporter.bySeverity(report.findings) { write(finding, state, to: &output) }
        for finding in report.suppressed { write(finding, "suppressed", to: &output) }
        if let comparison = report.comparison {
            for finding in MarkdownReporter.bySeverity(comparison.unchanged) { write(finding, "unchanged", to: &output) }
            for gone in comparison.gone { write(gone, to: &output) }
        }
        output += "</ol>\n<p class=\"empty\" hidden>Nothing fits the filter.</p>\n</main>\n"
        output += "<footer>lintel \(Self.escaped(options.version))"
        if let time = options.timestamp { output += ", <time>\(Self.escaped(time))</time>" }
        output += "</footer>\n<script>\(FindingsPage.script)</script>\n</body>\n</html>\n"
    }

    private func verdict(_ report: Report) -> String {
        switch report.conclusion(failOn: options.failOn) {
        case .failed: "The check is not complete"
        case .passed: report.findings.isEmpty ? "No violations" : "\(report.findings.count) violations, none that fails"
        case .violations: "\(report.findings.count) violation\(report.findings.count == 1 ? "" : "s")"
        }
    }

    private func scope(_ report: Report) -> String {
        var text = "\(report.resources) resources in \(report.files) files against \(report.evaluatedPolicies) policies"
        if let comparison = report.comparison { text += ", compared with \(comparison.name)" }
        return text
    }

    private func problems(_ report: Report, to output: inout ReportSink) {
        var lines = report.diagnostics.filter { $0.severity != .note }.map { problem in
            (problem.range.map { "\($0.file.path):\($0.position): " } ?? "") + problem.message
        }
        if !report.hasErrors, let nothing = report.nothingEvaluated { lines.append("nothing was evaluated: \(nothing)") }
        if lines.isEmpty { return }
        output += "<ul class=\"problems\">\n"
        for line in lines { output += "<li>\(Self.escaped(line))</li>\n" }
        output += "</ul>\n"
    }

    private func figures(_ report: Report, to output: inout ReportSink) {
        output += "<dl class=\"figures\">\n"
        for severity in PolicySeverity.allCases {
            output +=
                "<div class=\"\(severity.rawValue)\"><dt>\(severity.rawValue)</dt><dd>\(report.count(of: severity))</dd></div>\n"
        }
        if !report.suppressed.isEmpty { output += "<div><dt>suppressed</dt><dd>\(report.suppressed.count)</dd></div>\n" }
        if let comparison = report.comparison {
            output += "<div><dt>unchanged</dt><dd>\(comparison.unchanged.count)</dd></div>\n"
            output += "<div><dt>fixed</dt><dd>\(comparison.gone.count)</dd></div>\n"
        }
        output += "</dl>\n"
    }

    private func form(_ report: Report, to output: inout ReportSink) {
        output +=
            "<form class=\"filter\" role=\"search\">\n<input type=\"search\" name=\"text\" placeholder=\"Search\" aria-label=\"Search\">\n"
        for severity in PolicySeverity.allCases {
            output +=
                "<label><input type=\"checkbox\" name=\"severity\" value=\"\(severity.rawValue)\" checked> \(severity.rawValue)</label>\n"
        }
        var states = [report.comparison == nil ? "open" : "new"]
        if !report.suppressed.isEmpty { states.append("suppressed") }
        if report.comparison != nil { states += ["unchanged", "fixed"] }
        if states.count > 1 {
            output += "<span class=\"gap\"></span>\n"
            for (number, state) in states.enumerated() {
                output +=
                    "<label><input type=\"checkbox\" name=\"state\" value=\"\(state)\"\(number == 0 ? " checked" : "")> \(state)</label>\n"
            }
        }
        select("policy", Set(report.findings.map(\.policyID)), to: &output)
        select("namespace", Set(report.findings.compactMap(\.resource.namespace)), to: &output)
        output += "<output name=\"shown\"></output>\n</form>\n"
    }

    private func select(_ name: String, _ values: Set<String>, to output: inout ReportSink) {
        if values.count < 2 { return }
        output += "<select name=\"\(name)\" aria-label=\"\(name)\"><option value=\"\">every \(name)</option>"
        for value in values.sorted() { output += "<option>\(Self.escaped(value))</option>" }
        output += "</select>\n"
    }

    // MARK: Findings

    private func open(
        _ severity: String, _ state: String, policy: String, namespace: String, to output: inout ReportSink
    ) {
        output += "<li class=\"\(Self.escaped(severity))\" data-severity=\"\(Self.escaped(severity))\" data-state=\"\(state)\""
        output += " data-policy=\"\(Self.escaped(policy))\" data-namespace=\"\(Self.escaped(namespace))\">\n"
    }

    private func write(_ finding: Finding, _ state: String, to output: inout ReportSink) {
        open(
            finding.severity.rawValue, state, policy: finding.policyID, namespace: finding.resource.namespace ?? "", to: &output)
        output += "<details><summary><span class=\"badge\">\(finding.severity.rawValue)</span> \(Self.escaped(finding.message))"
        if state != "open" { output += " <span class=\"state\">\(state)</span>" }
        output += "<br><small><b>\(Self.escaped(finding.resource.title))</b> "
        output += "<code>\(Self.escaped(options.paths.fromRoot(finding.location.file))):\(finding.location.start)</code> "
        output +=
            "<span class=\"policy\">\(Self.escaped(finding.policyID)) \(Self.escaped(finding.policySlug))</span></small></summary>\n"
        snippet(finding, to: &output)
        if !finding.path.steps.isEmpty { output += "<p>at <code>\(Self.escaped(finding.path.fieldPath))</code></p>\n" }
        for note in finding.origin {
            let place = note.range.map { " (\($0.file.path):\($0.position))" } ?? ""
            output += "<p class=\"origin\">\(Self.escaped(note.message + place))</p>\n"
        }
        if !finding.remediation.isEmpty { output += "<p class=\"fix\"><b>Fix:</b> \(Self.escaped(finding.remediation))</p>\n" }
        if let suppression = finding.suppression { output += "<p class=\"exception\">\(Self.escaped(suppression.text))</p>\n" }
        output += "</details></li>\n"
    }

    private func write(_ gone: Comparison.Gone, to output: inout ReportSink) {
        open(gone.severity, "fixed", policy: gone.policyID, namespace: "", to: &output)
        output += "<span class=\"badge\">\(Self.escaped(gone.severity.isEmpty ? "fixed" : gone.severity))</span> "
        output +=
            "\(Self.escaped(gone.message)) <span class=\"state\">fixed</span><br><small><b>\(Self.escaped(gone.resource))</b> "
        output +=
            "<code>\(Self.escaped(gone.file))</code> <span class=\"policy\">\(Self.escaped(gone.policyID))</span></small></li>\n"
    }

    private func snippet(_ finding: Finding, to output: inout ReportSink) {
        guard let range = finding.location.range else { return }
        let file = range.file, line = finding.location.start.line
        output += "<pre><code>"
        for number in max(1, line - Self.context)...min(file.lineCount, line + Self.context) where number >= 1 {
            let bytes = file.byteRange(ofLine: number)
            let text = file.text(in: bytes.lowerBound..<min(bytes.upperBound, bytes.lowerBound + Self.longestLine))
            let mark = number == line ? " class=\"here\"" : ""
            output += "<span\(mark)><i>\(number)</i>\(Self.escaped(text))\n</span>"
        }
        output += "</code></pre>\n"
    }

    private static let escapes = TextEscapes(["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"])

    /// Text in HTML, also in quotes.
    static func escaped(_ text: String) -> String {
        escapes.escaped(text)
    }
}
