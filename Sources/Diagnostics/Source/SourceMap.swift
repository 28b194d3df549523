import Synchronization

/// One numbering for the bytes of several sources, so that eight bytes name a place in any of them.
///
/// Each source gets a range of numbers that no other source of the map has: one number a byte, and one for its end.
/// The map only hands out numbers. It holds no source: a source lives as long as a document that points into it. Number 0
/// belongs to no source and marks a place that does not exist.
///
/// A run of `check` has one map, and so has a rendering; a server makes one for each request, and never runs out.
public final class SourceMap: Sendable {
    /// The map has no numbers left.
    public struct Exhausted: Error, Sendable, Hashable {
        /// The source that did not fit.
        public var path: String

        package init(path: String) { self.path = path }
    }

    /// The next free number; more than 32 bits, so that sums do not overflow.
    private let next: Atomic<UInt64>

    public init() { next = Atomic(1) }

    /// A map whose first source begins at a number, for tests of a full one.
    package init(firstNumber: UInt32) { next = Atomic(UInt64(firstNumber)) }

    /// A source with a range of this map's numbers. Many threads may ask at the same time.
    /// - Throws: `Exhausted` when the sources have 4 GiB together.
    public func source(path: String, bytes: [UInt8]) throws(Exhausted) -> SourceFile {
        let size = UInt64(bytes.count) + 1
        let (base, _) = next.add(size, ordering: .relaxed)
        guard base + size <= UInt64(UInt32.max) else {
            // The numbers go back, for a smaller source may still fit.
            next.subtract(size, ordering: .relaxed)
            throw Exhausted(path: path)
        }
        return SourceFile(path: path, bytes: bytes, base: UInt32(base), map: self)
    }

    /// A source of text in memory with a range of this map's numbers.
    /// - Throws: `Exhausted` when the sources have 4 GiB together.
    public func source(path: String, text: String) throws(Exhausted) -> SourceFile {
        try source(path: path, bytes: Array(text.utf8))
    }
}
