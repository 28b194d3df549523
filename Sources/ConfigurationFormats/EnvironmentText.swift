import Diagnostics
import Documents

/// `.env` files: `NAME=value` and `export NAME=value`, comments, quoted values, `$NAME` and `${NAME}` for the names before.
/// The environment of the program is not looked at: a name that the file does not set is empty.
enum EnvironmentText {
    static func document(_ source: SourceFile) throws(FormatProblem) -> Document {
        var scanner = try LineScanner(source)
        var list = EntryList()
        while let line = scanner.line() {
            var text = line.text.trimmed
            if text.isEmpty || text.hasPrefix("#") { continue }
            if text.hasPrefix("export "), text.contains(where: { $0 == "=" || $0 == ":" }) { text = text.dropFirst(7).trimmed }
            let start = line.offset(of: text.startIndex)
            let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            let rest = text[name.endIndex...].drop { $0 == " " || $0 == "\t" }
            guard !name.isEmpty, let delimiter = rest.first, delimiter == "=" || delimiter == ":" else {
                throw FormatProblem("a line is NAME=value", at: start)
            }
            let (value, end) = try value(rest.dropFirst().trimmed, line, list, &scanner)
            list.set(String(name), value, at: start, until: end, in: source)
        }
        let arena = Arena.make(capacity: source.bytes.count * 3 + 1024)
        let root = try list.object(in: arena) { text throws(FormatProblem) in arena.string(text) }
        let whole = ByteSpan(start: source.base, end: source.base + UInt32(source.bytes.count))
        return Document(arena: arena, root: root, source: source, rootSpan: whole)
    }

    private static func value(
        _ text: Substring, _ line: LineScanner.Line, _ list: EntryList, _ scanner: inout LineScanner
    ) throws(FormatProblem) -> (String, Int) {
        var end = line.start + line.text.utf8.count
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            let plain = text.firstIndex(of: "#").map { text[..<$0] } ?? text
            return (try expanded(String(plain.trimmed), list, line), end)
        }
        var body = String(text.dropFirst())
        while true {
            if let close = closing(body, quote) {
                let after = body[body.index(after: close)...].trimmed
                guard after.isEmpty || after.hasPrefix("#") else {
                    throw FormatProblem("there is text after the quoted value", at: line.offset(of: text.startIndex))
                }
                let inner = String(body[..<close])
                return (quote == "'" ? inner : try expanded(unescaped(inner), list, line), end)
            }
            guard let next = scanner.line() else {
                throw FormatProblem("the quoted value does not end", at: line.offset(of: text.startIndex))
            }
            body += "\n" + next.text
            end = next.start + next.text.utf8.count
        }
    }

    private static func closing(_ text: String, _ quote: Character) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == quote { return index }
            let isEscape = text[index] == "\\"
            index = text.index(after: index)
            if isEscape, index < text.endIndex { index = text.index(after: index) }
        }
        return nil
    }

    private static func unescaped(_ text: String) -> String {
        var result = "", isEscaped = false
        for character in text {
            if isEscaped {
                switch character {
                case "n": result.append("\n")
                case "r": result.append("\r")
                // Stays for the names.
                case "$": result += "\\$"
                default: result.append(character)
                }
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return isEscaped ? result + "\\" : result
    }

    /// The text with names replaced by their values; a name that comes later or not at all is empty.
    private static func expanded(_ text: String, _ list: EntryList, _ line: LineScanner.Line) throws(FormatProblem) -> String {
        guard text.contains("$") else { return text }
        var result = "", rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            let before = rest[..<dollar], after = rest[rest.index(after: dollar)...]
            if before.hasSuffix("\\") {
                result += before.dropLast() + "$"
                rest = after
                continue
            }
            result += before
            let isBraced = after.hasPrefix("{")
            let name = (isBraced ? after.dropFirst() : after).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = after[name.endIndex...]
            if isBraced {
                guard rest.hasPrefix("}") else { throw FormatProblem("${ has no }", at: line.start) }
                rest = rest.dropFirst()
            }
            if name.isEmpty, !isBraced { result += "$" }
            result += list[String(name)] ?? ""
            if result.utf8.count > 1 << 20 { throw FormatProblem("the value is longer than 1 MiB", at: line.start) }
        }
        return result + rest
    }
}
