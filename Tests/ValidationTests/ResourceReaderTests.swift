import Diagnostics
import Documents
@testable import Inputs
@testable import Judging
import Testing
import TestSupport

@Suite struct ResourceReaderTests {
    private func read(_ text: String) -> ResourceReader.Contents {
        ResourceReader().read(SourceFile(path: "a.yaml", text: text))
    }

    @Test func documentsAndLists() {
        let contents = read(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: List
            items:
            - apiVersion: apps/v1
              kind: Deployment
              metadata: {name: web, namespace: shop}
            - apiVersion: v1
              kind: List
              items:
              - {apiVersion: v1, kind: Pod, metadata: {generateName: run-}}
            """)
        #expect(contents.resources.map(\.title) == ["Namespace shop", "Deployment shop/web", "Pod run-*"])
        #expect(contents.resources.map(\.documentIndex) == [0, 1, 1])
        #expect(contents.resources.map(\.itemPath) == [[], [0], [1, 0]])
        #expect(contents.resources[1].type == GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment"))
        let place = PlaceFinder(resource: contents.resources[1]).location(of: DocumentPath([.key("metadata"), .key("name")]))
        #expect(place.start == Position(line: 10, column: 20))
    }

    /// A typed list says once what its items are; a policy must see it on each of them.
    @Test func typedList() throws {
        let contents = read(
            """
            apiVersion: v1
            kind: PodList
            items:
            - metadata: {name: a}
              spec: {hostPID: true}
            - apiVersion: v1
              kind: Pod
              metadata: {name: b}
            - null
            """)
        #expect(contents.resources.map(\.title) == ["Pod a", "Pod b"])
        #expect(contents.resources[0].value.field("kind").stringValue == "Pod")
        #expect(contents.skipped.map(\.reason) == [.empty])
        let path = DocumentPath([.key("spec"), .key("hostPID")])
        #expect(PlaceFinder(resource: contents.resources[0]).location(of: path).start == Position(line: 5, column: 19))
        let spec = contents.resources[0].value.field("spec")
        #expect(contents.resources[0].document.path(of: spec) == DocumentPath([.key("spec")]))
    }

    @Test func listLikeKindWithoutItems() {
        let contents = read("apiVersion: example.org/v1\nkind: AllowList\nmetadata: {name: a}\nspec: {}\n")
        #expect(contents.resources.map(\.title) == ["AllowList a"])
    }

    @Test(arguments: [
        ("a: 1", SkippedDocument.Reason.notKubernetes), ("- 1", .notObject), ("text", .notObject), ("", .empty),
        ("# only a comment\n", .empty), ("kind: Pod", .notKubernetes), ("apiVersion: v1\nkind: ''", .notKubernetes),
        ("apiVersion: 1\nkind: Pod", .notKubernetes),
        ("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization", .kustomization),
        ("apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component", .kustomization),
    ])
    func skipped(_ text: String, _ reason: SkippedDocument.Reason) {
        let contents = read(text)
        #expect(contents.skipped.map(\.reason) == [reason])
        #expect(contents.resources.isEmpty && contents.diagnostics.isEmpty)
    }

    /// Where a path is shown: the value of a scalar, the key of a mapping, the first line of an item or of the object,
    /// the nearest parent of what is missing.
    @Test(arguments: [
        ("spec.replicas", 6, 13, 6, 14), ("spec", 5, 1, 5, 5), ("spec.containers[1]", 9, 5, 9, 12),
        ("spec.containers[0].securityContext.privileged", 8, 5, 8, 12), ("", 2, 1, 2, 15), ("spec.containers", 7, 3, 7, 13),
        ("metadata.labels.team", 4, 1, 4, 9), ("spec.containers[1].env.x", 10, 5, 10, 8), ("nothing[3].at.all", 2, 1, 2, 15),
    ])
    func location(_ path: String, _ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) throws {
        let contents = read(
            """
            # comment
            apiVersion: v1
            kind: X
            metadata: {name: a}
            spec:
              replicas: 3
              containers:
              - name: a
              - name: b
                env: {}
            """)
        let parsed = try #require(DocumentPath(parsing: path))
        let place = PlaceFinder(resource: contents.resources[0]).location(of: path.isEmpty ? DocumentPath() : parsed)
        #expect(place.start == Position(line: line, column: column))
        #expect(place.end == Position(line: endLine, column: endColumn))
    }
}
