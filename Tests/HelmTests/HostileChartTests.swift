import Documents
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

    private static let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"

    /// Charts whose parts are many: what looks at all of them for each of them takes far longer than the limit.
    struct Many: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var texts: [String: String]
        var count: Int

        static let all = [
            Many(
                testDescription: "mentions in a text that is no template",
                texts: ["files/a.txt": String(repeating: ".Values.a ", count: 50_000)], count: 0),
            Many(
                testDescription: "values that nothing gives, beside comments in which each could stand",
                texts: [
                    "templates/a.yaml": object + (0..<2000).map { "# {{ .Values.b\($0) }}\n" }.joined(),
                    "values.yaml": "a: {}\nc: 1\n" + String(repeating: "# some comment about things\n", count: 5000),
                ], count: 2002),
            Many(
                testDescription: "values that templates set beside others that are nearly there",
                texts: [
                    "templates/a.yaml": object
                        + (0..<900).map { "# {{ $_ := set .Values \"s\($0)\" 1 }}{{ .Values.wanted\($0) }}\n" }.joined(),
                    "values.yaml": (0..<900).map { "wonted\($0): 1\n" }.joined(),
                ], count: 900),
            Many(
                testDescription: "templates that are defined nowhere, among many that are",
                texts: [
                    "templates/a.yaml": object + (0..<900).map { "# {{ include \"want\($0)\" . }}\n" }.joined(),
                    "templates/_h.tpl": (0..<900).map { "{{ define \"have\($0)\" }}x{{ end }}" }.joined(),
                ], count: 900),
            Many(
                testDescription: "outputs in brackets, all on one line",
                texts: [
                    "templates/a.yaml": object + "a: [" + String(repeating: "{{ .Values.a }}, ", count: 8000) + "]\n",
                    "values.yaml": "a: \"1\"\n",
                ], count: 0),
            Many(
                testDescription: "pipes in one action",
                texts: [
                    "templates/a.yaml": object + "a: {{ .Values.a" + String(repeating: " | quote", count: 8000) + " }}\n",
                    "values.yaml": "a: 1\n",
                ], count: 0),
            Many(
                testDescription: "blocks that are moved, one below the other",
                texts: [
                    "templates/a.yaml": object + "data:\n"
                        + (0..<2000).map { "  k\($0):\n    {{- toYaml .Values.a | nindent 4 }}\n" }.joined(),
                    "values.yaml": "a: {b: 1}\n",
                ], count: 0),
        ]
    }

    @Test(.timeLimit(.minutes(1)), arguments: Many.all)
    func mistakesAreFoundInTimeThatGrowsWithTheChart(many: Many) throws {
        let whole = many.texts.merging(
            ["Chart.yaml": ChartFixture.chartFile, "templates/b.yaml": Self.object]) { own, _ in own }
        let found = try ChartThread.run {
            try ChartMistakes(ChartFixture.files(whole), functions: ChartFixture.settings.functions)
        }
        #expect(found.mistakes.count == many.count)
    }

    /// What Go prints for a value that is not there goes, and what stands behind keeps its place.
    @Test(.timeLimit(.minutes(1))) func missingValuesMoveWhatIsBehindThem() throws {
        let count = 2000
        let texts = [
            "Chart.yaml": ChartFixture.chartFile, "values.yaml": "a: one\n",
            "templates/a.yaml": Self.object + "data:\n"
                + (0..<count).map { "  k\($0): \"{{ .Values.none }}{{ .Values.a }}\"\n" }.joined(),
        ]
        let release = try ChartFixture.render(ChartFixture.files(texts), ValueOptions(), keepsOrigins: true).get()
        let manifest = try #require(release.manifests.first)
        for key in [0, count / 2, count - 1] {
            let path = try #require(DocumentPath(parsing: "data.k\(key)"))
            let origin = try #require(release.origins(of: manifest, at: path)?.origins.first)
            #expect(origin.path == "t/values.yaml" && origin.line == 1 && origin.column == 4)
        }
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
