import Diagnostics

/// Lines and columns as the API counts them: from 1, columns in UTF-16 code units.
struct TextPosition: Hashable {
    var line: Int
    var column: Int

    init(line: Int, column: Int) { (self.line, self.column) = (line, column) }

    /// Where a byte offset stands.
    init(_ offset: Int, in file: SourceFile) {
        let offset = max(0, min(offset, file.bytes.count))
        line = file.line(at: offset)
        column = 1
        for byte in file.bytes[file.byteRange(ofLine: line).lowerBound..<offset] where byte & 0xC0 != 0x80 {
            column += byte >= 0xF0 ? 2 : 1
        }
    }

    /// The byte offset of the position, at the nearest character of the file.
    func offset(in file: SourceFile) -> Int {
        let bytes = file.byteRange(ofLine: max(1, line))
        var units = 1
        for index in bytes where file.bytes[index] & 0xC0 != 0x80 {
            if units >= column { return index }
            units += file.bytes[index] >= 0xF0 ? 2 : 1
        }
        return bytes.upperBound
    }

    var json: JSON { .object([("line", .int(line)), ("column", .int(column))]) }
}

extension JSON {
    static func range(_ start: Int, _ end: Int, in file: SourceFile) -> JSON {
        .object([("start", TextPosition(start, in: file).json), ("end", TextPosition(end, in: file).json)])
    }

    static func place(_ range: SourceRange) -> JSON {
        .object([
            ("file", .string(range.file.path)), ("range", .range(Int(range.start), Int(range.end), in: range.file)),
        ])
    }

    static func diagnostic(_ problem: Diagnostic) -> JSON {
        .members([
            "severity": .string(problem.severity.rawValue), "code": .string(problem.code),
            "message": .string(problem.message), "at": problem.range.map(JSON.place), "hint": problem.hint.map(JSON.string),
            "fix": Fix.of(problem),
            "notes": problem.notes.isEmpty
                ? nil
                : .array(
                    problem.notes.map { note in
                        .members(["message": .string(note.message), "at": note.range.map(JSON.place)])
                    }),
        ])
    }

    static func diagnostics(_ problems: [Diagnostic]) -> JSON { .array(problems.map(JSON.diagnostic)) }
}

/// The edit that a hint of the form `did you mean x?` stands for.
private enum Fix {
    static func of(_ problem: Diagnostic) -> JSON? {
        guard let range = problem.range, let name = name(problem.hint ?? problem.message) else { return nil }
        guard let written = word(range, withDots: name.contains(".")), written != name else { return nil }
        let place = SourceRange(file: range.file, start: range.start, end: range.start + UInt32(written.utf8.count))
        return .object([("at", .place(place)), ("text", .string(name))])
    }

    private static func name(_ hint: String) -> String? {
        guard let start = hint.firstRange(of: "did you mean "), let end = hint[start.upperBound...].firstIndex(of: "?") else {
            return nil
        }
        return String(hint[start.upperBound..<end].filter { $0 != "\"" })
    }

    /// The name that a range begins with.
    private static func word(_ range: SourceRange, withDots: Bool) -> String? {
        let text = range.text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || (withDots && $0 == ".") }
        return text.isEmpty ? nil : String(text)
    }
}
