import Diagnostics

/// The lines of a text with their places.
struct LineScanner {
    /// A line without its end.
    struct Line {
        /// Of its first byte.
        var start: Int
        var text: Substring

        /// The offset of an index of the text.
        func offset(of index: Substring.Index) -> Int {
            start + text.base.utf8.distance(from: text.startIndex, to: index)
        }
    }

    private(set) var lines: [Line] = []
    private var next = 0

    init(_ source: SourceFile) throws(FormatProblem) {
        if let zero = source.bytes.firstIndex(of: 0) { throw FormatProblem("the file is binary, not text", at: zero) }
        var start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < source.bytes.count {
            let end = source.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
            var bytes = source.bytes[start..<end]
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            lines.append(Line(start: start, text: String(decoding: bytes, as: UTF8.self)[...]))
            start = end + 1
        }
    }

    mutating func line() -> Line? {
        guard next < lines.count else { return nil }
        next += 1
        return lines[next - 1]
    }
}

extension Substring {
    /// Without blanks at its ends.
    var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
