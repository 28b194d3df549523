import Documents
import GoLibrary
import GoTemplate
import Text

/// Values as Go's `encoding/json` writes them.
enum JSONForm {
    /// Why a value cannot be written.
    struct Problem: Error { var message: String }

    static func text(_ value: GoValue, escapesHTML: Bool = true, indent: String? = nil) throws(Problem) -> String {
        var writer = Writer(escapesHTML: escapesHTML, indent: indent.map { Array($0.utf8) })
        try writer.write(value, depth: 0)
        return String(decoding: writer.output, as: UTF8.self)
    }

    private struct Writer {
        let escapesHTML: Bool
        let indent: [UInt8]?
        var output: [UInt8] = []

        mutating func write(_ value: GoValue, depth: Int) throws(Problem) {
            if depth > 1000 { throw Problem(message: "json: the value nests too deeply") }
            if output.count > 64 << 20 { throw Problem(message: "json: the text is over the memory limit of 64 MB") }
            switch value.content {
            case .missing, .null: output += "null".utf8
            case .bool(let flag): output += (flag ? "true" : "false").utf8
            case .integer(let number, _): output += String(number).utf8
            case .float(let number):
                guard let text = GoFloat.json(number) else {
                    throw Problem(message: "json: unsupported value: \(FloatText.plain(number))")
                }
                output += text
            case .numberText(let text): output += text.utf8
            case .complex: throw Problem(message: "json: unsupported type: complex128")
            case .string(let text): string(text)
            case .bytes(let bytes): string(String(decoding: bytes, as: UTF8.self))
            case .list(let list): try items(list, depth)
            case .map(let map): try members(map, depth)
            case .object(let object):
                if let list = object.list { return try items(list, depth) }
                if let map = object.members { try members(map, depth, object.memberOrder) } else { string(object.json) }
            }
        }

        private mutating func newLine(_ depth: Int) {
            guard let indent else { return }
            output.append(0x0A)
            for _ in 0..<depth { output += indent }
        }

        private mutating func items(_ list: GoList, _ depth: Int) throws(Problem) {
            if list.isNone {
                output += "null".utf8
                return
            }
            if list.element == .uint8 { return string(Base64.text(list.bytes)) }
            if list.items.isEmpty {
                output += "[]".utf8
                return
            }
            output.append(UInt8(ascii: "["))
            for (index, item) in list.items.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                newLine(depth + 1)
                try write(item, depth: depth + 1)
            }
            newLine(depth)
            output.append(UInt8(ascii: "]"))
        }

        private mutating func members(_ map: GoMap, _ depth: Int, _ order: [String]? = nil) throws(Problem) {
            if map.count == 0 {
                output += (map.isNone ? "null" : "{}").utf8
                return
            }
            output.append(UInt8(ascii: "{"))
            for index in 0..<map.count {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                newLine(depth + 1)
                let key = order?[index] ?? map.keys[index]
                string(key)
                output.append(UInt8(ascii: ":"))
                if indent != nil { output.append(0x20) }
                try write(order == nil ? map.values[index] : map[key] ?? .missing, depth: depth + 1)
            }
            newLine(depth)
            output.append(UInt8(ascii: "}"))
        }

        private mutating func string(_ text: String) {
            output.append(UInt8(ascii: "\""))
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"": output += "\\\"".utf8
                case "\\": output += "\\\\".utf8
                case "\n": output += "\\n".utf8
                case "\r": output += "\\r".utf8
                case "\t": output += "\\t".utf8
                case "\u{08}": output += "\\b".utf8
                case "\u{0C}": output += "\\f".utf8
                case "<", ">", "&": if escapesHTML { unicode(scalar) } else { output.append(UInt8(scalar.value)) }
                case "\u{2028}", "\u{2029}": unicode(scalar)
                default: if scalar.value < 0x20 { unicode(scalar) } else { output += UTF8.encode(scalar)! }
                }
            }
            output.append(UInt8(ascii: "\""))
        }

        private mutating func unicode(_ scalar: Unicode.Scalar) {
            let digits = String(scalar.value, radix: 16)
            output += ("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits).utf8
        }
    }
}
