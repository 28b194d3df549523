import Diagnostics

/// A `# METADATA` comment block, not read until somebody asks for it.
///
/// Reading YAML costs more than parsing the module, and most runs need no metadata,
/// so a block only says where it is; whoever needs the metadata reads `source(in:)` as YAML.
public struct Annotations: Sendable {
    /// The comments of the block, the `# METADATA` line included.
    public var location: Location
    /// Indices in `Module.comments`.
    public var comments: Range<Int>
    /// What the block precedes; OPA derives the default scope from it.
    public var target: AnnotationTarget

    public init(location: Location, comments: Range<Int>, target: AnnotationTarget) {
        self.location = location
        self.comments = comments
        self.target = target
    }

    /// The place of each line of the YAML text: comments without `#` and one following space.
    public func lines(in module: Module) -> [Location] {
        module.comments[comments].dropFirst().map { comment in
            var start = comment.location.start + 1
            if start < comment.location.end, module.file.bytes[Int(start)] == UInt8(ascii: " ") { start += 1 }
            return Location(start: start, end: comment.location.end)
        }
    }

    /// The YAML text.
    public func source(in module: Module) -> String {
        lines(in: module).map { module.file.text(in: Int($0.start)..<Int($0.end)) + "\n" }.joined()
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
