import Foundation
import Testing

/// `lintel conftest`, which takes what Conftest takes.
@Suite struct ConftestTests {
    struct Run: CustomTestStringConvertible {
        var name: String
        var policy = ConftestTests.main
        var options: [String] = ["pod.yaml"]
        var code: Int32 = 0
        var output: [String] = []
        var silent: [String] = []
        var errors: [String] = []
        var more: [String: String] = [:]
        var environment: [String: String] = [:]
        var testDescription: String { name }
    }

    private static let main = """
        package main

        deny contains "no pods" if input.kind == "Pod"

        warn_name contains {"msg": "a bad name", "team": "a"} if input.metadata.name == "web"

        """
    private static let warning = "package main\n\nwarn contains \"w\" if input.kind == \"Pod\"\n"
    private static let two = [
        "pod.yaml": pod, "policy/team.rego": "package team.a\n\ndeny contains \"team\" if input.kind\n",
        "list.json": "[{\"kind\": \"Pod\"}, {\"kind\": \"Job\"}]",
    ]
    private static let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec: {containers: [{name: a}]}\n"

    static let verdicts = [
        Run(
            name: "failures and warnings", code: 1,
            output: [
                "FAIL - pod.yaml:2 - main - no pods", "WARN - pod.yaml:4 - main - a bad name",
                "2 tests, 0 passed, 1 warning, 1 failure, 0 exceptions",
            ]),
        Run(name: "all is well", options: ["job.yaml"], output: ["2 tests, 2 passed"], more: ["job.yaml": "kind: Job\n"]),
        Run(name: "warnings alone", policy: warning, output: ["1 warning"]),
        Run(name: "fail on warn, a warning", policy: warning, options: ["pod.yaml", "--fail-on-warn"], code: 1),
        Run(name: "fail on warn, a failure", options: ["pod.yaml", "--fail-on-warn"], code: 2),
        Run(
            name: "fail on warn, nothing", policy: warning, options: ["job.yaml", "--fail-on-warn"],
            more: ["job.yaml": "kind: Job\n"]),
        Run(name: "no fail", options: ["pod.yaml", "--no-fail"], output: ["1 failure"]),
        Run(name: "quiet, well", policy: warning, options: ["pod.yaml", "-q"], silent: ["warning"]),
        Run(name: "quiet, not well", options: ["pod.yaml", "-q"], code: 1, output: ["no pods"]),
        Run(
            name: "an exception",
            policy: main
                + "deny_kind contains \"by kind\" if input.kind == \"Pod\"\n\nexception contains [\"kind\"] if input.kind\n",
            code: 1, output: ["no pods", "EXCP - pod.yaml - main - data.main.exception[_][_] == \"kind\"", "1 exception"],
            silent: ["by kind"]),
        // A rule without a suffix is called by the empty text, and by nothing else.
        Run(
            name: "an exception of deny", policy: main + "exception contains [\"\"] if input.kind\n", output: ["1 exception"],
            silent: ["no pods"]),
        Run(
            name: "deny is no name", policy: main + "exception contains [\"deny\"] if input.kind\n", code: 1, output: ["no pods"]),
        Run(
            name: "exceptions hidden", policy: main + "exception contains [\"\"] if input.kind\n",
            options: ["pod.yaml", "--suppress-exceptions"], output: ["1 exception"], silent: ["EXCP"]),
        Run(name: "the default package", code: 1, silent: ["team"], more: two),
        Run(
            name: "another package", options: ["pod.yaml", "-n", "team.a"], code: 1, output: ["team.a - team"],
            silent: ["no pods"], more: two),
        Run(
            name: "packages by a pattern", options: ["pod.yaml", "--namespace", "te*.a"], code: 1, output: ["team.a - team"],
            more: two),
        Run(
            name: "two packages", options: ["pod.yaml", "-n", "main,team.a"], code: 1, output: ["no pods", "team.a - team"],
            more: two),
        Run(
            name: "all packages", options: ["pod.yaml", "--all-namespaces"], code: 1, output: ["no pods", "team.a - team"],
            more: two),
        Run(
            name: "no such package", options: ["pod.yaml", "-n", "mian"], code: 2,
            errors: ["no package is called mian", "--all-namespaces"], more: two),
        Run(name: "both", options: ["pod.yaml", "-n", "main", "--all-namespaces"], code: 64),
        Run(
            name: "a package without rules", policy: "package main\n\nhelper := 1\n", code: 2, errors: ["nothing was evaluated"]),
        Run(
            name: "an almost right name", policy: "package main\n\ndenny contains \"x\" if input.kind\n", code: 2,
            errors: ["deny"]),
        Run(
            name: "combined",
            policy:
                "package main\n\ndeny contains msg if {\n\tsome i\n\tinput[i].contents.kind == \"Pod\"\n\tmsg := input[i].path\n}\n",
            options: ["--combine", "pod.yaml", "job.yaml"], code: 1, output: ["FAIL - pod.yaml:2 - main - pod.yaml", "1 test,"],
            more: ["job.yaml": "kind: Job\n"]),
        Run(
            name: "data", policy: "package main\n\ndeny contains \"named\" if data.names[input.metadata.name]\n",
            options: ["pod.yaml", "--data", "lists"], code: 1, output: ["named"],
            more: ["lists/deep/names.json": "{\"names\": {\"web\": true}}"]),
        Run(
            name: "the data folder", policy: "package main\n\ndeny contains \"named\" if data.names[input.metadata.name]\n",
            code: 1,
            output: ["named"], more: ["data/names.yaml": "names: {web: true}\n"]),
        Run(name: "no data", options: ["pod.yaml", "-d", "policy"], code: 2, errors: ["policy holds no data"]),
        Run(
            name: "data in conflict", options: ["pod.yaml", "-d", "d"], code: 2, errors: ["another value"],
            more: ["d/1.json": "{\"a\": 1}", "d/2.json": "{\"a\": 2}"]),
        Run(
            name: "a stated line",
            policy:
                "package main\n\ndeny contains {\"msg\": \"here\", \"_loc\": {\"file\": \"o.yaml\", \"line\": 4}} if input.kind\n",
            code: 1, output: ["FAIL - o.yaml:4 - main - here"]),
        Run(
            name: "the file",
            policy: "package main\n\ndeny contains data.conftest.file.name if endswith(data.conftest.file.dir, \"/in\")\n",
            options: ["in", "pod.yaml"], code: 1, output: ["a.yaml - main - a.yaml", "1 failure"], more: ["in/a.yaml": "a: 1\n"]),
        Run(
            name: "several documents",
            policy: "package main\n\ndeny contains sprintf(\"n %v\", [input.size]) if input.size > 1\n",
            options: ["many.yaml"], code: 1,
            output: ["many.yaml:3 - main - n 2", "many.yaml:5 - main - n 3", "3 tests, 1 passed"],
            more: ["many.yaml": "size: 1\n---\nsize: 2\n---\nsize: 3\n"]),
        Run(
            name: "a list", options: ["list.json"], code: 1, output: ["list.json:1 - main - no pods", "4 tests, 3 passed"],
            more: two),
        Run(name: "standard input", options: ["-"], code: 1, output: ["FAIL -:2 - main - no pods"]),
        Run(
            name: "another folder", options: ["pod.yaml", "-p", "rules"], output: ["1 passed"],
            more: ["rules/r.rego": "package main\n\ndeny contains 1 if false\n"]),
        Run(name: "no policies", options: ["pod.yaml", "-p", "none"], code: 2, errors: ["none"]),
        Run(
            name: "a folder without policies", options: ["pod.yaml", "-p", "x"], code: 2, errors: ["no Rego file"],
            more: ["x/a.json": "{}"]),
        Run(name: "v0", policy: "package main\n\ndeny[\"old\"] { input.kind }\n", code: 1, output: ["old"]),
        Run(
            name: "v0 as v1", policy: "package main\n\ndeny[\"old\"] { input.kind }\n",
            options: ["pod.yaml", "--rego-version", "v1"],
            code: 2, errors: ["policy/p.rego:3"]),
        Run(name: "no such version", options: ["pod.yaml", "--rego-version", "v2"], code: 64),
        Run(
            name: "strict", policy: main + "helper if {\n\tx := 1\n}\n", options: ["pod.yaml", "--strict"], code: 2,
            errors: ["unused"]),
        Run(
            name: "no set", policy: "package main\n\ndeny if input.kind\n", code: 2,
            errors: ["data.main.deny is true", "contains"]),
        Run(
            name: "no message", policy: "package main\n\ndeny contains {\"message\": 1} if input.kind\n", code: 2,
            errors: ["string msg"]),
        Run(
            name: "a fault, in spite of no-fail",
            policy: "package main\n\ndeny contains \"x\" if f\n\nf := 1\n\nf := 2 if input.kind\n",
            options: ["pod.yaml", "--no-fail"], code: 2, errors: ["conflict"]),
        Run(
            name: "a failing builtin", policy: "package main\n\ndeny contains \"x\" if to_number(input.kind)\n",
            output: ["1 passed"],
            errors: ["warning", "to_number"]),
        Run(
            name: "a failing builtin, strict", policy: "package main\n\ndeny contains \"x\" if to_number(input.kind)\n",
            options: ["pod.yaml", "--show-builtin-errors"], code: 2, errors: ["error", "to_number"]),
        Run(name: "broken YAML", options: ["bad.yaml"], code: 2, errors: ["bad.yaml:2"], more: ["bad.yaml": "a: [\n"]),
        Run(name: "no such file", options: ["none.yaml"], code: 2, errors: ["none.yaml"]),
        Run(name: "no files", options: ["x"], code: 2, errors: ["nothing was evaluated"], more: ["x/read.me": ""]),
        Run(name: "update", options: ["pod.yaml", "--update", "oci://x"], code: 64, errors: ["not supported"]),
        Run(
            name: "no regular expression", options: ["pod.yaml", "--ignore", "["], code: 2,
            errors: ["\"[\" is no regular expression"]),
        Run(
            name: "a trace", options: ["pod.yaml", "--trace"], code: 1, output: ["no pods"],
            errors: ["Enter deny contains", "policy/p.rego:3"]),
        Run(
            name: "a trace in conftest.toml", code: 1, errors: ["Enter deny contains"],
            more: ["conftest.toml": "trace = true\n"]),
        // Settings.
        Run(
            name: "a package in conftest.toml", code: 1, output: ["team.a - team"], silent: ["no pods"],
            more: two.merging(["conftest.toml": "namespace = \"team.a\"\n"]) { $1 }),
        Run(name: "flags in conftest.toml", code: 2, more: ["conftest.toml": "fail-on-warn = true\n"]),
        Run(
            name: "the command line wins", options: ["pod.yaml", "-n", "main"], code: 1, output: ["no pods"],
            more: two.merging(["conftest.toml": "namespace = [\"team.a\"]\n"]) { $1 }),
        Run(
            name: "a variable wins over the file", code: 1, output: ["team.a - team"],
            more: two.merging(["conftest.toml": "namespace = \"main\"\n"]) { $1 },
            environment: ["CONFTEST_NAMESPACE": "team.a"]),
        Run(
            name: "an output in conftest.toml", code: 1, output: ["::error file=pod.yaml,line=2::no pods"],
            more: ["conftest.toml": "output = \"github\"\n"]),
        Run(name: "a broken conftest.toml", code: 2, errors: ["conftest.toml:1"], more: ["conftest.toml": "a = \n"]),
        Run(name: "a wrong value", code: 64, errors: ["namespace of conftest.toml"], more: ["conftest.toml": "namespace = 1\n"]),
        Run(name: "an unknown setting", code: 1, errors: ["nonsense"], more: ["conftest.toml": "nonsense = 1\n"]),
        Run(name: "fetching", code: 2, errors: ["update is not supported"], more: ["conftest.toml": "update = [\"x\"]\n"]),
    ]

    @Test(arguments: verdicts) func isAsInConftest(_ example: Run) throws {
        let folder = try TemporaryFolder()
        try folder.write(["policy/p.rego": example.policy, "pod.yaml": Self.pod])
        try folder.write(example.more)
        let run = try LintelRun(
            ["conftest", "test"] + example.options, in: folder.url, input: Self.pod, environment: example.environment)
        #expect(run.code == example.code, "\(run.output)\(run.errors)")
        for word in example.output { #expect(run.output.contains(word), "\(run.output)\(run.errors)") }
        for word in example.silent { #expect(!run.output.contains(word), "\(run.output)") }
        for word in example.errors { #expect(run.errors.contains(word), "\(run.errors)") }
    }

    // MARK: Formats of results

    @Test(arguments: ["json", "sarif"]) func jsonHasPlaces(_ format: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(["policy/p.rego": Self.main, "pod.yaml": Self.pod])
        let run = try LintelRun(["conftest", "test", "pod.yaml", "-o", format], in: folder.url)
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        if format == "json" {
            let file = (json as? [[String: Any]])?.first
            let failure = (file?["failures"] as? [[String: Any]])?.first
            #expect(failure?["msg"] as? String == "no pods")
            #expect((failure?["loc"] as? [String: Any])?["line"] as? Int == 2)
            let metadata = (file?["warnings"] as? [[String: Any]])?.first?["metadata"] as? [String: String]
            #expect(metadata == ["query": "data.main.warn_name", "team": "a"])
        } else {
            let first = ((json as? [String: Any])?["runs"] as? [[String: Any]])?.first
            let levels = (first?["results"] as? [[String: Any]])?.compactMap { $0["level"] as? String }
            #expect(levels == ["error", "warning"])
        }
    }

    @Test(arguments: [
        ("tap", "1..2\nnot ok 1 - pod.yaml:2 - main - no pods\n# warnings\nnot ok 2 - pod.yaml:4 - main - a bad name\n"),
        ("azuredevops", "##vso[task.logissue type=error] file=pod.yaml:2 --> no pods\n"),
        ("junit", "<failure message=\"Failed\" type=\"\">pod.yaml:2: no pods</failure>"),
        ("table", "| failure | pod.yaml:2 | main      | no pods    |\n"),
    ]) func otherFormats(_ format: String, _ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(["policy/p.rego": Self.main, "pod.yaml": Self.pod])
        let run = try LintelRun(["conftest", "test", "pod.yaml", "-o", format], in: folder.url)
        #expect(run.code == 1 && run.output.contains(text), "\(run.output)")
    }

    // MARK: Formats of files

    struct Text: CustomTestStringConvertible {
        var name: String
        var text: String
        /// As `lintel conftest parse` prints it, without layout; nil for a text that cannot be read.
        var json: String?
        /// What the error says.
        var problem = ""
        var testDescription: String { "\(name) \(text.prefix(20))" }
    }

    static let texts = [
        Text(
            name: "a.toml", text: "a = 1\n[b]\nc = [1.5, true, \"x\"]\nd = 1979-05-27T07:32:00Z\n",
            json: "{\"a\":1,\"b\":{\"c\":[1.5,true,\"x\"],\"d\":\"1979-05-27T07:32:00Z\"}}"),
        Text(
            name: "a.toml", text: "[[t]]\nn = 0.1\n[[t]]\nn = 9007199254740993\n",
            json: "{\"t\":[{\"n\":0.1},{\"n\":9007199254740993}]}"),
        Text(name: "a.toml", text: "a = 1\nb = \n", problem: "a.toml:2:"),
        Text(name: "a.toml", text: "a = 1\na = 2\n", problem: "a.toml:2:"),
        Text(name: "a.toml", text: "a = " + String(repeating: "[", count: 5000), problem: "depth"),
        Text(name: "a.toml", text: "a = \"\\u0000\"\n", problem: "not supported"),
        Text(name: "a.toml", text: "\u{0}", problem: "binary"),
        Text(
            name: "a.ini", text: "x = 1\n[s]\n# no\na = 1\nb: yes ; no\nc = true\nd = \"1;2\"\n[e]\n",
            json: "{\"e\":{},\"s\":{\"a\":1,\"b\":\"yes\",\"c\":true,\"d\":\"1;2\"}}"),
        Text(
            name: "a.ini", text: "[s]\na = x\\\n  y\nb = \"\"\"1\n2\"\"\"\nc = %(a)s!\n`k=` = inf\n",
            json: "{\"s\":{\"a\":\"xy\",\"b\":\"1\\n2\",\"c\":\"xy!\",\"k=\":\"inf\"}}"),
        Text(name: "a.ini", text: "[s]\na = %(b)s\nb = %(a)s\n", json: "{\"s\":{\"a\":\"%(b)s\",\"b\":\"%(a)s\"}}"),
        Text(name: "a.ini", text: "[s]\nword\n", problem: "a.ini:2:"),
        Text(name: "a.ini", text: "[s\n", problem: "a.ini:1:"),
        Text(
            name: "a.env", text: "# c\nexport A=1\nB=\"x $A\\n\"\nC='$A'\nD=${A}2 # no\nE=\nF=\\$A\n",
            json: "{\"A\":\"1\",\"B\":\"x 1\\n\",\"C\":\"$A\",\"D\":\"12\",\"E\":\"\",\"F\":\"$A\"}"),
        Text(name: ".env", text: "A=\"1\n2\"\nB: x\n", json: "{\"A\":\"1\\n2\",\"B\":\"x\"}"),
        Text(name: "a.env", text: "A=1\nno value\n", problem: "a.env:2:"),
        Text(name: "a.env", text: "A=\"1\n", problem: "does not end"),
        Text(
            name: "a.properties", text: "! c\na.b=1\nc : ${a.b}x\nd e\\\n   f\ng\\ h=\\u0041\nempty\n",
            json: "{\"a.b\":\"1\",\"c\":\"1x\",\"d\":\"ef\",\"empty\":\"\",\"g h\":\"A\"}"),
        Text(name: "a.properties", text: "a=${b}\nb=${a}\n", problem: "refers to itself"),
        Text(name: "a.properties", text: "a=${b\n", problem: "has no }"),
        Text(
            name: "a.jsonc", text: "// c\n{\"a\": [1, 2,], /* x */ \"b\": \"// no\",\n}\n", json: "{\"a\":[1,2],\"b\":\"// no\"}"),
        Text(name: "a.jsonc", text: "{\"a\": 1 /* x\n", problem: "a.jsonc:1:"),
        Text(name: "a.json", text: "{\"a\": 1,}", problem: "a.json:1:"),
        Text(name: "a.yaml", text: "a: yes\n---\nb: 1\n", json: "[{\"a\":true},{\"b\":1}]"),
        Text(name: "a", text: "a: 1\n", json: "{\"a\":1}"),
        Text(name: "main.tf", text: "x {}\n", problem: "hcl2"),
        Text(name: "Dockerfile", text: "FROM x\n", problem: "dockerfile"),
        Text(name: "a.txt", text: "x\n", problem: "--parser"),
    ]

    @Test(arguments: texts) func filesAreRead(_ example: Text) throws {
        let folder = try TemporaryFolder()
        try folder.write(example.text, to: example.name)
        let run = try LintelRun(["conftest", "parse", example.name], in: folder.url)
        guard let json = example.json else {
            #expect(run.code == 2 && run.output.isEmpty, "\(run.output)")
            #expect(run.errors.contains(example.problem), "\(run.errors)")
            return
        }
        #expect(run.code == 0, "\(run.errors)")
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        func plain(_ text: String) throws -> String {
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
            return String(decoding: try JSONSerialization.data(withJSONObject: object, options: options), as: UTF8.self)
        }
        #expect(try plain(run.output) == plain(json))
    }

    @Test func formatsAreJudgedWithLines() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "policy/p.rego": "package main\n\ndeny contains \"b\" if input.a.b == 1\n\ndeny contains \"c\" if input.c == \"1\"\n",
            "in/t.toml": "[a]\nb = 1\n", "in/t.ini": "\n[a]\nb = 1\n", "in/.env": "\nc=1\n", "in/t.properties": "c=1\n",
            "in/t.jsonc": "{\n// x\n\"a\": {\"b\": 1}}", "in/x.tf": "", "in/read.me": "",
        ])
        let open = try LintelRun(["conftest", "test", "in"], in: folder.url)
        #expect(open.code == 2 && open.errors.contains("hcl2") && open.errors.contains("--ignore"), "\(open.errors)")
        let run = try LintelRun(["conftest", "test", "in", "--ignore", "[.]tf$"], in: folder.url)
        for place in ["in/t.toml - main - b", "in/t.ini:3", "in/.env:2", "in/t.properties:1", "in/t.jsonc:3", "5 failures"] {
            #expect(run.output.contains(place), "\(run.output)\(run.errors)")
        }
        let forced = try LintelRun(["conftest", "test", "in/read.me", "--parser", "xml"], in: folder.url)
        #expect(forced.code == 64 && forced.errors.contains("not supported"))
        let given = try LintelRun(["conftest", "test", "in/t.properties", "--parser", "ini"], in: folder.url)
        #expect(given.code == 0, "\(given.output)\(given.errors)")
    }

    // MARK: Functions and tests

    @Test func functionsReadFilesBesideThePolicy() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "policy/lib/p.rego": """
            package main

            deny contains "found" if parse_config_file("../side.toml").x.y == input.size

            deny contains "text" if parse_config("ini", "[s]\\na=1").s.a == input.size

            deny contains file.path if {
            	some file in parse_combined_config_files(["../side.toml", "b.ini"])
            	file.contents.z.size == input.size
            }

            """,
            "policy/lib/p_test.rego": """
            package main

            test_found if "found" in deny with input as {"size": 2}

            test_text if "text" in deny with input as parse_config("yaml", "size: 1")

            """,
            "policy/lib/b.ini": "[z]\nsize = 2\n", "policy/side.toml": "[x]\ny = 2\n", "in.yaml": "size: 2\n",
        ])
        let run = try LintelRun(["conftest", "test", "in.yaml"], in: folder.url)
        for word in ["found", "policy/lib/b.ini", "2 failures"] {
            #expect(run.output.contains(word), "\(run.output)\(run.errors)")
        }
        for command in [["conftest", "verify"], ["verify", "--policy", "policy"], ["test", "policy"]] {
            let tests = try LintelRun(command, in: folder.url)
            #expect(tests.code == 0, "\(command): \(tests.output)\(tests.errors)")
        }
        try folder.write("package main\n\ntest_no if false\n\ntodo_test_later if true\n", to: "policy/no_test.rego")
        for command in [["conftest", "verify"], ["verify", "--policy", "policy"]] {
            let failing = try LintelRun(command, in: folder.url)
            #expect(failing.code == 1)
            #expect(
                failing.output == """
                    FAIL - policy/no_test.rego:3 -  - data.main.test_no

                    4 tests, 2 passed, 0 warnings, 1 failure, 0 exceptions, 1 skipped

                    """)
        }
        #expect(try LintelRun(["conftest", "verify", "--verbose"], in: folder.url).output.contains("PASS: 2/3"))
        try folder.write("package main\n\ndeny contains \"x\" if parse_config_file(\"none.toml\")\n", to: "policy/bad.rego")
        let missing = try LintelRun(["conftest", "test", "in.yaml"], in: folder.url)
        #expect(missing.errors.contains("policy/none.toml"), "\(missing.errors)")
    }

    @Test func checkTellsWhereTheOptionsAre() throws {
        let folder = try TemporaryFolder()
        try folder.write(["pod.yaml": Self.pod])
        for option in ["--fail-on-warn", "--combine", "--all-namespaces"] {
            let run = try LintelRun(["check", "pod.yaml", option], in: folder.url)
            #expect(run.code == 64 && run.errors.contains("lintel conftest test"), "\(run.errors)")
        }
    }
}
