/// Finds the name that somebody probably meant.
package enum Spelling {
    /// The candidate within two edits (one for short names, none for shorter ones), or nil.
    package static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        let limit = name.utf8.count <= 2 ? 0 : name.utf8.count <= 4 ? 1 : 2
        var best: (name: String, distance: Int)?
        for candidate in candidates where abs(candidate.utf8.count - name.utf8.count) <= limit {
            let distance = distance(Array(name.utf8), Array(candidate.utf8))
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// The least number of elements to be put in, taken out or replaced that makes one sequence of the other; where
    /// `swapsNeighbours`, changing the order of two neighbours is one edit too (optimal string alignment).
    @inlinable
    package static func distance<Element: Equatable>(_ a: [Element], _ b: [Element], swapsNeighbours: Bool = false)
        -> Int
    {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var row = last
        for i in a.indices {
            row[0] = i + 1
            for j in b.indices {
                let cost = a[i] == b[j] ? 0 : 1
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + cost)
                if swapsNeighbours, i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, beforeLast[j - 1] + cost)
                }
                row[j + 1] = best
            }
            swap(&beforeLast, &last)
            swap(&last, &row)
        }
        return last[b.count]
    }
}
