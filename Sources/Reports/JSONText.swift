/// Builds JSON text member by member, in the order given, two spaces a level.
struct JSONText {
    private var bytes: [UInt8] = []
    private var depth = 0
    private var isFirst = true

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text on one line; line breaks of strings are escapes already.
    var line: String {
        text.split(separator: "\n").enumerated().map { $0.offset == 0 ? $0.element : $0.element.drop { $0 == " " } }.joined(separator: " ")
    }

    /// An object; `fill` adds members.
    mutating func object(_ fill: (inout JSONText) -> Void) { container("{", "}", fill) }

    /// An array; `fill` adds elements, each after a call of `element`.
    mutating func array<Element>(_ elements: some Sequence<Element>, _ fill: (inout JSONText, Element) -> Void) {
        container("[", "]") { json in
            for element in elements {
                json.separate()
                fill(&json, element)
            }
        }
    }

    /// The key of the next value, which the caller adds.
    mutating func key(_ name: String) {
        separate()
        string(name)
        append(": ")
    }

    mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    mutating func member(_ name: String, _ value: Int) {
        key(name)
        raw(String(value))
    }

    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        append(value ? "true" : "false")
    }

    /// Leaves the member out when there is no text.
    mutating func member(_ name: String, unlessEmpty value: String?) {
        if let value, !value.isEmpty { member(name, value) }
    }

    mutating func member(_ name: String, _ values: [String]) {
        key(name)
        array(values) { $0.string($1) }
    }

    mutating func object(_ name: String, _ fill: (inout JSONText) -> Void) {
        key(name)
        object(fill)
    }

    mutating func array<Element>(
        _ name: String, _ elements: some Sequence<Element>, _ fill: (inout JSONText, Element) -> Void
    ) {
        key(name)
        array(elements, fill)
    }

    /// Text that is JSON already.
    mutating func raw(_ json: String) { bytes.append(contentsOf: json.utf8) }

    /// A string with the escapes of RFC 8259.
    mutating func string(_ value: String) {
        var value = value
        append("\"")
        value.withUTF8 { text in
            var copied = 0
            for index in text.indices {
                guard let escape = Self.escape(text, at: index) else { continue }
                bytes.append(contentsOf: text[copied..<index])
                bytes.append(contentsOf: escape.text.utf8)
                copied = index + escape.count
            }
            bytes.append(contentsOf: text[copied...])
        }
        append("\"")
    }

    /// What stands for the character at a place, and how many bytes it has; nil when it stands for itself. Besides what
    /// must be escaped, what breaks lines or terminals is.
    private static func escape(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (text: String, count: Int)? {
        let byte = text[index]
        if byte >= 0x20, byte != 0x22, byte != 0x5C, byte != 0x7F, byte != 0xE2 { return nil }
        switch byte {
        case 0x22: return ("\\\"", 1)
        case 0x5C: return ("\\\\", 1)
        case 0x0A: return ("\\n", 1)
        case 0x0D: return ("\\r", 1)
        case 0x09: return ("\\t", 1)
        case 0xE2:
            guard index + 2 < text.count, text[index + 1] == 0x80 else { return nil }
            return text[index + 2] == 0xA8 ? ("\\u2028", 3) : text[index + 2] == 0xA9 ? ("\\u2029", 3) : nil
        default:
            let digits = String(byte, radix: 16)
            return ("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits, 1)
        }
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func container(_ open: StaticString, _ close: StaticString, _ fill: (inout JSONText) -> Void) {
        append(open)
        depth += 1
        isFirst = true
        fill(&self)
        depth -= 1
        if !isFirst { newLine() }
        isFirst = false
        append(close)
    }

    private mutating func separate() {
        if !isFirst { append(",") }
        isFirst = false
        newLine()
    }

    private mutating func newLine() {
        append("\n")
        for _ in 0..<depth { append("  ") }
    }
}
