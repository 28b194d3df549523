import Diagnostics
import Documents

/// Java's properties: `name=value`, `name: value` or `name value`, comments after `#` and `!`, lines that go on after `\`,
/// `${name}` for other names. The environment of the program is not looked at.
enum PropertiesText {
    static func document(_ source: SourceFile) throws(FormatProblem) -> Document {
        var scanner = try LineScanner(source)
        var list = EntryList()
        while let line = scanner.line() {
            let first = line.text.drop { $0.isWhitespace }
            if first.isEmpty || first.hasPrefix("#") || first.hasPrefix("!") { continue }
            var text = String(first), end = line.start + line.text.utf8.count
            while goesOn(text), let next = scanner.line() {
                text.removeLast()
                text += next.text.drop { $0.isWhitespace }
                end = next.start + next.text.utf8.count
            }
            let (name, value) = try split(text, at: line.offset(of: first.startIndex))
            list.set(name, value, at: line.offset(of: first.startIndex), until: end, in: source)
        }
        let arena = Arena.make(capacity: source.bytes.count * 3 + 1024)
        let root = try list.object(in: arena) { text throws(FormatProblem) in
            arena.string(try expanded(text, list, []))
        }
        let whole = ByteSpan(start: source.base, end: source.base + UInt32(source.bytes.count))
        return Document(arena: arena, root: root, source: source, rootSpan: whole)
    }

    /// Whether the line ends with a `\` that is not itself escaped.
    private static func goesOn(_ text: String) -> Bool { text.reversed().prefix { $0 == "\\" }.count % 2 == 1 }

    private static func split(_ text: String, at offset: Int) throws(FormatProblem) -> (String, String) {
        var name = "", index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if character == "=" || character == ":" || character == " " || character == "\t" || character == "\u{C}" { break }
            if character == "\\" {
                name += try escape(text, &index, at: offset)
            } else {
                name.append(character)
                index = text.index(after: index)
            }
        }
        var rest = text[index...].drop { $0 == " " || $0 == "\t" || $0 == "\u{C}" }
        if let delimiter = rest.first, delimiter == "=" || delimiter == ":" { rest = rest.dropFirst() }
        rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\u{C}" }
        var value = "", place = rest.startIndex
        let body = String(rest)
        place = body.startIndex
        while place < body.endIndex {
            if body[place] == "\\" {
                value += try escape(body, &place, at: offset)
            } else {
                value.append(body[place])
                place = body.index(after: place)
            }
        }
        return (name, value)
    }

    private static func escape(_ text: String, _ index: inout String.Index, at offset: Int) throws(FormatProblem) -> String {
        index = text.index(after: index)
        guard index < text.endIndex else { return "" }
        let character = text[index]
        index = text.index(after: index)
        switch character {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "f": return "\u{C}"
        case "u":
            let digits = text[index...].prefix(4)
            guard digits.count == 4, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                throw FormatProblem("\\u takes four hexadecimal digits of a character", at: offset)
            }
            index = digits.endIndex
            return String(Character(scalar))
        default: return String(character)
        }
    }

    private static func expanded(_ text: String, _ list: EntryList, _ seen: [String]) throws(FormatProblem) -> String {
        guard text.contains("${") else { return text }
        var result = "", rest = text[...]
        while let start = rest.firstRange(of: "${") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                throw FormatProblem("${ has no } in \(text.prefix(100))")
            }
            let name = String(rest[start.upperBound..<end])
            if seen.contains(name) || seen.count > 64 { throw FormatProblem("${\(name)} refers to itself") }
            if let value = list[name] { result += try expanded(value, list, seen + [name]) }
            if result.utf8.count > 1 << 20 { throw FormatProblem("a value is longer than 1 MiB") }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
