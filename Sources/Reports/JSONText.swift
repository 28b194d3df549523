import Diagnostics
import Documents

/// Builds JSON text member by member, in the order given, two spaces a level; with a sink, it hands on what is done.
struct JSONText: ~Copyable {
    private let sink: ReportSink?
    private var buffer: TextBuffer
    private var depth = 0
    private var isFirst = true

    init(to sink: ReportSink? = nil) {
        self.sink = sink
        buffer = TextBuffer(capacity: sink == nil ? 256 : ReportSink.portion + 4096)
    }

    /// The text; without a sink.
    var text: String { buffer.string }

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
    mutating func key(_ name: StaticString) {
        sendPortion()
        let length = name.utf8CodeUnitCount, blanks = 2 * depth, follows = !isFirst
        isFirst = false
        buffer.append(upTo: length + blanks + 6) { start in
            var target = start
            func write(_ byte: UInt8) {
                target.pointee = byte
                target += 1
            }
            if follows { write(UInt8(ascii: ",")) }
            write(0x0A)
            target.update(repeating: 0x20, count: blanks)
            target += blanks
            write(UInt8(ascii: "\""))
            target.update(from: name.utf8Start, count: length)
            target += length
            write(UInt8(ascii: "\""))
            write(UInt8(ascii: ":"))
            write(0x20)
            return target - start
        }
    }

    /// A key that is not known beforehand.
    mutating func key(named name: String) {
        separate()
        string(name)
        append(": ")
    }

    mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    mutating func member(named name: String, _ value: String) {
        key(named: name)
        string(value)
    }

    mutating func member(named name: String, _ value: Int) {
        key(named: name)
        buffer.append(value)
    }

    mutating func member(named name: String, _ values: [String]) {
        key(named: name)
        array(values) { $0.string($1) }
    }

    mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        buffer.append(value)
    }

    mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        append(value ? "true" : "false")
    }

    /// Leaves the member out when there is no text.
    mutating func member(_ name: StaticString, unlessEmpty value: String?) {
        if let value, !value.isEmpty { member(name, value) }
    }

    mutating func member(_ name: StaticString, _ values: [String]) {
        key(name)
        array(values) { $0.string($1) }
    }

    mutating func object(_ name: StaticString, _ fill: (inout JSONText) -> Void) {
        key(name)
        object(fill)
    }

    mutating func array<Element>(
        _ name: StaticString, _ elements: some Sequence<Element>, _ fill: (inout JSONText, Element) -> Void
    ) {
        key(name)
        array(elements, fill)
    }

    /// Text that is JSON already.
    mutating func raw(_ json: String) { buffer += json }

    /// A string with the escapes of RFC 8259. Delete, which steers terminals, is escaped too, and the second of two `#`:
    /// `##vso[` and its like are commands to CI servers, also inside a report on standard output.
    mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { text in
            if Self.isPlain(text) {
                buffer.append(upTo: 6 * text.count + 10) { target in
                    target.pointee = UInt8(ascii: "\"")
                    let written = JSONWriter.escape(text, to: target + 1)
                    target[written + 1] = UInt8(ascii: "\"")
                    return written + 2
                }
                return
            }
            append("\"")
            var start = 0
            for index in text.indices {
                let byte = text[index]
                guard byte == 0x7F || byte == UInt8(ascii: "#") && index > start && text[index - 1] == byte else { continue }
                escaped(UnsafeBufferPointer(rebasing: text[start..<index]))
                append(byte == 0x7F ? "\\u007f" : "\\u0023")
                start = index + 1
            }
            escaped(UnsafeBufferPointer(rebasing: text[start...]))
            append("\"")
        }
    }

    private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
        buffer.append(upTo: 6 * text.count + 8) { JSONWriter.escape(text, to: $0) }
    }

    /// Whether there is neither a delete nor a second of two `#`; nearly all texts have none of them.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = 0
        while index < text.count {
            if index + 8 <= text.count {
                let word = UnsafeRawPointer(text.baseAddress! + index).loadUnaligned(as: UInt64.self)
                let marks = word ^ (ones * 0x23), deletes = word ^ (ones * 0x7F)
                if (((marks &- ones) & ~marks) | ((deletes &- ones) & ~deletes)) & (ones * 0x80) == 0 {
                    index += 8
                    continue
                }
            }
            for index in index..<min(index + 8, text.count) {
                if text[index] == 0x7F || text[index] == 0x23 && index > 0 && text[index - 1] == 0x23 { return false }
            }
            index += 8
        }
        return true
    }

    private mutating func append(_ text: StaticString) { buffer += text }

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
        sink?.move(&buffer)
    }

    private mutating func sendPortion() {
        if buffer.byteCount >= ReportSink.portion { sink?.move(&buffer) }
    }

    private mutating func separate() {
        sendPortion()
        if !isFirst { append(",") }
        isFirst = false
        newLine()
    }

    private mutating func newLine() {
        let blanks = 2 * depth
        buffer.append(upTo: blanks + 1) { target in
            target.pointee = 0x0A
            (target + 1).update(repeating: 0x20, count: blanks)
            return blanks + 1
        }
    }
}
