import Documents
import Testing

/// Strings as JSON: they are looked at eight bytes at a time.
@Suite struct JSONStringTests {
    private static let special: [(text: String, plain: String, html: String)] = [
        ("\"", "\\\"", "\\\""), ("\\", "\\\\", "\\\\"), ("\n", "\\n", "\\n"), ("\u{1}", "\\u0001", "\\u0001"),
        ("\u{1F}", "\\u001f", "\\u001f"), ("<", "<", "\\u003c"), (">", ">", "\\u003e"), ("&", "&", "\\u0026"),
        ("\u{2028}", "\\u2028", "\\u2028"), ("\u{2029}", "\\u2029", "\\u2029"), ("€", "€", "€"), ("é", "é", "é"),
        ("!", "!", "!"), ("#", "#", "#"), ("]", "]", "]"), ("\u{7F}", "\u{7F}", "\u{7F}"),
    ]

    @Test func escapesAtEveryPlace() {
        for (text, plain, html) in Self.special {
            for before in Array(0...17) + Array(148...165) {
                for after in [0, 1, 7, 9] {
                    let (head, tail) = (String(repeating: "a", count: before), String(repeating: "b", count: after))
                    for twice in [false, true] {
                        let middle = twice ? text + text : text
                        #expect(
                            json(head + middle + tail, html: false) == "\"" + head + (twice ? plain + plain : plain) + tail + "\""
                        )
                        #expect(
                            json(head + middle + tail, html: true) == "\"" + head + (twice ? html + html : html) + tail + "\"")
                    }
                }
            }
        }
    }

    private func json(_ text: String, html: Bool) -> String {
        var text = text, output: [UInt8] = []
        text.withUTF8 { JSONWriter.appendString($0, to: &output, escapesHTML: html) }
        return String(decoding: output, as: UTF8.self)
    }
}
