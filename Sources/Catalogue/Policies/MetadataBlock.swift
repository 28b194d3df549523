import Diagnostics
import Documents

/// A `# METADATA` comment block of a Rego file and what it stands above (OPA policy reference, "Annotations").
struct MetadataBlock {
    /// The statement that follows.
    enum Target: Hashable {
        case package
        /// The first name of a rule's head.
        case rule(String)
        case none
    }

    let target: Target
    let document: Document

    /// The blocks of a file, in order, and the problems of their YAML at their places in the file.
    static func read(_ file: SourceFile) -> (blocks: [MetadataBlock], problems: [Diagnostic]) {
        var blocks: [MetadataBlock] = []
        var problems: [Diagnostic] = []
        var line = 1
        while line <= file.lineCount {
            guard file.text(in: file.byteRange(ofLine: line)) == "# METADATA" else {
                line += 1
                continue
            }
            let first = line + 1
            line = first
            while line <= file.lineCount, file.bytes[file.byteRange(ofLine: line)].first == UInt8(ascii: "#") { line += 1 }
            let stream = YAMLReader().read(masked(file, lines: first..<line))
            problems += stream.diagnostics
            guard let document = stream.documents.first else { continue }
            blocks.append(MetadataBlock(target: target(in: file, from: line), document: document))
        }
        return (blocks, problems)
    }

    /// The file with everything but the comment text of some lines blanked, so that places stay what they are.
    private static func masked(_ file: SourceFile, lines: Range<Int>) -> SourceFile {
        var bytes = file.bytes
        let start = file.byteRange(ofLine: lines.lowerBound).lowerBound
        let end = file.byteRange(ofLine: lines.upperBound - 1).upperBound
        for index in bytes.indices where (index < start || index >= end) && bytes[index] != UInt8(ascii: "\n") {
            bytes[index] = UInt8(ascii: " ")
        }
        for line in lines { bytes[file.byteRange(ofLine: line).lowerBound] = UInt8(ascii: " ") }
        return SourceFile(path: file.path, bytes: bytes)
    }

    private static func target(in file: SourceFile, from line: Int) -> Target {
        guard line <= file.lineCount else { return .none }
        let text = file.text(in: file.byteRange(ofLine: line))
        let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if word == "package" { return .package }
        return word.isEmpty ? .none : .rule(String(word == "default" ? text.dropFirst(8).prefix { $0 != " " } : word))
    }
}
