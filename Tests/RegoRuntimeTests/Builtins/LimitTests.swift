import Testing

@Suite struct LimitTests {
    /// Results that would not fit the memory limit end the evaluation instead of being built.
    @Test(arguments: [
        "numbers.range(1, 1000000000000)",
        "numbers.range(100000000000000000000, 100000000000000999999)",
        "numbers.range_step(0, 999999999, 1)",
        #"sprintf("%1000000d%1000000d", [1, 2])"#,
        #"sprintf("%.1000000f%1000000s", [1.5, "x"])"#,
        #"concat(sprintf("%200000s", ["x"]), split(sprintf("%9s", [""]), ""))"#,
        #"replace(sprintf("%2000s", [""]), " ", sprintf("%2000s", [""]))"#,
        #"strings.replace_n({"": sprintf("%2000s", [""]), "x": "y"}, sprintf("%2000s", [""]))"#,
        #"regex.replace(sprintf("%2000s", [""]), " ", sprintf("%2000s", [""]))"#,
        #"regex.find_n("", sprintf("%100000s", [""]), -1)"#,
        #"split(sprintf("%100000s", [""]), "")"#,
        #"array.concat(numbers.range(1, 40000), numbers.range(1, 40000))"#,
        "bits.lsh(1, 1000000000)",
    ])
    func endsEvaluation(term: String) {
        #expect(BuiltinCalls.result(of: term, memoryLimit: 1 << 20).hasPrefix("eval_cancel_error: "))
    }

    /// Patterns and texts that make backtracking matchers hang, and globs that multiply choices.
    @Test(arguments: [
        (#"regex.match("(a*)*(a|aa)+$", concat("", [sprintf("%50000s", [""]), "b"]))"#, "false"),
        (#"regex.match("(x+x+)+y", replace(sprintf("%5000s", [""]), " ", "x"))"#, "false"),
        (#"glob.match("*a*a*a*a*a*a*a*a*b", [], replace(sprintf("%5000s", [""]), " ", "a"))"#, "false"),
        (#"regex.globs_match("a*[ab]*a*[ab]*a*[ab]*a*[ab]*a*[ab]*c", "a*[ab]*a*[ab]*a*[ab]*a*[ab]*a*[ab]*d")"#, "false"),
    ])
    func isLinear(term: String, result: String) {
        #expect(BuiltinCalls.result(of: term) == result)
    }

    /// Templates that call themselves, nest without end or grow without end.
    @Test(arguments: [
        (#"{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}"#, "exceeded maximum template depth"),
        (String(repeating: "{{if 1}}", count: 5000), "nests too deeply"),
        ("{{" + String(repeating: "(", count: 5000) + "1", "nests too deeply"),
        ("{{range 2000}}{{range 2000}}xxxxxxxxxxxxxxxx{{end}}{{end}}", "over the memory limit"),
    ])
    func refusesTemplates(template: String, problem: String) {
        let result = BuiltinCalls.result(of: "strings.render_template(\"\(template)\", {})", memoryLimit: 1 << 20)
        #expect(result.contains(problem), "\(result.prefix(300))")
    }

    @Test func refusesHugePatterns() {
        let nested = String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
        #expect(BuiltinCalls.result(of: "regex.match(\"\(nested)\", \"\")").hasPrefix("eval_builtin_error: "))
        let braces = String(repeating: "{", count: 5000)
        #expect(BuiltinCalls.result(of: "glob.match(\"\(braces)\", [], \"\")").hasPrefix("eval_builtin_error: "))
        let repeats = String(repeating: "a*b*", count: 5000)
        #expect(BuiltinCalls.result(of: "regex.globs_match(\"\(repeats)\", \"c\")").hasPrefix("eval_builtin_error: "))
    }
}
