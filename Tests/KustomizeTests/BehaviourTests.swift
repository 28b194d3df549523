import Diagnostics
import Documents
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

    @Test func annotationsBecomeStrings() {
        let text = yaml([
            "kustomization.yaml": "resources: [a.yaml]",
            "a.yaml": "apiVersion: v1\nkind: C\nmetadata:\n  name: a\n  annotations: {n: 1, b: true, s: x}\n",
        ])
        #expect(text.contains("b: \"true\"\n    \"n\": \"1\"\n    s: x"))
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
}
