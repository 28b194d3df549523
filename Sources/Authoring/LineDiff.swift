/// Differences of two texts as `diff -u` writes them, so that `patch` and `git apply` take them.
package enum LineDiff {
    /// The changed lines with three lines of context; empty when there are none.
    package static func unified(_ old: String, _ new: String, path: String) -> String {
        let a = lines(old), b = lines(new)
        let edits = LineEdits(a, b).all
        guard edits.contains(where: { $0.kind != .same }) else { return "" }
        let label = label(path)
        var text = "--- \(label)\n+++ \(label)\n"
        var index = 0
        // Lines of both texts before the edit at `counted`.
        var before = (old: 0, new: 0), counted = 0
        while index < edits.count {
            guard let first = edits[index...].firstIndex(where: { $0.kind != .same }) else { break }
            let start = max(first - 3, index)
            var end = first
            while let next = edits[(end + 1)...].prefix(7).firstIndex(where: { $0.kind != .same }) { end = next }
            let stop = min(end + 4, edits.count)
            let hunk = edits[start..<stop]
            before.old += edits[counted..<start].count { $0.kind != .added }
            before.new += edits[counted..<start].count { $0.kind != .removed }
            counted = start
            let range = (old: hunk.count { $0.kind != .added }, new: hunk.count { $0.kind != .removed })
            // A side without lines is named by the line before it.
            text += "@@ -\(before.old + (range.old == 0 ? 0 : 1)),\(range.old)"
            text += " +\(before.new + (range.new == 0 ? 0 : 1)),\(range.new) @@\n"
            for edit in hunk { append(edit.kind, edit.kind == .added ? b[edit.line] : a[edit.line], to: &text) }
            index = stop
        }
        return text
    }

    private static func append(_ kind: LineEdits.Kind, _ line: ArraySlice<UInt8>, to text: inout String) {
        text += kind.rawValue
        text += String(decoding: line, as: UTF8.self)
        if line.last != 0x0A { text += "\n\\ No newline at end of file\n" }
    }

    /// The lines with their ends, by bytes: a carriage return belongs to its line.
    private static func lines(_ text: String) -> [ArraySlice<UInt8>] {
        let bytes = Array(text.utf8)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            lines.append(bytes[start..<end])
            start = end
        }
        return lines
    }

    /// A file's name as GNU's and git's programs read it: after one with spaces comes a tab, one with other signs is quoted.
    private static func label(_ path: String) -> String {
        let isQuoted = path.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        guard isQuoted else { return path.utf8.contains(0x20) ? path + "\t" : path }
        var text = "\""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let octal = String(scalar.value, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
