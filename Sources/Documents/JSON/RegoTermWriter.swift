import GoLibrary

/// Writes values as OPA prints terms (`sprintf("%v")`, traces, messages): `{1, 2}`, `set()`, `{"a": 1}`; strings are
/// quoted as Go's `strconv.Quote` does.
public struct RegoTermWriter {
    /// The text of a term.
    public static func string(_ value: Value) -> String {
        var output: [UInt8] = []
        append(value, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The text of a term for people; of one over a MiB only what it is.
    public static func short(_ value: Value) -> String {
        let limit = 1 << 20
        return value.writtenSize(upTo: limit) > limit ? "<\(value.typeName) of more than 1 MiB>" : string(value)
    }

    /// Appends the text of a term.
    public static func append(_ value: Value, to output: inout [UInt8]) {
        switch value.kind {
        case .undefined: output.append(contentsOf: "undefined".utf8)
        case .null, .node: output.append(contentsOf: "null".utf8)
        case .bool: output.append(contentsOf: value.isTrue ? "true".utf8 : "false".utf8)
        case .int: appendInteger(value.rawInt, to: &output)
        case .decimal: output.append(contentsOf: value.utf8)
        case .string: appendQuoted(value.utf8, to: &output)
        case .array: appendElements(value.elements, "[", "]", to: &output)
        case .set where value.count == 0: output.append(contentsOf: "set()".utf8)
        case .set: appendElements(value.elements, "{", "}", to: &output)
        case .object:
            output.append(UInt8(ascii: "{"))
            for index in 0..<value.count {
                if index > 0 { output.append(contentsOf: ", ".utf8) }
                append(value.keys[index], to: &output)
                output.append(contentsOf: ": ".utf8)
                append(value.values[index], to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func appendElements(
        _ elements: UnsafeBufferPointer<Value>, _ open: Unicode.Scalar, _ close: Unicode.Scalar,
        to output: inout [UInt8]
    ) {
        output.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(contentsOf: ", ".utf8) }
            append(element, to: &output)
        }
        output.append(UInt8(ascii: close))
    }

    /// Appends the bytes as a Go string literal in double quotes.
    public static func appendQuoted(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        GoText.quote(bytes, to: &output)
    }
}
