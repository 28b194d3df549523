import Diagnostics
import Foundation
import RegoSyntax
import TestSupport
import Testing

@Suite struct FormatterTests {
    /// Source and result without the package line.
    @Test(arguments: [
        ("p   :=   1", "p := 1"), ("p=1", "p := 1"), ("p if{x;y}", "p if {\n\tx\n\ty\n}"), ("p if { x }", "p if x"),
        ("p := true if { x }", "p if x"), ("p if true", "p := true"), ("p := 1 if { true }", "p := 1"),
        ("p if {\n  x\n\n\n\n  y\n}", "p if {\n\tx\n\n\ty\n}"), ("p := [1,2 , 3]", "p := [1, 2, 3]"),
        ("p := [1,\n2]", "p := [\n\t1,\n\t2,\n]"), ("p := [\n1,2]", "p := [\n\t1, 2,\n]"), ("p := f(\na\n)", "p := f(\n\ta,\n)"),
        ("p := {\"a\":1,\n\"b\":{2}}", "p := {\n\t\"a\": 1,\n\t\"b\": {2},\n}"),
        ("p := x[\"a\"].b[\"c d\"][0]", "p := x.a.b[\"c d\"][0]"),
        ("p := x[\"if\"]", "p := x[\"if\"]"), ("p := x.if", "p := x.if"), ("p := {a|b}", "p := {a | b}"),
        ("p := {(a|b)}", "p := {(a | b)}"), ("p := f(a|b)", "p := f((a | b))"), ("p := [x|x:=y]", "p := [x | x := y]"),
        ("p := [x|\nx:=y\nz]", "p := [x |\n\tx := y\n\tz\n]"), ("p := [\n\tx |\n\tx := y\n]", "p := [\nx |\n\tx := y\n]"),
        ("p if {\n\ty := {\n\t\tx | x := 1\n\t}\n\ty\n}", "p if {\n\ty := {\n\tx | x := 1}\n\ty\n}"),
        ("p := {\n\tk: v | some k, v in y\n}", "p := {k: v |\n\tsome k, v in y\n}"),
        ("p := {\n\n\tk: v |\n\tsome k, v in y\n}", "p := {k: v |\n\tsome k, v in y\n}"),
        ("p if { x == (a+b)*c }", "p if x == (a + b) * c"),
        ("p := a+b+c", "p := (a + b) + c"), ("p := a+(b*c)", "p := a + (b * c)"), ("p if (a in b) == c", "p if (a in b) == c"),
        ("p if { some x,y in z }", "p if some x, y in z"), ("p := (x, y in z)", "p := (x, y in z)"),
        ("p if every x in y{ z }", "p if every x in y { z }"),
        ("p if {x in (a|b)\nnot x in (a|b)}", "p if {\n\tx in (a | b)\n\tnot x in (a | b)\n}"),
        ("p if { every x in (a|b) { z } }", "p if every x in a | b { z }"),
        ("p if { some x in (a|b) }", "p if some x in (a | b)"), ("p if {every x in y{\nz}}", "p if every x in y {\n\tz\n}"),
        ("p if { x with input as 1\nwith data.y as 2 }", "p if x with input as 1\n\twith data.y as 2"),
        ("p if {\n\tx\n} else := 2 if {\n\ty\n}", "p if {\n\tx\n} else := 2 if {\n\ty\n}"),
        ("p if x else := 2", "p if x\n\nelse := 2"),
        ("default  p=false", "default p := false"), ("p contains  x  if { x:=1 }", "p contains x if x := 1"),
        ("p := $\"a{ x }b{y }\"", "p := $\"a{x}b{y}\""), ("p := `a\n b`", "p := `a\n b`"),
        ("p := \"\\u00e9\"", "p := \"\\u00e9\""),
        ("p if not   x", "p if not x"), ("p := plus(1, 2)", "p := plus(1, 2)"), ("a := 1\nb := 2", "a := 1\nb := 2"),
        ("a := 1\n\n\nb := 2", "a := 1\n\nb := 2"),
        ("a if x\nb if y", "a if x\nb if y"), ("a if x\n\n\nb if y", "a if x\n\nb if y"),
        ("p if {{a: 1}}", "p if {\n\t{a: 1}\n}"),
        ("p if { {x} }", "p if {\n\t{x}\n}"), ("p.q.r if true", "p.q.r := true"), ("f(x) if true", "f(x)"), ("f(x)", "f(x)"),
        ("p if {\n\tx := set()\n\t(-1 + y) >= 2\n}", "p if {\n\tx := set()\n\t(-1 + y) >= 2\n}"),
        ("p if {\n\tx\n\t((-1 * y) - z) >= 2\n}", "p if {\n\tx\n\t((-1 * y) - z) >= 2\n}"),
        ("p if {\n\tx\n\t(a | b) >= c\n}", "p if {\n\tx\n\t(a | b) >= c\n}"), ("p if (1 + y) >= 2", "p if 1 + y >= 2"),
        ("p if {\n\t(a | b)\n\tx\n}", "p if {\n\t(a | b)\n\tx\n}"),
        ("p if {\n\tx\n\t(-1) in y\n}", "p if {\n\tx\n\t(-1) in y\n}"),
    ])
    func laysOut(source: String, expected: String) {
        #expect(formatted("package p\n" + source) == "package p\n\n" + expected + "\n")
        expectStableFormat("package p\n" + source, version: .v1)
    }

    @Test func keepsComments() {
        let text = """
            # first
            package p # here
            # above imports
            import data.z # zed
            import data.a

            # about p
            p if { # opens
              # before x
              x # behind x

              # before y
              y == [ # list
                1, # one
                # last
              ]
              # at the end
            } # closes
            # final


            # really
            """
        #expect(
            formatted(text) == """
                # first
                package p # here

                # above imports
                import data.a
                import data.z # zed

                # about p
                p if { # opens
                	# before x
                	x # behind x

                	# before y
                	y == [ # list
                		1, # one
                		# last
                	]
                	# at the end
                } # closes

                # final

                # really

                """)
    }

    @Test func copiesWhatCommentsMakeUnplaceable() {
        let text = "package p\n\nq if {\n\tx == # why\n\t\ty\n\tz  ==  1\n}\n"
        #expect(formatted(text) == "package p\n\nq if {\n\tx == # why\n\t\ty\n\tz == 1\n}\n")
    }

    @Test func rewritesV0ForV1() {
        let text = """
            package p

            import future.keywords.in
            import data.x

            default allow = false

            allow { input.x } { input.y }

            deny[msg] { msg = "no" }

            obj[k] = v { k := "a"; v := 1 }

            f(x) = y { y := x } else = 2 { true }

            some_set["a"]
            """
        let both = """
            package p

            import rego.v1

            import data.x

            default allow := false

            allow if input.x

            allow if input.y

            deny contains msg if msg = "no"

            obj[k] := v if {
            	k := "a"
            	v := 1
            }

            f(x) := y if y := x

            else := 2 if true

            some_set contains "a"

            """
        #expect(formatted(text, version: .v0, options: FormatOptions(target: .v0AndV1)) == both)
        let v1 = both.replacing("import rego.v1\n\n", with: "")
        #expect(formatted(text, version: .v0, options: FormatOptions(target: .v1, dropsV0Imports: true)) == v1)
        #expect(formatted(both, version: .v1, options: FormatOptions(dropsV0Imports: true)) == v1)
    }

    @Test func keepsV0() {
        let text = "package p\np[x]{x:=1}\nq=1{true;x}\nr.s.t{x}\n"
        #expect(
            formatted(text, version: .v0)
                == "package p\n\np[x] {\n\tx := 1\n}\n\nq = 1 {\n\ttrue\n\tx\n}\n\nr.s.t {\n\tx\n}\n")
    }

    @Test func refusesWhatIsNoRegoV1() throws {
        let file = SourceFile(path: "t", text: "package p\nif { true }\n")
        guard case .failure(let failure) = Formatter.format(file, version: .v0, options: FormatOptions(target: .v1)) else {
            Issue.record("formatted a rule called `if`")
            return
        }
        #expect(!failure.diagnostics.isEmpty)
    }

    /// Each further body of a rule becomes a rule, with wildcards of its own.
    @Test func separatesBodiesOfHeadsWithWildcards() {
        #expect(
            formatted("package p\n\nr contains [_, x] if { x := a }\n{x := b}\n\ns := _ if { c }\n")
                == "package p\n\nr contains [_, x] if x := a\nr contains [_, x] if x := b\n\ns := _ if c\n")
    }

    @Test func keepsBracesOfOperands() {
        let header = "package p\n\nimport future.keywords.and\nimport future.keywords.not\nimport future.keywords.or\n\n"
        let source = """
            p if {
            	{
            		a
            		b
            	} or {
            		c
            	}
            	{ a } and { b; c }
            	not {
            		a
            	}
            }

            """
        #expect(formatted(header + source) == header + source)
    }

    @Test func laysOutLogic() {
        let header = "package p\n\nimport future.keywords\n\n"
        let source = "q if a or\nb or\nc\nr if {{a;b}and(c or d)}\ns if not(a or b)\nt if ({a}) or b\n"
        #expect(
            formatted(header + source) == header + """
                q if a or
                	b or
                	c

                r if {
                	{ a; b } and (c or d)
                }

                s if not (a or b)
                t if ({a}) or b

                """)
    }

    @Test(.enabled(if: ConformanceData.isUsed("rego-v1"), "no conformance data"))
    func isStableOnEverySuiteModule() throws {
        for source in try RegoCorpus.suiteModules() { expectStableFormat(text(source), version: .v1) }
        for source in try RegoCorpus.gatekeeperModules() {
            expectStableFormat(text(source), version: source.version)
            expectStableFormat(text(source), version: source.version, options: FormatOptions(target: .v0AndV1), then: .v0)
            expectStableFormat(
                text(source), version: source.version, options: FormatOptions(target: .v1, dropsV0Imports: true), then: .v1)
        }
    }

    @Test func isStableOnThePolicyLibrary() throws {
        let files = RegoCorpus.policyLibrary()
        for file in files { expectStableFormat(try String(contentsOf: file, encoding: .utf8), version: .v1) }
    }

    private func text(_ source: RegoCorpus.Source) -> String { String(decoding: source.file.bytes, as: UTF8.self) }
}
