import Diagnostics
import RegoSyntax
import Testing

@Suite struct RuleTests {
    private func rules(_ text: String, version: RegoVersion = .v1) throws -> [Rule] {
        let (module, problems) = Parser.parseModule(SourceFile(path: "t", text: "package p\n" + text), version: version)
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        return module.rules
    }

    @Test(arguments: [
        "p := 1", "p if true", "p contains 1", "p contains x if x := 1", "f(x) := x", "f(_, x) if x", "p.q.r := 1",
        "p[x] := y if { x := 1; y := 2 }", "p.q[x].r contains y if { x := 1; y := 2 }", "p.q.r if input.x",
        "default p := false", "default f(_, _) := {1}", "default f(x) := [y | y := x]", "p := 1 if x else := 2 if y else := 3",
        "p if x\nelse := 2", "p if {\n\tx\n\ty\n}", "p if { true } { false }", "p := 1 q := 2", "f(x)", "p if {}",
        "if.x := 1", "x.if := 1", "_ := 1", "data := 1",
    ])
    func parses(text: String) { expectProblems("package p\n" + text + "\n") }

    @Test(arguments: [
        "p { true }", "p[x] { x := 1 }", "p[x]", "p[x] = y { y := 1; x := y }", "p.foo { true }", "p = 1", "f(x) = y { y := x }",
        "p { a } { b }", "p { a } else = 2 { b } else = 3", "p = x { x := 1 } { x := 2 }", "if = 1", "contains { true }",
        "import future.keywords.if\np if true", "import future.keywords\np contains x if some x in [1]",
        "import rego.v1\np contains 1 if every x in [1] { x }", "import future.keywords.every\np { every x in [1] { x } }",
    ])
    func parsesV0(text: String) { expectProblems("package p\n" + text + "\n", version: .v0) }

    @Test func tellsHeadFormsApart() throws {
        let v1 = try rules(
            "a := 1\nb contains 2\nc[x] if x := 1\nd[x] := 2 if x := 1\ne.f if true\ng(1)\nh.i[j] contains k if true")
        #expect(v1.map(\.head.isPartialSet) == [false, true, false, false, false, false, true])
        #expect(v1.map(\.head.ref.terms.count) == [1, 1, 2, 2, 2, 1, 3])
        #expect(v1.map(\.head.isValueGenerated) == [false, false, true, false, true, false, false])
        #expect(v1.map(\.head.isFunction) == [false, false, false, false, false, true, false])
        #expect(v1.map(\.isBodyGenerated) == [true, true, false, false, false, true, false])
        let v0 = try rules("a[x] { x := 1 }\nb[x] = 2 { x := 1 }\nc[1]\nd.e.f { true }\ng { true }", version: .v0)
        #expect(v0.map(\.head.isPartialSet) == [true, false, true, false, false])
        #expect(v0.map(\.head.ref.terms.count) == [1, 2, 1, 3, 1])
    }

    @Test func splitsChainsAndKeepsElseTogether() throws {
        let chain = try rules("f(_) { true } { false }", version: .v0)
        #expect(chain.count == 2)
        #expect(chain[0].head.args[0].value.isWildcard && chain[1].head.args[0].value.isWildcard)
        #expect(chain[0].head.args[0].stringOrVarName != chain[1].head.args[0].stringOrVarName)
        let branches = try rules("p := 1 if a else := 2 if b else := 3")
        #expect(branches.count == 1)
        #expect(
            branches[0].elseRules.map { $0.head.value.map { compact(ASTJSON.json(of: $0)) } } == [
                "{type:\"number\",value:2}", "{type:\"number\",value:3}",
            ])
    }

    @Test func reportsMistakes() {
        expectProblems("package p\n①x\n", [.init("①", "var cannot be used for rule name")])
        expectProblems("package p\n①1\n", [.init("①", "number cannot be used for rule name")])
        expectProblems("package p\n①[1] := 2\n", [.init("①", "array cannot be used for rule name")])
        expectProblems("package p\n①not x\n", [.init("①", "negated expressions cannot be used for rule head")])
        expectProblems("package p\n①a := 1; b := 2\n", [.init("①", "multiple expressions cannot be used for rule head")])
        expectProblems(
            "package p\np := x ①with input as 1\n", [.init("①", "expressions using with keyword cannot be used for rule head")])
        expectProblems("package p\nallow ①{ true }\n", [.init("①", "`if` keyword is required before rule body")])
        expectProblems("package p\nf(x) ①{ true }\n", [.init("①", "`if` keyword is required before function body")])
        expectProblems("package p\n①p[1]\n", [.init("①", "`contains` keyword is required for partial set rules")])
        expectProblems("package p\n①a.b.c\n", [.init("①", "rule must have value assignment and/or body declaration")])
        expectProblems("package p\n①f()\n", [.init("①", "rule argument list must take at least one argument")])
        expectProblems("package p\n①if := 1\n", [.init("①", "unexpected if keyword")])
        expectProblems("package p\np := 1 if①", [.init("①", "unexpected eof token")])
        expectProblems("package p\n①default p := x\n", [.init("①", "illegal default rule (value cannot contain var)")])
        expectProblems("package p\ndefault f(①1) := 2\n", [.init("①", "illegal default rule (arguments cannot contain number)")])
        expectProblems(
            "package p\ndefault f(x, ①x) := 2\n", [.init("①", "illegal default rule (arguments cannot be repeated x)")])
        expectProblems(
            "package p\np contains x if y ①else := 2\n", [.init("①", "else keyword cannot be used on multi-value rules")])
        expectProblems(
            "package p\np[x] := y if z ①else := 2\n", [.init("①", "else keyword cannot be used on rules with variables in head")])
        expectProblems(
            "package p\np if true else ①false\n", [.init("①", "unexpected false keyword: expected else value term or rule body")])
        expectProblems(
            "package p\np :=① ", [.init("①", "unexpected eof token: expected rule value term (e.g., p := <VALUE> { ... })")])
    }

    @Test func goesOnAfterAMistake() {
        expectProblems(
            """
            package p

            a := ①]

            b if {
            	x == ②)
            	y
            }

            c := 1

            d ③{ true }
            """,
            [
                .init("①", "unexpected ] token"), .init("②", "unexpected ) token"),
                .init("③", "`if` keyword is required before rule body"),
            ])
        expectProblems(
            """
            package p

            a if {
            	x := [1, 2

            ①b := 2

            c if ②}
            """,
            [.init("①", "unexpected identifier token: expected \",\" or \"]\""), .init("②", "unexpected } token")])
    }
}
