/// A line and a column, both 1-based; columns count Unicode scalars.
public struct Position: Hashable, Sendable, CustomStringConvertible {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}

/// A half-open range of bytes in a file.
public struct SourceRange: Sendable {
    public let file: SourceFile
    /// Offset of the first byte.
    public let start: UInt32
    /// Offset after the last byte.
    public let end: UInt32

    /// Makes a range; bounds are clamped to the file and put in order.
    public init(file: SourceFile, start: UInt32, end: UInt32) {
        let size = UInt32(truncatingIfNeeded: file.bytes.count)
        self.file = file
        self.start = min(start, size)
        self.end = max(self.start, min(end, size))
    }

    /// Where the range begins.
    public var position: Position { file.position(at: Int(start)) }

    /// Where the range ends, exclusive.
    public var endPosition: Position { file.position(at: Int(end)) }

    /// The same range ended at the end of the line it begins on, with its two positions.
    public var onOneLine: (range: SourceRange, start: Position, end: Position) {
        let (line, bytes) = file.line(around: Int(start))
        let range = SourceRange(file: file, start: start, end: min(end, UInt32(bytes.upperBound)))
        let column = 1 + file.scalarCount(min(bytes.lowerBound, Int(range.start))..<Int(range.start))
        let width = file.scalarCount(Int(range.start)..<Int(range.end))
        return (range, Position(line: line, column: column), Position(line: line, column: column + width))
    }

    /// The text of the range.
    public var text: String { file.text(in: Int(start)..<Int(end)) }
}

extension SourceRange: Hashable {
    public static func == (left: SourceRange, right: SourceRange) -> Bool {
        left.file === right.file && left.start == right.start && left.end == right.end
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(file))
        hasher.combine(start)
        hasher.combine(end)
    }
}
