import Foundation
import Testing

/// Charts that cannot be rendered: one message at the line to change, and exit code 2.
@Suite struct ChartFailureTests {
    /// What Helm 4.3.1 makes of `--kube-version`: the text as it is, and its numbers.
    @Test(arguments: [
        ("1.20", "v1.20 v1.20 1 20"), ("v1.31", "v1.31 v1.31 1 31"), ("1.31.2-gke.1", "v1.31.2 v1.31.2-gke.1 1 31"),
        ("v1.31+x", "v1.31 v1.31+x 1 31"), ("1.32.03", "v1.32.3 v1.32.03 1 32"), ("1.31x", "v1.31 v1.31x 1 31"),
        ("1.2.3.4", "v1.2.3.4 v1.2.3.4 1 2"), (" 1.2", "v1.2 v 1.2 1 2"), ("1.2\n", "could not parse \"1.2\\n\" as version"),
        ("", "v1.37.0 v1.37.0 1 37"),
        ("1", "invalid kube version '1': illegal version string \"1\""), ("v", "could not parse \"v\" as version"),
        ("V1.2", "could not parse \"V1.2\" as version"), ("1..2", "illegal version string \"1..2\""),
        ("01.2", "illegal zero-prefixed version component \"01\" in \"01.2\""),
        ("99999999999999999999.1", "strconv.ParseUint: parsing \"99999999999999999999\": value out of range"),
    ])
    func versionsOfKubernetes(given: String, expected: String) throws {
        let folder = try TemporaryFolder(), version = "{{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Version }}"
        try folder.write([
            "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
            "templates/a.yaml": "a: \(version) {{ .Capabilities.KubeVersion.Major }} {{ .Capabilities.KubeVersion.Minor }}\n",
        ])
        let run = try LintelRun(["template", "r", ".", "--kube-version", given], in: folder.url)
        #expect((run.code == 0 ? run.output : run.errors).contains(expected), "\(run.output)\(run.errors)")
    }

    /// Whatever stands behind these options is their value, as with Helm.
    @Test(arguments: [
        (["--set", "--x=1"], #"{"--x":1}"#), (["--set", "-x=1"], #"{"-x":1}"#), (["--set-string", "--x=1"], #"{"--x":"1"}"#),
        (["--set-json", "--x=1"], #"{"--x":1}"#), (["--set-literal", "--x=1"], #"{"--x":"1"}"#),
        (["--set", "--x"], #"failed parsing --set data: key "--x" has no value"#),
        (["--kube-version", "-1.2"], #"invalid kube version '-1.2'"#),
    ])
    func valuesThatBeginWithDashes(options: [String], expected: String) throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "templates/a.yaml": "a: {{ .Values | toJson }}\n",
        ])
        let run = try LintelRun(["template", "r", "."] + options, in: folder.url)
        #expect((run.code == 0 ? run.output : run.errors).contains(expected), "\(run.output)\(run.errors)")
    }

    @Test func chartsForOtherVersionsAreRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\nkubeVersion: '>=1.30.0 <2'\n", "templates/a.yaml": "a: b\n",
        ])
        #expect(try LintelRun(["template", "r", ".", "--kube-version", "1.31.0-gke.2"], in: folder.url).code == 0)
        let run = try LintelRun(["template", "r", ".", "--kube-version", "1.20.1-gke.1"], in: folder.url)
        #expect(run.errors.contains("requires kubeVersion: >=1.30.0 <2 which is incompatible with Kubernetes v1.20.1-gke.1"))
    }

    private let folder: TemporaryFolder

    private static let head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("apiVersion: v2\nname: web\nversion: 0.1.0\n", to: "chart/Chart.yaml")
        try folder.write("# values\nport: \"eighty\"\nimage: {tag: 5}\n", to: "chart/values.yaml")
    }

    private func template(_ text: String) throws { try folder.write(Self.head + text, to: "chart/templates/a.yaml") }

    /// Each command that renders says the same.
    private func expectFailure(
        at place: String, _ message: String, _ caret: String, sourceLocation: SourceLocation = #_sourceLocation
    )
        throws
    {
        let commands = [["template"], ["render"], ["check"], ["explain"]]
        for command in commands {
            let object = command == ["explain"] ? ["ConfigMap/a"] : []
            let run = try LintelRun(command + ["chart"] + object, in: folder.url)
            #expect(run.code == 2, "\(command)", sourceLocation: sourceLocation)
            let lines = run.errors.split(separator: "\n")
            let found = lines.firstIndex { $0.hasPrefix(place) && $0.contains(message) }
            #expect(found != nil, "\(command): \(run.errors)", sourceLocation: sourceLocation)
            guard let found, found + 2 < lines.count else { continue }
            #expect(lines[found + 2].hasSuffix(caret), "\(command): \(run.errors)", sourceLocation: sourceLocation)
        }
    }

    @Test func requiredValue() throws {
        try template("  x: {{ required \"name a repository\" .Values.image.repository }}\n")
        try expectFailure(at: "chart/templates/a.yaml:5:9: ", "name a repository", "|         ^~~~~~~~")
    }

    @Test func unknownFunction() throws {
        try template("  x: 1\n  y: {{ foo }}\n")
        try expectFailure(at: "chart/templates/a.yaml:6:", "function \"foo\" not defined", "")
    }

    @Test func renderedTextThatIsNoYAML() throws {
        try template("  {{- if true }}\n  x: {{ .Values.image.tag }}\n   y: {{ .Values.port }}: z\n  {{- end }}\n")
        try expectFailure(at: "chart/templates/a.yaml:7:5: ", "mapping values are not allowed", "|     ^")
        let run = try LintelRun(["template", "chart"], in: folder.url)
        // What a value holds may be secret.
        #expect(run.errors.contains("is `y: •••: z`") && !run.errors.contains("eighty"), "\(run.errors)")
    }

    @Test func valuesThatAreNoYAML() throws {
        try template("  x: 1\n")
        try folder.write("a: 1\nb: c: d\n", to: "chart/values.yaml")
        try expectFailure(at: "chart/values.yaml:2:5: ", "cannot load values.yaml", "^")
    }

    @Test func valuesThatDoNotFitTheSchema() throws {
        try template("  x: {{ .Values.port }}\n")
        try folder.write(
            #"{"properties": {"port": {"type": "integer"}, "image": {"properties": {"tag": {"type": "string"}}}}}"#,
            to: "chart/values.schema.json")
        try expectFailure(at: "chart/values.yaml:2:7: ", "port: got string, want integer", "^~~~~~~~")
        try expectFailure(at: "chart/values.yaml:3:14: ", "image.tag: got number, want string", "^")
        // The values of standard input are read once and shown at their line.
        let run = try LintelRun(["template", "chart", "-f", "-"], in: folder.url, input: "x: 1\nport: no\n")
        #expect(run.code == 2 && run.errors.contains("-:2:7: note: port: got boolean, want integer"), "\(run.errors)")
    }

    /// A broken template hides what the chart makes, whatever else the folder has.
    @Test func brokenChartBesideOtherObjects() throws {
        try template("  x: {{ if }}\n")
        try folder.write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {x: \"1\"}\n", to: "b.yaml")
        let run = try LintelRun(["check", "."], in: folder.url)
        #expect(run.code == 2 && run.errors.contains("chart/templates/a.yaml:5:"), "\(run.errors)")
        #expect(run.errors.contains("missing value for if [helm_parse_error]"), "\(run.errors)")
        #expect(run.output.contains("Checked "), "\(run.output)")
    }

    /// What stands in the way of reading the chart is an error, and the rest is judged.
    @Test func chartThatCannotBeRead() throws {
        try template("  x: 1\n")
        try folder.write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n", to: "b.yaml")
        let link = folder.url.appendingPathComponent("chart/templates/up").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "..")
        let looping = try LintelRun(["check", "."], in: folder.url)
        #expect(looping.code == 2 && looping.output.contains("Checked "), "\(looping.output)")
        #expect(looping.errors.contains("nest too deeply") && looping.errors.contains("symbolic link"), "\(looping.errors)")
        try FileManager.default.removeItem(atPath: link)
        try folder.write("a: " + String(repeating: "x", count: 6 << 20), to: "chart/values.yaml")
        let large = try LintelRun(["check", "."], in: folder.url)
        #expect(large.code == 2 && large.errors.contains("larger than the maximum file size"), "\(large.errors)")
    }

    @Test func chartFileThatIsNoYAML() throws {
        try template("  x: 1\n")
        try folder.write("apiVersion: v2\nname: [\n", to: "chart/Chart.yaml")
        let run = try LintelRun(["template", "chart"], in: folder.url)
        #expect(run.code == 2 && run.errors.hasPrefix("chart/Chart.yaml:"), "\(run.errors)")
    }

    /// Names as Helm 4 takes and refuses them.
    @Test(arguments: [
        (["chart", "--generate-name"], "release-name"), (["chart", "--name-template", "{{ \"Ab\" | lower }}-1"], "ab-1"),
        (["chart", "--name-template", ""], "release-name"), (["a.b-c", "chart"], "a.b-c"),
    ])
    func names(_ arguments: [String], _ name: String) throws {
        try template("  x: {{ .Release.Name }}\n")
        let run = try LintelRun(["template"] + arguments, in: folder.url)
        #expect(run.code == 0 && run.output.contains("x: \(name)\n"), "\(run.output)\(run.errors)")
    }

    @Test(arguments: [
        (["x", "chart", "--generate-name"], "cannot set --generate-name and also specify a name"),
        (["x", "chart", "--name-template", "a"], "cannot set --name-template and also specify a name"),
        (["Web", "chart"], "invalid release name"), (["chart", "--name-template", "{{ upper \"a\" }}"], "invalid release name"),
        (["chart", "--name-template", "{{ toYaml 1 }}"], "function \"toYaml\" not defined"),
        ([String(repeating: "a", count: 54), "chart"], "the length must not be longer than 53"),
    ])
    func refusedNames(_ arguments: [String], _ message: String) throws {
        try template("  x: {{ .Release.Name }}\n")
        let run = try LintelRun(["template"] + arguments, in: folder.url)
        #expect(run.code != 0 && run.errors.contains(message) && run.output.isEmpty, "\(run.errors)")
    }
}
