import Documents

/// JSON written straight into bytes.
enum JSONBytes {
    /// Appends a string.
    static func append(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { JSONWriter.appendString($0, to: &output, escapesHTML: false) }
    }

    /// Appends what a string has between its quotes.
    static func appendEscaped(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { JSONWriter.appendEscaped($0, to: &output, escapesHTML: false) }
    }

    /// Appends `"name":` with a comma before it unless it is the first member.
    static func appendKey(_ name: StaticString, isFirst: Bool = false, to output: inout [UInt8]) {
        output += isFirst ? "\"" : ",\""
        output.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        output += "\":"
    }

    /// Appends an array of strings.
    static func append(_ texts: [String], to output: inout [UInt8]) {
        output += "["
        for (index, text) in texts.enumerated() {
            if index > 0 { output += "," }
            append(text, to: &output)
        }
        output += "]"
    }
}

extension [UInt8] {
    static func += (bytes: inout [UInt8], text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
