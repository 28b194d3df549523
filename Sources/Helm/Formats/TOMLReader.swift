import GoLibrary
import GoTemplate

/// Reads TOML documents into maps: keys, tables, arrays of tables, strings, numbers, and times as the text that JSON has for
/// them.
struct TOMLReader {
    struct Problem: Error {
        var line: Int
        var message: String
        /// The key that was read last, where the fault lies in its value.
        var key: String?

        var text: String {
            "toml: line \(line)\(key.map { " (last key \(GoText.quoted($0)))" } ?? ""): \(message)"
        }
    }

    private let bytes: [UInt8]
    private var index = 0
    /// The tables that have a header of their own.
    private var headed: Set<ObjectIdentifier> = []

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func map(_ bytes: [UInt8]) throws(Problem) -> GoMap {
        var reader = TOMLReader(bytes)
        let root = GoMap()
        var table = root
        while true {
            reader.skipBlank(lines: true)
            guard let byte = reader.current else { return root }
            if byte == UInt8(ascii: "[") {
                table = try reader.header(root)
            } else {
                try reader.member(of: table)
            }
            reader.skipBlank(lines: false)
            if let next = reader.current, next != 0x0A, next != 0x0D { throw reader.problem("expected a new line") }
        }
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func problem(_ message: String) -> Problem {
        Problem(line: bytes[..<min(index, bytes.count)].count { $0 == 0x0A } + 1, message: message)
    }

    private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    private mutating func skipBlank(lines: Bool) {
        while let byte = current {
            if byte == 0x20 || byte == 0x09 || lines && (byte == 0x0A || byte == 0x0D) {
                index += 1
            } else if byte == UInt8(ascii: "#") {
                while let byte = current, byte != 0x0A {
                    _ = byte
                    index += 1
                }
            } else {
                return
            }
        }
    }

    private mutating func expect(_ byte: UInt8) throws(Problem) {
        guard current == byte else { throw problem("expected '\(Unicode.Scalar(byte))'") }
        index += 1
    }

    // MARK: Keys and tables

    private mutating func key() throws(Problem) -> [String] {
        var parts: [String] = []
        repeat {
            if !parts.isEmpty { index += 1 }
            skipBlank(lines: false)
            guard let byte = current else { throw problem("unexpected end of file in a key") }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                parts.append(try string())
            } else {
                let start = index
                while let byte = current,
                    byte == 0x2D || byte == 0x5F || byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 < 26
                { index += 1 }
                if index == start { throw problem("a key cannot begin with '\(Unicode.Scalar(byte))'") }
                parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
            }
            skipBlank(lines: false)
        } while current == UInt8(ascii: ".")
        if parts.count > 200 { throw problem("the key nests too deeply") }
        return parts
    }

    private mutating func header(_ root: GoMap) throws(Problem) -> GoMap {
        let isArray = starts("[[")
        index += isArray ? 2 : 1
        let path = try key()
        try expect(UInt8(ascii: "]"))
        if isArray { try expect(UInt8(ascii: "]")) }
        let parent = try table(root, path.dropLast())
        let name = path[path.count - 1]
        if isArray {
            let inner = GoMap()
            if let list = parent[name]?.asList {
                list.items.append(.map(inner))
            } else if parent.contains(name) {
                throw problem("key '\(name)' was already defined")
            } else {
                parent[name] = .list([.map(inner)])
            }
            return inner
        }
        let known = parent[name]
        let inner = try table(parent, [name])
        let isSecond = !headed.insert(ObjectIdentifier(inner)).inserted
        if isSecond || known?.asList != nil {
            throw problem("Key '\(path.joined(separator: "."))' has already been defined.")
        }
        return inner
    }

    private func table(_ start: GoMap, _ path: ArraySlice<String>) throws(Problem) -> GoMap {
        var table = start
        for name in path {
            switch table[name]?.content {
            case nil:
                let inner = GoMap()
                table[name] = .map(inner)
                table = inner
            case .map(let inner): table = inner
            case .list(let list):
                guard let inner = list.items.last?.asMap else { throw problem("key '\(name)' is no table") }
                table = inner
            default: throw problem("key '\(name)' was already defined")
            }
        }
        return table
    }

    private mutating func member(of table: GoMap, depth: Int = 0) throws(Problem) {
        let path = try key()
        try expect(UInt8(ascii: "="))
        skipBlank(lines: false)
        let target = try self.table(table, path.dropLast())
        let name = path[path.count - 1]
        if target.contains(name) { throw problem("key '\(name)' was already defined") }
        do throws(Problem) {
            let inner = try value(depth: depth + 1)
            // A table in one line is complete.
            if let map = inner.asMap { headed.insert(ObjectIdentifier(map)) }
            target[name] = inner
        } catch {
            var located = error
            if located.key == nil { located.key = path.joined(separator: ".") }
            throw located
        }
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(Problem) -> GoValue {
        if depth > 200 { throw problem("the value nests too deeply") }
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
        case UInt8(ascii: "["):
            index += 1
            var items: [GoValue] = []
            while true {
                skipBlank(lines: true)
                if current == UInt8(ascii: "]") { break }
                items.append(try value(depth: depth + 1))
                skipBlank(lines: true)
                if current == UInt8(ascii: ",") {
                    index += 1
                } else if current != UInt8(ascii: "]") {
                    throw problem("expected a comma or ']'")
                }
            }
            index += 1
            return .list(items)
        case UInt8(ascii: "{"):
            index += 1
            let map = GoMap()
            skipBlank(lines: false)
            while current != UInt8(ascii: "}") {
                try member(of: map, depth: depth)
                skipBlank(lines: false)
                if current == UInt8(ascii: ",") {
                    index += 1
                } else if current != UInt8(ascii: "}") {
                    throw problem("expected a comma or '}'")
                }
                skipBlank(lines: false)
            }
            index += 1
            return .map(map)
        default: return try word()
        }
    }

    private mutating func word() throws(Problem) -> GoValue {
        let start = index
        while let byte = current, byte > 0x20, !",]}#".utf8.contains(byte) { index += 1 }
        var text = String(decoding: bytes[start..<index], as: UTF8.self)
        // A date may be followed by its time of day.
        if text.utf8.count == 10, text.utf8.contains(0x2D), current == 0x20, index + 1 < bytes.count,
            bytes[index + 1] &- 0x30 <= 9
        {
            index += 1
            let rest = index
            while let byte = current, byte > 0x20, !",]}#".utf8.contains(byte) { index += 1 }
            text += "T" + String(decoding: bytes[rest..<index], as: UTF8.self)
        }
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "inf", "+inf": return .float(.infinity)
        case "-inf": return .float(-.infinity)
        case "nan", "+nan", "-nan": return .float(.nan)
        default: break
        }
        let plain = text.replacing("_", with: "")
        if let integer = Cast.parse(plain, radix: 0),
            !(plain.count > 1 && plain.hasPrefix("0") && plain.utf8.allSatisfy { $0 &- 0x30 <= 9 })
        {
            return .int64(integer)
        }
        if let number = Double(plain), plain.utf8.last.map({ $0 &- 0x30 <= 9 }) ?? false { return .float(number) }
        if text.utf8.first.map({ $0 &- 0x30 <= 9 }) ?? false, text.utf8.contains(0x2D) || text.utf8.contains(0x3A) {
            return .string(Self.instant(text))
        }
        if text.isEmpty, current == nil { throw problem("unexpected EOF; expected value") }
        if current == 0x0A || current == 0x0D, text.isEmpty { throw problem("expected value but found '\\n' instead") }
        throw problem(text.isEmpty ? "expected a value" : "expected a value but found \(GoText.quoted(text))")
    }

    /// A time as JSON has it: one without a day or a zone has those of Go's first instant.
    private static func instant(_ text: String) -> String {
        let upper = text.uppercased()
        let hasDay = upper.utf8.contains(0x2D) && upper.utf8.prefix(5).last == 0x2D
        if !hasDay { return "0000-01-01T\(upper)Z" }
        guard upper.utf8.contains(UInt8(ascii: "T")) else { return "\(upper)T00:00:00Z" }
        let clock = upper.drop { $0 != "T" }
        return clock.contains { $0 == "Z" || $0 == "+" || $0 == "-" } ? upper : upper + "Z"
    }

    private mutating func string() throws(Problem) -> String {
        let quote = bytes[index]
        let triple = String(repeating: String(Unicode.Scalar(quote)), count: 3)
        let isLong = starts(triple)
        index += isLong ? 3 : 1
        if isLong, current == 0x0D { index += 1 }
        if isLong, current == 0x0A { index += 1 }
        var output: [UInt8] = []
        while let byte = current {
            if isLong ? starts(triple) : byte == quote {
                index += isLong ? 3 : 1
                return String(decoding: output, as: UTF8.self)
            }
            if byte == 0x0A, !isLong { throw problem("strings cannot contain new lines") }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(isLong, &output)
            } else {
                output.append(byte)
                index += 1
            }
        }
        throw problem("unexpected end of file in a string")
    }

    private mutating func escape(_ isLong: Bool, _ output: inout [UInt8]) throws(Problem) {
        index += 1
        guard let letter = current else { throw problem("unexpected end of file in a string") }
        index += 1
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "f"): 12,
            UInt8(ascii: "r"): 13,
            UInt8(ascii: "e"): 27, UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C,
        ]
        if let byte = plain[letter] { return output.append(byte) }
        if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "U") {
            let count = letter == UInt8(ascii: "u") ? 4 : 8
            let digits = String(decoding: bytes[index..<min(index + count, bytes.count)], as: UTF8.self)
            guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                throw problem("invalid escape in a string")
            }
            output += String(scalar).utf8
            index += count
            return
        }
        guard isLong, letter == 0x0A || letter == 0x20 || letter == 0x0D || letter == 0x09 else {
            throw problem("invalid escape in a string")
        }
        while let byte = current, byte == 0x0A || byte == 0x20 || byte == 0x0D || byte == 0x09 { index += 1 }
    }
}
