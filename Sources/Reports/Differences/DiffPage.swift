import Diagnostics
import Differences
import Inputs

/// The parts of a page about differences.
struct DiffPage {
    let options: DiffReportOptions

    private static let style = """
        h1, header p { overflow-wrap: anywhere; min-width: 0; } header p { flex-basis: 12rem; }
        h2 { font-size: 1.15rem; margin: 1.5rem 0 .25rem; border-bottom: 1px solid var(--line); }
        .added { --c: var(--good); } .removed { --c: var(--high); } .changed { --c: var(--medium); }
        table { border-collapse: collapse; width: 100%; margin: .25rem 0 .5rem; }
        th, td { text-align: left; vertical-align: top; padding: .15rem .6rem .15rem 0; overflow-wrap: anywhere; }
        ins { color: var(--good); text-decoration: none; } del { color: var(--high); text-decoration: none; }
        """

    static func escaped(_ text: String) -> String { HTMLReporter.escaped(text) }

    func begin(title: String, summary: String, to output: inout ReportSink) {
        output += """
            \(FindingsPage.head("lintel diff: \(Self.escaped(title))", style: "\n" + Self.style))
            <body>
            <header>
            <h1>\(Self.escaped(title))</h1>
            <p>\(Self.escaped(summary))</p>
            </header>
            <main>

            """
    }

    func problems(_ problems: [Diagnostic], to output: inout ReportSink) {
        let lines = problems.filter { $0.severity != .note }
        if lines.isEmpty { return }
        output += "<ul class=\"problems\">\n"
        for problem in lines {
            let place = problem.range.map { "\($0.file.path):\($0.position): " } ?? ""
            output += "<li>\(Self.escaped(place + problem.message))</li>\n"
        }
        output += "</ul>\n"
    }

    func figures(_ figures: [(name: String, count: Int)], to output: inout ReportSink) {
        output += "<dl class=\"figures\">\n"
        for figure in figures { output += "<div><dt>\(Self.escaped(figure.name))</dt><dd>\(figure.count)</dd></div>\n" }
        output += "</dl>\n"
    }

    func list<Element>(_ title: String, _ elements: [Element], to output: inout ReportSink, item: (Element) -> String) {
        if elements.isEmpty { return }
        output += "<h2>\(Self.escaped(title)) (\(elements.count))</h2>\n<ol class=\"findings\">\n"
        for element in elements { output += "<li>\(item(element))</li>\n" }
        output += "</ol>\n"
    }

    /// Objects that differ; those that change in the same way are told together.
    func changes(_ title: String, _ groups: [[ObjectChange]], to output: inout ReportSink) {
        if groups.isEmpty { return }
        output += "<h2>\(Self.escaped(title)) (\(groups.reduce(0) { $0 + $1.count }))</h2>\n<ol class=\"findings\">\n"
        for group in groups {
            let first = group[0]
            output +=
                "<li class=\"\(first.kind.rawValue)\"><details\(group.count == 1 && first.fields.list.count < 4 ? " open" : "")><summary>"
            output += "<span class=\"badge\">\(first.kind.rawValue)</span> <b>\(Self.escaped(first.object.title))</b>"
            if !first.application.isEmpty { output += " <small>\(Self.escaped(first.application))</small>" }
            if group.count > 1 { output += " <small>and \(group.count - 1) more in the same way</small>" }
            output += "</summary>\n"
            let places = ValueText.places(first.oldPlace, first.newPlace)
            let origin = ValueText.origin(first.newOrigin.isEmpty ? first.oldOrigin : first.newOrigin)
            output += "<p class=\"origin\"><code>\(Self.escaped(places))</code> \(Self.escaped(origin))</p>\n"
            fields(first.fields, to: &output)
            if group.count > 1 {
                output += "<p>The same in \(Self.escaped(group.dropFirst().map(\.object.title).joined(separator: ", ")))</p>\n"
            }
            output += "</details></li>\n"
        }
        output += "</ol>\n"
    }

    private func fields(_ fields: FieldChanges, to output: inout ReportSink) {
        if fields.list.isEmpty { return }
        output += "<table><tr><th scope=\"col\">field</th><th scope=\"col\">change</th><th scope=\"col\">where</th></tr>\n"
        for field in fields.list {
            output += "<tr><td><code>\(Self.escaped(field.path))</code></td><td>"
            if field.lines.isEmpty, field.hiddenLines == 0 {
                let (old, new) = (field.old.map { ValueText.line($0) }, field.new.map { ValueText.line($0) })
                if let old { output += "<del><code>\(Self.escaped(old))</code></del>" }
                if old != nil, new != nil { output += " → " }
                if let new { output += "<ins><code>\(Self.escaped(new))</code></ins>" }
                if field.kind == .reordered { output += " (order)" }
                if field.kind == .changed, old == new { output += " (another value)" }
            } else {
                output += "<pre>"
                for line in field.lines {
                    let tag = line.isAdded ? "ins" : "del"
                    output += "<span><\(tag)>\(line.isAdded ? "+" : "-") \(Self.escaped(line.text))</\(tag)></span>"
                }
                output += "</pre>"
                if field.hiddenLines > 0 { output += "and \(ValueText.count(field.hiddenLines, "line")) with hidden values" }
            }
            output += "</td><td><code>\(Self.escaped(ValueText.places(field.oldPlace, field.newPlace)))</code></td></tr>\n"
        }
        output += "</table>\n"
        if fields.omitted > 0 { output += "<p>and \(fields.omitted) more fields</p>\n" }
    }

    func end(to output: inout ReportSink) {
        output += "</main>\n<footer>lintel \(Self.escaped(options.version))</footer>\n</body>\n</html>\n"
    }
}
