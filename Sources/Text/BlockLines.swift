/// The lines of a text that stands as a literal block (`|`) inside of another text: gives places in the outer text for
/// places in the inner one.
package struct BlockLines: Sendable {
    /// Where each line of the text starts in the text and in the outer one; empty when the lines do not stand there as they
    /// are.
    private var lines: [(text: Int, file: Int)] = []

    /// Finds the lines of `text` in `bytes`, in which the scalar begins at `start` with `|`; finds none in any other case.
    package init(_ text: [UInt8], in bytes: [UInt8], from start: Int) {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "|") else { return }
        lines = Self.lines(of: text, in: bytes, from: start)
    }

    /// Pairs the lines of a literal block with those of the text: each is the other with an indentation in front.
    private static func lines(of text: [UInt8], in bytes: [UInt8], from start: Int) -> [(text: Int, file: Int)] {
        var pairs: [(text: Int, file: Int)] = []
        var line = endOfLine(bytes, start) + 1
        var textLine = 0
        var indentation: Int?
        while textLine < text.count, line < bytes.count {
            let textEnd = endOfLine(text, textLine)
            let end = endOfLine(bytes, line)
            let length = textEnd - textLine
            if indentation == nil, length > 0 { indentation = max(0, end - line - length) }
            let shift = length == 0 ? 0 : min(indentation ?? 0, end - line)
            let isSame = length == 0 || bytes[(line + shift)..<end].elementsEqual(text[textLine..<textEnd])
            guard isSame || end > line && bytes[end - 1] == 0x0D else { return [] }
            pairs.append((textLine, line + shift))
            textLine = textEnd + 1
            line = end + 1
        }
        return pairs
    }

    private static func endOfLine(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        return index
    }

    /// The place in the outer text of a place in the text; nil when the lines are not known.
    package func place(_ offset: UInt32) -> UInt32? {
        var low = 0
        var high = lines.count
        guard high > 0 else { return nil }
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle].text <= Int(offset) { low = middle } else { high = middle }
        }
        return UInt32(lines[low].file + Int(offset) - lines[low].text)
    }
}
