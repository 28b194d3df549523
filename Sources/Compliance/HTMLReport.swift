extension ComplianceReport {
    /// The report as one HTML page that needs nothing else: chart, filter, evidence and print layout.
    package func html() -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(Self.escaped(framework.title)): compliance report</title>
        <style>\(ReportPage.style)</style>
        </head>
        <body>
        <header>
        <h1>\(Self.escaped(framework.title))</h1>
        <p>Compliance report, \(Self.escaped(provenance.time)), lintel \(Self.escaped(provenance.toolVersion))</p>
        \(framework.isSupporting ? "<p class=\"claim\">Supporting evidence only: the framework asks for more than a cluster can show.</p>" : "")
        </header>
        <main>
        \(summarySection)
        \(chapterSection)
        \(filterSection)
        \(sections.map(section).joined(separator: "\n"))
        \(provenanceSection)
        </main>
        <script>\(ReportPage.script)</script>
        </body>
        </html>

        """
    }

    private var summarySection: String {
        let counts = ClauseStatus.allCases.map { status in
            """
            <tr><td><span class="dot \(status.rawValue)"></span>\(status.rawValue)</td><td>\(count(status))</td></tr>
            """
        }
        return """
            <section class="summary" aria-label="Summary">
            \(donut)
            <table class="counts"><caption>\(answers.count) clauses</caption><tbody>
            \(counts.joined(separator: "\n"))
            </tbody></table>
            <dl class="figures">
            <div><dt>Score</dt><dd>\(score.map(percentage) ?? "none")</dd><dd class="note">passed of passed and failed</dd></div>
            <div><dt>Coverage</dt><dd>\(percentage(coverage))</dd><dd class="note">decided by evidence, of all clauses</dd></div>
            </dl>
            </section>
            """
    }

    /// The statuses as a ring; each arc is a dashed circle, its length in hundredths of the ring.
    private var donut: String {
        var start = 0.0
        let arcs = ClauseStatus.allCases.compactMap { status -> String? in
            let share = answers.isEmpty ? 0 : Double(count(status)) * 100 / Double(answers.count)
            guard share > 0 else { return nil }
            defer { start += share }
            return """
                <circle class="arc \(status.rawValue)" r="15.9155" cx="21" cy="21" stroke-dasharray="\(Self.short(share)) \(Self.short(100 - share))" stroke-dashoffset="\(Self.short(25 - start))"><title>\(count(status)) \(status.rawValue)</title></circle>
                """
        }
        let label = ClauseStatus.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
        return """
            <svg class="donut" viewBox="0 0 42 42" role="img" aria-label="\(label)">
            \(arcs.joined(separator: "\n"))
            <text x="21" y="21.5">\(score.map { String(Int(($0 * 100).rounded(.down))) + " %" } ?? "–")</text>
            <text x="21" y="26" class="small">score</text>
            </svg>
            """
    }

    /// One stacked bar per section.
    private var chapterSection: String {
        let rows = sections.map { section in
            let parts = ClauseStatus.allCases.compactMap { status -> String? in
                let number = section.answers.count { $0.status == status }
                guard number > 0 else { return nil }
                return
                    "<span class=\"\(status.rawValue)\" style=\"flex:\(number)\" title=\"\(number) \(status.rawValue)\">\(number)</span>"
            }
            return
                "<tr><th scope=\"row\"><a href=\"#\(Self.anchor(section.name))\">\(Self.escaped(framework.heading(section.name)))</a></th><td><div class=\"bar\">\(parts.joined())</div></td></tr>"
        }
        return """
            <section aria-label="Sections">
            <table class="bars"><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table>
            </section>
            """
    }

    private var filterSection: String {
        let boxes = ClauseStatus.allCases.filter { count($0) > 0 }.map { status in
            "<label><input type=\"checkbox\" name=\"status\" value=\"\(status.rawValue)\" checked> \(status.rawValue)</label>"
        }
        return """
            <form class="filter" aria-label="Filter">
            \(boxes.joined(separator: "\n"))
            <label class="search">Search <input type="search" name="text" placeholder="clause, title or file"></label>
            <output name="shown">\(answers.count) of \(answers.count) shown</output>
            </form>
            """
    }

    private func section(_ section: (name: String, answers: [Answer])) -> String {
        """
        <section class="chapter" id="\(Self.anchor(section.name))">
        <h2>\(Self.escaped(framework.heading(section.name)))</h2>
        \(section.answers.map(Self.clause).joined(separator: "\n"))
        </section>
        """
    }

    private static func clause(_ answer: Answer) -> String {
        let tags = [answer.clause.level, answer.clause.assessment, answer.confidence == .partial ? "partial evidence" : nil]
            .compactMap { $0 }.map { "<span class=\"tag\">\(escaped($0))</span>" }.joined()
        let remediation = answer.status == .fail ? answer.clause.remediation : nil
        return """
            <details class="clause" data-status="\(answer.status.rawValue)"\(answer.status == .fail ? " open" : "")>
            <summary><span class="badge \(answer.status.rawValue)">\(answer.status.rawValue)</span> <b>\(escaped(answer.clause.id))</b> \(escaped(answer.clause.title)) \(tags)</summary>
            \(remediation.map { "<p class=\"fix\">\(escaped($0))</p>" } ?? "")
            \(evidenceList(answer.evidence))
            </details>
            """
    }

    private static func evidenceList(_ evidence: [Evidence]) -> String {
        guard !evidence.isEmpty else { return "<p class=\"none\">No evidence was in the input.</p>" }
        let items = evidence.map { item in
            let place = item.place.map { "<code>\(escaped($0))</code> " } ?? ""
            let field = item.field.map { " <code class=\"field\">\(escaped($0))</code>" } ?? ""
            let resource = item.resource.map { "<span class=\"resource\">\(escaped($0))</span> " } ?? ""
            let exception = item.exception.map { exception in
                let owner = exception.owner.map { ", \(escaped($0))" } ?? ""
                let expires = exception.expires.map { ", until \(escaped($0))" } ?? ""
                return "<div class=\"exception\">Accepted: \(escaped(exception.reason))\(owner)\(expires)</div>"
            }
            return
                "<li class=\"\(escaped(item.verdict))\">\(place)\(resource)\(escaped(item.message))\(field) <span class=\"source\">\(escaped(item.source))</span>\(exception ?? "")</li>"
        }
        return "<ul class=\"evidence\">\n\(items.joined(separator: "\n"))\n</ul>"
    }

    private var provenanceSection: String {
        """
        <section class="provenance" aria-label="Provenance">
        <h2>Provenance</h2>
        <dl>
        <dt>Framework</dt><dd>\(Self.escaped(framework.id)) \(Self.escaped(framework.version))</dd>
        <dt>Tool</dt><dd>lintel \(Self.escaped(provenance.toolVersion))</dd>
        <dt>Time</dt><dd>\(Self.escaped(provenance.time))</dd>
        <dt>Policy library</dt><dd><code>\(Self.escaped(provenance.libraryDigest))</code></dd>
        <dt>Input</dt><dd><code>\(Self.escaped(provenance.inputDigest))</code></dd>
        <dt>Read from</dt><dd>\(provenance.inputs.map { "<code>\(Self.escaped($0))</code>" }.joined(separator: ", "))</dd>
        </dl>
        </section>
        """
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }

    private static func anchor(_ name: String) -> String {
        "section-" + String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    }

    private static func short(_ number: Double) -> String { String((number * 1000).rounded() / 1000) }
}
