/// Bounds on what a reader accepts, so that no input costs unbounded time, memory or stack.
public struct DocumentLimits: Sendable {
    /// Collections inside collections.
    public var nestingDepth = 500
    /// Bytes of a file or request body.
    public var size = 32 << 20
    /// Bytes of one string or key.
    public var scalarSize = 16 << 20
    /// Values in one document.
    public var nodes = 2_000_000
    /// Values in one document that are reached through aliases.
    public var aliasedNodes = 400_000
    /// Tags that the directives of one file declare.
    public var tagDirectives = 256
    /// Documents in one file.
    public var documents = 100_000
    /// Broken documents in one file after which the rest is not read.
    public var brokenDocuments = 1_000

    public init() {}

    /// The bounds for manifests.
    public static let standard = DocumentLimits()

    /// The bounds of Go's `encoding/json`, for texts that policies decode.
    public static let builtin: DocumentLimits = {
        var limits = DocumentLimits()
        limits.nestingDepth = 10_000
        return limits
    }()
}
