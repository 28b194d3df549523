import Foundation
import Helm
import Testing

/// Small charts whose results can be read at a glance; what they expect is what Helm 4.3.1 prints.
@Suite struct ChartBehaviourTests {
    private func text(_ template: String, _ files: [String: String] = [:]) -> String {
        switch ChartFixture.render(files.merging(["templates/a.yaml": template]) { $1 }) {
        case .success(let text):
            text.split(separator: "\n").filter { !$0.hasPrefix("---") && !$0.hasPrefix("#") }.joined(separator: "\n")
        case .failure(let problem): "error: " + problem.message
        }
    }

    private func chart(_ more: String) -> [String: String] { ["Chart.yaml": "apiVersion: v2\nname: t\nversion: 1.0.0\n" + more] }

    @Test func listsAndMissingMapsOfTheChartAreWhatTheyAre() {
        let files = chart("keywords: [a, 1]\nsources: [x]\nappVersion: 1.10\nAnnotations: {a: 1}\n")
        #expect(
            text("a: x{{ toJson .Chart.Keywords }} {{ .Chart.Sources }} {{ .Chart.AppVersion }}\n", files)
                == "a: x[\"a\",\"1\"] [x] 1.1")
        #expect(text("a: {{ toJson .Chart.Annotations }}\n", files) == "a: {\"a\":\"1\"}")
        #expect(text("a: {{ toJson .Chart.Annotations }}{{ .Chart.Annotations.x }}\n") == "a: null")
    }

    @Test(arguments: [
        ("maintainers: x\n", "json: cannot unmarshal string into Go struct field .maintainers of type []*v2.Maintainer"),
        ("maintainers: [null]\n", "validation: maintainers must not contain empty or null nodes"),
        ("dependencies: [null]\n", "validation: dependencies must not contain empty or null nodes"),
        (
            "dependencies: [{name: s, version: 1.0.0, alias: a b}]\n",
            "validation: dependency \"s\" has disallowed characters in the alias"
        ),
        (
            "dependencies: [{name: s, version: 1.0.0, import-values: d}]\n",
            "json: cannot unmarshal string into Go struct field .dependencies.0.import-values of type []interface {}"
        ),
    ])
    func malformedChartsAreRefused(more: String, reason: String) {
        let result = text("a: 1\n", chart(more))
        #expect(result.hasPrefix("error: "))
        #expect(result.contains(reason))
    }

    private static let corners: [(action: String, expected: String)] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("function-corners.txt")
        let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").dropFirst()
        return lines.map { line in
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }()

    /// What Helm 4.3.1 makes of the corners of its functions.
    @Test func cornersOfFunctions() throws {
        #expect(Self.corners.count > 100)
        let (failing, working) = (
            Self.corners.filter { $0.expected.hasPrefix("error: ") }, Self.corners.filter { !$0.expected.hasPrefix("error: ") }
        )
        let template = "a: b\n" + working.enumerated().map { "# \($0): {{ \($1.action) }}\n" }.joined()
        let output = try ChartFixture.render(["templates/a.yaml": template]).get().split(separator: "\n")
        for (index, corner) in working.enumerated() {
            let mark = "# \(index): "
            let line = output.first { $0.hasPrefix(mark) || $0 == mark.dropLast() }
            #expect(line.map { String($0.dropFirst(mark.count)) } == corner.expected, "\(corner.action)")
        }
        for corner in failing {
            let result = text("a: {{ \(corner.action) }}\n")
            #expect(result.contains(corner.expected.dropFirst("error: ".count)), "\(corner.action): \(result)")
        }
    }

    @Test func pointersArePrintedAsWhatTheyPointTo() {
        #expect(text("a: >-\n  {{ .Capabilities }}\n").hasPrefix("a: >-\n  {{v"))
        #expect(text("a: >-\n  {{ printf \"%v\" .Capabilities }}\n").hasPrefix("a: >-\n  &{{v"))
    }

    @Test func charactersThatCannotBePrintedAreTakenOutOfTheChart() {
        #expect(text("a: {{ .Chart.Description | quote }}\n", chart("description: \"a\\tb\\u0001\\nc\"\n")) == "a: \"a b c\"")
    }

    /// Texts make a trip through JSON that is read as YAML, and go-yaml's emitter has ways of its own with some of them.
    @Test(arguments: [
        (#""x\u2028""#, "'x\u{2028}'"), (#""\u2029""#, "'\u{2029}'"), (#""it's\u2028""#, "'it''s\u{2028}'"),
        (#""\ufeffx \"y""#, #""\uFEFF\x78\x20\"\x79""#), (#""x\ufeff""#, #""x\uFEFF""#), (#""x\u0085y""#, "x y"),
        (#""x\u0085""#, "'x '"), (#""x\u0085\u0085y""#, "|-\n x\n y"), (#""x\u007f""#, ""),
    ])
    func textsAsYAML(value: String, expected: String) {
        let shown = text("a: {{ \(value) | toYaml }}\n")
        #expect(shown.replacing("  ", with: " ") == (expected.isEmpty ? "a:" : "a: \(expected)"), "\(value)")
    }

    /// `toYamlPretty` makes no trip, and puts a question mark before keys that are no short line.
    @Test(arguments: [
        (#""x\u0085y""#, #""x\Ny""#), (#""x\u007f""#, #""x\x7F""#), (#"(dict "x\ny" 1)"#, "? |-\n    x\n    y\n  : 1"),
        (#"(dict "\n" (list 1 2))"#, "? |2+\n  \n  : - 1\n    - 2"),
        (#"(dict "a" (dict "x\ny" "z"))"#, "a:\n    ? |-\n      x\n      y\n    : z"),
        (#"(dict "x\ny" "z\nw")"#, "? |-\n    x\n    y\n  : |-\n    z\n    w"),
        (#"(dict (repeat 129 "x") 1)"#, "? \(String(repeating: "x", count: 129))\n  : 1"),
    ])
    func prettyTexts(value: String, expected: String) {
        #expect(text("a: |-\n  {{ \(value) | toYamlPretty | nindent 2 }}\n") == "a: |-\n  \n  \(expected)", "\(value)")
    }

    /// White space of all kinds goes from the beginning of a document and the end of all.
    @Test func whiteSpaceAroundDocuments() {
        #expect(text("\u{A0}\u{85}\na: 1\n--- \u{2003}\nb: 2\n\u{2028}\n") == "a: 1\nb: 2")
        #expect(text("a: 1\n---\n\u{A0}\n---\nb: 2\n") == "a: 1\nb: 2")
    }

    /// Parts of characters stay what they are until the YAML is read.
    @Test func partsOfCharacters() {
        #expect(text("a: {{ \"é\" | trunc 1 | nindent 2 }}\n").contains("UTF-8"))
    }

    @Test func negativeZeroKeepsItsSign() {
        let values = ["values.yaml": "a: -0.0\n"]
        #expect(text("a: {{ .Values.a }} {{ .Values.a | quote }} {{ toJson .Values.a }}\n", values) == "a: -0 \"-0\" -0")
        #expect(text("a: {{ toYaml .Values.a }}\n", values) == "a: 0")
    }

    /// Structs as Go shows them: functions see their fields, templates print them by their method.
    @Test(arguments: [
        (".Capabilities.KubeVersion | quote", #""{v1.37.0 v1.37.0 1 37}""#), (".Capabilities.KubeVersion", "v1.37.0"),
        (#"printf "%v" .Capabilities.KubeVersion"#, "{v1.37.0 v1.37.0 1 37}"),
        (
            #"printf "%+v" .Capabilities.KubeVersion"#,
            "{Version:v1.37.0 normalizedVersion:v1.37.0 Major:1 Minor:37}"
        ),
        (
            #"printf "%#v" .Capabilities.KubeVersion"#,
            #"common.KubeVersion{Version:"v1.37.0", normalizedVersion:"v1.37.0", Major:"1", Minor:"37"}"#
        ),
        (".Capabilities.KubeVersion | toJson", #"{"Version":"v1.37.0","Major":"1","Minor":"37"}"#),
        (#".Capabilities.KubeVersion | toYaml | replace "\n" " ""#, #"Major: "1" Minor: "37" Version: v1.37.0"#),
        (".Capabilities.HelmVersion | quote", #""{v4.3.1 c0d08d0d6d9424d4a14febb5e8a3e51b0dd00dff clean go1.27.2 v1.37}""#),
        (".Capabilities.APIVersions | first", "v1"),
    ])
    func structsOfTheCluster(value: String, expected: String) {
        // As the text of a block, so that any text is YAML.
        #expect(text("a: |\n  {{ \(value) }}\n").split(separator: "\n").last.map { $0.dropFirst(2) } == expected[...], "\(value)")
    }

    /// Multiples are those of the numbers as they are written.
    @Test(arguments: [
        ("0.1", "1.4", true), ("0.01", "0.07", true), ("0.1", "0.35", false), ("0.3", "0.9", true), ("0.7", "4.9", true),
        ("1e-10", "0.5", true), ("2", "1e300", true), ("3", "10", false), ("0.1", "-0.3", true), ("1", "2.5", false),
        ("5", "0", true),
    ])
    func multiples(step: String, value: String, isMultiple: Bool) {
        let files = ["values.schema.json": "{\"properties\":{\"x\":{\"multipleOf\":\(step)}}}", "values.yaml": "x: \(value)\n"]
        #expect(text("a: b\n", files).contains("multipleOf: got") != isMultiple)
    }

    /// Go compares bytes: texts that mean the same to people are others.
    @Test func textsAreComparedByTheirBytes() {
        let one = "\u{e9}", two = "e\u{301}"
        #expect(text("a: {{ regexMatch \"^\(one)$\" \"\(one)\" }} {{ regexMatch \"^\(two)$\" \"\(one)\" }}\n") == "a: true false")
        let templates = "{{ define \"\(one)\" }}1{{ end }}{{ define \"\(two)\" }}2{{ end }}"
        let lengths = "{{ len (tpl \"\(one){{ 1 }}\" .) }}{{ len (tpl \"\(two){{ 1 }}\" .) }}"
        #expect(text("\(templates)a: {{ include \"\(one)\" . }}{{ include \"\(two)\" . }}\(lengths)\n") == "a: 1234")
    }

    /// Methods of Helm's `common.Values`, which stand before members of the same name; maps inside of it have none.
    @Test(arguments: [
        (#"{{ dig "a" "b" "c" 0 .Values.AsMap }}"#, "5"),
        (
            #"{{ (.Values.Table "a.b").c }} {{ typeOf (.Values.Table "a") }} {{ typeOf .Values.AsMap }}"#,
            "5 common.Values map[string]interface {}"
        ),
        (#"{{ .Values.PathValue "a.b.d" }}{{ "a.b.c" | .Values.PathValue }}"#, "x5"),
        (#"{{ (.Values.Table "a").YAML | quote }}"#, #""b:\n  c: 5\n  d: x\n""#),
        (#"{{ .Values.a.AsMap }}"#, ""),
        (#"{{ .Values.Table "a.z" }}"#, #"error calling Table: "z" is not a table"#),
        (#"{{ .Values.PathValue "a.b" }}"#, #"error calling PathValue: "b" is not a value"#),
        (#"{{ .Values.PathValue "" }}"#, "error calling PathValue: YAML path cannot be empty"),
        (#"{{ .Values.Table "" }}"#, #"error calling Table: "" is not a table"#),
    ])
    func methodsOfValues(template: String, expected: String) {
        let result = text("a: \(template)", ["values.yaml": "a: {b: {c: 5, d: x}}\nAsMap: 3\n"])
        if expected.hasPrefix("error") {
            #expect(result.contains(expected))
        } else {
            #expect(result == (expected.isEmpty ? "a:" : "a: \(expected)") || result == "a: \(expected)")
        }
    }

    @Test func aFileBesideChartsIsNoChart() {
        let result = text("a: 1\n", ["charts/README.md": "x"])
        #expect(result == "error: error unpacking subchart README.md in t: Chart.yaml file is missing")
    }

    @Test func filesThatAreNotThere() {
        #expect(text("a: {{ (.Files.Glob \"x/*\").AsConfig }}\nb: {{ (.Files.Glob \"x/*\").AsSecrets }}\n") == "a: {}\nb: {}")
        #expect(text("a: {{ .Files.x | toString | quote }}\n") == "a: \"\"")
    }

    @Test func bytesAreTextInFunctionsAndBase64InJSON() {
        let files = ["f/x.txt": "hi\n"]
        #expect(text("a: {{ .Files.GetBytes \"f/x.txt\" | toString | trim }}\n", files) == "a: hi")
        #expect(text("a: {{ .Files.Glob \"f/*\" | toJson }}\n", files) == "a: {\"f/x.txt\":\"aGkK\"}")
    }

    @Test func valuesHaveATypeOfTheirOwn() {
        let files = ["values.yaml": "a: {b: 1}\n"]
        #expect(
            text("a: {{ typeOf .Values }} {{ typeOf $ }} {{ typeOf .Values.a }}\n", files).hasPrefix(
                "a: common.Values common.Values map"))
        #expect(
            text("a: {{ typeOf (deepCopy .Values) }} {{ typeOf (merge .Values dict) }}\n", files)
                == "a: common.Values map[string]interface {}")
        #expect(
            text("a: {{ dig \"a\" \"b\" 0 .Values }}\n", files)
                .contains("interface conversion: interface {} is common.Values, not map[string]interface {}"))
        #expect(text("a: {{ dig \"b\" 0 .Values.a }} {{ dig \"a\" \"b\" 0 (merge .Values dict) }}\n", files) == "a: 1 1")
    }

    @Test(arguments: [
        ("printf \"%s %d\" (list nil 1) (list nil)", "[<nil> %!s(int=1)] [<nil>]"), ("addf \"0x10\" 1", "1"),
        ("toToml (list 1 \"a\")", "[1, \"a\"]"), ("toToml \"x\"", "\"x\""), ("semver \"01.2.3\"", "1.2.3"),
        ("fromJsonArray \"2h\"", "[invalid character 'h' after top-level value]"),
        ("toDate \"2006-01-02\" \"2020-03-04\" | toJson", "\"2020-03-04T00:00:00Z\""),
        ("toYamlPretty (dict \"a\" (repeat 30 \"word \"))", "a: '" + String(repeating: "word ", count: 30) + "'"),
    ])
    func functions(call: String, expected: String) {
        #expect(text("a: |-\n  {{ \(call) }}\n") == "a: |-\n  " + expected)
    }

    @Test func aHookThatIsANumberIsNoEvent() {
        #expect(text("metadata: {annotations: {helm.sh/hook: 1}}\nkind: Pod\n") == "")
    }

    @Test(arguments: [("v1", true), ("v2", true), ("v3", true), ("v4", false), ("V2", false)])
    func theFormOfTheChartIsLookedAt(version: String, isKnown: Bool) {
        let files = ["Chart.yaml": "apiVersion: \(version)\nname: t\nversion: 1.0.0\n"]
        #expect(text("a: 1\n", files) == (isKnown ? "a: 1" : "error: unsupported chart version"))
        // That of a chart inside is not.
        #expect(text("a: 1\n", ["charts/t/Chart.yaml": files["Chart.yaml", default: ""]]) == "a: 1")
    }

    @Test(arguments: [
        ("[]", "- at '': got array, want boolean or object"), ("null", "- at '': got null, want boolean or object"),
        (
            "{\"$schema\": \"http://json-schema.org/draft-99/schema#\"}",
            "t:\nfailing loading \"http://json-schema.org/draft-99/schema\""
        ),
    ])
    func aSchemaThatIsNoneIsRefused(schema: String, reason: String) {
        #expect(text("a: 1\n", ["values.schema.json": schema]).contains(reason))
    }

    @Test(arguments: ["http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"])
    func aSchemaOfAKnownDialectIsUsed(dialect: String) {
        let schema = "{\"$schema\": \"\(dialect)\", \"required\": [\"x\"]}"
        #expect(text("a: 1\n", ["values.schema.json": schema]).contains("missing property 'x'"))
        #expect(text("a: 1\n", ["values.schema.json": schema, "values.yaml": "x: 1\n"]) == "a: 1")
    }

    @Test(arguments: [
        ("d = 2024-01-02", "{\"d\":\"2024-01-02T00:00:00Z\"}"), ("d = 10:00:00", "{\"d\":\"0000-01-01T10:00:00Z\"}"),
        ("d = 2024-01-02 10:00:00", "{\"d\":\"2024-01-02T10:00:00Z\"}"),
        ("d = 2024-01-02T10:00:00-07:00", "{\"d\":\"2024-01-02T10:00:00-07:00\"}"),
        ("[a]\n[a.b]\n[a.c]", "{\"a\":{\"b\":{},\"c\":{}}}"), ("[a.b]\n[a]\nx = 1", "{\"a\":{\"b\":{},\"x\":1}}"),
        ("[[a]]\n[a.b]\n[[a]]\n[a.b]", "{\"a\":[{\"b\":{}},{\"b\":{}}]}"),
        ("[a]\n[a]", "{\"Error\":\"toml: line 2: Key 'a' has already been defined.\"}"),
        ("a = {b = 1}\n[a]", "{\"Error\":\"toml: line 2: Key 'a' has already been defined.\"}"),
        ("a = ", "{\"Error\":\"toml: line 1 (last key \\\"a\\\"): unexpected EOF; expected value\"}"),
    ])
    func toml(source: String, expected: String) {
        #expect(
            text(
                "a: {{ fromToml .Values.t | toJson }}\n",
                ["values.yaml": "t: |-\n  \(source.split(separator: "\n").joined(separator: "\n  "))"]) == "a: " + expected)
    }

    @Test func anotherVersionOfYAMLIsRefused() {
        let values = { (version: String) in ["values.yaml": "t: |\n  %YAML \(version)\n  ---\n  a: 1\n"] }
        #expect(text("a: {{ fromYaml .Values.t | toJson }}\n", values("1.1")) == "a: {\"a\":1}")
        #expect(
            text("a: {{ fromYaml .Values.t | toJson }}\n", values("1.2"))
                == "a: {\"Error\":\"error converting YAML to JSON: yaml: found incompatible YAML document\"}")
    }

    @Test(arguments: [
        ("dateModify \"1h\" \"x\"", "can't handle \"x\" for arg of type time.Time"),
        ("mustDateModify \"3\" (list 1)", "wrong type for value; expected time.Time; got []interface {}"),
        ("unixEpoch (int64 3)", "wrong type for value; expected time.Time; got int64"),
        ("unixEpoch nil", "cannot assign nil to time.Time"),
    ])
    func whatTakesATimeTakesNothingElse(call: String, reason: String) {
        #expect(text("a: {{ \(call) }}\n").contains(reason))
        #expect(text("a: {{ unixEpoch now | len }} {{ now | dateModify \"1h\" | date \"15:04\" | len }}\n") == "a: 10 5")
    }

    @Test func nothingInJSONIsNoMap() {
        #expect(text("a: {{ fromJson \"null\" | toJson }}{{ (fromJson \"null\").x }}\n") == "a: null")
    }

    @Test func aCheckMakesNoKeys() throws {
        var settings = ChartFixture.settings
        (settings.seed, settings.usesKnownKey) = (1, true)
        let files = ["templates/a.yaml": "a: {{ $c := genCA \"x\" 1 }}{{ (genSignedCert \"y\" nil nil 1 $c).Key | sha256sum }}\n"]
        let first = try ChartFixture.render(files, values: ValueOptions(), settings).get()
        #expect(try ChartFixture.render(files, values: ValueOptions(), settings).get() == first)
        settings.usesKnownKey = false
        #expect(try ChartFixture.render(files, values: ValueOptions(), settings).get() != first)
    }
}
