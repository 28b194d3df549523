extension ComplianceReport {
    /// The report as one HTML page that needs nothing else: chart, filter, evidence and print layout.
    package func html() -> String {
        let main = """
            \(summarySection)
            \(chapterSection)
            \(filterSection)
            \(sections.map(section).joined(separator: "\n"))
            \(provenanceSection)
            """
        return ReportPage.page(self, title: framework.title, main: main, script: ReportPage.script)
    }

    /// A word of this report's language, escaped.
    func word(_ word: Language.Word, _ values: String...) -> String {
        var text = language.text(word)
        for (index, value) in values.enumerated() { text = text.replacing("{\(index)}", with: value) }
        return Self.escaped(text)
    }

    private var summarySection: String {
        let counts = ClauseStatus.allCases.map { status in
            """
            <tr><td><span class="dot \(status.rawValue)"></span>\(name(status))</td><td>\(count(status))</td></tr>
            """
        }
        return """
            <section class="summary" aria-label="\(word(.summary))">
            \(donut)
            <table class="counts"><caption>\(word(.clauses, "\(answers.count)"))</caption><tbody>
            \(counts.joined(separator: "\n"))
            </tbody></table>
            <dl class="figures">
            <div><dt>\(word(.score))</dt><dd>\(score.map(percentage) ?? word(.none))</dd><dd class="note">\(word(.passedOf))</dd></div>
            <div><dt>\(word(.coverage))</dt><dd>\(percentage(coverage))</dd><dd class="note">\(word(.decidedOf))</dd></div>
            </dl>
            <p class="lines">\(([answerableText] + [trend?.sentence(in: language)].compactMap { $0 }).map(Self.escaped).joined(separator: "<br>"))</p>
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
                <circle class="arc \(status.rawValue)" r="15.9155" cx="21" cy="21" stroke-dasharray="\(Self.short(share)) \(Self.short(100 - share))" stroke-dashoffset="\(Self.short(25 - start))"><title>\(count(status)) \(name(status))</title></circle>
                """
        }
        let label = ClauseStatus.allCases.map { "\(count($0)) \(name($0))" }.joined(separator: ", ")
        return """
            <svg class="donut" viewBox="0 0 42 42" role="img" aria-label="\(label)">
            \(arcs.joined(separator: "\n"))
            <text x="21" y="21.5">\(score.map { String(Int(($0 * 100).rounded(.down))) + " %" } ?? "–")</text>
            <text x="21" y="26" class="small">\(word(.score))</text>
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
                    "<span class=\"\(status.rawValue)\" style=\"flex:\(number)\" title=\"\(number) \(name(status))\">\(number)</span>"
            }
            return
                "<tr><th scope=\"row\"><a href=\"#\(Self.anchor(section.name))\">\(Self.escaped(framework.heading(section.name)))</a></th><td><div class=\"bar\">\(parts.joined())</div></td></tr>"
        }
        return """
            <nav aria-label="\(word(.contents))">
            <h2>\(word(.contents))</h2>
            <table class="bars"><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table>
            </nav>
            """
    }

    private var filterSection: String {
        let boxes = ClauseStatus.allCases.filter { count($0) > 0 }.map { status in
            "<label><input type=\"checkbox\" name=\"status\" value=\"\(status.rawValue)\" checked> \(name(status))</label>"
        }
        return """
            <form class="filter" aria-label="\(word(.filter))">
            \(boxes.joined(separator: "\n"))
            <label class="search">\(word(.search)) <input type="search" name="text" placeholder="\(word(.searchHint))"></label>
            <output name="shown" data-text="\(word(.shown))">\(word(.shown, "\(answers.count)", "\(answers.count)"))</output>
            </form>
            """
    }

    private func section(_ section: (name: String, answers: [Answer])) -> String {
        """
        <section class="chapter" id="\(Self.anchor(section.name))">
        <h2>\(Self.escaped(framework.heading(section.name)))</h2>
        \(section.answers.map(clause).joined(separator: "\n"))
        </section>
        """
    }

    /// One clause with its evidence, folded unless it fails.
    func clause(_ answer: Answer) -> String {
        let isPartial = answer.confidence == .partial && answer.status == .pass
        let before = trend?.changes.first { $0.clause == answer.clause.id }?.before
        let tags = [
            answer.clause.level, answer.clause.assessment, isPartial ? language.text(.partialEvidence) : nil,
            before.map { language.text(.was, language.text($0)) },
        ].compactMap { $0 }.map { "<span class=\"tag\">\(Self.escaped($0))</span>" }.joined()
        let remediation = answer.status == .fail ? answer.clause.remediation : nil
        return """
            <details class="clause" data-status="\(answer.status.rawValue)"\(answer.status == .fail ? " open" : "")>
            <summary><span class="badge \(answer.status.rawValue)">\(name(answer.status))</span> <b>\(Self.escaped(answer.clause.id))</b> \(Self.escaped(answer.clause.title)) \(tags)</summary>
            \(answer.clause.why.map { "<p class=\"why\">\(Self.escaped($0))</p>" } ?? "")
            \(remediation.map { "<p class=\"fix\">\(Self.escaped($0))</p>" } ?? "")
            \(evidenceList(answer.evidence))
            </details>
            """
    }

    private func evidenceList(_ evidence: [Evidence]) -> String {
        guard !evidence.isEmpty else { return "<p class=\"none\">\(word(.noEvidence))</p>" }
        let items = evidence.map { item in
            let place = item.place.map { "<code>\(Self.escaped($0))</code> " } ?? ""
            let field = item.field.map { " <code class=\"field\">\(Self.escaped($0))</code>" } ?? ""
            let resource = item.resource.map { "<span class=\"resource\">\(Self.escaped($0))</span> " } ?? ""
            let exception = item.exception.map { exception in
                let owner = exception.owner.map { ", \($0)" } ?? ""
                let expires = exception.expires.map { ", \(language.text(.until, $0))" } ?? ""
                return "<div class=\"exception\">\(word(.accepted, exception.reason))\(Self.escaped(owner + expires))</div>"
            }
            let source = [item.source, item.sourceTitle].compactMap { $0 }.joined(separator: " ")
            return
                "<li class=\"\(Self.escaped(item.verdict))\">\(place)\(resource)\(Self.escaped(item.message))\(field) <span class=\"source\">\(Self.escaped(source))</span>\(exception ?? "")</li>"
        }
        return "<ul class=\"evidence\">\n\(items.joined(separator: "\n"))\n</ul>"
    }

    private var provenanceSection: String {
        """
        <section class="provenance" aria-label="\(word(.provenance))">
        <h2>\(word(.provenance))</h2>
        <dl>
        <dt>\(word(.framework))</dt><dd>\(Self.escaped(framework.id)) \(Self.escaped(framework.version))</dd>
        <dt>\(word(.tool))</dt><dd>lintel \(Self.escaped(provenance.toolVersion))</dd>
        <dt>\(word(.time))</dt><dd>\(Self.escaped(provenance.time))</dd>
        <dt>\(word(.library))</dt><dd><code>\(Self.escaped(provenance.libraryDigest))</code></dd>
        <dt>\(word(.input))</dt><dd><code>\(Self.escaped(provenance.inputDigest))</code></dd>
        <dt>\(word(.readFrom))</dt><dd>\(provenance.inputs.map { "<code>\(Self.escaped($0))</code>" }.joined(separator: ", "))</dd>
        \(enforcement.map { "<dt>\(word(.enforced))</dt><dd>\(Self.escaped($0.sentence))</dd>" }.joined(separator: "\n"))
        </dl>
        </section>
        """
    }

    private func name(_ status: ClauseStatus) -> String { Self.escaped(language.text(status)) }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }

    private static func anchor(_ name: String) -> String {
        "section-" + String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    }

    private static func short(_ number: Double) -> String { String((number * 1000).rounded() / 1000) }
}
