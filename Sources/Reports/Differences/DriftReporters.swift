import Diagnostics
import Differences
import Documents
import Inputs

extension ValueText {
    /// `2 of 3 applications in sync: 1 drifted object, 0 missing, 1 extra`.
    static func summary(_ report: DriftReport) -> String {
        let synced = report.applications.count(where: \.isInSync)
        var text =
            "\(synced) of \(count(report.applications.count, "application")) in sync: \(count(report.total(\.inSync), "object")) in sync, "
        text +=
            "\(report.total(\.drifted.count)) drifted, \(report.total(\.missing.count)) missing, \(report.total(\.extra.count)) extra"
        return text
    }

    /// What is not told as drift, in lines.
    static func remarks(_ report: DriftReport) -> [String] {
        var lines: [String] = []
        if report.ignoredFields > 0 {
            lines.append("not told: \(count(report.ignoredFields, "field")) that servers and controllers write")
        }
        if report.untracked > 0 {
            lines.append(
                "not told: \(count(report.untracked, "live object")) that nothing in \(report.old.label) says it applies")
        }
        let kinds = report.total(\.notExported)
        if kinds > 0 { lines.append("\(count(kinds, "object")) not compared: the live files hold none of their kinds") }
        for entry in report.notComparable { lines.append("not compared: \(entry.object.title): \(entry.reason)") }
        for entry in report.notCompared { lines.append("not compared: \(entry.title): \(entry.reason)") }
        return lines + [skips(report.old), skips(report.live)].compactMap(\.self)
    }
}

/// For people at a terminal: a table of applications, then what differs.
struct DriftTextReporter {
    let options: DiffReportOptions

    private var paint: DiffPaint { DiffPaint(isOn: options.usesColour) }

    func write(_ report: DriftReport, to output: inout ReportSink) {
        output += paint("1", DisplayText.escapedAtLineStart("\(report.old.label) and the cluster")) + ": "
        output += ValueText.summary(report) + "\n\n"
        let width = max(11, report.applications.map(\.title.count).max() ?? 0) + 2
        let names = ["in sync", "drifted", "missing", "extra"]
        output += paint("2", "  " + "application".padded(to: width) + names.map { $0.padded(to: 9) }.joined()) + "\n"
        for drift in report.applications {
            let counts = [drift.inSync, drift.drifted.count, drift.missing.count, drift.extra.count]
            let row = counts.map { String($0).padded(to: 9) }.joined()
            output += "  " + paint(drift.isInSync ? "32" : "33", DisplayText.escaped(drift.title).padded(to: width)) + row + "\n"
        }
        for drift in report.applications where !drift.isInSync {
            output += "\n" + paint("1", DisplayText.escapedAtLineStart(drift.title)) + "\n"
            let writer = DiffTextReporter(options: options)
            for change in drift.drifted { writer.write([change], to: &output) }
            for (list, words) in [(drift.missing, "is not in the cluster"), (drift.extra, "is only in the cluster")] {
                for change in list {
                    let mark = change.kind == .added ? "+" : "-"
                    let place = ValueText.places(change.oldPlace, change.newPlace)
                    output += "  " + paint(DiffPaint.code(change.kind), DisplayText.escaped("\(mark) \(change.object.title)"))
                    output += " \(words)" + paint("2", DisplayText.escaped("  \(place)")) + "\n"
                }
            }
        }
        let remarks = ValueText.remarks(report)
        if !remarks.isEmpty { output += "\n" }
        for line in remarks { output += paint("2", DisplayText.escapedAtLineStart(line)) + "\n" }
    }
}

/// For programs; docs/diff.md says what the members mean.
struct DriftJSONReporter {
    let options: DiffReportOptions

    func write(_ report: DriftReport, to output: ReportSink) {
        var json = JSONText(to: output)
        json.object { json in
            json.member("version", DiffJSONReporter.version)
            json.object("tool") { json in
                json.member("name", "lintel")
                json.member("version", options.version)
            }
            json.member("repository", report.old.label)
            json.member("liveObjects", report.live.objects)
            json.member("complete", report.isComplete)
            json.object("summary") { json in
                json.member("applications", report.applications.count)
                json.member("applicationsInSync", report.applications.count(where: \.isInSync))
                json.member("inSync", report.total(\.inSync))
                json.member("drifted", report.total(\.drifted.count))
                json.member("missing", report.total(\.missing.count))
                json.member("extra", report.total(\.extra.count))
                json.member("notExported", report.total(\.notExported))
                json.member("untracked", report.untracked)
                json.member("ignoredFields", report.ignoredFields)
            }
            json.array("applications", report.applications) { json, drift in json.object { write(drift, to: &$0) } }
            json.array("notCompared", report.notCompared) { json, entry in
                json.object { json in
                    json.member("build", entry.title)
                    json.member("reason", entry.reason)
                }
            }
            json.array("notComparable", report.notComparable) { json, entry in
                json.object { json in
                    json.object("object") { DiffJSONReporter.reference(entry.object, to: &$0) }
                    json.member("reason", entry.reason)
                }
            }
            json.array("problems", report.problems) { json, problem in json.object { DiffJSONReporter.problem(problem, to: &$0) }
            }
        }
        json.finish()
    }

    private func write(_ drift: DriftReport.Drift, to json: inout JSONText) {
        json.member("name", drift.title)
        json.member("inSync", drift.inSync)
        json.member("notExported", drift.notExported)
        let lists: [(StaticString, [ObjectChange])] = [
            ("drifted", drift.drifted), ("missing", drift.missing), ("extra", drift.extra),
        ]
        for (name, list) in lists {
            json.array(name, list) { json, change in json.object { DiffJSONReporter.object(change, to: &$0) } }
        }
    }
}

/// A comment or a page of a wiki: a table of applications, and what differs.
struct DriftMarkdownReporter {
    let options: DiffReportOptions

    func write(_ report: DriftReport, to output: inout ReportSink) {
        var page = MarkdownPage(
            "<!-- lintel-drift -->\n## lintel diff: \(MarkdownReporter.escaped(ValueText.summary(report)))\n\n")
        for problem in report.problems.filter({ $0.severity == .error }).prefix(20) {
            page.text += "**Error:** \(MarkdownReporter.escaped(problem.message))\n\n"
        }
        page.text += "| application | in sync | drifted | missing | extra |\n|---|---:|---:|---:|---:|\n"
        for drift in report.applications.prefix(300) {
            page.text += "| \(MarkdownReporter.escaped(drift.title)) | \(drift.inSync) | \(drift.drifted.count) | "
            page.text += "\(drift.missing.count) | \(drift.extra.count) |\n"
        }
        if report.applications.count > 300 { page.text += "\nand \(report.applications.count - 300) more applications\n" }
        for drift in report.applications where !drift.isInSync {
            let entries = (drift.drifted + drift.missing + drift.extra).map { DiffMarkdownReporter.entry([$0], mostFields: 30) }
            page.section(MarkdownReporter.escaped(drift.title), isOpen: true, entries)
        }
        page.section("Not told as drift", isOpen: false, ValueText.remarks(report).map { "- \(MarkdownReporter.escaped($0))\n" })
        page.text += "\n\(ValueText.count(report.live.objects, "live object")), lintel \(options.version)\n"
        output += page.text
    }
}

/// One page that needs nothing else.
struct DriftHTMLReporter {
    let options: DiffReportOptions

    func write(_ report: DriftReport, to output: inout ReportSink) {
        let page = DiffPage(options: options)
        page.begin(title: "\(report.old.label) and the cluster", summary: ValueText.summary(report), to: &output)
        page.problems(report.problems, to: &output)
        page.figures(
            [
                ("in sync", report.total(\.inSync)), ("drifted", report.total(\.drifted.count)),
                ("missing", report.total(\.missing.count)), ("extra", report.total(\.extra.count)),
            ], to: &output)
        output += "<table><tr>"
        for name in ["application", "in sync", "drifted", "missing", "extra"] { output += "<th scope=\"col\">\(name)</th>" }
        output += "</tr>\n"
        for drift in report.applications {
            output += "<tr><td>\(DiffPage.escaped(drift.title))</td><td>\(drift.inSync)</td><td>\(drift.drifted.count)</td>"
            output += "<td>\(drift.missing.count)</td><td>\(drift.extra.count)</td></tr>\n"
        }
        output += "</table>\n"
        for drift in report.applications where !drift.isInSync {
            page.changes(drift.title, (drift.drifted + drift.missing + drift.extra).map { [$0] }, to: &output)
        }
        page.list("Not told as drift", ValueText.remarks(report), to: &output) { DiffPage.escaped($0) }
        page.end(to: &output)
    }
}
