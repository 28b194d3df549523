/// Writes values as JSON text as Go's `encoding/json` does for OPA: sets become arrays, keys that are not strings
/// become their own JSON text, keys are sorted by bytes, numbers keep the text they were written in.
public struct JSONWriter {
    /// How the text is laid out.
    public struct Style: Sendable {
        /// The step of indentation; nil for one line without spaces.
        public var indent: String?
        /// What every line starts with, when indented.
        public var prefix = ""
        /// Whether `<`, `>` and `&` are written as escapes, as Go does unless told otherwise.
        public var escapesHTML = true

        public init(indent: String? = nil, prefix: String = "", escapesHTML: Bool = true) {
            self.indent = indent
            self.prefix = prefix
            self.escapesHTML = escapesHTML
        }

        /// One line, as `json.marshal` writes it.
        public static let compact = Style()
        /// Two spaces a level, as `opa eval` prints results.
        public static let pretty = Style(indent: "  ", escapesHTML: false)
    }

    private let style: Style
    private var output: [UInt8]

    /// The JSON text of a value.
    public static func string(_ value: Value, style: Style = .compact) -> String {
        var output: [UInt8] = []
        append(value, to: &output, style: style)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends the JSON text of a value.
    public static func append(_ value: Value, to output: inout [UInt8], style: Style = .compact) {
        var writer = JSONWriter(style: style, output: [])
        swap(&writer.output, &output)
        if style.indent != nil { writer.output.append(contentsOf: style.prefix.utf8) }
        writer.write(value, depth: 0)
        swap(&writer.output, &output)
    }

    private mutating func write(_ value: Value, depth: Int) {
        switch value.kind {
        case .undefined, .null, .node: append("null")
        case .bool: append(value.isTrue ? "true" : "false")
        case .int: appendInteger(value.rawInt, to: &output)
        case .decimal: output.append(contentsOf: value.utf8)
        case .string: Self.appendString(value.utf8, to: &output, escapesHTML: style.escapesHTML)
        case .array, .set:
            let elements = value.elements
            writeItems(elements.count, depth, open: "[", close: "]") { writer, index in
                writer.write(elements[index], depth: depth + 1)
            }
        case .object: writeObject(value, depth)
        }
    }

    private mutating func writeItems(
        _ count: Int, _ depth: Int, open: Unicode.Scalar, close: Unicode.Scalar,
        _ item: (inout JSONWriter, Int) -> Void
    ) {
        output.append(UInt8(ascii: open))
        for index in 0..<count {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(depth + 1)
            item(&self, index)
        }
        if count > 0 { breakLine(depth) }
        output.append(UInt8(ascii: close))
    }

    private mutating func writeObject(_ value: Value, _ depth: Int) {
        let (keys, values) = (value.keys, value.values)
        if keys.allSatisfy({ $0.kind == .string }) {
            writeItems(keys.count, depth, open: "{", close: "}") { writer, index in
                Self.appendString(keys[index].utf8, to: &writer.output, escapesHTML: writer.style.escapesHTML)
                writer.writeMember(values[index], depth)
            }
            return
        }
        let entries = Self.textKeys(of: value)
        writeItems(entries.count, depth, open: "{", close: "}") { writer, index in
            entries[index].key.withUnsafeBufferPointer {
                Self.appendString($0, to: &writer.output, escapesHTML: writer.style.escapesHTML)
            }
            writer.writeMember(entries[index].value, depth)
        }
    }

    private mutating func writeMember(_ value: Value, _ depth: Int) {
        output.append(UInt8(ascii: ":"))
        if style.indent != nil { output.append(0x20) }
        write(value, depth: depth + 1)
    }

    /// The entries of an object under keys as JSON needs them: text, sorted by bytes; of equal ones the last.
    static func textKeys(of object: Value) -> [(key: [UInt8], value: Value)] {
        var byKey: [[UInt8]: Value] = [:]
        for (key, value) in zip(object.keys, object.values) {
            var text: [UInt8] = []
            if key.kind == .string { text.append(contentsOf: key.utf8) } else { append(key, to: &text) }
            byKey[text] = value
        }
        return byKey.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }

    private mutating func breakLine(_ depth: Int) {
        guard let indent = style.indent else { return }
        output.append(0x0A)
        output.append(contentsOf: style.prefix.utf8)
        for _ in 0..<depth { output.append(contentsOf: indent.utf8) }
    }

    private mutating func append(_ word: StaticString) {
        output.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    // MARK: Strings

    /// Appends a JSON string; U+2028 and U+2029 are written as escapes, as Go does.
    public static func appendString(
        _ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8], escapesHTML: Bool = true
    ) {
        output.append(UInt8(ascii: "\""))
        appendEscaped(bytes, to: &output, escapesHTML: escapesHTML)
        output.append(UInt8(ascii: "\""))
    }

    /// Appends what a JSON string has between its quotes.
    public static func appendEscaped(
        _ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8], escapesHTML: Bool = true
    ) {
        var from = 0
        var index = 0
        while index < bytes.count {
            if index &+ 8 <= bytes.count {
                let plain = plainBytes(ofEightIn: bytes, at: index, escapesHTML)
                index &+= plain
                if plain == 8 { continue }
            }
            let byte = bytes[index]
            let isSeparator =
                byte == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
            let isSpecial = byte < 0x20 || byte == 0x22 || byte == 0x5C
            guard isSpecial || isSeparator || escapesHTML && (byte == 0x3C || byte == 0x3E || byte == 0x26) else {
                index += 1
                continue
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from..<index]))
            if isSeparator {
                output.append(contentsOf: bytes[index + 2] == 0xA8 ? "\\u2028".utf8 : "\\u2029".utf8)
                index += 3
            } else {
                appendEscape(byte, to: &output)
                index += 1
            }
            from = index
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from...]))
    }

    /// How many of eight bytes stand before the first that needs a second look; 8 when none does.
    @inline(__always)
    private static func plainBytes(
        ofEightIn bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ escapesHTML: Bool
    ) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let word = UInt64(
            littleEndian: UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self))
        // The high bit of a byte that is the one asked for, and perhaps of some above it: the lowest is right.
        func has(_ byte: UInt64) -> UInt64 {
            let difference = word ^ (ones &* byte)
            return (difference &- ones) & ~difference
        }
        var found = ((word &- ones &* 0x20) & ~word) | has(0x22) | has(0x5C) | has(0xE2)
        if escapesHTML { found |= has(0x3C) | has(0x3E) | has(0x26) }
        return (found & (ones &* 0x80)).trailingZeroBitCount >> 3
    }

    private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: output.append(byte)
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0x09: output.append(UInt8(ascii: "t"))
        default:
            output.append(contentsOf: "u00".utf8)
            appendHexadecimal(UInt32(byte), digits: 2, to: &output)
        }
    }
}

/// Appends lower-case hexadecimal digits.
func appendHexadecimal(_ number: UInt32, digits: Int, to output: inout [UInt8]) {
    for shift in stride(from: (digits - 1) * 4, through: 0, by: -4) {
        let digit = UInt8(number >> UInt32(shift) & 0xF)
        output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
}

/// Appends an integer in decimal.
func appendInteger(_ number: Int64, to output: inout [UInt8]) {
    if number < 0 { output.append(UInt8(ascii: "-")) }
    let start = output.count
    var rest = number.magnitude
    repeat {
        output.append(0x30 + UInt8(rest % 10))
        rest /= 10
    } while rest > 0
    output[start...].reverse()
}
