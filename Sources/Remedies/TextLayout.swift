import Diagnostics
import Documents

/// How a text is laid out, and new parts of it laid out the same way.
struct TextLayout {
    private let bytes: [UInt8]
    /// Whether the text is JSON, in which keys and texts have quotes.
    let isJSON: Bool
    /// Columns that a mapping stands further right than its key.
    private(set) var step = 2
    /// Columns that a list's dashes stand further right than its key.
    private var dash = 0
    private var newline = "\n"

    init(_ document: Document, _ source: SourceFile) {
        bytes = source.bytes
        let first = source.bytes.first { $0 > 0x20 }
        isJSON = source.path.hasSuffix(".json") || first == UInt8(ascii: "{")
        let end = source.bytes.firstIndex(of: 0x0A)
        if let end, end > 0, source.bytes[end - 1] == 0x0D { newline = "\r\n" }
        if !isJSON, let found = nested(in: document.root, source, isList: false) { step = found }
        if !isJSON, let found = nested(in: document.root, source, isList: true) { dash = found }
    }

    /// By how much the first mapping or list in block style stands right of its key; nil when there is none.
    private func nested(in value: Value, _ source: SourceFile, isList: Bool) -> Int? {
        guard value.hasPositions else { return nil }
        let children = value.kind == .object ? value.values : value.elements
        for index in children.indices {
            let start = Int(source.range(value.valueSpan(at: index)).start)
            let child = children[index]
            if value.kind == .object, child.kind == (isList ? .array : .object), child.count > 0, start < bytes.count,
                !isFlow(start..<bytes.count)
            {
                let key = Int(source.range(value.keySpan(at: index)).start)
                let inner = isList ? dashColumn(before: Int(source.range(child.valueSpan(at: 0)).start)) : column(of: start)
                if let inner, lineStart(of: start) > key, inner >= column(of: key) + (isList ? 0 : 1) {
                    return inner - column(of: key)
                }
            }
            if let found = nested(in: child, source, isList: isList) { return found }
        }
        return nil
    }

    // MARK: Places

    func isFlow(_ span: Range<Int>) -> Bool {
        guard !span.isEmpty else { return false }
        let first = bytes[span.lowerBound]
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    func lineStart(of offset: Int) -> Int { bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 }

    /// Where the line after an offset begins, or the text ends.
    func nextLine(after offset: Int) -> Int { bytes[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count }

    func column(of offset: Int) -> Int { offset - lineStart(of: offset) }

    func isFirstOfLine(_ offset: Int) -> Bool { bytes[lineStart(of: offset)..<offset].allSatisfy { $0 == 0x20 } }

    /// The column of the dash before an item of a list.
    func dashColumn(before offset: Int) -> Int? {
        guard let place = bytes[lineStart(of: offset)..<offset].lastIndex(where: { $0 != 0x20 }),
            bytes[place] == UInt8(ascii: "-")
        else { return nil }
        return column(of: place)
    }

    /// New lines behind the line that an offset is on.
    func newLines(_ lines: [String], after offset: Int) -> TextEdit {
        let place = nextLine(after: offset)
        let newline = newline(at: place)
        let text = lines.joined(separator: newline)
        if place > 0, bytes[place - 1] == 0x0A { return TextEdit(range: place..<place, text: text + newline) }
        return TextEdit(range: place..<place, text: newline + text)
    }

    /// How the line that an offset is on ends.
    func lineEnd(at offset: Int) -> String { newline(at: nextLine(after: offset)) }

    /// New lines before the line that begins at an offset.
    func newLines(_ lines: [String], before start: Int) -> TextEdit {
        let newline = newline(at: nextLine(after: start))
        return TextEdit(range: start..<start, text: lines.joined(separator: newline) + newline)
    }

    /// How the line before an offset ends, or the one before that when it is the last of the text and has no end.
    private func newline(at offset: Int) -> String {
        let start = lineStart(of: offset)
        guard start > 0 else { return newline }
        return start > 1 && bytes[start - 2] == 0x0D ? "\r\n" : "\n"
    }

    /// What stands between two members of a mapping in flow style: a line break when they have lines of their own.
    func separator(in span: Range<Int>, at key: Int?) -> String {
        guard let key, lineStart(of: key) > span.lowerBound, isFirstOrIndented(key) else { return ", " }
        return "," + newline(at: lineStart(of: key)) + String(decoding: bytes[lineStart(of: key)..<key], as: UTF8.self)
    }

    private func isFirstOrIndented(_ offset: Int) -> Bool {
        bytes[lineStart(of: offset)..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    // MARK: New text

    /// A member below others that are missing, in lines that begin at a column.
    func members(_ keys: [String], _ value: Value, at column: Int) -> [String] {
        let indent = String(repeating: " ", count: column)
        if keys.count > 1 { return ["\(indent)\(key(keys[0])):"] + members(Array(keys.dropFirst()), value, at: column + step) }
        let head = "\(indent)\(key(keys[0])):"
        switch value.kind {
        case .object where value.count > 0:
            return [head]
                + value.keys.indices.flatMap { members([value.keys[$0].string], value.values[$0], at: column + step) }
        case .array where value.count > 0: return [head] + value.elements.flatMap { item($0, at: column + dash) }
        default: return ["\(head) \(inline(value))"]
        }
    }

    /// An item of a list whose dash stands at a column.
    func item(_ value: Value, at column: Int) -> [String] {
        let indent = String(repeating: " ", count: column)
        guard value.kind == .object, value.count > 0 else { return ["\(indent)- \(inline(value))"] }
        var lines = value.keys.indices.flatMap { members([value.keys[$0].string], value.values[$0], at: column + 2) }
        lines[0] = indent + "- " + lines[0].dropFirst(column + 2)
        return lines
    }

    /// A value on one line.
    func inline(_ value: Value) -> String {
        if isJSON { return Self.json(value) }
        switch value.kind {
        case .string: return scalar(value)
        case .array: return "[" + value.elements.map(inline).joined(separator: ", ") + "]"
        case .object where value.count > 0:
            return "{"
                + value.keys.indices.map { inlineMember([value.keys[$0].string], value.values[$0]) }
                .joined(separator: ", ") + "}"
        default: return Self.json(value)
        }
    }

    func inline(_ keys: [String], _ value: Value) -> String { "{" + inlineMember(keys, value) + "}" }

    func inlineMember(_ keys: [String], _ value: Value) -> String {
        key(keys[0]) + ": " + (keys.count > 1 ? inline(Array(keys.dropFirst()), value) : inline(value))
    }

    func key(_ name: String) -> String { !isJSON && Self.isPlain(name) ? name : Self.quoted(name) }

    private func scalar(_ value: Value) -> String { Self.isPlain(value.string) ? value.string : Self.json(value) }

    private static func json(_ value: Value) -> String {
        JSONWriter.string(value, style: JSONWriter.Style(escapesHTML: false))
    }

    private static func quoted(_ text: String) -> String {
        var text = text
        var written: [UInt8] = []
        text.withUTF8 { JSONWriter.appendString($0, to: &written, escapesHTML: false) }
        return String(decoding: written, as: UTF8.self)
    }

    /// Whether a text needs no quotes in any YAML.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A, text.utf8.last != 0x3A else {
            return false
        }
        let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        return !words.contains(text.lowercased())
            && text.utf8.allSatisfy { byte in
                byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || "_-./".utf8.contains(byte)
            }
    }
}
