import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A named piece of source text, held as UTF-8 bytes.
///
/// Line starts are found on the first question about a line: most files are never asked.
public final class SourceFile: Sendable {
    /// The name shown in messages; not necessarily a path that exists.
    public let path: String
    /// The text as UTF-8; malformed sequences are kept and shown as U+FFFD.
    public let bytes: [UInt8]
    /// The number of the first byte in the numbering of `map`; 0 for a source that has its own.
    public let base: UInt32
    /// The numbering that the source takes part in; nil for a source that is never mixed with others.
    public let map: SourceMap?

    private let lineStarts = Mutex<[UInt32]?>(nil)

    /// Makes a file of bytes read by the caller, with a numbering of its own; `SourceMap.source` makes one that documents
    /// of several sources may point into.
    public convenience init(path: String, bytes: [UInt8]) {
        self.init(path: path, bytes: bytes, base: 0, map: nil)
    }

    init(path: String, bytes: [UInt8], base: UInt32, map: SourceMap?) {
        self.path = path
        self.bytes = bytes
        self.base = base
        self.map = map
    }

    /// A file of the same name and numbering with other bytes, as for another encoding of its text.
    /// - Throws: `SourceMap.Exhausted` when the numbering has no room for it.
    public func replacing(bytes: [UInt8]) throws(SourceMap.Exhausted) -> SourceFile {
        guard let map else { return SourceFile(path: path, bytes: bytes) }
        return try map.source(path: path, bytes: bytes)
    }

    /// Makes a file of text in memory.
    public convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// The number of lines; a final line break does not start another line unless the file is empty.
    public var lineCount: Int {
        let starts = starts()
        return starts.count > 1 && Int(starts[starts.count - 1]) == bytes.count ? starts.count - 1 : starts.count
    }

    /// The 1-based line that holds a byte offset.
    public func line(at offset: Int) -> Int {
        let starts = starts()
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The line and column of a byte offset; offsets past the end count as the end.
    public func position(at offset: Int) -> Position {
        let offset = max(0, min(offset, bytes.count))
        let (line, range) = line(around: offset)
        return Position(line: line, column: 1 + scalarCount(range.lowerBound..<offset))
    }

    /// The 1-based line that holds a byte offset, and its bytes without the line break.
    func line(around offset: Int) -> (number: Int, bytes: Range<Int>) {
        let line = line(at: offset)
        return (line, byteRange(ofLine: line))
    }

    /// The number of characters in a part of a line.
    func scalarCount(_ range: Range<Int>) -> Int {
        bytes.withUnsafeBufferPointer { ByteScan.scalarCount(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The bytes of a 1-based line without its line break; empty for a line that does not exist.
    public func byteRange(ofLine line: Int) -> Range<Int> {
        let starts = starts()
        guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
        let start = Int(starts[line - 1])
        var end = line < starts.count ? Int(starts[line]) - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }

    /// The text between two byte offsets, clamped to the file.
    public func text(in range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// Whether the bytes are characters that a terminal shows in one cell each.
    func isPrintableASCII(_ range: Range<Int>) -> Bool {
        bytes.withUnsafeBufferPointer { ByteScan.isPrintableASCII(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    private func starts() -> [UInt32] {
        lineStarts.withLock { known in
            if let known { return known }
            var found: [UInt32] = [0]
            bytes.withUnsafeBufferPointer { bytes in
                guard let first = bytes.baseAddress else { return }
                var next = UnsafeRawPointer(first)
                let end = next + bytes.count
                while let newline = memchr(next, Int32(UInt8(ascii: "\n")), end - next) {
                    next = UnsafeRawPointer(newline) + 1
                    found.append(UInt32(truncatingIfNeeded: next - UnsafeRawPointer(first)))
                }
            }
            known = found
            return found
        }
    }
}
