import Testing

/// Rule sets whose names, refs, kinds and arities clash: each is a compile error or has an answer, none ends the process.
@Suite struct ClashingHeadsTests {
    @Test func neitherCrashNorInternalError() {
        var random = SeededRandom(seed: 17)
        var compiled = 0
        var failures: [String] = []
        for _ in 0..<2000 {
            let text = Self.module(&random)
            switch FuzzChecks.clash(text) {
            case .refused: break
            case .answered: compiled += 1
            case .broken(let problem): failures.append("\(problem)\n\(text)")
            }
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n======\n"))")
        #expect((200..<1800).contains(compiled), "\(compiled) of 2000 compile: the rule sets test too little")
    }

    private static func module(_ random: inout SeededRandom) -> String {
        var lines = ["package " + random.pick(["t", "t", "t.p", "t.p.a"]), ""]
        for _ in 0...random.below(4) { lines.append(rule(&random)) }
        lines.append("result := data.t")
        if random.once(in: 2) { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rule(_ random: inout SeededRandom) -> String {
        let name = random.pick(["p", "p", "q"]) + random.pick(["", "", ".a", ".a", ".b", ".a.b"])
        let key = random.pick(["[x]", "[x]", "[x][y]", "[x].a", "[1]", "[\"a\"]", "[null]", "[{1}]", "[x][1]"])
        let value = random.pick([
            "1", "2", "{\"a\": 1}", "{\"a\": {\"b\": 2}}", "set()", "{1}", "[1]", "p", "q.a", "p[_]", "q(1)",
        ])
        let body =
            " if { x := \(random.pick(["\"a\"", "\"b\"", "1", "[1]", "q"])); y := \(random.pick(["\"a\"", "2"])) }"
        switch random.below(9) {
        case 0: return "\(name) := \(value)"
        case 1: return "\(name) contains \(value)"
        case 2: return "\(name)\(key) := \(value)\(body)"
        case 3: return "\(name)\(key) contains \(value)\(body)"
        case 4: return "\(name)(x) := \(value)"
        case 5: return "\(name)(x, y) := \(value) if x == y else := 3"
        case 6: return "default \(name) := 1"
        case 7: return "\(name)[1] := \(value) if { false } else := \(value)"
        default: return "\(name) := \(value) if { p[1] } else := q.a if { q.b with data.t.q as \(value) }"
        }
    }
}
