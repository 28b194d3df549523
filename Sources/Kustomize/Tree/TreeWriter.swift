import Documents

/// Writes a tree as YAML in the order and the scalar styles it has; comments are not kept.
struct TreeWriter: ~Copyable {
    private var output = YAMLWriter(foldsLines: false)

    static func text(_ node: Node) -> String {
        var writer = TreeWriter()
        writer.output.beginDocument()
        writer.write(node)
        return String(decoding: writer.output.endDocument(), as: UTF8.self)
    }

    private init() {}

    private mutating func write(_ node: Node) {
        switch node.kind {
        case .scalar: output.scalar(node.text, style: style(of: node))
        case .sequence:
            output.beginSequence()
            for child in node.content { write(child) }
            output.endSequence()
        case .mapping:
            output.beginMapping()
            for child in node.content { write(child) }
            output.endMapping()
        }
    }

    private func style(of node: Node) -> YAMLWriter.ScalarStyle {
        switch node.style {
        case .plain where node.text.utf8.contains(0x0A): .literal
        case .plain where node.tag == .string && ScalarMeaning(plain: node.text).tag != .string: .doubleQuoted
        case .plain: .plain
        case .quoted: .doubleQuoted
        case .single: .singleQuoted
        case .literal: .literal
        case .folded: .folded
        }
    }
}
