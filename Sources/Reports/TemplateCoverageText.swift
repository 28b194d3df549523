import Diagnostics
package import Inputs

/// The coverage of charts in the text report.
package struct TemplateCoverageText {
    private let charts: [ChartCoverage]

    init(_ charts: [ChartCoverage]) { self.charts = charts }

    /// `81.8 %`.
    package static func share(_ chart: ChartCoverage) -> String { chart.permille.map(percent) ?? "none" }

    private static func percent(_ permille: Int) -> String { "\(permille / 10).\(permille % 10) %" }

    func write(to output: inout String) {
        if charts.isEmpty { output += "Template coverage: there is no chart.\n" }
        for chart in charts { write(chart, to: &output) }
    }

    private func write(_ chart: ChartCoverage, to output: inout String) {
        output += "Template coverage of \(DisplayText.escaped(chart.path)): "
        guard chart.permille != nil else {
            output +=
                chart.parts.first?.isLibrary == true ? "a library chart renders nothing itself.\n" : "it has no templates.\n"
            return
        }
        output += "\(chart.rendered) of \(chart.lines) lines, \(Self.share(chart)), with "
        switch chart.valueSets.count {
        case 0: output += "no set of values: none renders it.\n"
        case 1: output += "one set of values: \(DisplayText.escaped(chart.valueSets[0])).\n"
        case let count:
            output += "\(count) sets of values: \(DisplayText.escaped(chart.valueSets.joined(separator: ", "))).\n"
        }
        for part in chart.parts where !part.isLibrary { write(part, isRoot: part.name == chart.parts[0].name, to: &output) }
    }

    private func write(_ part: ChartCoverage.Part, isRoot: Bool, to output: inout String) {
        if !isRoot, part.rendered == 0, part.lines > 0 {
            output += "  \(DisplayText.escaped(part.name)): no set of values renders a line of this chart, 0 of \(part.lines).\n"
            return
        }
        for file in part.files where !file.missed.isEmpty || !file.branches.isEmpty {
            let path = DisplayText.escaped(file.path)
            output += "  \(path): \(file.rendered) of \(file.lines) lines\n"
            if file.rendered == 0 { continue }
            for branch in file.branches {
                let lines = branch.lastLine > branch.line + 1 ? " (to line \(branch.lastLine - 1))" : ""
                output +=
                    "    \(path):\(branch.line): never reached: \(DisplayText.escaped(Self.shortened(branch.text)))\(lines)\n"
            }
        }
    }

    /// A long condition without its end.
    private static func shortened(_ text: String) -> String { text.count > 100 ? text.prefix(99) + "…" : text }
}

extension ChartCoverage {
    func write(to json: inout JSONText) {
        json.object { json in
            json.member("chart", path)
            json.member("valueSets", valueSets)
            json.member("lines", lines)
            json.member("rendered", rendered)
            if let permille {
                json.key("share")
                json.raw("\(permille / 1000).\(String(permille % 1000 + 1000).dropFirst())")
            }
            json.array("parts", parts) { json, part in
                json.object { json in
                    json.member("name", part.name)
                    if part.isLibrary { json.member("isLibrary", true) }
                    json.member("lines", part.lines)
                    json.member("rendered", part.rendered)
                    json.array("files", part.files) { $1.write(to: &$0) }
                }
            }
        }
    }
}

extension ChartCoverage.File {
    fileprivate func write(to json: inout JSONText) {
        json.object { json in
            json.member("file", path)
            json.member("lines", lines)
            json.member("rendered", rendered)
            json.array("missed", missed) { $0.raw(String($1)) }
            json.array("branches", branches) { json, branch in
                json.object { json in
                    json.member("line", branch.line)
                    json.member("lastLine", branch.lastLine)
                    json.member("branch", branch.text)
                }
            }
        }
    }
}
