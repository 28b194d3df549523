import Diagnostics
import Documents

/// INI files as Conftest's library reads them: sections with keys, comments after `#` and `;`, quoted values, values over
/// several lines, `%(name)s` for other keys. Numbers and booleans are such; what stands before the first section is left out.
enum INIText {
    private static let outside = "DEFAULT"

    static func document(_ source: SourceFile) throws(FormatProblem) -> Document {
        var scanner = try LineScanner(source)
        var names: [String] = []
        var sections: [String: EntryList] = [outside: EntryList()]
        var starts: [String: Int] = [:]
        var current = outside
        while let line = scanner.line() {
            let text = line.text.trimmed
            guard let first = text.first else { continue }
            if first == "#" || first == ";" { continue }
            if first == "[" {
                guard let end = text.lastIndex(of: "]") else {
                    throw FormatProblem("the name of a section ends with ]", at: line.offset(of: text.startIndex))
                }
                current = String(text[text.index(after: text.startIndex)..<end].trimmed)
                if current.isEmpty { throw FormatProblem("a section has no name", at: line.offset(of: text.startIndex)) }
                if sections[current] == nil { (sections[current], starts[current]) = (EntryList(), line.start) }
                if !names.contains(current), current != outside { names.append(current) }
                continue
            }
            let (name, rest) = try split(text, line)
            let (value, end) = try value(rest, line, &scanner)
            sections[current, default: EntryList()].set(
                name, value, at: line.offset(of: text.startIndex), until: end, in: source)
        }
        return try document(source, names, sections, starts)
    }

    private static func document(
        _ source: SourceFile, _ names: [String], _ sections: [String: EntryList], _ starts: [String: Int]
    ) throws(FormatProblem) -> Document {
        let arena = Arena.make(capacity: source.bytes.count * 4 + 1024)
        var members: [PositionedEntry] = []
        for name in names {
            let list = sections[name] ?? EntryList()
            let start = UInt32(starts[name] ?? 0) + source.base
            let span = ByteSpan(start: start, end: start + 1)
            let value = try list.object(in: arena) { text throws(FormatProblem) in
                typed(expanded(text, list, sections[outside] ?? EntryList(), depth: 0), arena)
            }
            members.append(PositionedEntry(key: arena.string(name), value: value, keySpan: span, valueSpan: span))
        }
        let whole = ByteSpan(start: source.base, end: source.base + UInt32(source.bytes.count))
        return Document(arena: arena, root: arena.object(entries: members), source: source, rootSpan: whole)
    }

    private static func split(_ text: Substring, _ line: LineScanner.Line) throws(FormatProblem) -> (String, Substring) {
        if let quote = text.first, quote == "\"" || quote == "`" {
            let inner = text.dropFirst()
            guard let end = inner.firstIndex(of: quote) else {
                throw FormatProblem("the quoted key does not end", at: line.offset(of: text.startIndex))
            }
            let rest = inner[inner.index(after: end)...].trimmed
            guard let delimiter = rest.first, delimiter == "=" || delimiter == ":" else {
                throw FormatProblem("= or : is missing after the key", at: line.offset(of: text.startIndex))
            }
            return (String(inner[..<end]), rest.dropFirst().trimmed)
        }
        guard let delimiter = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            throw FormatProblem("= or : is missing after the key", at: line.offset(of: text.startIndex))
        }
        let name = text[..<delimiter].trimmed
        if name.isEmpty { throw FormatProblem("a key has no name", at: line.offset(of: text.startIndex)) }
        return (String(name), text[text.index(after: delimiter)...].trimmed)
    }

    /// The value that begins in a line, and the byte after it.
    private static func value(
        _ text: Substring, _ line: LineScanner.Line, _ scanner: inout LineScanner
    ) throws(FormatProblem) -> (String, Int) {
        var end = line.start + line.text.utf8.count
        for quote in ["\"\"\"", "`"] where text.hasPrefix(quote) {
            var value = String(text.dropFirst(quote.count))
            while true {
                if let close = value.firstRange(of: quote) { return (String(value[..<close.lowerBound]), end) }
                guard let next = scanner.line() else {
                    throw FormatProblem("the value does not end", at: line.offset(of: text.startIndex))
                }
                value += "\n" + next.text
                end = next.start + next.text.utf8.count
            }
        }
        var value = String(text)
        while value.hasSuffix("\\") {
            value.removeLast()
            guard let next = scanner.line() else { break }
            value += next.text.trimmed
            end = next.start + next.text.utf8.count
        }
        if let quote = value.first, quote == "\"" || quote == "'", value.count > 1 {
            let inner = value.dropFirst()
            if let close = inner.firstIndex(of: quote) {
                let after = inner[inner.index(after: close)...].trimmed
                if after.isEmpty || after.hasPrefix("#") || after.hasPrefix(";") { return (String(inner[..<close]), end) }
            }
        }
        if let comment = value.firstIndex(where: { $0 == "#" || $0 == ";" }) { value = String(value[..<comment]) }
        return (String(value[...].trimmed), end)
    }

    /// The text with `%(name)s` replaced by other keys of the section, or those outside of sections.
    private static func expanded(_ text: String, _ list: EntryList, _ outer: EntryList, depth: Int) -> String {
        guard depth < 20, text.contains("%(") else { return text }
        var result = "", rest = text[...]
        while let start = rest.firstRange(of: "%("), let end = rest[start.upperBound...].firstRange(of: ")s") {
            let name = String(rest[start.upperBound..<end.lowerBound])
            result += rest[..<start.lowerBound]
            if let value = list[name] ?? outer[name], result.utf8.count < 1 << 20 {
                result += expanded(value, list, outer, depth: depth + 1)
            } else {
                result += rest[start.lowerBound..<end.upperBound]
            }
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    private static func typed(_ text: String, _ arena: Arena) -> Value {
        let isNumber = text.first.map { $0.isASCII && ($0.isNumber || "+-.".contains($0)) } ?? false
        if isNumber, let number = Double(text), let value = NumberText.value(number, in: arena) { return value }
        switch text {
        case "t", "T", "TRUE", "true", "True": return .bool(true)
        case "f", "F", "FALSE", "false", "False": return .bool(false)
        default: return arena.string(text)
        }
    }
}
