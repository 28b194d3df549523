import Catalogue
import Diagnostics
package import Findings

/// Coverage as text, JSON or a page.
package struct PolicyCoverageReport: Sendable {
    /// The forms it can have.
    package enum Format: String, Sendable, CaseIterable {
        case text, json, html
    }

    private let coverage: PolicyCoverage
    private let options: ReportOptions

    package init(_ coverage: PolicyCoverage, options: ReportOptions) {
        self.coverage = coverage
        self.options = options
    }

    package func text(as format: Format) -> String {
        switch format {
        case .text: plain
        case .json: json
        case .html: html
        }
    }

    /// `71.9 %`.
    package static func percent(_ share: PolicyCoverage.Share) -> String {
        share.permille.map { "\($0 / 10).\($0 % 10) %" } ?? ""
    }

    /// `41 of 57 containers, 71.9 %`.
    private static func phrase(_ share: PolicyCoverage.Share, _ noun: String) -> String {
        "\(share.compliant) of \(share.total) \(noun)\(share.total == 1 ? "" : "s"), \(percent(share))"
    }

    private func name(_ row: PolicyCoverage.Row) -> String {
        guard let policy = row.policy else { return row.group }
        let name = policy.slug.isEmpty ? policy.id : "\(policy.id) \(policy.slug)"
        return row.group.isEmpty ? name : "\(name), \(row.group)"
    }

    private func line(_ row: PolicyCoverage.Row) -> String {
        let what = Self.phrase(row.resources, "resource")
        return row.containers.total == 0 ? what : "\(what); \(Self.phrase(row.containers, "container"))"
    }

    private var plain: String {
        var text = ""
        for row in coverage.policies { text += "\(DisplayText.escapedAtLineStart(name(row))): \(line(row))\n" }
        if !coverage.groups.isEmpty { text += "\n" }
        for row in coverage.groups { text += "\(DisplayText.escapedAtLineStart(name(row))): \(line(row))\n" }
        return text
    }

    private var json: String {
        var json = JSONText()
        json.object { json in
            json.member("formatVersion", 1)
            json.member("timestamp", unlessEmpty: options.timestamp)
            json.array("policies", coverage.policies) { row($1, &$0) }
            json.array("groups", coverage.groups) { row($1, &$0) }
            json.array("details", coverage.details) { row($1, &$0) }
        }
        return json.text + "\n"
    }

    private func row(_ row: PolicyCoverage.Row, _ json: inout JSONText) {
        json.object { json in
            json.member("policy", unlessEmpty: row.policy?.id)
            json.member("name", unlessEmpty: row.policy?.slug)
            json.member("group", unlessEmpty: row.group)
            let shares: [(StaticString, PolicyCoverage.Share)] = [("resources", row.resources), ("containers", row.containers)]
            for (name, share) in shares where share.total > 0 {
                json.object(name) { json in
                    json.member("applied", share.total)
                    json.member("complied", share.compliant)
                    json.key("share")
                    let permille = share.permille ?? 0
                    json.raw("\(permille / 1000).\(String(permille % 1000 + 1000).dropFirst())")
                }
            }
        }
    }

    private static let style = """

        table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; } caption { text-align: left; font-weight: 600; } th { text-align: left; } td, th { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
        td:nth-child(n+2) { font-variant-numeric: tabular-nums; white-space: nowrap; } meter { width: 8rem; }

        """

    private var html: String {
        """
        \(FindingsPage.head("lintel: coverage", style: Self.style))
        <body>
        <header><h1>Coverage</h1></header>
        <main>
        \(table("Policies", coverage.policies))
        \(coverage.groups.isEmpty ? "" : table("Groups", coverage.groups))
        \(coverage.details.isEmpty ? "" : "<details><summary>Policies by group</summary>\n\(table("Policies by group", coverage.details))\n</details>")
        </main>
        <footer>lintel \(HTMLReporter.escaped(options.version)) \(HTMLReporter.escaped(options.timestamp ?? ""))</footer>
        </body>
        </html>

        """
    }

    private func table(_ title: String, _ rows: [PolicyCoverage.Row]) -> String {
        // A region of its own: in a narrow window it scrolls, also by keyboard.
        var text = """
            <div class="wide" role="region" aria-label="\(title)" tabindex="0">
            <table><caption>\(title)</caption>
            <tr><th scope="col">\(title == "Groups" ? "Group" : "Policy")</th><th scope="col" colspan="2">Resources</th>\
            <th scope="col" colspan="2">Containers</th></tr>

            """
        for row in rows {
            let name = HTMLReporter.escaped(name(row))
            text += "<tr><th scope=\"row\">\(name)</th>"
            for (share, kind) in [(row.resources, "resources"), (row.containers, "containers")] {
                guard let permille = share.permille else {
                    text += "<td></td><td></td>"
                    continue
                }
                text += "<td>\(share.compliant) of \(share.total)</td>"
                text += "<td><meter min=\"0\" max=\"1000\" value=\"\(permille)\" aria-label=\"\(name), \(kind)\">"
                text += "</meter> \(Self.percent(share))</td>"
            }
            text += "</tr>\n"
        }
        return text + "</table>\n</div>"
    }
}
