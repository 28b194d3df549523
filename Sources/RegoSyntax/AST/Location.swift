public import Diagnostics

/// The bytes of a node in its module's file.
public struct Location: Hashable, Sendable {
    /// UTF-8 offset of the first byte.
    public var start: UInt32
    /// UTF-8 offset after the last byte.
    public var end: UInt32

    @inlinable
    public init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = end
    }

    /// The place in a file, for messages.
    public func range(in file: SourceFile) -> SourceRange { SourceRange(file: file, start: start, end: end) }
}

/// The dialect a module is written in.
public enum RegoVersion: String, Sendable, Hashable, CaseIterable {
    /// Rego before OPA 1.0: `if` and `contains` are optional, newer keywords are imported.
    case v0
    /// Rego since OPA 1.0.
    case v1
}
