/// Differences of two texts as `diff -u` writes them.
package enum LineDiff {
    /// The changed lines with three lines of context; empty when there are none.
    package static func unified(_ old: String, _ new: String, path: String) -> String {
        let a = lines(old), b = lines(new)
        let edits = edits(a, b)
        guard edits.contains(where: { $0.kind != " " }) else { return "" }
        var text = "--- \(path)\n+++ \(path)\n"
        var index = 0
        while index < edits.count {
            guard let first = edits[index...].firstIndex(where: { $0.kind != " " }) else { break }
            let start = max(first - 3, index)
            var end = first
            while let next = edits[(end + 1)...].prefix(7).firstIndex(where: { $0.kind != " " }) { end = next }
            let stop = min(end + 4, edits.count)
            let hunk = edits[start..<stop]
            let oldStart = edits[..<start].count { $0.kind != "+" } + 1
            let newStart = edits[..<start].count { $0.kind != "-" } + 1
            text += "@@ -\(oldStart),\(hunk.count { $0.kind != "+" }) +\(newStart),\(hunk.count { $0.kind != "-" }) @@\n"
            for edit in hunk { text += "\(edit.kind)\(edit.line)\n" }
            index = stop
        }
        return text
    }

    private static func lines(_ text: String) -> [Substring] {
        // By bytes: of a line that ends with a carriage return it belongs to the text.
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func edits(_ a: [Substring], _ b: [Substring]) -> [(kind: Character, line: Substring)] {
        let difference = b.difference(from: a)
        var removed = Set<Int>(), inserted: [Int: Substring] = [:]
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, let line, _): inserted[offset] = line
            }
        }
        var result: [(kind: Character, line: Substring)] = []
        var i = 0, j = 0
        while i < a.count || j < b.count {
            if i < a.count, removed.contains(i) {
                result.append(("-", a[i]))
                i += 1
            } else if let line = inserted[j] {
                result.append(("+", line))
                j += 1
            } else {
                result.append((" ", a[i]))
                i += 1
                j += 1
            }
        }
        return result
    }
}
