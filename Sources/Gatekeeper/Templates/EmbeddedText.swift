import Diagnostics
import Documents

/// A text that stands in a YAML file, as a source whose lines and columns are those of the file.
enum EmbeddedText {
    /// The source of the text that a path leads to; nil when there is none.
    static func source(at path: DocumentPath, in document: Document) -> SourceFile? {
        guard let text = document.value(at: path).stringValue else { return nil }
        guard let range = document.range(document.place(at: path).span) else {
            return SourceFile(path: path.fieldPath, text: text)
        }
        let file = range.file
        let header = file.line(at: Int(range.start))
        if let padded = padded(Array(text.utf8), in: file, header: header) {
            return SourceFile(path: file.path, bytes: padded)
        }
        return SourceFile(path: "\(file.path) (\(path.fieldPath))", text: text)
    }

    /// The text of a literal block with its indentation, after as many empty lines as stand before it; nil when the file
    /// writes it in another way, so that its lines are not those of the file.
    private static func padded(_ text: [UInt8], in file: SourceFile, header: Int) -> [UInt8]? {
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        guard !lines.isEmpty else { return nil }
        func written(_ index: Int) -> ArraySlice<UInt8> { file.bytes[file.byteRange(ofLine: header + 1 + index)] }
        guard let first = lines.firstIndex(where: { !$0.isEmpty }) else { return nil }
        let indent = written(first).count - lines[first].count
        guard indent >= 0 else { return nil }
        for (index, line) in lines.enumerated() {
            let source = written(index)
            let isSame =
                source.count >= indent && source.prefix(indent).allSatisfy { $0 == UInt8(ascii: " ") }
                && source.dropFirst(indent).elementsEqual(line)
            if !isSame, !(line.isEmpty && source.allSatisfy { $0 == UInt8(ascii: " ") }) { return nil }
        }
        // Inside a text of several lines, indentation would be part of the text.
        let keepsIndentation = !hasTextOfSeveralLines(lines)
        var result = [UInt8](repeating: UInt8(ascii: "\n"), count: header)
        for line in lines {
            if keepsIndentation, !line.isEmpty { result += [UInt8](repeating: UInt8(ascii: " "), count: indent) }
            result += line
            result.append(UInt8(ascii: "\n"))
        }
        return result
    }

    private static func hasTextOfSeveralLines(_ lines: [ArraySlice<UInt8>]) -> Bool {
        lines.contains { line in line.count { $0 == UInt8(ascii: "`") } % 2 == 1 }
    }
}
