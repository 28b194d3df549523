import Documents

/// One framework answered for several clusters or repositories, a column each.
package struct ComplianceComparison: Sendable {
    /// A cluster or repository and its report.
    package struct Target: Sendable {
        package var name: String
        package var report: ComplianceReport

        package init(name: String, report: ComplianceReport) {
            self.name = name
            self.report = report
        }
    }

    package let targets: [Target]

    /// - Precondition: at least one target; all reports are on one framework.
    package init(_ targets: [Target]) { self.targets = targets }

    var first: ComplianceReport { targets[0].report }
    var language: Language { first.language }

    /// The clauses with the answer of each target, in the framework's order.
    var rows: [(clause: Framework.Clause, statuses: [ClauseStatus])] {
        first.answers.indices.map { index in
            (first.answers[index].clause, targets.map { $0.report.answers[index].status })
        }
    }

    /// A table for a terminal, then the score of each target.
    package func text() -> String {
        let rows = rows.map { row in [row.clause.id] + row.statuses.map(language.text) + [row.clause.title] }
        let head = [language.text(.clause)] + targets.map(\.name) + [language.text(.title)]
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].displayWidth }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.displayWidth)
            }
            return padded.joined(separator: "  ").trimmingEnd + "\n"
        }
        var output = "\(first.framework.title)\n\n" + line(head)
        for row in rows { output += line(row) }
        output += "\n"
        for target in targets {
            let score = target.report.score.map(percentage) ?? language.text(.noScore)
            output += "\(target.name): \(language.text(.scoreLine, score, percentage(target.report.coverage)))\n"
        }
        return output + first.answerableText + "\n"
            + language.text(.madeBy, first.provenance.toolVersion, first.provenance.time) + "\n"
    }

    /// One line a clause, one column a target (RFC 4180).
    package func csv() -> String {
        let head = ["framework", "clause", "title"] + targets.map(\.name)
        let lines = rows.map { row in
            [first.framework.id, row.clause.id, row.clause.title] + row.statuses.map(\.rawValue)
        }
        return ([head] + lines).map { $0.map(ComplianceReport.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// `targets` with the report of each, and `clauses` with the status of each target.
    package func json() -> String {
        let reports = targets.map { $0.report.document() }
        let document = Document { arena in
            arena.object([
                "framework": arena.string(first.framework.id),
                "title": arena.string(first.framework.title),
                "version": arena.string(first.framework.version),
                "targets": arena.array(
                    zip(targets, reports).map { target, report in
                        arena.object(["name": arena.string(target.name), "report": report.root])
                    }),
                "clauses": arena.array(
                    rows.map { row in
                        arena.object([
                            "id": arena.string(row.clause.id), "title": arena.string(row.clause.title),
                            "statuses": arena.object(
                                zip(targets, row.statuses).map { target, status in
                                    ObjectEntry(key: arena.string(target.name), value: arena.string(status.rawValue))
                                }),
                        ])
                    }),
            ])
        }
        return withExtendedLifetime(reports) { document.withRoot { JSONWriter.string($0, style: .pretty) } + "\n" }
    }

    /// One page: a matrix of clauses and targets, then what each target fails.
    package func html() -> String {
        let head = targets.map { "<th scope=\"col\">\(ComplianceReport.escaped($0.name))</th>" }.joined()
        let body = rows.map { row in
            let cells = row.statuses.map { status in
                "<td><span class=\"badge \(status.rawValue)\">\(ComplianceReport.escaped(language.text(status)))</span></td>"
            }
            return
                "<tr><th scope=\"row\">\(ComplianceReport.escaped(row.clause.id)) \(ComplianceReport.escaped(row.clause.title))</th>\(cells.joined())</tr>"
        }
        let main = """
            <section class="scroll" tabindex="0" aria-label="\(ComplianceReport.escaped(language.text(.answers)))">
            <table class="matrix"><thead><tr><th scope="col">\(ComplianceReport.escaped(language.text(.clause)))</th>\(head)</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody></table>
            </section>
            \(targets.map(failures).joined(separator: "\n"))
            """
        return ReportPage.page(first, title: first.framework.title, main: main, script: "")
    }

    private func failures(of target: Target) -> String {
        let failed = target.report.answers.filter { $0.status == .fail }
        let score = target.report.score.map(percentage) ?? language.text(.noScore)
        let line = language.text(.scoreLine, score, percentage(target.report.coverage))
        return """
            <section class="chapter">
            <h2>\(ComplianceReport.escaped(target.name))</h2>
            <p>\(ComplianceReport.escaped(line))</p>
            \(failed.map(target.report.clause).joined(separator: "\n"))
            </section>
            """
    }
}

extension String {
    /// The width in a terminal: ideographs take two columns.
    var displayWidth: Int {
        unicodeScalars.reduce(0) { $0 + ((0x2E80...0x9FFF).contains($1.value) || (0xFF00...0xFF60).contains($1.value) ? 2 : 1) }
    }

    /// Without spaces at the end.
    fileprivate var trimmingEnd: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
