public import Diagnostics

/// A parsed document: it owns the arena of its values and, when read from text, knows where each node stands.
public final class Document: Sendable {
    /// The storage of the values, those of the other documents of its file among them; frozen once the file is read.
    public let arena: Arena
    /// The whole document.
    public let root: Value
    /// The text it was read from; nil for documents made by a program.
    public let source: SourceFile?
    /// Where the root stands in `source`.
    public let rootSpan: ByteSpan
    /// The number of documents before this one in its file, broken ones included.
    public let index: Int
    /// The document whose arena holds part of the values, for a document made of another one's parts.
    private let owner: Document?
    private let ownsArena: Bool

    /// Takes ownership of `arena`, and keeps `owner` alive when values of its arena are used.
    public init(
        arena: Arena, root: Value, source: SourceFile? = nil, rootSpan: ByteSpan = ByteSpan(start: 0, end: 0),
        index: Int = 0, owner: Document? = nil
    ) {
        self.index = index
        self.arena = arena
        self.root = root
        self.source = source
        self.rootSpan = rootSpan
        self.owner = owner
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
        ownsArena = false
    }

    /// A document whose root `make` builds in a new arena.
    public convenience init(_ make: (Arena) -> Value) {
        let arena = Arena.make()
        self.init(arena: arena, root: make(arena))
    }

    /// Gives the root to `body` and keeps the document alive meanwhile; a value alone does not keep its storage.
    public func withRoot<Result>(_ body: (Value) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(root) }
    }

    deinit { if ownsArena { arena.destroy() } }
}
