import Diagnostics

/// The text being written, and the comments still to be placed.
///
/// Comments are placed by their order in the source: those on lines of their own before the node that follows them,
/// those behind code at the end of the output line. Where a node would have to go on in the middle of a line although
/// a comment comes first, writing it fails with `Misplaced`, and the nearest statement, list element or rule
/// that contains both is copied from the source instead.
struct FormatWriter {
    let module: Module
    let file: SourceFile
    let style: FormatStyle
    let tokens: ContiguousArray<Token>
    var output = ""
    var level = 0
    var isAtLineStart = true
    /// Index of the next comment to place.
    var nextComment = 0

    struct Misplaced: Error {}

    init(module: Module, style: FormatStyle) {
        self.module = module
        file = module.file
        tokens = LexedText(module.file.bytes).tokens
        self.style = style
    }

    // MARK: Lines

    mutating func write(_ text: String) {
        if isAtLineStart {
            output += String(repeating: "\t", count: level)
            isAtLineStart = false
        }
        output += text
    }

    /// Ends the line, with the comment that stands behind code before an offset, if there is one.
    mutating func endLine(before offset: UInt32) {
        if let comment = comment(before: offset), isBehindCode(comment) {
            write(" " + Self.trimmed(comment, in: file))
            nextComment += 1
        }
        output += "\n"
        isAtLineStart = true
    }

    /// Makes the next line stand apart by one blank line.
    mutating func blankLine() {
        if !output.isEmpty, !output.hasSuffix("\n\n") { output += "\n" }
    }

    // MARK: Comments

    func comment(before offset: UInt32) -> Comment? {
        guard nextComment < module.comments.count, module.comments[nextComment].location.start < offset else { return nil }
        return module.comments[nextComment]
    }

    /// Writes the comments before a place on lines of their own.
    mutating func placeComments(before offset: UInt32) throws(Misplaced) {
        guard comment(before: offset) != nil else { return }
        guard isAtLineStart else { throw Misplaced() }
        var previous: Comment?
        var isInMetadata = false
        while let comment = comment(before: offset) {
            let text = Self.trimmed(comment, in: file)
            let startsMetadata = text.dropFirst().drop { $0 == " " || $0 == "\t" }.hasPrefix("METADATA")
            if let previous {
                let gap = row(comment.location.start) - row(previous.location.start)
                if gap > 1 || (isInMetadata && startsMetadata) { blankLine() }
                if gap > 1 { isInMetadata = false }
            }
            if startsMetadata { isInMetadata = true }
            write(text)
            output += "\n"
            isAtLineStart = true
            nextComment += 1
            previous = comment
        }
        if let previous, row(offset) - row(previous.location.start) > 1 { blankLine() }
    }

    /// True when something other than white space stands before the comment on its line.
    func isBehindCode(_ comment: Comment) -> Bool {
        var index = Int(comment.location.start)
        while index > 0 {
            index -= 1
            switch file.bytes[index] {
            case UInt8(ascii: "\n"): return false
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): continue
            default: return true
            }
        }
        return false
    }

    static func trimmed(_ comment: Comment, in file: SourceFile) -> String {
        var end = Int(comment.location.end)
        while end > comment.location.start, file.bytes[end - 1] == UInt8(ascii: " ") || file.bytes[end - 1] == UInt8(ascii: "\t")
        {
            end -= 1
        }
        return file.text(in: Int(comment.location.start)..<end)
    }

    // MARK: Source

    func row(_ offset: UInt32) -> Int { file.line(at: Int(offset)) }

    func text(_ location: Location) -> String { file.text(in: Int(location.start)..<Int(location.end)) }

    func byte(at offset: UInt32) -> UInt8 { Int(offset) < file.bytes.count ? file.bytes[Int(offset)] : 0 }

    /// Index of the first token at or after an offset.
    func tokenIndex(at offset: UInt32) -> Int {
        var low = 0
        var high = tokens.count - 1
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].start < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The offset of the brace or bracket that closes a body whose last statement ends at an offset.
    func closer(after offset: UInt32) -> UInt32 {
        tokens[tokenIndex(at: offset)...].first { $0.kind == .rightBrace || $0.kind == .rightBracket }?.start
            ?? UInt32(file.bytes.count)
    }

    /// The offset of the parenthesis that closes the first one at or after an offset.
    func closingParenthesis(from offset: UInt32) -> UInt32 {
        var open = 0
        for token in tokens[tokenIndex(at: offset)...] {
            if token.kind == .leftParen { open += 1 }
            if token.kind == .rightParen, open > 0 {
                open -= 1
                if open == 0 { return token.start }
            }
        }
        return UInt32(file.bytes.count)
    }

    // MARK: Falling back to the source

    /// Writes a node; when a comment in it has no place, copies the node's source text instead.
    mutating func writeOrCopy(
        _ location: Location, _ body: (inout FormatWriter) throws(Misplaced) -> Void
    ) throws(Misplaced) {
        let saved = self
        do {
            try body(&self)
        } catch {
            self = saved
            try placeComments(before: location.start)
            write(text(location))
            while comment(before: location.end) != nil { nextComment += 1 }
        }
    }
}
