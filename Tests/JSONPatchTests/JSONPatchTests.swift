import Diagnostics
import Documents
import JSONPatch
import Testing

@Suite struct JSONPatchTests {
    private let map = SourceMap()

    private func read(_ path: String, _ text: String) throws -> Document {
        try #require(YAMLReader().read(try map.source(path: path, text: text)).documents.first)
    }

    /// The document of `base.yaml` after the operations of `patch.yaml`.
    private func patched(_ base: String, _ patch: String) throws -> Document {
        let base = try read("base.yaml", base)
        let patch = try read("patch.yaml", patch)
        let arena = Arena.make()
        var patcher = JSONPatcher(base, arena: arena)
        for operation in patch.root.elements { try patcher.apply(operation) }
        return Document(arena: arena, root: patcher.root, rootSpan: patcher.rootSpan, parts: [base, patch])
    }

    private static let base = "spec:\n  replicas: 1\n  args: [a, b]\n  labels: {x: 1}\n"

    @Test(arguments: [
        ("- {op: replace, path: /spec/replicas, value: 3}", "spec.replicas", "patch.yaml:1:46", "3"),
        ("- {op: add, path: /spec/args/1, value: new}", "spec.args[1]", "patch.yaml:1:40", "\"new\""),
        ("- {op: add, path: /spec/args/1, value: new}", "spec.args[2]", "base.yaml:3:13", "\"b\""),
        ("- {op: remove, path: /spec/args/0}", "spec.args[0]", "base.yaml:3:13", "\"b\""),
        ("- {op: move, from: /spec/labels, path: /labels}", "labels.x", "base.yaml:4:15", "1"),
        ("- {op: copy, from: /spec/args/1, path: /spec/args/-}", "spec.args[2]", "base.yaml:3:13", "\"b\""),
        ("- {op: add, path: /spec/labels/y, value: {z: 2}}", "spec.labels.y.z", "patch.yaml:1:46", "2"),
        ("- {op: add, path: /spec/labels/y, value: {z: 2}}", "spec.labels.x", "base.yaml:4:15", "1"),
        ("- {op: replace, path: \"\", value: {all: new}}", "all", "patch.yaml:1:40", "\"new\""),
    ])
    func nodesKeepTheirPlaces(patch: String, path: String, place: String, json: String) throws {
        let document = try patched(Self.base, patch)
        let found = document.place(at: try #require(DocumentPath(parsing: path)))
        let range = try #require(document.range(found.span))
        #expect("\(range.file.path):\(range.position)" == place)
        #expect(JSONWriter.string(found.value) == json)
    }

    @Test(arguments: [
        "- {op: remove, path: /spec/none}", "- {op: add, path: /none/a, value: 1}",
        "- {op: test, path: /spec/replicas, value: 2}",
        "- {op: add, path: /spec/args/9, value: 1}", "- {op: nothing, path: /spec}", "- {op: add, path: /spec}", "- 1",
        "- {op: replace, path: /spec/args/x, value: 1}",
    ])
    func aFailedOperationChangesNothing(patch: String) throws {
        let base = try read("base.yaml", Self.base)
        let operations = try read("patch.yaml", patch)
        let arena = Arena.make()
        var patcher = JSONPatcher(base, arena: arena)
        #expect(throws: JSONPatcher.Problem.self) { try patcher.apply(operations.root.elements[0]) }
        #expect(patcher.root == base.root)
        withExtendedLifetime((base, operations)) { arena.destroy() }
    }
}
