import Diagnostics
import Documents
import Testing

/// Paths of nodes by identity, before and after a document that is asked often has an index.
struct NodePathTests {
    private static let text = """
        kind: Pod
        shared: &shared {a: [1]}
        again: *shared
        spec:
          empty: {}
          list: []
          containers:
        \((0..<200).map { "  - {name: c\($0), env: [{name: A}]}" }.joined(separator: "\n"))
        """

    private func document() throws -> Document {
        try #require(YAMLReader().read(SourceFile(path: "pod.yaml", text: Self.text)).documents.first)
    }

    @Test func everyNodeIsFoundHoweverOftenOneAsks() throws {
        let document = try document()
        for _ in 0..<3 {
            for number in 0..<200 {
                let path = DocumentPath([.key("spec"), .key("containers"), .index(number), .key("env"), .index(0)])
                #expect(document.path(of: document.value(at: path)) == path)
            }
        }
    }

    @Test func theFirstPlaceOfASharedNodeCounts() throws {
        let document = try document()
        let shared = document.value(at: DocumentPath([.key("shared")]))
        let first = document.path(of: shared)
        for _ in 0..<40 { #expect(document.path(of: shared) == first) }
    }

    @Test func whatIsNoPartOfTheDocumentHasNoPath() throws {
        let document = try document(), other = try self.document()
        for _ in 0..<40 {
            #expect(document.path(of: other.root) == nil)
            #expect(document.path(of: document.root) == DocumentPath([]))
            #expect(document.path(of: document.root.field("kind")) == nil)
        }
    }
}
