import Diagnostics

/// A text inside of another file's scalar, such as an inline patch: gives places in the file for places in the text.
struct InlineText {
    let text: String
    private let scalar: Origin
    /// Where each line of the text starts in the text and in the file; empty when the lines do not stand in the file as
    /// they are.
    private var lines: [(text: Int, file: Int)] = []

    init(_ node: Node, _ source: SourceFile?) {
        text = node.text
        scalar = node.origin
        guard let bytes = source?.bytes, node.style == .literal, Int(node.origin.end) <= bytes.count else { return }
        let start = Int(node.origin.start)
        guard start < bytes.count, bytes[start] == UInt8(ascii: "|") else { return }
        lines = Self.lines(of: Array(text.utf8), in: bytes, from: start)
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

    /// The place in the file of a place in the text.
    private func place(_ offset: UInt32) -> UInt32? {
        var low = 0
        var high = lines.count
        guard high > 0 else { return nil }
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle].text <= Int(offset) { low = middle } else { high = middle }
        }
        return UInt32(lines[low].file + Int(offset) - lines[low].text)
    }

    /// Makes the places of trees read from the text, after `leading` bytes of it, places in the file.
    func relocate(_ nodes: [Node], leading: Int) {
        for node in nodes {
            node.origin = relocated(node.origin, leading)
            relocate(node.content, leading: leading)
        }
    }

    private func relocated(_ origin: Origin, _ leading: Int) -> Origin {
        let shift = UInt32(leading)
        guard let start = place(origin.start + shift), let end = place(origin.end + shift) else {
            return scalar.caused(by: origin.cause)
        }
        return Origin(file: scalar.file, start: start, end: max(start, end), cause: origin.cause)
    }
}
