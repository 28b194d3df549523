import Diagnostics
import Documents
import Foundation
import Kustomize
import Testing

/// Small kustomizations whose results can be read at a glance; what they expect is what kustomize 5.8.1 prints.
struct BehaviourTests {
    private let pod =
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - name: c\n    image: x:1\n"

    private func yaml(_ files: [String: String], _ folder: String = ".") -> String {
        let build = RenderingCase.build(files, folder)
        return build.errors.isEmpty ? build.yaml() : "error: " + build.errors
    }

    private struct SmallBuild: Decodable {
        var name: String
        var files: [String: String]
        /// Nil where kustomize refuses.
        var expected: String?
    }

    /// What `kubectl kustomize` 1.37 prints for kustomizations of a few lines, or that it refuses them.
    @Test func smallBuilds() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("small-builds.json")
        let builds = try JSONDecoder().decode([SmallBuild].self, from: Data(contentsOf: file))
        #expect(builds.count > 50)
        for build in builds {
            let text = yaml(build.files)
            if let expected = build.expected {
                #expect(text == expected, "\(build.name)")
            } else {
                #expect(text.hasPrefix("error: "), "\(build.name)")
            }
        }
    }

    @Test func annotationsBecomeStrings() {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]",
            "a.yaml": "apiVersion: v1\nkind: C\nmetadata:\n  name: a\n  annotations: {n: 1, b: true, s: x}\n",
        ])
        #expect(text.contains("b: \"true\"\n    \"n\": \"1\"\n    s: x"))
    }

    /// The options of a patch are noted among its annotations, which makes strings of all of them.
    @Test(arguments: [
        ("", "name: p\nspec"),
        ("  options: {allowNameChange: true}\n", "  annotations:\n    note: \"null\"\n  name: p\n"),
    ])
    func optionsMakeStringsOfAnnotations(options: String, expected: String) {
        let patch = "apiVersion: v1, kind: Pod, metadata: {name: p, annotations: {note: null}}"
        let text = yaml(["kustomization.yaml": "resources: [a.yaml]\npatches:\n- patch: '{\(patch)}'\n\(options)", "a.yaml": pod])
        #expect(text.contains(expected), "\(text)")
    }

    /// What an overlay has, its component cannot have too, nor an overlay what its base has.
    @Test func variablesAreSaidOnce() {
        let variable = "vars: [{name: V, objref: {apiVersion: v1, kind: Pod, name: p}}]\n"
        let component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + variable
        let overlay = ["kustomization.yaml": "resources: [a.yaml]\ncomponents: [c]\n" + variable, "a.yaml": pod]
        #expect(yaml(overlay.merging(["c/kustomization.yaml": component]) { $1 }).contains("var 'V' already encountered"))
        let based = ["kustomization.yaml": "resources: [b]\n" + variable, "b/a.yaml": pod]
        #expect(
            yaml(based.merging(["b/kustomization.yaml": "resources: [a.yaml]\n" + variable]) { $1 })
                .contains("var 'V' already encountered"))
    }

    /// Keys that mean the same to people in other bytes are two keys.
    @Test func keysAreComparedByTheirBytes() {
        let one = "\u{e9}", two = "e\u{301}"
        let text = yaml([
            "kustomization.yaml": """
            resources: [a.yaml]
            patches:
            - patch: |
                - {op: add, path: /data/\(one), value: one}
                - {op: add, path: /data/\(two), value: two}
              target: {kind: ConfigMap}

            """,
            "a.yaml":
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {\(one): '1', \(two): '2'}}\ndata: {a: b}\n",
        ])
        for lines in ["  \(two): two\n  \(one): one\n", "    \(two): \"2\"\n    \(one): \"1\"\n"] {
            #expect(Array(text.utf8).firstRange(of: Array(lines.utf8)) != nil, "\(text)")
        }
    }

    /// Texts are written as JSON and read as YAML, which folds lines at U+0085 and takes no control characters.
    @Test(arguments: [
        (#"a: "a \N b""#, "a: a b\n"), (#"a: "a\N\Nb""#, "a: |-\n    a\n    b\n"), (#"a: "\Na""#, "a: ' a'\n"),
        (#"a: "a\N""#, "a: 'a '\n"), (#"a: "a \N \N\N c""#, "a: |-\n    a\n\n    c\n"),
        (#"a: "a\t\N\tb""#, #"a: "a\t \tb""#), (#"a: "x\N ---\Ny""#, "a: x --- y\n"), (#"a: "é\u2026""#, "a: é\u{2026}\n"),
        (#"a: "\x7f""#, "yaml: control characters are not allowed"),
        (#"a: ["\x80"]"#, "yaml: control characters are not allowed"),
        (#"a: "\x9f""#, "yaml: control characters are not allowed"),
        (#"a: "\uFFFE""#, "yaml: control characters are not allowed"),
        (#""\x7f": v"#, "yaml: control characters are not allowed"),
        (#""k\N": v"#, "yaml: did not find expected ',' or '}'"),
        (#"a: "x\N---\Ny""#, "yaml: found unexpected document indicator"),
        (#"a: "x\N--- y""#, "yaml: found unexpected document indicator"),
    ])
    func textsMakeATripThroughJSON(written: String, expected: String) {
        let told = yaml([
            "kustomization.yaml": "resources: [a.yaml]",
            "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  \(written)\n",
        ])
        #expect(Array(told.utf8).firstRange(of: Array(expected.utf8)) != nil, "\(told)")
    }

    /// A question mark ends a plain text inside brackets; kustomize names the line before the bracket's.
    @Test(arguments: [
        ("{u: http://x/y?z=1}", "yaml: line 3: did not find expected ',' or '}'"),
        ("[a?b]", "yaml: line 3: did not find expected ',' or ']'"), ("{u: \"y?z\"}", "u: y?z"), ("a?b", "data: a?b"),
    ]) func questionMarksInBrackets(data: String, expected: String) {
        let told = yaml([
            "kustomization.yaml": "resources: [a.yaml]",
            "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\ndata: \(data)\n",
        ])
        #expect(told.contains(expected))
    }

    /// Inside brackets a colon before a comma or bracket is a part of a plain text.
    @Test(arguments: [
        ("{a:}", "'a:': "), ("[a:, b]", "- 'a:'"), ("{u: http://x:, q: \"a:,\"}", "u: 'http://x:'"),
        ("{\"a\":[1], b:}", "'b:': "),
    ]) func colonsInBrackets(data: String, expected: String) {
        let told = yaml([
            "kustomization.yaml": "resources: [a.yaml]",
            "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\ndata: \(data)\n",
        ])
        #expect(told.contains(expected), "\(told)")
    }

    @Test func datesAndNumbersAreWrittenAsJSONHasThem() {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]",
            "a.yaml":
                "apiVersion: v1\nkind: C\nmetadata: {name: a}\nspec: {date: 2020-01-02, octal: 0644, hex: 0x1F, float: 1.0, yes: yes}\n",
        ])
        #expect(
            text.contains("date: \"2020-01-02T00:00:00Z\"\n  float: 1\n  hex: 31\n  octal: 420\n  \"yes\": \"yes\""))
    }

    /// What stays of the ports of a service when a patch names some of them: with and without protocols.
    @Test(arguments: [
        ("{port: 80}, {port: 53, protocol: UDP}", "{port: 53, protocol: UDP, x: 1}", "80 53-UDP-1"),
        ("{port: 80}, {port: 53, protocol: UDP}", "{port: 99, protocol: UDP}", "99-UDP 80 53-UDP"),
        ("{port: 80}, {port: 82}", "{port: 82, protocol: UDP}", "80 82"),
        ("{port: 80}, {port: 82}", "{port: 82, x: 1}, {port: 83}", "82-1 83 80"),
        ("{port: 53, protocol: UDP}", "{port: 53, x: 1}", "53-UDP"),
        ("{port: 80}, {port: 53, protocol: UDP}", "{port: 80, $patch: delete}", "80 53-UDP"),
        ("{port: 80}, {port: 81}", "{port: 80, $patch: delete}", "81"),
        ("{port: 80}, {port: 82}", "{port: 82, $patch: replace, x: 1}", "82 80"),
        (
            "{port: 80}, {port: 53, protocol: UDP}, {port: 81}",
            "{port: 53, protocol: UDP, x: 1}, {port: 81, x: 2}, {port: 99}", "99 80 53-UDP-1 81-2"
        ),
        ("{name: q}, {port: 53, protocol: UDP}, {port: 81}", "{port: 53, protocol: UDP, x: 1}", "q 53-UDP-1 81"),
    ])
    func portsOfPatches(own: String, patch: String, expected: String) {
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: ["
        let build = RenderingCase.build([
            "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]", "a.yaml": service + own + "]}\n",
            "p.yaml": service + patch + "]}\n",
        ])
        #expect(build.errors.isEmpty)
        var ports: [String] = []
        for line in build.yaml().split(separator: "\n").drop(while: { $0 != "  ports:" }).dropFirst() {
            let value = line.split(separator: " ").last.map(String.init) ?? ""
            if line.hasPrefix("  - ") { ports.append(value) } else { ports[ports.count - 1] += "-" + value }
        }
        #expect(ports.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("{op: add, path: x/replicas, value: 3}", "replicas: 3"), ("{op: copy, from: /none, path: /b}", "b: null"),
        ("{op: add, path: \"\", value: {a: 1}}", "error: add operation does not apply: doc is missing path: \"\": missing value"),
    ])
    func pathsOfJSONPatches(operation: String, expected: String) {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: C}\n  patch: |-\n    - \(operation)\n",
            "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\n",
        ])
        #expect(text.contains(expected))
    }

    @Test(arguments: [
        ("target: {kind: C, nope: x}", "json: unknown field \"nope\""),
        ("target: {apiVersion: v1}", "json: unknown field \"apiVersion\""),
        ("options: {nope: true}", "json: unknown field \"nope\""),
        ("options: {allowNameChange: \"true\"}", "json: cannot unmarshal string into Go struct field PatchArgs.allowNameChange"),
    ])
    func unknownFieldsOfPatches(field: String, expected: String) {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]\npatches:\n- patch: |-\n    - {op: add, path: /b, value: 1}\n  \(field)\n",
            "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\n",
        ])
        #expect(text.contains(expected))
    }

    @Test func imageTagsAreImages() {
        let text = yaml([
            "kustomization.yaml": "resources: [p.yaml]\nimageTags: [{name: x, newTag: \"3\"}]", "p.yaml": pod,
        ])
        #expect(text.contains("image: x:3"))
    }

    @Test func equalKeysAreAnError() {
        let build = RenderingCase.build([
            "kustomization.yaml": "resources: [a.yaml]",
            "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\nb: 1\nb: 2\n",
        ])
        #expect(build.errors == "mapping key \"b\" already defined")
        #expect(build.problems.last?.range?.position.line == 5)
    }

    @Test func valuesStandInTheFilesThatWroteThem() throws {
        let build = RenderingCase.build(
            [
                "base/kustomization.yaml": "resources: [p.yaml]", "base/p.yaml": pod,
                "prod/kustomization.yaml": "resources: [../base]\nimages:\n- name: x\n  newTag: \"2\"\n",
            ], "prod")
        let object = try #require(build.objects.first)
        let document = object.document
        let place = document.place(at: .init([.key("spec"), .key("containers"), .index(0), .key("image")]))
        let range = try #require(document.range(place.span))
        #expect(range.file.path == "prod/kustomization.yaml")
        #expect(range.position.line == 4)
        let name = document.place(at: .init([.key("metadata"), .key("name")]))
        #expect(document.range(name.span)?.file.path == "base/p.yaml")
        #expect(document.origin.map(\.message) == ["as built from prod"])
    }

    @Test func commentsNameFilesAndLines() throws {
        let build = RenderingCase.build([
            "kustomization.yaml": "resources: [p.yaml]\nnamePrefix: a-\n", "p.yaml": pod,
        ])
        let text = try build.commentedYAML()
        #expect(text.contains("name: a-p  # p.yaml:4, kustomization.yaml:2\n"))
        #expect(text.contains("- image: x:1  # p.yaml:8\n    name: c  # p.yaml:7\n"))
    }

    @Test func errorsPointAtTheText() throws {
        let build = RenderingCase.build(["kustomization.yaml": "resources:\n- missing.yaml\n"])
        let problem = try #require(build.problems.last)
        #expect(problem.range?.file.path == "kustomization.yaml")
        #expect(problem.range?.position.line == 2)
    }

    @Test func chartsAreAskedOfTheCaller() {
        struct Renderer: ChartRenderer {
            func manifests(of chart: Document, in folder: String, sources: SourceMap) -> Result<ChartText, ChartFailure> {
                let name = chart.withRoot { $0.field("name").stringValue ?? "" }
                let text = Array("apiVersion: v1\nkind: C\nmetadata: {name: \(name)}\n".utf8)
                return .success(ChartText(bytes: text, files: [], place: { _ in nil }))
            }
        }
        var options = BuildOptions()
        options.workingFolder = "/repository"
        let files = ["kustomization.yaml": "namePrefix: a-\nhelmCharts:\n- name: web\n"]
        #expect(RenderingCase.build(files, ".", options).errors.contains("not rendered"))
        options.charts = Renderer()
        #expect(RenderingCase.build(files, ".", options).yaml().contains("name: a-web"))
    }

    /// A prefix that a file of `configurations` gives for some kinds takes the place of that for all, unless the kind is
    /// among those that are written last.
    @Test(arguments: [("Pod", "cm p-p"), ("Foo", "cm p"), ("ValidatingWebhookConfiguration", "p-cm p-p")])
    func aPrefixForSomeKindsTakesThePlaceOfThatForAll(kind: String, expected: String) {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]\nconfigurations: [c.yaml]\nnamePrefix: p-\n",
            "c.yaml": "namePrefix:\n- {path: metadata/name, kind: \(kind)}\n",
            "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\n---\n" + pod,
        ])
        let names = text.split(separator: "\n").filter { $0.hasPrefix("  name: ") }.map { $0.dropFirst(8) }
        #expect(names.joined(separator: " ") == expected)
    }

    /// The values of JSON patches are JSON: keys are texts, of equal ones the last counts, tags are resolved.
    @Test(arguments: [
        ("1: a", "\"1\": a"), ("true: a", "\"true\": a"), ("a: 1\n    a: 2", "a: 2"), ("a: !!binary aGk=", "a: hi"),
        ("a: !!int \"3\"", "a: 3"), ("a: !!timestamp 2020-01-02", "a: \"2020-01-02\""),
        ("a: 12345678901234567890", "a: 12345678901234567000"),
    ])
    func valuesOfJSONPatchesAreJSON(value: String, expected: String) {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Pod}}]\n", "a.yaml": pod,
            "p.yaml": "- op: add\n  path: /spec/z\n  value:\n    \(value)\n",
        ])
        #expect(text.contains("  z:\n    \(expected)\n"), "\(text)")
    }

    @Test func theLastOfEqualKeysOfAnOperationCounts() {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Pod}}]\n", "a.yaml": pod,
            "p.yaml": "[{\"op\": \"add\", \"path\": \"/spec/containers\", \"op\": \"remove\"}]",
        ])
        #expect(text.hasSuffix("spec: {}\n"), "\(text)")
    }

    @Test func anEntryOfPatchesJson6902NamesItsTarget() {
        let files = { (target: String) in
            [
                "kustomization.yaml":
                    "resources: [a.yaml]\npatchesJson6902: [{path: p.yaml, target: {version: v1, kind: Pod\(target)}}]\n",
                "a.yaml": pod, "p.yaml": "- {op: add, path: /spec/q, value: 1}\n",
            ]
        }
        #expect(yaml(files("")).contains("must specify the target name"))
        #expect(yaml(files(", name: p")).contains("q: 1"))
    }

    @Test func anInfiniteValueIsNoJSON() {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Pod}}]\n", "a.yaml": pod,
            "p.yaml": "- op: add\n  path: /spec/z\n  value: .inf\n",
        ])
        #expect(text.hasPrefix("error: "))
    }

    @Test(arguments: ["1", "true", "null", "1.5"])
    func keysOfMergePatchesAreTexts(key: String) {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]\n", "a.yaml": pod,
            "p.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  \(key): a\n",
        ])
        #expect(text.contains("json: unsupported type: map[interface {}]interface {}"))
    }

    @Test(arguments: [
        ("spec.containers.-", "expected MappingNode but got SequenceNode"), ("metadata.name", "missing metadata.name"),
    ])
    func replacementsThatLeadNowhere(path: String, reason: String) {
        let text = yaml([
            "kustomization.yaml":
                "resources: [a.yaml]\nreplacements: [{source: {kind: Pod, fieldPath: spec}, targets: [{select: {kind: Pod}, fieldPaths: [\(path)], options: {create: true}}]}]\n",
            "a.yaml": pod,
        ])
        #expect(text.contains(reason), "\(text)")
    }
}
