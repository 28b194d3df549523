import Foundation
import Testing

/// The table of Conftest's runs in docs/conftest.md, row by row.
@Suite struct ConftestTableTests {
    struct Row: CustomTestStringConvertible {
        var command: String
        var code: Int32
        var results: [String]
        var testDescription: String { command }

        /// The words of the command as a shell has them, and the file for standard input.
        var words: (arguments: [String], input: String?) {
            var arguments = command.split(separator: " ").map { $0.trimmingCharacters(in: ["'"]) }
            guard arguments.count > 2, arguments[arguments.count - 2] == "<" else { return (arguments, nil) }
            let input = arguments.removeLast()
            arguments.removeLast()
            return (arguments, input)
        }
    }

    private static let folder = LintelRun.fixtures.appendingPathComponent("conftest")

    static let rows: [Row] = {
        let page = LintelRun.fixtures.appendingPathComponent("../../../docs/conftest.md").standardizedFileURL
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        let part = text.components(separatedBy: "## Conftest's runs\n").last?.components(separatedBy: "\n## ").first ?? ""
        return part.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: [" ", "`"])
            }
            guard cells.count == 6, let code = Int32(cells[2]) else { return nil }
            return Row(command: cells[1], code: code, results: cells[3].isEmpty ? [] : cells[3].components(separatedBy: ", "))
        }
    }()

    @Test func theTableIsThere() {
        #expect(Self.rows.count == 29)
        #expect(Set(Self.rows.map(\.code)) == [0, 1, 2])
    }

    @Test(arguments: rows) func isAsTheRowSays(_ row: Row) throws {
        let (arguments, input) = row.words
        let text = try input.map { try String(contentsOf: Self.folder.appendingPathComponent($0), encoding: .utf8) }
        let run = try LintelRun(["conftest"] + arguments, in: Self.folder, input: text ?? "")
        #expect(run.code == row.code, "\(run.output)\(run.errors)")
        // `FAIL - web.yaml:3 - main - …`; of standard input `FAIL -:3 - main - …`.
        let results = run.output.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard let kind = words.first, ["FAIL", "WARN", "EXCP"].contains(kind), words.count > 2 else { return nil }
            return "\(kind) \(words[1] == "-" ? words[2] : words[1])"
        }
        #expect(results == row.results, "\(run.output)")
    }
}
