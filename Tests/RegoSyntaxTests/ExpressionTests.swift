import Diagnostics
import RegoSyntax
import Testing

@Suite struct ExpressionTests {
    private func json(_ text: String, version: RegoVersion = .v1) -> String {
        let (body, problems) = Parser.parseBody(SourceFile(path: "t", text: text), version: version)
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        return compact(ASTJSON.json(of: body))
    }

    /// Texts that must mean the same.
    @Test(arguments: [
        ("x := a + b * c", "x := a + (b * c)"), ("x := a - b - c", "x := (a - b) - c"),
        ("x := a | b & c == d", "x := (a | (b & c)) == d"), ("a == b in c", "(a == b) in c"),
        ("x := a in b in c", "x := (a in b) in c"), ("x := -y * 2", "x := (0 - y) * 2"),
        ("x := a % b / c", "x := (a % b) / c"), ("x := a < b == c", "x := (a < b) == c"),
        ("f(a, b in c)", "f(a, (b in c))"), ("x := {a: b in c}", "x := {a: (b in c)}"),
        ("{a | b, c}", "{(a | b), c}"), ("[a | b, c]", "[(a | b), c]"), ("{a: b | c, d: e}", "{a: (b | c), d: e}"),
        ("[1, 2,]", "[1, 2]"), ("{1,}", "{1}"), ("f(1,)", "f(1)"), ("a.b.c", "a[\"b\"][\"c\"]"),
        ("x := `a\\b`", "x := \"a\\\\b\""),
        ("not x with input as 1", "not x\n\twith input as 1"), ("a; b", "a\nb"), ("x == # comment\n y", "x == y"),
    ])
    func readsAlike(left: String, right: String) {
        #expect(ShapeText.describe(parsed(left)) == ShapeText.describe(parsed(right)))
    }

    /// Texts that must not mean the same.
    @Test(arguments: [
        ("x := a - (b - c)", "x := a - b - c"), ("{a | b}", "{(a | b)}"), ("a in (b in c)", "a in b in c"),
        ("a.b", "a[b]"), ("{a: 1}", "{a, 1}"), ("_ == _", "x == x"), ("x := (a, b in c)", "x := b in c"),
    ])
    func readsDifferently(left: String, right: String) {
        #expect(ShapeText.describe(parsed(left)) != ShapeText.describe(parsed(right)))
    }

    private func parsed(_ text: String) -> Body {
        let (body, problems) = Parser.parseBody(SourceFile(path: "t", text: text))
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        return body
    }

    @Test func givesOPAsJSON() {
        #expect(
            json("x == 1")
                == "[{index:0,terms:[{type:\"ref\",value:[{type:\"var\",value:\"equal\"}]},{type:\"var\",value:\"x\"},{type:\"number\",value:1}]}]"
        )
        #expect(json("input") == "[{index:0,terms:{type:\"ref\",value:[{type:\"var\",value:\"input\"}]}}]")
        #expect(json("not _") == "[{index:0,negated:true,terms:{type:\"var\",value:\"$0\"}}]")
        #expect(json("set()") == "[{index:0,terms:{type:\"set\",value:[]}}]")
        #expect(
            json("{2, 1, 2}") == "[{index:0,terms:{type:\"set\",value:[{type:\"number\",value:1},{type:\"number\",value:2}]}}]")
        #expect(json("some x, y") == "[{index:0,terms:{symbols:[{type:\"var\",value:\"x\"},{type:\"var\",value:\"y\"}]}}]")
        #expect(
            json("f(x)[_].y")
                == "[{index:0,terms:{type:\"ref\",value:[{type:\"call\",value:[{type:\"ref\",value:[{type:\"var\",value:\"f\"}]},{type:\"var\",value:\"x\"}]},{type:\"var\",value:\"$0\"},{type:\"string\",value:\"y\"}]}}]"
        )
        #expect(
            json("every v in xs { v }")
                == "[{index:0,terms:{body:[{index:0,terms:{type:\"var\",value:\"v\"}}],domain:{type:\"var\",value:\"xs\"},key:null,value:{type:\"var\",value:\"v\"}}}]"
        )
    }

    @Test func numbersWildcardsInOrder() {
        #expect(json("f(_)[_] == _").contains("$0"))
        #expect(json("f(_)[_] == _").split(separator: "$").count == 4)
    }

    @Test(arguments: [
        "if { not.x }", "if { x with input.a as 1 with data.b as f }", "if { some {a, b} in xs }",
        "if { some k, [a, _] in xs }", "if every k, v in xs { k == v }", "if { x[y, z in w] }", "if { a\n[b] }",
        "if { f(x).y[z](w) }", "if { {1} == {1} }", "if {x | x := 1}", "if {\"a\": 1}", "if {a: b | b := a}", "if { {x} }",
        "if null.foo == 1", "if contains(x, y)", "if x[\"contains\"]",
    ])
    func parses(body: String) { expectProblems("package p\nq \(body)\n") }

    @Test func reportsMistakes() {
        expectProblems("package p\nq if { x ①y }\n", [.init("①", "unexpected identifier token: expected \\n or ; or }")])
        expectProblems("package p\nq if { x; ①}\n", [.init("①", "unexpected } token")])
        expectProblems("package p\nq := [x | ①]\n", [.init("①", "found empty body")])
        expectProblems("package p\nq if x.① y\n", [.init("①", "unexpected whitespace token: expected identifier")])
        expectProblems("package p\nq := ①\"a\"[0]\n", [.init("①", "illegal ref (head cannot be string)")])
        expectProblems("package p\nq := (1①, 2)\n", [.init("①", "non-terminated expression")])
        expectProblems("package p\nq := {1: 2 ①3}\n", [.init("①", "unexpected number token: non-terminated object")])
        expectProblems("package p\nq := {1 ①2}\n", [.init("①", "unexpected number token: non-terminated set")])
        expectProblems("package p\nq := [1 ①2]\n", [.init("①", "unexpected number token: expected \",\" or \"]\"")])
        expectProblems("package p\nq if { some ①1 }\n", [.init("①", "unexpected number token: expected var")])
        expectProblems("package p\nq if every ①1 in y { true }\n", [.init("①", "expected value to be a variable")])
        expectProblems("package p\nq if every x in y①\n", [.init("①", "unexpected eof token: missing body")])
        expectProblems("package p\nq if not ①some x in y\n", [.init("①", "unexpected some keyword: illegal negation of 'some'")])
        expectProblems("package p\nq if x with ①1 as 2\n", [.init("①", "unexpected number token: expected ident")])
        expectProblems("package p\nq if a = b ①= c\n", [.init("①", "unexpected eq token")])
        expectProblems("package p\nq := ①not x\n", [.init("①", "unexpected not keyword")])
    }

    @Test func hintsAtMissingImportsInV0() throws {
        let text = "package p\nq { some x in xs }\n"
        let (_, problems) = Parser.parseModule(SourceFile(path: "t", text: text), version: .v0)
        #expect(problems.first?.hint == "`import future.keywords.in` for `some x in xs` expressions")
    }
}
