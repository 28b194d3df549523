import Diagnostics
import Documents
import Rego
import RegoRuntime
import RegoSyntax
import Testing

/// Tests of policies as `opa test` runs them: which there are, which pass, what each case of a table came to.
@Suite struct PolicyTestTests {
    private static let table = #"{"one": {"in": 1, "want": 2}, "bad": {"in": 2, "want": 5}}"#
    private static let list = #"[{"note": "one", "in": 1, "want": 2}, {"note": "bad", "in": 2, "want": 5}]"#

    private func run(_ policy: String) throws -> [PolicyTest] {
        let file = SourceFile(path: "t_test.rego", text: "package t\n" + policy)
        let (module, problems) = Parser.parseModule(file, version: .v1)
        #expect(problems.isEmpty, "\(problems)")
        var options = CompileOptions()
        options.isInstrumented = true
        let (found, diagnostics) = PolicyTestRunner.make([module], builtins: TestBuiltins.table, options: options)
        let runner = try #require(found, "\(diagnostics)")
        let evaluator = Evaluator(runner.engine, data: Document { $0.object([ObjectEntry]()) }.root)
        return runner.tests.indices.map { runner.run($0, on: evaluator, budget: Budget()) }
    }

    private func text(_ tests: [PolicyTest]) -> String {
        tests.map { test in
            ([("\(test.name)", test.verdict)] + test.allCases.map { ($0.path.joined(separator: "/"), $0.case.verdict) })
                .map { "\($0.0) \($0.1.rawValue)" }.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    @Test(arguments: [
        ("test_a[note] if { some note, c in \(table); c.in * 2 == c.want }", "test_a fail, bad fail, one pass"),
        ("test_a[note] if { some note, c in \(table); x := c.in * 2; x == c.want }", "test_a fail, bad fail, one pass"),
        ("test_a[note] if { some note; c := \(table)[note]; c.in * 2 == c.want }", "test_a fail, bad fail, one pass"),
        ("test_a[note] := true if { some note, c in \(table); c.in * 2 == c.want }", "test_a fail, bad fail, one pass"),
        ("test_a[c.note] if { some c in \(list); c.in * 2 == c.want }", "test_a fail, bad fail, one pass"),
        (
            "test_a[note] if { some c in \(list); note := c.note; c.in * 2 == c.want }",
            "test_a fail, bad fail, one pass"
        ),
        ("test_a[note] if { some c in \(list); c.in * 2 == c.want; note := c.note }", "test_a pass, one pass"),
        ("test_a[sprintf(\"%v!\", [c.note])] if { some c in \(list); c.in < 3 }", "test_a pass, bad! pass, one! pass"),
        (
            "test_a[x][y] if { some x in [1, 2]; some y in [\"a\"]; x == 1 }",
            "test_a fail, 1 pass, 1/a pass, 2 fail, 2/a fail"
        ),
        (
            "test_a[x][y] if { some x in [\"x\", \"y\"]; some y in [\"1\"]; x != y }",
            "test_a pass, x pass, x/1 pass, y pass, y/1 pass"
        ),
        ("test_a[x] := x if some x in [true, 1]", "test_a fail, 1 fail, true pass"),
        ("test_a.b[x] if { some x in [1, 2]; x > 1 }", "test_a fail, b fail, b/1 fail, b/2 pass"),
        ("test_a[[1, x]] if { some x in [2]; x > 2 }", "test_a fail, [1,2] fail"),
        ("test_a[x] if { some x in []; x > 2 }", "test_a pass"),
        ("test_a contains x if some x in [1]", "test_a fail"),
        ("test_a[x] contains 1 if some x in [1]", "test_a fail"),
        (
            "test_a[x] if { some x in [1]; x > 2 }\ntest_a[x] if some x in [1]",
            "test_a fail, 1 fail; test_a#01 pass, 1 pass"
        ),
        ("lib.test_a if 1 == 1\nlib.test_a if 1 == 2", "lib.test_a pass; lib.test_a#01 fail"),
        ("todo_test_a if 1 == 2\ntest_b if true", "todo_test_a skip; test_b pass"),
        ("test_a[x] if { some x in [0, 1]; 1 / x == 1 }", "test_a fail, 0 fail, 1 pass"),
    ])
    func cases(policy: String, wanted: String) throws {
        #expect(try text(run(policy)) == wanted)
    }

    /// A failing case says where it stopped and with which values, none of them endless.
    @Test func failures() throws {
        let tests = try run(
            "test_a[n] if {\n\tsome n, c in {\"x\": 1, \"y\": 2}\n\tlong := numbers.range(1, 10000)\n\tcount(long) > 5\n\tc == 1\n}"
        )
        let failure = try #require(tests[0].allCases.first { $0.path == ["y"] }?.case.failure)
        #expect(failure.expression.text == "c == 1")
        #expect(failure.variables.first { $0.name == "c" }?.value == "2")
        #expect(failure.variables.allSatisfy { $0.value.utf8.count < 300 })
    }
}
