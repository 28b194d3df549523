/// Finds the lines that differ between two texts.
enum LineComparison {
    /// Longer texts are compared from both ends only.
    private static let mostCells = 1_000_000
    /// More lines are not listed.
    private static let mostLines = 200

    static func changes(_ old: String, _ new: String) -> [LineChange] {
        var before = old.split(separator: "\n", omittingEmptySubsequences: false)[...]
        var after = new.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let first = before.first, first == after.first {
            before.removeFirst()
            after.removeFirst()
        }
        while let last = before.last, last == after.last {
            before.removeLast()
            after.removeLast()
        }
        var changes: [LineChange] = []
        if before.count * after.count > mostCells {
            changes = before.map { LineChange(isAdded: false, text: String($0)) }
            changes += after.map { LineChange(isAdded: true, text: String($0)) }
        } else {
            changes = merged(Array(before), Array(after))
        }
        if changes.count <= mostLines { return changes }
        return changes.prefix(mostLines) + [LineChange(isAdded: true, text: "… \(changes.count - mostLines) more lines")]
    }

    /// By the longest common subsequence.
    private static func merged(_ old: [Substring], _ new: [Substring]) -> [LineChange] {
        let width = new.count + 1
        var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
        for row in stride(from: old.count - 1, through: 0, by: -1) {
            for column in stride(from: new.count - 1, through: 0, by: -1) {
                lengths[row * width + column] =
                    old[row] == new[column]
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var changes: [LineChange] = [], row = 0, column = 0
        while row < old.count || column < new.count {
            if row < old.count, column < new.count, old[row] == new[column] {
                (row, column) = (row + 1, column + 1)
            } else if column == new.count
                || row < old.count && lengths[(row + 1) * width + column] >= lengths[row * width + column + 1]
            {
                changes.append(LineChange(isAdded: false, text: String(old[row])))
                row += 1
            } else {
                changes.append(LineChange(isAdded: true, text: String(new[column])))
                column += 1
            }
        }
        return changes
    }
}
