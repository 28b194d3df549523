import Documents

/// JSON whose members are written in the order given.
indirect enum JSON: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])
    /// Text that is JSON already.
    case raw([UInt8])

    /// An object without the members that have no value.
    static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(members.compactMap { name, value in value.map { (name, $0) } })
    }

    static func strings(_ texts: some Sequence<String>) -> JSON { .array(texts.map(JSON.string)) }

    /// A value of the engine; sets become arrays. It is written now: values die with their arena.
    static func value(_ value: Value) -> JSON {
        var bytes: [UInt8] = []
        JSONWriter.append(value, to: &bytes)
        return .raw(bytes)
    }

    /// The text as bytes.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += value ? "true".utf8 : "false".utf8
        case .int(let value): output += String(value).utf8
        case .double(let value): output += (value.isFinite ? "\((value * 1000).rounded() / 1000)" : "0").utf8
        case .string(let text): Self.writeString(text, to: &output)
        case .raw(let bytes): output += bytes
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.writeString(member.0, to: &output)
                output.append(UInt8(ascii: ":"))
                member.1.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// A string with the escapes of RFC 8259.
    private static func writeString(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { JSONWriter.appendString($0, to: &output, escapesHTML: false) }
    }
}
