import Diagnostics
import Text

/// A text inside of another file's scalar, such as an inline patch: gives places in the file for places in the text.
struct InlineText {
    let text: String
    private let scalar: Origin
    private let lines: BlockLines

    init(_ node: Node, _ source: SourceFile?) {
        text = node.text
        scalar = node.origin
        let isBlock = node.style == .literal && Int(node.origin.end) <= source?.bytes.count ?? 0
        lines = BlockLines(isBlock ? Array(text.utf8) : [], in: isBlock ? source?.bytes ?? [] : [], from: Int(node.origin.start))
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
        guard let start = lines.place(origin.start + shift), let end = lines.place(origin.end + shift) else {
            return scalar.caused(by: origin.cause)
        }
        return Origin(file: scalar.file, start: start, end: max(start, end), cause: origin.cause)
    }
}
