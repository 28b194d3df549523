import Diagnostics
import Documents

/// Results in the formats of `conftest test --output`.
package struct ConftestText {
    package enum Format: String, Sendable, CaseIterable {
        /// Lines for people.
        case standard = "stdout"
        case json, tap, table, junit, github, azuredevops, sarif
    }

    let results: ConftestResults
    private let hidesExceptions: Bool
    private let isColoured: Bool

    package init(_ results: ConftestResults, hidesExceptions: Bool = false, isColoured: Bool = false) {
        self.results = results
        self.hidesExceptions = hidesExceptions
        self.isColoured = isColoured
    }

    package func text(_ format: Format) -> String {
        switch format {
        case .standard: plain
        case .json: json
        case .tap: tap
        case .table: table
        case .junit: junit
        case .github: github
        case .azuredevops: azure
        case .sarif: ConftestSARIF(results).text
        }
    }

    // MARK: For people

    private func coloured(_ text: String, _ code: Int) -> String { isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

    private static func place(_ result: ConftestResults.Result) -> String {
        DisplayText.escaped(result.file) + (result.line.map { ":\($0)" } ?? "")
    }

    private static func line(_ text: String) -> String { DisplayText.escaped(text.replacing("\n", with: " ")) }

    private var plain: String {
        var text = ""
        func add(_ word: String, _ colour: Int, _ result: ConftestResults.Result, _ file: ConftestResults.File) {
            let where_ =
                file.path == "-" && result.file == "-" ? (result.line.map { "-:\($0)" } ?? "-") : "- \(Self.place(result))"
            text += "\(coloured(word, colour)) \(where_) - \(file.namespace) - \(Self.line(result.message))\n"
        }
        for file in results.files {
            for result in file.warnings { add("WARN", 33, result, file) }
            for result in file.failures { add("FAIL", 31, result, file) }
            if !hidesExceptions { for result in file.exceptions { add("EXCP", 36, result, file) } }
        }
        let colour = results.failures > 0 ? 31 : results.warnings > 0 ? 33 : results.exceptions > 0 ? 36 : 32
        return text + "\n" + coloured(results.summary, colour) + "\n"
    }

    private var table: String {
        var rows = [["RESULT", "FILE", "NAMESPACE", "MESSAGE"]]
        for file in results.files {
            for _ in 0..<file.successes { rows.append(["success", DisplayText.escaped(file.path), file.namespace, ""]) }
            func add(_ word: String, _ list: [ConftestResults.Result]) {
                rows += list.map { [word, Self.place($0), file.namespace, Self.line($0.message)] }
            }
            add("exception", file.exceptions)
            add("warning", file.warnings)
            add("failure", file.failures)
        }
        let widths = (0..<4).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        let rule = "+" + widths.map { String(repeating: "-", count: $0 + 2) + "+" }.joined() + "\n"
        var text = rule
        for (number, row) in rows.enumerated() {
            let cells = zip(row, widths).map { cell, width in
                " " + cell + String(repeating: " ", count: width - cell.unicodeScalars.count + 1) + "|"
            }
            text += "|" + cells.joined() + "\n"
            if number == 0 { text += rule }
        }
        return text + rule
    }

    private var tap: String {
        var text = ""
        for file in results.files where file.tests > 0 {
            text += "1..\(file.tests)\n"
            var number = 0
            func add(_ word: String, _ place: String, _ message: String) {
                number += 1
                text += "\(word) \(number) - \(place) - \(file.namespace) - \(message)\n"
            }
            for result in file.failures { add("not ok", Self.place(result), Self.line(result.message)) }
            if !file.warnings.isEmpty { text += "# warnings\n" }
            for result in file.warnings { add("not ok", Self.place(result), Self.line(result.message)) }
            if !file.exceptions.isEmpty { text += "# exceptions\n" }
            for result in file.exceptions { add("ok", Self.place(result), Self.line(result.message)) }
            if file.successes > 0 { text += "# successes\n" }
            for _ in 0..<file.successes { add("ok", DisplayText.escaped(file.path), "SUCCESS") }
        }
        return text
    }

    // MARK: For CI servers

    private var github: String {
        var text = ""
        for file in results.files {
            let name = DisplayText.escaped(file.path)
            text += "::group::Testing '\(name)' against \(file.tests) policies in namespace '\(file.namespace)'\n"
            func add(_ word: String, _ result: ConftestResults.Result) {
                let line = result.line.map { ",line=\($0)" } ?? ""
                text += "::\(word) file=\(Self.property(result.file))\(line)::\(Self.data(result.message))\n"
            }
            for result in file.failures { add("error", result) }
            for result in file.warnings { add("warning", result) }
            for result in file.exceptions { text += "exception file=\(name) \(Self.line(result.message))\n" }
            if file.successes > 0 { text += "success file=\(name) \(file.successes)\n" }
            text += "::endgroup::\n"
        }
        return text + results.summary + "\n"
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }

    private var azure: String {
        var text = ""
        for file in results.files {
            let name = DisplayText.escaped(file.path)
            text += "##[section]Testing '\(name)' against \(file.tests) policies in namespace '\(file.namespace)'\n"
            text += "##[group]See conftest results\n"
            func add(_ kind: String, _ result: ConftestResults.Result) {
                text += "##vso[task.logissue type=\(kind)] file=\(Self.place(result)) --> \(Self.line(result.message))\n"
            }
            for result in file.failures { add("error", result) }
            for result in file.warnings + file.exceptions { add("warning", result) }
            if file.successes > 0 { text += "success file=\(name) \(file.successes)\n" }
            text += "##[endgroup]\n"
        }
        return text + results.summary + "\n"
    }
}
