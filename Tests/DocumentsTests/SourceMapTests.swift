import Diagnostics
import Documents
import Synchronization
import Testing

/// Documents of one map, and documents made of their parts.
@Suite struct SourceMapTests {
    let map = SourceMap()

    private func read(_ path: String, _ text: String) throws -> [Document] {
        YAMLReader().read(try map.source(path: path, text: text)).documents
    }

    /// `path:line:column text` of the value and of the key that a path leads to.
    private func place(_ path: String, in document: Document) throws -> [String] {
        let place = document.place(at: try #require(DocumentPath(parsing: path)))
        return [place.keySpan, place.span].compactMap { $0.flatMap(document.range) }.map { range in
            "\(range.file.path):\(range.position) \(range.text)"
        }
    }

    @Test(arguments: [
        ("a.yaml", "k: {x: 1}\nl: [2, 3]\n"), ("a.json", "{\"k\": {\"x\": 1},\n\"l\": [2, 3]}"),
        ("bom.json", "\u{FEFF}{\"k\": {\"x\": 1}, \"l\": [2, 3]}"),
        ("stream.json", "{\"k\": {\"x\": 1}, \"l\": [2, 3]}\n{\"k\": {\"x\": 1}, \"l\": [2, 3]}"),
        ("merge.yaml", "m: &a {x: 1}\nk: {<<: *a}\nl: [2, 3]\n"), ("two.yaml", "z: 0\n---\nk: {x: 1}\nl: [2, 3]\n"),
    ])
    func placesAreThoseOfASourceOfItsOwn(path: String, text: String) throws {
        let alone = YAMLReader().read(SourceFile(path: path, text: text)).documents
        _ = try read("first.yaml", "first: 1\n")
        let mapped = try read(path, text)
        #expect(mapped.count == alone.count)
        for (mapped, alone) in zip(mapped, alone) {
            #expect(mapped.rootSpan.start > 8)
            for path in ["k", "k.x", "l[1]", "z"] {
                #expect(try place(path, in: mapped) == place(path, in: alone))
            }
            #expect(mapped.firstLine == alone.firstLine)
        }
    }

    @Test func aNodeKeepsItsFileInADocumentMadeOfParts() throws {
        let base = try read("base/web.yaml", "kind: Deployment\nspec:\n  replicas: 1\n  image: a:1\n")[0]
        let patch = try read("prod/patch.yaml", "spec:\n  replicas: 3\n  args: [x]\n")[0]
        let arena = Arena.make()
        // What a merge of maps does: entries of the patch follow those of the base, and the later one of equal keys counts.
        let spec = arena.object(
            entries: base.root.field("spec").entries(madeAt: base.rootSpan)
                + patch.root.field("spec").entries(madeAt: patch.rootSpan))
        let patchSpec = patch.root.entries(madeAt: .nowhere)[0]
        let root = arena.object(
            entries: base.root.entries(madeAt: base.rootSpan) + [
                PositionedEntry(
                    key: patchSpec.key, value: spec, keySpan: patchSpec.keySpan, valueSpan: patchSpec.valueSpan),
                PositionedEntry(key: arena.string("made"), value: .true, keySpan: .nowhere, valueSpan: .nowhere),
            ])
        let note = Diagnostic.Note("as built from prod", range: patch.range(patch.rootSpan))
        let built = Document(arena: arena, root: root, rootSpan: base.rootSpan, parts: [base, patch], origin: [note])

        #expect(
            JSONWriter.string(built.root)
                == #"{"kind":"Deployment","made":true,"spec":{"args":["x"],"image":"a:1","replicas":3}}"#)
        #expect(built.source?.path == "base/web.yaml")
        #expect(try place("kind", in: built) == ["base/web.yaml:1:1 kind", "base/web.yaml:1:7 Deployment"])
        #expect(try place("spec.image", in: built) == ["base/web.yaml:4:3 image", "base/web.yaml:4:10 a:1"])
        #expect(try place("spec.replicas", in: built) == ["prod/patch.yaml:2:3 replicas", "prod/patch.yaml:2:13 3"])
        #expect(try place("spec.args[0]", in: built) == ["prod/patch.yaml:3:10 x"])
        #expect(try place("made", in: built).isEmpty)
        #expect(built.origin == [note])

        // A part of the built document knows the same files, and so does a copy that needs none of the parts.
        let part = Document(
            arena: Arena.make(), root: spec, rootSpan: patchSpec.valueSpan, partOf: built)
        #expect(part.source?.path == "prod/patch.yaml")
        #expect(try place("image", in: part) == ["base/web.yaml:4:3 image", "base/web.yaml:4:10 a:1"])
        let copyArena = Arena.make()
        let copy = Document(
            arena: copyArena, root: copyArena.copy(built.root, madeAt: .nowhere), rootSpan: built.rootSpan, parts: [],
            texts: built.sources)
        for path in ["kind", "spec.image", "spec.replicas", "spec.args[0]", "made"] {
            #expect(try place(path, in: copy) == place(path, in: built))
        }
    }

    @Test func utf16StaysInTheMap() throws {
        let bytes: [UInt8] = [0xFF, 0xFE] + "k: ä\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let document = YAMLReader().read(try map.source(path: "wide.yaml", bytes: bytes)).documents[0]
        #expect(document.source?.map === map)
        #expect(try place("k", in: document) == ["wide.yaml:1:1 k", "wide.yaml:1:4 ä"])
    }

    @Test func aFullMapSaysSo() throws {
        let full = SourceMap(firstNumber: UInt32.max - 8)
        #expect(throws: SourceMap.Exhausted(path: "big.yaml")) { try full.source(path: "big.yaml", text: "a: 12345") }
        let last = YAMLReader().read(try full.source(path: "last.yaml", text: "a: 123")).documents[0]
        #expect(try place("a", in: last) == ["last.yaml:1:1 a", "last.yaml:1:4 123"])
        #expect(throws: SourceMap.Exhausted(path: "more.yaml")) { try full.source(path: "more.yaml", text: "a") }
        #expect(SourceMap.Exhausted(path: "x").diagnostic.message.contains("4 GiB"))
    }

    @Test func rangesOfManyThreadsDiffer() async throws {
        let sources = try await withThrowingTaskGroup(of: [SourceFile].self) { group in
            for worker in 0..<8 {
                group.addTask {
                    try (0..<500).map { try map.source(path: "\(worker)", text: String(repeating: "x", count: $0 % 7)) }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let sorted = sources.sorted { $0.base < $1.base }
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { Int($0.base) + $0.bytes.count < Int($1.base) })
    }
}
