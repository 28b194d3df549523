import Testing

/// Plain command lines are read without the parser: they mean what they mean to the parser.
@Suite struct PlainArgumentsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("apiVersion: v2\nname: web\nversion: 0.1.0\n", to: "web/Chart.yaml")
        try folder.write("a: 1\nb: [x]\n", to: "web/values.yaml")
        try folder.write("a: 2\n", to: "more.yaml")
        try folder.write("text\n", to: "text.txt")
        try folder.write("kind: CustomResourceDefinition\nmetadata: {name: c}\n", to: "web/crds/c.yaml")
        try folder.write("kind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n", to: "web/templates/hook.yaml")
        try folder.write(
            """
            kind: ConfigMap
            metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
            data:
              values: {{ toJson .Values | quote }}
              random: {{ randAlpha 5 }}
              upgrade: {{ .Release.IsUpgrade }}
              version: {{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has "my/v1" }}
            """, to: "web/templates/map.yaml")
        try folder.write("resources: [map.yaml]\nnamePrefix: p-\n", to: "overlay/kustomization.yaml")
        try folder.write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n", to: "overlay/map.yaml")
        try folder.write("package p\n\ntest_good if true\n\ntest_bad if data.x\n", to: "rego/p_test.rego")
        try folder.write("{\"x\": true}\n", to: "x.json")
        try folder.write(
            "kind: Suite\napiVersion: test.gatekeeper.sh/v1alpha1\ntests: [{name: a, template: missing.yaml}]\n",
            to: "suites/suite.yaml")
    }

    private static let seed = ["--random-seed", "7"]

    /// Options of `template`, `render` of a chart, and `render` of a kustomization.
    static let options: [(command: String, options: [String], words: [String])] =
        [
            [], ["-f", "more.yaml"], ["--values=more.yaml"], ["--values", "more.yaml", "--set", "a=3", "--set=c=4"],
            ["--set-string", "a=3"], ["--set-json", "a={}"], ["--set-file", "a=text.txt"], ["--set-literal", "a=x,y"],
            ["-n", "space"], ["--namespace", "one", "--namespace=two"], ["--kube-version", "1.30.1"], ["-a", "my/v1"],
            ["--api-versions=my/v1"], ["--include-crds"], ["--skip-crds"], ["--is-upgrade"], ["--skip-schema-validation"],
            ["--name-template", "x"], ["--debug"], ["-s", "templates/map.yaml"], ["--show-only=templates/hook.yaml"],
            ["--no-hooks"], ["--skip-tests"], ["-g"], ["--generate-name"], ["--random-seed", "x"], ["--kube-version"],
            ["--namespace="], ["-nspace"], ["--set", "-a=3"], ["--unknown"],
        ].map { ("template", $0 + seed, ["web"]) }
        + [
            ("template", seed, ["name", "web"]), ("template", seed + ["-g"], ["name", "web"]),
            ("template", [], ["a", "b", "web"]),
        ]
        + [[], ["-f", "json"], ["--format=yaml"], ["--format", "xml"], ["--origin"], ["--set", "a=3"]].map {
            ("render", $0 + seed, ["web"])
        }
        + [
            [], ["--origin"], ["--load-restrictor", "LoadRestrictionsNone"], ["--load-restrictor", "none"],
            ["--enable-managedby-label"], ["-f", "json"], ["--origin", "-f", "json"],
        ].map { ("render", $0, ["overlay"]) }
        + [
            [], ["-v"], ["--verbose"], ["-o", "json"], ["--output=junit"], ["-o", "xml"], ["-d", "x.json"], ["--run", "good"],
        ].flatMap { [("verify", $0, ["rego"]), ("verify", $0, ["suites"]), ("verify", $0 + ["-p", "rego"], [])] }

    @Test(arguments: options) func meansTheSame(_ command: String, _ options: [String], _ words: [String]) throws {
        let plain = try LintelRun([command] + options + words, in: folder.url)
        // The mark before the words makes the parser read the line.
        let parsed = try LintelRun([command] + options + ["--"] + words, in: folder.url)
        // Results of tests name the time that they took.
        func timeless(_ text: String) -> String {
            command == "verify" ? text.replacing(/[0-9.]+(ns|µs|ms|s|m)?/, with: "") : text
        }
        #expect(timeless(plain.output) == timeless(parsed.output))
        #expect(plain.errors == parsed.errors)
        #expect(plain.code == parsed.code)
        #expect(plain.code != 0 || !plain.output.isEmpty)
    }

    @Test func theVersionIsShown() throws {
        let plain = try LintelRun(["--version"])
        #expect(plain.output == (try LintelRun(["render", "--version"])).output)
    }
}
