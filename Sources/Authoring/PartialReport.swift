package import Rego
import Diagnostics
import RegoSyntax

/// What partial evaluation leaves, as `opa eval --partial` writes it.
package enum PartialReport {
    package static func text(_ result: PartialEvaluation, format: EvaluationReport.Format) -> String {
        switch format {
        case .discard: ""
        case .json, .values, .bindings, .raw:
            SyntaxText.pretty(.object([SyntaxJSON.Member("partial", result.json)])) + "\n"
        case .source: source(result)
        case .pretty: table(result)
        }
    }

    private static func source(_ result: PartialEvaluation) -> String {
        let queries = result.queries.enumerated().map { "# Query \($0 + 1)\n\(lines($1).joined(separator: "\n"))\n" }
        let modules = result.support.enumerated().map { "# Module \($0 + 1)\n\($1)" }
        return (queries + modules).joined(separator: "\n")
    }

    /// The expressions of a query, one a line.
    private static func lines(_ query: String) -> [String] {
        let file = SourceFile(path: "<query>", text: query)
        return query.isEmpty ? [] : Parser.parseBody(file).0.exprs.map { $0.location.range(in: file).text }
    }

    private static func table(_ result: PartialEvaluation) -> String {
        if result.queries.isEmpty { return "undefined\n" }
        var cells = result.queries.enumerated().map { ("Query \($0 + 1)", $1.isEmpty ? [""] : lines($1)) }
        cells += result.support.enumerated().map { index, module in
            ("Support \(index + 1)", module.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast(1))
        }
        let left = cells.map(\.0.count).max() ?? 0
        let right = cells.flatMap(\.1).map(\.count).max() ?? 0
        let rule = "+" + String(repeating: "-", count: left + 2) + "+" + String(repeating: "-", count: right + 2) + "+\n"
        var text = rule
        for (name, lines) in cells {
            for (index, line) in lines.enumerated() {
                let title = index == 0 ? name : ""
                let line = line.replacing("\t", with: "    ")
                text +=
                    "| " + title + String(repeating: " ", count: left - title.count) + " | " + line
                    + String(repeating: " ", count: max(0, right - line.count)) + " |\n"
            }
            text += rule
        }
        return text
    }
}
