/// Text inside XML 1.0.
package enum XMLText {
    package static let escapes = TextEscapes(
        ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "\n": "&#10;", "\t": "&#9;"], controls: .lost)

    /// Escapes markup and replaces what XML cannot hold at all.
    package static func escaped(_ text: String) -> String { escapes.escaped(text) }
}
