/// Builds JSON text member by member, in the order given, two spaces a level.
struct JSONText {
    private(set) var text = ""
    private var depth = 0
    private var isFirst = true

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
        text += ": "
    }

    mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    mutating func member(_ name: String, _ value: Int) {
        key(name)
        text += String(value)
    }

    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        text += value ? "true" : "false"
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
    mutating func raw(_ json: String) { text += json }

    /// A string with the escapes of RFC 8259.
    mutating func string(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    private mutating func container(_ open: String, _ close: String, _ fill: (inout JSONText) -> Void) {
        text += open
        depth += 1
        isFirst = true
        fill(&self)
        depth -= 1
        if !isFirst { newLine() }
        isFirst = false
        text += close
    }

    private mutating func separate() {
        if !isFirst { text += "," }
        isFirst = false
        newLine()
    }

    private mutating func newLine() { text += "\n" + String(repeating: "  ", count: depth) }
}
