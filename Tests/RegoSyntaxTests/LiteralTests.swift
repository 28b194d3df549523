import Diagnostics
import RegoSyntax
import Testing

@Suite struct LiteralTests {
    private func term(_ text: String) -> TermValue? {
        let (term, problems) = Parser.parseTerm(SourceFile(path: "t", text: text))
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        return term?.value
    }

    private func problem(_ text: String) -> String? {
        Parser.parseTerm(SourceFile(path: "t", text: text)).1.first?.message
    }

    @Test(arguments: [
        ("\"\"", ""), ("\"a\\tb\\n\\\"\\\\\\/\"", "a\tb\n\"\\/"), ("\"\\u00e9\\ud83d\\ude00\"", "é😀"),
        ("\"\\ud800x\"", "\u{FFFD}x"), ("`a\\n\nb`", "a\\n\nb"), ("\"é世\"", "é世"), ("``", ""),
    ])
    func decodesStrings(source: String, text: String) {
        guard case .string(let found) = term(source) else {
            Issue.record("not a string")
            return
        }
        #expect(Array(found.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test(arguments: [
        ("0", "0"), ("-1", "-1"), ("1.50", "1.50"), ("1e5", "1e5"), ("12345678901234567890.25", "12345678901234567890.25"),
        ("-0.5E-10", "-0.5E-10"), (".5", "0.5"), ("- 3", "-3"),
    ])
    func keepsNumbersAsWritten(source: String, text: String) {
        guard case .number(let found) = term(source) else {
            Issue.record("not a number")
            return
        }
        #expect(found == text)
    }

    @Test(arguments: [
        ("01", "unexpected number token: expected number without leading zero"), ("1.", "expected fraction"),
        ("1e", "expected exponent"), ("0x1", "illegal number format"), ("1e99999", "number too big"),
        ("12e9223372036854775807", "number too big"), ("0.01e-9223372036854775808", "number too big"),
        ("1e-99999", "number too big"), ("\"a", "non-terminated string"), ("`a", "non-terminated string"),
        ("\"a\nb\"", "non-terminated string"), ("\"\\q\"", "illegal escape sequence"), ("\"\\u12\"", "illegal escape sequence"),
        ("!", "illegal ! character"), ("$", "illegal $ character"), ("@", "illegal token"),
        ("1 2", "unexpected number token: expected exactly one term"),
    ])
    func refuses(source: String, message: String) { #expect(problem(source) == message) }

    @Test(arguments: [
        ("$\"\"", []), ("$\"a\"", ["a"]), ("$\"a{x}b\"", ["a", "x", "b"]), ("$\"{x}{y}\"", ["x", "y"]),
        ("$\"\\{a}\\n\"", ["{a}\n"]), ("$`\\n{x}\n\\{`", ["\\n", "x", "\n{"]), ("$\"{ {1: {2}} }\"", ["{1: {2}}"]),
        ("$\"{$\"{x}\"}\"", ["$\"{x}\""]), ("$\"{\"}\"}\"", ["\"}\""]), ("$\"{{y | y := x}}!\"", ["{y | y := x}", "!"]),
    ])
    func readsTemplates(source: String, parts: [String]) {
        let file = SourceFile(path: "t", text: source)
        guard case .templateString(let template) = Parser.parseTerm(file).0?.value else {
            Issue.record("not a template")
            return
        }
        let found = template.parts.map { part in
            switch part {
            case .literal(let text): text
            case .expr(let expr): expr.location.range(in: file).text
            }
        }
        #expect(found == parts)
    }

    @Test(arguments: [
        ("$\"{}\"", "unexpected } token"), ("$\"{x\"", "non-terminated string"),
        ("$\"{x := 1}\"", "unexpected assignment (':=') in template-string expression"),
        ("$\"{x = 1}\"", "unexpected unification ('=') in template-string expression"),
        ("$\"{not x}\"", "unexpected negation ('not') in template-string expression"),
        ("$\"{some x in y}\"", "unexpected 'some' in template-string expression"),
        ("$\"{x y}\"", "expected } to end template string expression"), ("$\"a", "non-terminated string"),
    ])
    func refusesTemplates(source: String, message: String) { #expect(problem(source) == message) }
}
