import Diagnostics
import RegoSyntax
import TestSupport
import Testing

@Suite struct RobustnessTests {
    /// Text that nests without end must be refused, quickly and without using up the stack.
    @Test(
        arguments: [
            "x := ", "x if ",
        ], ["[", "{", "(", "[1 | ", "{a: ", "f(", "a[", "$\"{", "{a | ", "{ every x in y ", "{ not ", "-x", "f(x).", "1 + "])
    func boundsNesting(prefix: String, unit: String) {
        let text = "package p\nimport future.keywords\n" + prefix + String(repeating: unit, count: 100_000)
        let (_, problems) = Parser.parseModule(SourceFile(path: "t", text: text))
        #expect(!problems.isEmpty)
    }

    @Test func allowsReasonableNesting() {
        let text = "package p\nx := " + String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
        #expect(Parser.parseModule(SourceFile(path: "t", text: text)).1.isEmpty)
    }

    @Test func boundsElseChains() {
        let text = "package p\nx := 1 if y " + String(repeating: "else := 1 if y ", count: 10_000)
        #expect(
            Parser.parseModule(SourceFile(path: "t", text: text)).1.map(\.message) == ["max parsing recursion depth exceeded"])
    }

    /// Failed attempts to read comprehensions must not multiply.
    @Test func readsNestedUnionsInLinearTime() {
        let depth = 60
        let text = "package p\nx := " + String(repeating: "[a | ", count: depth) + "b" + String(repeating: ", c]", count: depth)
        let time = ContinuousClock().measure { _ = Parser.parseModule(SourceFile(path: "t", text: text)) }
        #expect(time < .seconds(2))
    }

    private static let seeds = [
        "package a.b\n\nimport data.x as y\n\n# METADATA\n# title: t\nallow if {\n\tsome k, v in input.xs[_]\n\tnot f(k, `r`)[v] with input.a as {\"b\": [1, -2.5e3]}\n}\n",
        "package p\n\ndefault q := {1, 2}\n\nq contains $\"{x}-{y}\" if every z in {a: b | b := a[_]} { z == a | b }\nelse_x := 1 if y else := 2 if z # c\n",
        "package p\nimport future.keywords\n\nr.s[t] := u if { {a; b} or (c and not {d}) with input as e }\n",
        "package p\n\nf(_, [x, {\"k\": y}]) = z {\n\tz := x % 2 == (y & set())\n} { true } else = `w` { not x }\n",
    ]

    /// Every module with one piece left out, and every beginning of it, must parse without a crash and,
    /// where it parses without problems, format to something stable.
    @Test(arguments: seeds, [RegoVersion.v0, .v1])
    func survivesCuts(seed: String, version: RegoVersion) {
        let bytes = Array(seed.utf8)
        for start in bytes.indices {
            for length in [1, 4] {
                let cut = Array(bytes[..<start]) + bytes[min(start + length, bytes.count)...]
                let file = SourceFile(path: "t", bytes: cut)
                let (_, problems) = Parser.parseModule(file, version: version)
                if problems.isEmpty { expectStableFormat(String(decoding: cut, as: UTF8.self), version: version) }
                _ = DiagnosticRenderer().render(problems)
            }
        }
    }

    /// Random bytes of Rego's own alphabet; the generator is seeded.
    @Test func survivesNoise() {
        var state: UInt64 = 42
        let pieces = [
            "{", "}", "[", "]", "(", ")", "x", ":=", "=", "|", ",", ":", ".", "\n", " ", "if", "not", "some", "in", "every",
            "with", "as", "else", "default", "contains", "\"", "`", "$\"", "#", "1", "-", "_", "\\", "{x}", "import", "package",
            "é",
        ]
        for _ in 0..<2_000 {
            var text = "package p\nimport future.keywords\n"
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
                if state & 1 == 0 { text += " " }
            }
            let (_, problems) = Parser.parseModule(SourceFile(path: "t", text: text))
            if problems.isEmpty { expectStableFormat(text, version: .v1) }
        }
    }
}
