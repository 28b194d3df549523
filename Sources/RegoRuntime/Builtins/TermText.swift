import Documents
import GoLibrary

/// Values as OPA writes terms: `{"a": [1, {2}]}`, strings quoted as Go quotes them.
enum TermText {
    static func write(_ value: Value, to text: inout TextBuilder) {
        switch value.kind {
        case .undefined, .node: text.append("<undefined>")
        case .null: text.append("null")
        case .bool: text.append(value.isTrue ? "true" : "false")
        case .int: text.append(value.rawInt)
        case .decimal: text.append(value.utf8)
        case .string: GoText.quote(value.utf8, to: &text)
        case .array: writeList(value, "[", "]", to: &text)
        case .set:
            if value.count == 0 { text.append("set()") } else { writeList(value, "{", "}", to: &text) }
        case .object:
            text.append(UInt8(ascii: "{"))
            for index in 0..<value.count where !text.isOverLimit {
                if index > 0 { text.append(", ") }
                write(value.keys[index], to: &text)
                text.append(": ")
                write(value.values[index], to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    /// As `write`, but a string at the top stands without quotes (`print`, template strings).
    static func writePlain(_ value: Value, to text: inout TextBuilder) {
        if value.kind == .string { text.append(value.utf8) } else { write(value, to: &text) }
    }

    private static func writeList(
        _ list: Value, _ open: StaticString, _ close: StaticString, to text: inout TextBuilder
    ) {
        text.append(open)
        for (index, element) in list.elements.enumerated() where !text.isOverLimit {
            if index > 0 { text.append(", ") }
            write(element, to: &text)
        }
        text.append(close)
    }
}
