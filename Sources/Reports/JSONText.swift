import Documents

/// Builds JSON text member by member, in the order given, two spaces a level; with a sink, it hands on what is done.
struct JSONText {
    private let sink: ReportSink?
    private var bytes: [UInt8] = []
    private var depth = 0
    private var isFirst = true

    init(to sink: ReportSink? = nil) { self.sink = sink }

    /// The text; without a sink.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text on one line; line breaks of strings are escapes already.
    var line: String {
        text.split(separator: "\n").enumerated().map { $0.offset == 0 ? $0.element : $0.element.drop { $0 == " " } }.joined(
            separator: " ")
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

    /// A string with the escapes of RFC 8259. Delete, which steers terminals, is escaped too, and the second of two `#`:
    /// `##vso[` and its like are commands to CI servers, also inside a report on standard output.
    mutating func string(_ value: String) {
        var value = value
        append("\"")
        value.withUTF8 { text in
            var start = 0
            for index in text.indices {
                let byte = text[index]
                // Nearly all bytes are neither.
                guard byte == UInt8(ascii: "#") || byte == 0x7F else { continue }
                let isMark = byte != 0x7F
                if isMark, index == start || text[index - 1] != byte { continue }
                JSONWriter.appendEscaped(UnsafeBufferPointer(rebasing: text[start..<index]), to: &bytes, escapesHTML: false)
                append(isMark ? "\\u0023" : "\\u007f")
                start = index + 1
            }
            JSONWriter.appendEscaped(UnsafeBufferPointer(rebasing: text[start...]), to: &bytes, escapesHTML: false)
        }
        append("\"")
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

    /// Ends a text that goes to a sink.
    mutating func finish() {
        append("\n")
        sink?.move(&bytes)
    }

    private mutating func separate() {
        if bytes.count >= ReportSink.portion { sink?.move(&bytes) }
        if !isFirst { append(",") }
        isFirst = false
        newLine()
    }

    private mutating func newLine() {
        // A line break and blanks for the levels that there are.
        let blanks: StaticString = "\n                                                                "
        let count = min(1 + 2 * depth, blanks.utf8CodeUnitCount)
        bytes.append(contentsOf: UnsafeBufferPointer(start: blanks.utf8Start, count: count))
        for _ in count..<(1 + 2 * depth) { bytes.append(UInt8(ascii: " ")) }
    }
}
