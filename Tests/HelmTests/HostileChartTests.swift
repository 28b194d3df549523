import Helm
import Testing

/// Charts that want more than they may have end with a message, not with the machine's memory.
@Suite struct HostileChartTests {
    @Test(arguments: [
        (#"{{define "a"}}{{include "a" .}}{{end}}{{include "a" .}}"#, "nested reference name: a"),
        (#"{{define "a"}}{{template "a" .}}{{end}}{{template "a" .}}"#, "exceeded maximum template depth"),
        (#"{{define "a"}}{{tpl "{{include \"a\" .}}" .}}{{end}}{{include "a" .}}"#, "exceeded maximum template depth"),
        (#"{{ repeat 2000000000 "xxxxxxxx" }}"#, "over the memory limit"),
        (#"{{ repeat 9223372036854775807 "xx" }}"#, "over the memory limit"),
        ("{{ nindent 2000000000 \"x\" }}", "over the memory limit"),
        ("{{ until 2000000000 }}", "over the memory limit"),
        ("{{ seq 1 9223372036854775807 }}", "over the memory limit"),
        (#"{{$x := repeat 1000000 "a"}}{{range until 1000}}{{$x}}{{end}}"#, "the output is over the memory limit"),
        (#"{{$d := dict}}{{$_ := set $d "a" $d}}{{deepCopy $d}}"#, "nests too deeply"),
        ("{{ randInt 5 5 }}", "invalid argument to Intn"),
        ("{{ div 1 0 }}", "integer divide by zero"),
        ("{{ now.AddDate 1000000000000 0 0 }}", "out of range"),
        (String(repeating: "{{if 1}}", count: 5000), "nests too deeply"),
        ("{{ " + String(repeating: "(", count: 100_000) + "1", "nests too deeply"),
        (#"{{ mustRegexMatch "(a" "b" }}"#, "missing closing )"),
    ])
    func refuses(template: String, reason: String) throws {
        guard case .failure(let problem) = ChartFixture.render(["templates/a.yaml": template]) else {
            Issue.record("no failure: \(template.prefix(80))")
            return
        }
        #expect(problem.message.contains(reason), "\(problem.message.prefix(300))")
        #expect(problem.places.first?.hasPrefix("t/templates/a.yaml:1") ?? false)
    }

    @Test func valuesThatHoldThemselvesAreCutOff() throws {
        let template =
            #"{{$d := dict}}{{$_ := set $d "a" $d}}x: {{ toYaml $d | len }} {{ toJson $d | len }} {{ gt (toString $d | len) 100 }}"#
        #expect(try ChartFixture.render(["templates/a.yaml": template]).get().contains("x: 0 0 true"))
    }

    @Test func seededRandomsRepeat() throws {
        var settings = ChartFixture.settings
        settings.seed = 7
        let texts = ["templates/a.yaml": "a: {{ randAlphaNum 20 }} {{ uuidv4 }} {{ randInt 1 1000 }}"]
        let first = try ChartFixture.render(texts, values: ValueOptions(), settings).get()
        let second = try ChartFixture.render(texts, values: ValueOptions(), settings).get()
        #expect(first == second)
        settings.seed = 8
        #expect(try ChartFixture.render(texts, values: ValueOptions(), settings).get() != first)
    }
}
