import Diagnostics
import TestSupport
import Testing

@Suite struct DiagnosticRendererTests {
    private func render(_ marked: String, _ message: String = "bad", width: Int = 120) throws -> String {
        let source = MarkedSource(marked)
        let file = SourceFile(path: "a.rego", text: source.text)
        let start = try #require(source.marks["①"])
        let end = source.marks["②"] ?? start
        let range = SourceRange(file: file, start: UInt32(start), end: UInt32(end))
        return DiagnosticRenderer(maximumWidth: width).render(
            Diagnostic(code: RegoCode.parse, message: message, range: range))
    }

    @Test func underlinesTheRange() throws {
        #expect(
            try render("package p\nx := ①foo② + 1\n") == """
                a.rego:2:6: error: bad [rego_parse_error]
                  2 | x := foo + 1
                    |      ^~~

                """)
    }

    @Test func countsColumnsInScalarsAndAlignsWideText() throws {
        #expect(
            try render("\té世①x②") == """
                a.rego:1:4: error: bad [rego_parse_error]
                  1 |     é世x
                    |        ^

                """)
    }

    @Test func pointsPastTheEnd() throws {
        #expect(
            try render("p {①") == """
                a.rego:1:4: error: bad [rego_parse_error]
                  1 | p {
                    |    ^

                """)
    }

    @Test func keepsTheFirstLineOfALongRange() throws {
        let output = try render("a ①{\n b\n}②")
        #expect(output.hasSuffix("  1 | a {\n    |   ^\n"))
    }

    @Test func escapesWhatCouldSteerATerminal() throws {
        let output = try render("x := ①\"\u{1B}[31m\u{202E}\"②", "red \u{1B}[0m")
        #expect(!output.contains("\u{1B}"))
        #expect(!output.contains("\u{202E}"))
        #expect(output.contains("\\u{1b}[31m\\u{202e}"))
        #expect(output.contains("red \\u{1b}[0m"))
    }

    @Test func trimsLongLinesAroundTheCaret() throws {
        let long = String(repeating: "a", count: 5000)
        let output = try render(long + "①bad②" + long, width: 60)
        let lines = output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 })
        let source = try #require(lines.dropFirst().first)
        let caret = try #require(lines.last)
        #expect(source.dropFirst(caret.prefix { $0 != "^" }.count).hasPrefix("bad"))
    }

    @Test func showsNotesHintsAndColours() throws {
        let file = SourceFile(path: "a.rego", text: "a\nb\n")
        let problem = Diagnostic(
            code: "c", severity: .warning, message: "m", range: SourceRange(file: file, start: 2, end: 3),
            notes: [.init("first here", range: SourceRange(file: file, start: 0, end: 1))], hint: "rename it")
        #expect(
            DiagnosticRenderer().render(problem) == """
                a.rego:2:1: warning: m [c]
                  2 | b
                    | ^
                a.rego:1:1: note: first here
                  1 | a
                    | ^
                  hint: rename it

                """)
        #expect(DiagnosticRenderer(style: .ansi).render(problem).contains("\u{1B}[1;33mwarning:\u{1B}[0m"))
    }
}
