import Text

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
        var rest = bytes
        while let bad = UTF8Scan.firstInvalidByte(rest) {
            // As Go writes it: each byte that is part of no character as an escape.
            appendWellFormed(UnsafeBufferPointer(rebasing: rest[..<bad]), to: &output, escapesHTML)
            output.append(contentsOf: "\\ufffd".utf8)
            rest = UnsafeBufferPointer(rebasing: rest[(bad + 1)...])
        }
        appendWellFormed(rest, to: &output, escapesHTML)
    }

    private static func appendWellFormed(
        _ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8], _ escapesHTML: Bool
    ) {
        var index = 0
        while index < bytes.count {
            // A piece at a time, whose text is put together on the stack: an array is slow to append to.
            let end = min(index + longestPiece, bytes.count)
            index = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestPiece * 6 + 8) { room in
                let target = room.baseAddress!
                let (read, written) = escape(bytes, index..<end, to: target, escapesHTML)
                output.append(contentsOf: UnsafeBufferPointer(start: target, count: written))
                return read
            }
        }
    }

    /// Writes what a JSON string has between its quotes; the bytes are UTF-8.
    /// - Parameter target: has room for six bytes for each and eight more.
    /// - Returns: how many were written.
    package static func escape(_ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
        escape(bytes, 0..<bytes.count, to: target, false).written
    }

    /// Room for more than a kilobyte would not be on the stack.
    private static let longestPiece = 160

    /// Writes the text of some bytes, up to six for each, and perhaps some behind it.
    /// - Returns: where the next piece begins and how much was written.
    @inline(__always)
    private static func escape(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to target: UnsafeMutablePointer<UInt8>, _ escapesHTML: Bool
    ) -> (read: Int, written: Int) {
        var index = range.lowerBound, written = 0
        while index < range.upperBound {
            if index &+ 8 <= bytes.count {
                let word = UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self)
                UnsafeMutableRawPointer(target + written).storeBytes(of: word, as: UInt64.self)
                let plain = min(plainBytes(of: UInt64(littleEndian: word), escapesHTML), range.upperBound &- index)
                index &+= plain
                written &+= plain
                if plain == 8 || index == range.upperBound { continue }
            }
            let byte = bytes[index]
            if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] & 0xFE == 0xA8 {
                written &+= copy(bytes[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", to: target + written)
                index &+= 3
                continue
            }
            if byte < 0x20 || byte == 0x22 || byte == 0x5C || escapesHTML && (byte == 0x3C || byte == 0x3E || byte == 0x26) {
                written &+= escape(byte, to: target + written)
            } else {
                target[written] = byte
                written &+= 1
            }
            index &+= 1
        }
        return (index, written)
    }

    /// How many of eight bytes stand before the first that needs a second look; 8 when none does.
    @inline(__always)
    private static func plainBytes(of word: UInt64, _ escapesHTML: Bool) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // The high bit of a byte that is the one asked for, and perhaps of some above it: the lowest is right.
        func has(_ byte: UInt64) -> UInt64 {
            let difference = word ^ (ones &* byte)
            return (difference &- ones) & ~difference
        }
        var found = ((word &- ones &* 0x20) & ~word) | has(0x22) | has(0x5C) | has(0xE2)
        if escapesHTML { found |= has(0x3C) | has(0x3E) | has(0x26) }
        return (found & (ones &* 0x80)).trailingZeroBitCount >> 3
    }

    private static func escape(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
        switch byte {
        case 0x22: copy("\\\"", to: target)
        case 0x5C: copy("\\\\", to: target)
        case 0x08: copy("\\b", to: target)
        case 0x0C: copy("\\f", to: target)
        case 0x0A: copy("\\n", to: target)
        case 0x0D: copy("\\r", to: target)
        case 0x09: copy("\\t", to: target)
        default: copy("\\u00", to: target) + hexadecimal(byte, to: target + 4)
        }
    }

    private static func copy(_ text: StaticString, to target: UnsafeMutablePointer<UInt8>) -> Int {
        target.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        return text.utf8CodeUnitCount
    }

    private static func hexadecimal(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
        (target[0], target[1]) = (Hex.digit(byte >> 4), Hex.digit(byte & 15))
        return 2
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
