import GoLibrary
import GoTemplate

/// Values as TOML, as the BurntSushi library writes it: simple members first, then tables, each in order of their keys.
enum TOMLWriter {
    struct Problem: Error { var message: String }

    static func text(_ value: GoValue) throws(Problem) -> String {
        if value.isNil { throw Problem(message: "toml: cannot encode a nil value") }
        guard let map = value.members else { return try inline(value, depth: 0) }
        var output = ""
        try table(map, [], &output)
        return output
    }

    private static func isTable(_ value: GoValue) -> Bool {
        if value.holdsNil { return false }
        if value.members != nil { return true }
        guard let items = value.items, !items.isEmpty else { return false }
        return items.allSatisfy { $0.members != nil && !$0.holdsNil }
    }

    private static func table(_ map: GoMap, _ path: [String], _ output: inout String) throws(Problem) {
        if path.count > 200 { throw Problem(message: "toml: the value nests too deeply") }
        let indent = String(repeating: "  ", count: max(0, path.count - 1)) + (path.isEmpty ? "" : "  ")
        for (name, value) in zip(map.keys, map.values) where !isTable(value) && !value.holdsNil {
            output += indent + key(name) + " = " + (try inline(value, depth: 0)) + "\n"
        }
        for (name, value) in zip(map.keys, map.values) where isTable(value) {
            let path = path + [name]
            let head = path.map(key).joined(separator: ".")
            let indent = String(repeating: "  ", count: path.count - 1)
            if let inner = value.members {
                if !output.isEmpty { output += path.count == 1 ? "\n" : "" }
                output += "\(indent)[\(head)]\n"
                try table(inner, path, &output)
            } else {
                for item in value.items ?? [] {
                    if !output.isEmpty { output += path.count == 1 ? "\n" : "" }
                    output += "\(indent)[[\(head)]]\n"
                    try table(item.members ?? GoMap(), path, &output)
                }
            }
        }
    }

    private static func key(_ name: String) -> String {
        let isBare =
            !name.isEmpty
            && name.utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || $0 &- 0x30 <= 9 || ($0 | 0x20) &- 0x61 < 26 }
        return isBare ? name : string(name)
    }

    private static func inline(_ value: GoValue, depth: Int) throws(Problem) -> String {
        if depth > 200 { throw Problem(message: "toml: the value nests too deeply") }
        switch value.content {
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number, _): return String(number)
        case .float(let number):
            if number.isNaN { return "nan" }
            if number.isInfinite { return number < 0 ? "-inf" : "+inf" }
            let text = FloatText.plain(number)
            return text.contains("e") || text.contains(".") ? text : text + ".0"
        case .list(let list):
            var parts: [String] = []
            for item in list.items {
                if item.holdsNil { throw Problem(message: "toml: cannot encode array with nil element") }
                parts.append(try inline(item, depth: depth + 1))
            }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [String] = []
            for (name, member) in zip(map.keys, map.values) where !member.holdsNil {
                parts.append("\(key(name)) = \(try inline(member, depth: depth + 1))")
            }
            return "{" + parts.joined(separator: ", ") + "}"
        default: return string(GoPrint.text(value))
        }
    }

    private static func string(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{08}": output += "\\b"
            case "\u{0C}": output += "\\f"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    let digits = String(scalar.value, radix: 16)
                    output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        return output + "\""
    }
}
