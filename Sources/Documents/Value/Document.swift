public import Diagnostics
import Synchronization

/// A document: it owns the arena of its values and knows where each node stands that was read from text.
///
/// The nodes of a document that was read stand in one source. A document made of parts of others (`init(arena:root:…
/// parts:)`) mixes sources: each node keeps the place where its text is written, whatever file that is.
public final class Document: Sendable {
    /// The storage of the values, those of the other documents of its file among them; frozen once the file is read.
    public let arena: Arena
    /// The whole document.
    public let root: Value
    /// The text that the root stands in; nil for documents made by a program.
    public let source: SourceFile?
    /// Where the root stands in `source`.
    public let rootSpan: ByteSpan
    /// All texts that nodes may stand in, for a document that mixes several; else empty.
    public let sources: [SourceFile]
    /// How the document came to be, nearest step first: `as built from overlays/prod`, the patch that took part. Findings
    /// show it below the place where the value is written. Empty for a document that stands in its file as it is.
    public let origin: [Diagnostic.Note]
    /// The number of documents before this one in its file, broken ones included.
    public let index: Int
    /// The document whose arena holds part of the values, for a document made of another one's parts.
    private let owner: Document?
    /// The same for several.
    private let parts: [Document]
    private let ownsArena: Bool
    /// The member of the root that is another document, whose nodes are looked for there.
    let held: (name: String, document: Document)?
    private let questions = Mutex(Questions())

    /// The questions for the paths of nodes so far, and the index that answers them once there were some.
    private struct Questions {
        var count = 0
        var index: NodeIndex?
    }

    /// An index costs about as much as this many walks through the document.
    private static let questionsBeforeIndex = 16

    /// The index of the nodes, when it has been worth its cost; each call counts as a question.
    func nodeIndex() -> NodeIndex? {
        questions.withLock { questions in
            if let index = questions.index { return index }
            questions.count += 1
            if questions.count > Self.questionsBeforeIndex { questions.index = NodeIndex(root) }
            return questions.index
        }
    }

    /// Takes ownership of `arena`, and keeps `owner` alive when values of its arena are used.
    public convenience init(
        arena: Arena, root: Value, source: SourceFile? = nil, rootSpan: ByteSpan = .nowhere, index: Int = 0,
        owner: Document? = nil
    ) {
        self.init(arena: arena, root: root, source: source, rootSpan: rootSpan, index: index, owner: owner, held: nil)
    }

    /// A document that holds another one as a member of its root, at the place of the other.
    package convenience init(arena: Arena, root: Value, holding held: Document, as name: String) {
        let source = held.sources.isEmpty ? held.source : held.sources.first { $0.contains(held.rootSpan) }
        self.init(
            arena: arena, root: root, source: source, rootSpan: held.rootSpan, index: 0, owner: held, held: (name, held))
    }

    private init(
        arena: Arena, root: Value, source: SourceFile?, rootSpan: ByteSpan, index: Int, owner: Document?,
        held: (name: String, document: Document)?
    ) {
        self.held = held
        self.index = index
        self.arena = arena
        self.root = root
        self.source = source
        self.rootSpan = rootSpan
        self.owner = owner
        sources = owner?.sources ?? []
        origin = owner?.origin ?? []
        parts = []
        ownsArena = true
    }

    /// Takes ownership of `arena`, for a document whose root is a part of `owner` or is made of parts of it.
    public convenience init(arena: Arena, root: Value, rootSpan: ByteSpan, index: Int = 0, partOf owner: Document) {
        let source = owner.sources.isEmpty ? owner.source : owner.sources.first { $0.contains(rootSpan) }
        self.init(arena: arena, root: root, source: source, rootSpan: rootSpan, index: index, owner: owner)
    }

    /// Takes ownership of `arena`, whose values may use values of `parts`, and keeps those alive.
    ///
    /// The nodes may stand in any source of `parts` or of `texts`, which must all be of one `SourceMap`. A node of one of
    /// them keeps its place by being entered with its spans (`Value.entries(madeAt:)`, `Value.items(madeAt:)`); what a
    /// program adds gets the place of what asked for it, or `ByteSpan.nowhere`.
    public init(
        arena: Arena, root: Value, rootSpan: ByteSpan, parts: [Document], texts: [SourceFile] = [], index: Int = 0,
        origin: [Diagnostic.Note] = []
    ) {
        self.index = index
        self.arena = arena
        self.root = root
        self.rootSpan = rootSpan
        self.parts = parts
        self.origin = origin
        let sources = SourceFile.distinct(texts, of: parts)
        source = sources.first { $0.contains(rootSpan) }
        self.sources = sources.count > 1 || source == nil ? sources : []
        owner = nil
        held = nil
        ownsArena = true
    }

    /// Another document of a file, whose values are in the arena of the first.
    init(beside first: Document, root: Value, rootSpan: ByteSpan, index: Int) {
        self.index = index
        arena = first.arena
        self.root = root
        source = first.source
        self.rootSpan = rootSpan
        owner = first
        held = nil
        sources = []
        origin = []
        parts = []
        ownsArena = false
    }

    /// The 1-based line that the document begins on; 1 for one that stands in no source.
    public var firstLine: Int { range(rootSpan)?.position.line ?? 1 }

    /// A document whose root `make` builds in a new arena.
    public convenience init(_ make: (Arena) -> Value) {
        let arena = Arena.make()
        self.init(arena: arena, root: make(arena))
    }

    /// Gives the root to `body` and keeps the document alive meanwhile; a value alone does not keep its storage.
    /// - Throws: what `body` throws.
    public func withRoot<Result>(_ body: (Value) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(root) }
    }

    deinit { if ownsArena { arena.destroy() } }
}
