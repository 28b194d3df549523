import Diagnostics
import Documents
import Rego
import RegoRuntime
import RegoSyntax
import Testing

/// What is left of queries when some documents are unknown; the answers are those of OPA's partial evaluation, as far as
/// it names them (variables of rules have other names here).
@Suite struct PartialEvaluationTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let query: String
        var policy = ""
        var unknowns = "input"
        var input = ""
        var data = "{}"
        /// The queries, each in brackets, and the support modules without line breaks.
        let want: String
        var testDescription: String { query + " " + policy }
    }

    private static let cases = [
        Case(query: "true = true", want: "[]"),
        Case(query: "x = 1", want: "[x = 1]"),
        Case(query: "input.x = 1", want: "[input.x = 1]"),
        Case(query: "1 = input.x", want: "[1 = input.x]"),
        Case(query: "1 == 2", want: ""),
        Case(query: "x = 1; input.x = x", want: "[input.x = 1; x = 1]"),
        Case(query: "input.x = y; y[0] = z; z = 1", want: "[input.x = y; y[0] = 1; z = 1]"),
        Case(query: "a = [7, 8]; a[i] = x", want: "[a = [7, 8]; i = 0; x = 7] [a = [7, 8]; i = 1; x = 8]"),
        Case(query: "data.n[i] = input.x", data: #"{"n": [5, 6]}"#, want: "[input.x = 5; i = 0] [input.x = 6; i = 1]"),
        Case(
            query: "data.t.p = true", policy: "p if { k = input.who; data.level[k] = 7 }",
            data: #"{"level": {"a": 7, "b": 8, "c": 7}}"#,
            want: #"["a" = input.who] ["c" = input.who]"#),
        Case(query: "data.t.p = true", policy: "p if { input.a == data.limit }", data: #"{"limit": 3}"#, want: "[input.a = 3]"),
        Case(query: "data.t.p = true", policy: "p if input.a\np if input.b", want: "[input.a] [input.b]"),
        Case(query: "data.t.p = true", policy: "p if { 1 > 2; input.a }", want: ""),
        Case(query: "data.t.p = x", policy: "p := 1 if input.a\np := 2 if input.b", want: "[input.a; x = 1] [input.b; x = 2]"),
        Case(query: #"not walk(input.o, [["a"], 2])"#, want: #"[not walk(input.o, [["a"], 2])]"#),
        Case(query: #"walk(input.o, [["a"], 1])"#, want: #"[walk(input.o, [["a"], 1])]"#),
        Case(query: "walk(input.o)", want: "[walk(input.o)]"),
        Case(
            query: #"every x in input.l { walk(x, [["a"], 2]) }"#,
            want: #"[every x in input.l { walk(x, [["a"], 2]) }]"#),
        Case(query: "data.t.p = x", policy: "p := [input.a, q]\nq := input.b", want: "[x = [input.a, input.b]]"),
        Case(query: "data.t.p = true", policy: "p if { x := input.a; y := x.b; y > 3 }", want: "[input.a.b > 3]"),
        Case(query: "data.t.p = true", policy: "p if { x := input.a; input.b }", want: "[input.b; x1 = input.a]"),
        Case(query: "data.t.p = true", policy: "p if count(input.a) > data.n", data: #"{"n": 2}"#, want: "[count(input.a) > 2]"),
        Case(query: "data.t.p = true", policy: "p if lower(\"A\") == input.a", want: #"["a" = input.a]"#),
        Case(query: "data.t.p = true", policy: "default p := false\np if input.a", want: "[input.a]"),
        Case(
            query: "data.t.p = x", policy: "default p := false\np if input.a",
            want: "[data.partial.t.p = x] package partial.t default p := false p := true if { input.a }"),
        Case(
            query: "data.t.p = x", policy: "p := 1 if input.a\nelse := 2 if input.b\nelse := 3",
            want: "[data.partial.t.p = x] package partial.t p := 1 if { input.a } else := 2 if { input.b } else := 3"),
        Case(query: "data.t.p = x", policy: "p := 1 if data.n > 3\nelse := 2", data: #"{"n": 2}"#, want: "[x = 2]"),
        Case(query: "data.t.p[x]", policy: "p contains 1 if input.a\np contains 2", want: "[input.a; x = 1] [x = 2]"),
        Case(query: "data.t.p[x] = y", policy: #"p["a"] := input.a"#, want: #"[y = input.a; x = "a"]"#),
        Case(query: "data.t.p = x", policy: "p contains 1\np contains 2", want: "[x = {1, 2}]"),
        Case(
            query: "data.t.f(input) = x", policy: "f(1) := true\nf(2) := false",
            want: "[1 = input; x = true] [2 = input; x = false]"),
        Case(
            query: "data.t.p = true", policy: "p if not q\nq if input.a == 1\nq if { input.b; input.c }",
            want: "[not input.a = 1; not input.b] [not input.a = 1; not input.c]"),
        Case(query: "data.t.p = true", policy: "p if not q\nq if data.n > 9", data: #"{"n": 2}"#, want: "[]"),
        Case(query: "data.t.p = true", policy: "p if not q\nq if data.n > 1", data: #"{"n": 2}"#, want: ""),
        Case(query: "x = [v | v = input.a[_]]", want: "[x = [v | v = input.a[__local2__0]]]"),
        Case(query: "x = [v | v = data.n[_]]", data: #"{"n": [1, 2]}"#, want: "[x = [1, 2]]"),
        Case(
            query: "data.t.p = true", policy: "p if { every v in data.n { input.a > v } }", data: #"{"n": [1, 2]}"#,
            want: "[input.a > 1; input.a > 2]"),
        Case(query: "data.t.p = true", policy: "p if { q with input as 1 }\nq if input == 1", want: "[data.t.q with input as 1]"),
        Case(
            query: "data.t.p == true", policy: "p if { input.level >= data.reports[_].level }", unknowns: "data.reports",
            input: #"{"level": 4}"#, want: "[4 >= data.reports[__local1__1].level]"),
        Case(
            query: "data.t.p = true", policy: "p if { input.a == 1; input.b == 2 }", unknowns: "input.b", input: #"{"a": 1}"#,
            want: "[input.b = 2]"),
        Case(
            query: "data.t.p = true", policy: "p if { input.a == 1; input.b == 2 }", unknowns: "input.b", input: #"{"a": 2}"#,
            want: ""),
    ]

    @Test(arguments: Self.cases)
    func residual(_ example: Case) throws {
        func document(_ text: String) throws -> Document {
            try JSONReader.read(SourceFile(path: "document.json", text: text), keepsPositions: false)
        }
        let (module, problems) = Parser.parseModule(SourceFile(path: "t.rego", text: "package t\n" + example.policy))
        #expect(problems.isEmpty, "\(problems)")
        let data = try document(example.data), input = try example.input.isEmpty ? nil : document(example.input)
        var request = PartialEvaluation.Request(query: example.query, input: input?.root ?? .undefined, data: data.root)
        request.unknowns = [example.unknowns.split(separator: ".").map(String.init)]
        let (result, found) = try PartialEvaluation.evaluate(
            request, in: example.policy.isEmpty ? [] : [module], builtins: TestBuiltins.table, options: CompileOptions(),
            context: EvaluationContext())
        let partial = try #require(result, "\(found)")
        let parts =
            partial.queries.map { "[\($0)]" }
            + partial.support.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        #expect(parts.joined(separator: " ") == example.want)
    }

    /// Long queries end with an error, not with the stack.
    @Test(arguments: [
        Array(repeating: "input.a", count: 20_000).joined(separator: "; "),
        "x = [" + Array(repeating: "input.a", count: 20_000).joined(separator: ", ") + "]",
        "every x in numbers.range(1, 100000) { input.a > x }",
    ])
    func isBounded(_ query: String) throws {
        do throws(EvaluationFault) {
            let (result, problems) = try PartialEvaluation.evaluate(
                PartialEvaluation.Request(query: query), in: [], builtins: TestBuiltins.table, options: CompileOptions(),
                context: EvaluationContext())
            #expect(result?.queries.count == 1, "\(problems)")
        } catch { #expect(error.code == "eval_cancel_error") }
    }

    /// What is left is Rego again, and says the same as the policy for each input.
    @Test func saysTheSame() throws {
        let policy = """
            package t
            allow if { input.user == "root" }
            allow if { some role in data.roles[input.user]; role.level > 2; not blocked }
            blocked if { input.user in data.blocked }
            blocked if { count(input.tags) > 2 }
            """
        let data = try JSONReader.read(
            SourceFile(
                path: "data.json",
                text: #"{"roles": {"ann": [{"level": 3}], "bob": [{"level": 1}], "eve": [{"level": 9}]}, "blocked": ["eve"]}"#),
            keepsPositions: false)
        let module = Parser.parseModule(SourceFile(path: "t.rego", text: policy)).0
        let (result, _) = try PartialEvaluation.evaluate(
            PartialEvaluation.Request(query: "data.t.allow = true", data: data.root), in: [module], builtins: TestBuiltins.table,
            options: CompileOptions(), context: EvaluationContext())
        let queries = try #require(result?.queries)
        let text = "package left\n" + queries.map { "allow if { \($0.isEmpty ? "true" : $0) }\n" }.joined()
        let (engine, problems) = Engine.compile(
            [ModuleSource(file: module.file), ModuleSource(file: SourceFile(path: "left.rego", text: text))],
            queries: ["x = [data.t.allow]", "x = [data.left.allow]"], builtins: TestBuiltins.table)
        let evaluator = Evaluator(try #require(engine, "\(text)\n\(problems)"), data: data.root)
        for user in ["root", "ann", "bob", "eve", "zoe"] {
            for tags in ["[]", "[1, 2, 3]"] {
                let input = try JSONReader.read(
                    SourceFile(path: "input.json", text: #"{"user": "\#(user)", "tags": \#(tags)}"#), keepsPositions: false)
                evaluator.begin(input: input.root)
                let whole = try evaluator.query("x = [data.t.allow]").count
                #expect(try evaluator.query("x = [data.left.allow]").count == whole, "\(user) \(tags)")
            }
        }
    }
}
