import GoLibrary

/// Values as Go's `fmt.Print` shows them.
package enum GoPrint {
    /// How `%v` shows a value.
    package static func text(_ value: GoValue) -> String {
        switch value.content {
        case .missing, .null: return "<nil>"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number, _): return String(number)
        case .float(let number): return FloatText.plain(number)
        case .complex(let number): return complex(number)
        case .string(let text), .numberText(let text): return text
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .list, .map:
            var output: [UInt8] = []
            append(value, to: &output, depth: 0)
            return String(decoding: output, as: UTF8.self)
        case .object(let object): return object.text
        }
    }

    static func complex(_ number: GoComplex) -> String {
        let sign = number.imaginary.sign == .minus ? "" : "+"
        return "(\(FloatText.plain(number.real))\(sign)\(FloatText.plain(number.imaginary))i)"
    }

    /// Go's `Sprint`: a space between operands when neither is a string.
    package static func joined(_ arguments: [GoValue]) -> GoValue {
        if arguments.count == 1 { return string(arguments[0]) }
        var output: [UInt8] = []
        for (index, argument) in arguments.enumerated() {
            if index > 0, !isText(argument), !isText(arguments[index - 1]) { output.append(0x20) }
            append(argument, to: &output)
        }
        return GoValue.text(output)
    }

    static func string(_ value: GoValue) -> GoValue {
        switch value.content {
        case .string, .bytes: return value
        default: return .string(text(value))
        }
    }

    /// Whether `fmt.Sprint` takes it for a string, beside which it puts no space.
    static func isText(_ value: GoValue) -> Bool {
        switch value.content {
        case .string, .bytes, .numberText: true
        default: false
        }
    }

    /// Values that hold themselves, or each other many times, are cut off here.
    private static let deepest = 500, longest = 64 << 20

    static func append(_ value: GoValue, to output: inout [UInt8], depth: Int = 0) {
        if depth > deepest || output.count > longest {
            output += "...".utf8
            return
        }
        switch value.content {
        case .list(let list):
            output += "[".utf8
            for (index, item) in list.items.enumerated() {
                if index > 0 { output.append(0x20) }
                append(item, to: &output, depth: depth + 1)
                if output.count > longest { break }
            }
            output += "]".utf8
        case .map(let map):
            output += "map[".utf8
            for index in 0..<map.count {
                if index > 0 { output.append(0x20) }
                output += "\(map.keys[index]):".utf8
                append(map.values[index], to: &output, depth: depth + 1)
                if output.count > longest { break }
            }
            output += "]".utf8
        case .string(var text), .numberText(var text): text.withUTF8 { output.append(contentsOf: $0) }
        case .bytes(let bytes): output += bytes
        default: output += text(value).utf8
        }
    }
}
