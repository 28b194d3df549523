/// Parts of a text that are edited; others may neither overlap with them nor touch them.
struct TakenRanges {
    private var ranges: [Range<Int>] = []

    /// Whether edits are apart from one another and from what is taken.
    func takes(_ edits: [TextEdit]) -> Bool {
        var copy = self
        return copy.take(edits)
    }

    /// Takes the places of edits, all or none.
    mutating func take(_ edits: [TextEdit]) -> Bool {
        for (number, edit) in edits.enumerated() {
            let place = place(of: edit.range.lowerBound)
            let isFree =
                (place == 0 || ranges[place - 1].upperBound < edit.range.lowerBound)
                && (place == ranges.count || edit.range.upperBound < ranges[place].lowerBound)
            if isFree {
                ranges.insert(edit.range, at: place)
                continue
            }
            for earlier in edits.prefix(number) { ranges.remove(at: self.place(of: earlier.range.lowerBound)) }
            return false
        }
        return true
    }

    /// Where a range that begins at an offset belongs.
    private func place(of offset: Int) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
