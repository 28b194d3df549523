import Diagnostics
import Documents
import TOMLKit

/// TOML 1.0 by toml++, through TOMLKit.
enum TOMLText {
    static func document(_ source: SourceFile) throws(FormatProblem) -> Document {
        let text = String(decoding: source.bytes, as: UTF8.self)
        if let invalid = source.bytes.firstIndex(of: 0) { throw FormatProblem("the file is binary, not text", at: invalid) }
        // The library hands strings over as those of C, which end at a zero.
        for spelling in ["\\u0000", "\\U00000000"] {
            if let found = source.bytes.firstRange(of: Array(spelling.utf8)) {
                throw FormatProblem("the character \(spelling) is not supported", at: found.lowerBound)
            }
        }
        let table: TOMLTable
        do { table = try TOMLTable(string: text) } catch let error as TOMLParseError {
            let line = Int(error.source.begin.line), column = Int(error.source.begin.column)
            throw FormatProblem(error.description, at: offset(line: line, column: column, in: source))
        } catch { throw FormatProblem("it cannot be read") }
        let arena = Arena.make(capacity: source.bytes.count * 3 + 1024)
        return Document(arena: arena, root: value(of: table, in: arena))
    }

    /// The byte at a column, which is counted in characters.
    private static func offset(line: Int, column: Int, in source: SourceFile) -> Int? {
        guard line >= 1, line <= source.lineCount else { return nil }
        let bytes = source.byteRange(ofLine: line)
        let text = String(decoding: source.bytes[bytes], as: UTF8.self)
        return bytes.lowerBound + text.unicodeScalars.prefix(max(0, column - 1)).reduce(0) { $0 + UTF8.width($1) }
    }

    private static func value(of table: TOMLTable, in arena: Arena) -> Value {
        arena.object(
            table.keys.map { key in
                ObjectEntry(key: arena.string(key), value: table[key].map { value(of: $0, in: arena) } ?? .null)
            })
    }

    /// Nothing nests deeper than the library allows, 256.
    private static func value(of node: any TOMLValueConvertible, in arena: Arena) -> Value {
        switch node.type {
        case .table: return node.table.map { value(of: $0, in: arena) } ?? .null
        case .array: return arena.array((node.array.map(Array.init) ?? []).map { value(of: $0, in: arena) })
        case .string: return arena.string(node.string ?? "")
        case .int: return node.int.map { .int(Int64($0)) } ?? .null
        case .bool: return .bool(node.bool ?? false)
        case .double: return NumberText.value(node.double ?? 0, in: arena) ?? arena.string("\(node.double ?? 0)")
        case .date, .time, .dateTime: return arena.string(node.debugDescription)
        }
    }
}

/// Numbers as JSON has them.
enum NumberText {
    /// The value of a number; nil for what is no number in JSON.
    static func value(_ number: Double, in arena: Arena) -> Value? {
        guard number.isFinite else { return nil }
        let text = number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
        var copy = text
        return copy.withUTF8 { try? JSONReader.value($0, in: arena) }
    }
}
