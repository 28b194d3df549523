import Diagnostics
import Documents
import RegoRuntime
import Testing

@testable import Rego

/// What is kept between rounds of a loop and between inputs must not show.
@Suite struct MemoTests {
    private func results(_ policy: String, inputs: [String]) throws -> [String] {
        let source = ModuleSource(file: SourceFile(path: "test.rego", text: "package t\n" + policy))
        let (engine, problems) = Engine.compile([source], entrypoints: ["data.t.x"], builtins: TestBuiltins.table)
        #expect(problems.isEmpty, "\(problems)")
        let evaluator = Evaluator(try #require(engine))
        let entrypoint = try #require(evaluator.engine.entrypoint("data.t.x"))
        return try inputs.map { text in
            let input = try JSONReader.read(SourceFile(path: "input", text: text))
            return input.withRoot { root in
                evaluator.begin(input: root)
                switch evaluator.evaluate(entrypoint) {
                case .value(let value): return JSONWriter.string(value)
                case .undefined: return "undefined"
                case .fault(let fault): return fault.code
                }
            }
        }
    }

    /// The result of a kept call may be a part of its argument, which goes away with its input.
    @Test func partsOfArguments() throws {
        let policy = """
            middle(text) := trim(text, "-")
            pieces(text, mark) := [upper(piece) | some piece in split(text, mark)]
            x := [middle(input.a), pieces(input.a, input.b), middle(input.n)]
            """
        let inputs = (0..<300).map { "{\"a\": \"--some-text-\($0 % 7)--\", \"b\": \"-\", \"n\": \"\($0)\"}" }
        let found = try results(policy, inputs: inputs + inputs)
        for (index, text) in found.enumerated() {
            let digit = index % 300 % 7
            #expect(text == "[\"some-text-\(digit)\",[\"\",\"\",\"SOME\",\"TEXT\",\"\(digit)\",\"\",\"\"],\"\(index % 300)\"]")
        }
    }

    /// Equal numbers may be written differently.
    @Test func spellings() throws {
        let policy = "shown(value) := sprintf(\"%v\", [value])\nx := shown(input)"
        #expect(
            try results(policy, inputs: ["1", "1.0", "1", "\"1\"", "true"]) == ["\"1\"", "\"1\"", "\"1\"", "\"1\"", "\"true\""])
    }

    /// What is printed, and what depends on the input in a roundabout way, happens each time.
    @Test func dependencies() throws {
        let policy = """
            limit := input.limit
            over(value) if to_number(value) > limit
            x := {value | some value in input.values; over(value)}
            """
        let inputs = ["{\"limit\": 1, \"values\": [\"1\", \"2\"]}", "{\"limit\": 2, \"values\": [\"1\", \"2\"]}"]
        #expect(try results(policy, inputs: inputs) == ["[\"2\"]", "[]"])
    }

    /// Comprehensions that are grouped by a loop's variable, and those that must not be.
    @Test(arguments: [
        (
            "x := {k: names | some k in {\"a\", \"b\", \"c\"}; names := {e.n | some e in input; e.k == k}}",
            "{\"a\":[1,3],\"b\":[2],\"c\":[]}"
        ),
        ("x := {k: names | some k in {\"a\", \"b\"}; names := [e.n | some e in input; k == e.k]}", "{\"a\":[1,3,3],\"b\":[2]}"),
        ("x := [names | some k in [\"a\", \"b\"]; names := [e.n | e := input[_]; k = e.k]]", "[[1,3,3],[2]]"),
        // Two variables of loops.
        (
            "x := [names | some k in [\"a\", \"b\"]; some m in [1, 2]; names := [e.n | some e in input; e.k == k; e.n > m]]",
            "[[3,3],[3,3],[2],[]]"
        ),
        // Used twice.
        (
            "x := [names | some k in [\"a\", \"b\"]; names := [[k, e.n] | some e in input; e.k == k]]",
            "[[[\"a\",1],[\"a\",3],[\"a\",3]],[[\"b\",2]]]"
        ),
        // The variable is bound by a reference with a free key, and the other side is false or null.
        ("x := [names | some k in [false, null]; names := [i | some i; input[i].odd == k]]", "[[0],[1]]"),
        // Inside a negation and below another loop's own comprehension.
        ("x := [k | some k in [\"a\", \"z\"]; not count([e | some e in input; e.k == k]) == 0]", "[\"a\"]"),
        (
            "x := [all | some m in [1, 2]; all := {k: ns | some k in {\"a\", \"b\"}; ns := [e.n | some e in input; e.k == k; e.n > m]}]",
            "[{\"a\":[3,3],\"b\":[2]},{\"a\":[3,3],\"b\":[]}]"
        ),
        // An argument of the function stays the same.
        (
            "f(list, m) := {k: ns | some k in {\"a\", \"b\"}; ns := [e.n | some e in list; e.k == k; e.n > m]}\nx := [f(input, 0), f(input, 2)]",
            "[{\"a\":[1,3,3],\"b\":[2]},{\"a\":[3,3],\"b\":[]}]"
        ),
        // Each round's `with` counts.
        (
            "x := [ns | some k in [\"a\", \"b\"]; some m in [1, 3]; ns := [n | some e in input; e.k == k; n := e.n] with input as [{\"k\": k, \"n\": m}]]",
            "[[1],[3],[1],[3]]"
        ),
    ])
    func comprehensions(_ policy: String, _ expected: String) throws {
        let input = """
            [{"k": "a", "n": 1, "odd": false}, {"k": "b", "n": 2, "odd": null}, {"k": "a", "n": 3}, {"k": "a", "n": 3}]
            """
        #expect(try results(policy, inputs: [input, input]) == [expected, expected])
    }
}
