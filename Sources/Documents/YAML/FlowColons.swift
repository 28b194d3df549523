package import CLibYAML

/// A text in which colons that libyaml stumbles over are written as another sign: those of plain texts inside brackets before a
/// comma or bracket (`{a:}`, `[http://x:, b]`), which are parts of the text to go-yaml. Whoever reads the text puts them back.
package struct FlowColons {
    package let bytes: [UInt8]
    private let mark: UInt8

    /// Signs that mean nothing inside of a plain text.
    private static let marks = Array("^~;$+()=<>".utf8)

    /// Nil for a text without such colons, as nearly all are.
    package init?(_ text: UnsafeBufferPointer<UInt8>) {
        var places: [Int] = []
        for index in text.indices.dropFirst().dropLast() where text[index] == UInt8(ascii: ":") {
            switch text[index + 1] {
            case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): break
            default: continue
            }
            // Behind a quoted key or a collection it is what parts key and value; a text cannot begin with it here.
            switch text[index - 1] {
            case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "{"), UInt8(ascii: "}"):
                continue
            case 0x85, 0xA8, 0xA9: continue  // Perhaps a line break of Unicode.
            default: places.append(index)
            }
        }
        if places.isEmpty || Self.mayMakeMarks(text) { return nil }
        guard let mark = Self.marks.first(where: { !text.contains($0) }) else { return nil }
        var bytes = Array(text)
        for place in places { bytes[place] = mark }
        (self.bytes, self.mark) = (bytes, mark)
    }

    /// Whether an escape of a quoted text could stand for any sign; libyaml then refuses such colons.
    private static func mayMakeMarks(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.indices.dropLast().contains { index in
            text[index] == UInt8(ascii: "\\")
                && [UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U")].contains(text[index + 1])
        }
    }

    /// Puts the colons back into a scalar.
    package func restore(_ event: yaml_event_t) {
        guard let text = event.data.scalar.value else { return }
        for index in 0..<event.data.scalar.length where text[index] == mark { text[index] = UInt8(ascii: ":") }
    }
}
