/// A `# METADATA` comment block, kept as text until somebody asks for it.
///
/// Reading YAML costs more than parsing the module, and most runs need no metadata,
/// so the reader is handed in: see `read(with:)`.
public struct Annotations: Sendable {
    /// The YAML text: comment lines without `#` and one following space.
    public var source: String
    /// The comments of the block, the `# METADATA` line included.
    public var location: Location
    /// Offset in the file of each line of `source`.
    public var lineOffsets: [UInt32]
    /// What the block precedes; OPA derives the default scope from it.
    public var target: AnnotationTarget

    public init(source: String, location: Location, lineOffsets: [UInt32], target: AnnotationTarget) {
        self.source = source
        self.location = location
        self.lineOffsets = lineOffsets
        self.target = target
    }
}

/// The statement that follows an annotation block.
public enum AnnotationTarget: Sendable, Hashable {
    case package
    case `import`(Int)
    /// Index in `Module.rules`.
    case rule(Int)
    /// Nothing follows, or another block does.
    case none
}

/// Data of an annotation, as its YAML says.
public indirect enum AnnotationValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number as written.
    case number(String)
    case string(String)
    case array([AnnotationValue])
    /// Entries in source order.
    case object([Entry])

    public struct Entry: Sendable, Hashable {
        public var key: AnnotationValue
        public var value: AnnotationValue

        public init(key: AnnotationValue, value: AnnotationValue) {
            self.key = key
            self.value = value
        }
    }
}
