import Diagnostics
import Findings
import Judging

/// The lines that the changes of a finding lead to, as code hosts take them for a suggestion: in place of whole lines of the file.
enum SuggestionText {
    /// A remedy of more lines is for `lintel fix`.
    private static let mostLines = 20

    /// The numbers of the lines that are replaced, and what stands there then; nil when there is no change, or one that is too long.
    static func lines(of finding: Finding) -> (lines: ClosedRange<Int>, text: String)? {
        guard let file = finding.edits.first?.range.file, !finding.location.isSecret,
            finding.edits.allSatisfy({ $0.range.file.path == file.path })
        else { return nil }
        let edits = finding.edits.sorted { $0.range.start < $1.range.start }
        let bytes = file.bytes
        var start = edits.map { Int($0.range.start) }.min() ?? 0, end = edits.map { Int($0.range.end) }.max() ?? 0
        // New lines stand below one that is there.
        if start == end, start > 0, bytes[start - 1] == 0x0A { start -= 1 }
        start = bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        if end == start || bytes[end - 1] != 0x0A { end = bytes[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count }
        var changed: [UInt8] = [], position = start
        for edit in edits {
            guard Int(edit.range.start) >= position else { return nil }
            changed += bytes[position..<Int(edit.range.start)] + Array(edit.replacement.utf8)
            position = Int(edit.range.end)
        }
        changed += bytes[position..<max(position, end)]
        let first = file.position(at: start).line, last = file.position(at: max(start, end - 1)).line
        guard last - first < mostLines, changed.count < 4_000 else { return nil }
        return (first...last, String(decoding: changed, as: UTF8.self))
    }

    /// A fenced block for Markdown, each line behind an indentation.
    /// - Parameter countsLines: whether the block says how many lines it replaces, as GitLab has it; else a review's selection does.
    static func block(of finding: Finding, indent: String, countsLines: Bool = false) -> String {
        guard let (numbers, text) = lines(of: finding) else { return "" }
        var fence = "```"
        while text.contains(fence) { fence += "`" }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
        let shown = lines.map { indent + DisplayText.escaped(String($0), keepingTabs: true) + "\n" }.joined()
        let range = countsLines ? ":-0+\(numbers.count - 1)" : ""
        return "\n\(indent)\(fence)suggestion\(range)\n\(shown)\(indent)\(fence)\n\n"
    }
}
