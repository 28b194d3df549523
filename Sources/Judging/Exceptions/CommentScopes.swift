import Diagnostics
import Documents

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The comments of a file that accept violations, each with the nodes it is about.
///
/// A comment behind a node is about what begins on its line; one on a line of its own about what begins on the next line
/// that holds something. Of several nodes that begin on a line the outermost count: a list item, not its first member.
/// What holds for a node holds for all below it.
final class CommentScopes: Sendable {
    /// One comment.
    struct Comment: Sendable {
        /// What follows the mark.
        var text: String
        /// The mark, without `#`.
        var mark: String
        var line: Int
        var range: SourceRange
    }

    let source: SourceFile
    let comments: [Comment]
    /// Numbers of comments by the offset at which a node begins.
    private let byNode: [UInt32: [Int]]
    /// The nodes that comments are about.
    private let about: [(range: Range<UInt32>, comment: Int)]
    /// Lines that comments are about, in files whose text is no YAML by itself, such as templates.
    private let byLine: [(lines: Range<Int>, comment: Int)]

    /// The marks that comments begin with: the project's own first, then those of other tools.
    static let marks = ["lintel:ignore", "checkov:skip=", "trivy:ignore:"]

    /// The comments of a source; nil for one that has none, as nearly all have not.
    init?(_ source: SourceFile, readsForeign: Bool) {
        let found = Self.marks(in: source.bytes, among: readsForeign ? Self.marks : [Self.marks[0]])
        if found.isEmpty { return nil }
        self.source = source
        let nodes = NodeLines(source)
        var about: [(Range<UInt32>, Int)] = []
        var comments: [Comment] = [], byNode: [UInt32: [Int]] = [:], byLine: [(Range<Int>, Int)] = []
        for (hash, offset, mark) in found where nodes?.isText(at: hash) != true {
            let line = source.line(at: offset), bytes = source.byteRange(ofLine: line)
            let text = source.text(in: offset + mark.utf8.count..<bytes.upperBound)
            if mark == "lintel:ignore", let next = text.unicodeScalars.first, !" \t".unicodeScalars.contains(next) { continue }
            comments.append(
                Comment(
                    text: text, mark: mark, line: line,
                    range: SourceRange(file: source, start: UInt32(hash), end: UInt32(bytes.upperBound))))
            let isTrailing = Self.hasContent(source.bytes[bytes.lowerBound..<hash])
            if let nodes {
                for node in nodes.nodes(of: line, isTrailing: isTrailing) {
                    byNode[node.lowerBound, default: []].append(comments.count - 1)
                    about.append((node, comments.count - 1))
                }
            } else if let lines = Self.lines(of: line, isTrailing: isTrailing, in: source) {
                byLine.append((lines, comments.count - 1))
            }
        }
        if comments.isEmpty { return nil }
        self.comments = comments
        self.byNode = byNode
        self.about = about.map { (range: $0.0, comment: $0.1) }
        self.byLine = byLine.map { (lines: $0.0, comment: $0.1) }
    }

    /// The comments about a node that begins at an offset of the source.
    /// - Parameter isBuilt: whether the node is one of a document that was put together from several, where what stands around
    ///   it in the source is not what it is in now.
    func comments(at offset: UInt32, isBuilt: Bool = false) -> [Int] {
        if byLine.isEmpty {
            if !isBuilt { return byNode[offset] ?? [] }
            return about.filter { $0.range.contains(offset) }.map(\.comment)
        }
        let line = source.line(at: Int(offset))
        return byLine.filter { $0.lines.contains(line) }.map(\.comment)
    }

    /// The comments that are about nodes of a document; nil for a source that is a document itself, where all of them are. A
    /// template may have left out what a comment is about.
    func reached(by document: Document) -> Set<Int>? {
        if byLine.isEmpty { return nil }
        var found: Set<Int> = []
        func visit(_ span: ByteSpan) {
            guard let range = document.range(span), range.file === source else { return }
            found.formUnion(comments(at: range.start))
        }
        func walk(_ node: Value) {
            guard node.hasPositions else { return }
            for index in 0..<(node.kind == .object || node.kind == .array ? node.count : 0) {
                if node.kind == .object { visit(node.keySpan(at: index)) }
                visit(node.valueSpan(at: index))
                let children = node.kind == .object ? node.values : node.elements
                walk(children[children.startIndex + index])
            }
        }
        visit(document.rootSpan)
        walk(document.root)
        return found
    }

    // MARK: Text

    /// Comments that begin with a mark: where the `#` is, where the mark, and which.
    private static func marks(in bytes: [UInt8], among marks: [String]) -> [(hash: Int, offset: Int, mark: String)] {
        let patterns = marks.map { (mark: $0, bytes: Array($0.utf8)) }
        var found: [(hash: Int, offset: Int, mark: String)] = []
        bytes.withUnsafeBytes { text in
            guard let base = text.baseAddress else { return }
            var index = 0
            while index < text.count, let next = memchr(base + index, Int32(UInt8(ascii: "#")), text.count - index) {
                let hash = UnsafeRawPointer(next) - base
                index = hash + 1
                guard hash == 0 || " \t\n\r".utf8.contains(text[hash - 1]) else { continue }
                while index < text.count, "# \t".utf8.contains(text[index]) { index += 1 }
                for pattern in patterns where text[index...].starts(with: pattern.bytes) {
                    found.append((hash, index, pattern.mark))
                }
            }
        }
        return found
    }

    /// Whether something but marks of lists and documents stands before a comment.
    private static func hasContent(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return !text.allSatisfy { "- ?\t".utf8.contains($0) }
    }

    /// The lines that a comment is about, by indentation.
    private static func lines(of line: Int, isTrailing: Bool, in source: SourceFile) -> Range<Int>? {
        func indent(_ number: Int) -> Int? {
            let bytes = source.bytes[source.byteRange(ofLine: number)]
            let spaces = bytes.prefix { $0 == UInt8(ascii: " ") }.count
            let rest = bytes.dropFirst(spaces)
            return rest.isEmpty || rest.first == UInt8(ascii: "#") ? nil : spaces
        }
        var first = line
        if !isTrailing {
            first += 1
            while first <= source.lineCount, indent(first) == nil { first += 1 }
        }
        guard first <= source.lineCount, let depth = indent(first) else { return nil }
        var last = first + 1
        while last <= source.lineCount, indent(last).map({ $0 > depth }) ?? true { last += 1 }
        return first..<last
    }
}
