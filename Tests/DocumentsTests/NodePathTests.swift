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

    /// The number of steps is that of the path, and a document that holds another one finds the nodes of both.
    @Test func depthsAreThoseOfPaths() throws {
        let document = try document()
        let arena = Arena.make(), own = arena.object(["list": arena.array([.int(1)])])
        let root = arena.object(["own": own, "pod": document.root])
        let holding = Document(arena: arena, root: root, holding: document, as: "pod")
        let paths: [[DocumentPath.Step]] = [
            [], [.key("spec")], [.key("spec"), .key("list")], [.key("spec"), .key("containers"), .index(7)],
            [.key("spec"), .key("containers"), .index(199), .key("env"), .index(0)], [.key("again"), .key("a")],
        ]
        for _ in 0..<10 {
            for steps in paths {
                let node = document.value(at: DocumentPath(steps))
                let path = try #require(document.path(of: node))
                #expect(document.depth(of: node) == path.steps.count)
                #expect(holding.path(of: node) == DocumentPath([.key("pod")] + path.steps))
                #expect(holding.depth(of: node) == path.steps.count + 1)
            }
            #expect(holding.path(of: own.field("list")) == DocumentPath([.key("own"), .key("list")]))
            #expect(holding.depth(of: own.field("list")) == 2)
            #expect(holding.path(of: root) == DocumentPath() && holding.depth(of: root) == 0)
            #expect(document.depth(of: own) == nil && document.depth(of: .int(1)) == nil)
        }
    }
}
