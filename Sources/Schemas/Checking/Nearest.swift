import Text

/// Finds the name somebody meant.
enum Nearest {
    /// The name with the fewest edits from `text`, when those are few for its length; nil for a tie between two.
    static func name(to text: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(text.utf8)
        guard wanted.count <= 128 else { return nil }
        var best: (name: String, distance: Int)?
        for name in names {
            let other = Array(name.utf8)
            if lowered(other) == lowered(wanted) { return name }
            let limit = max(1, min(wanted.count, other.count) / 3)
            guard abs(other.count - wanted.count) <= limit, other.count <= 128 else { continue }
            let distance = distance(wanted, other)
            if distance <= limit, distance < best?.distance ?? Int.max { best = (name, distance) }
        }
        return best?.name
    }

    static func lowered(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        Spelling.distance(left, right, swapsNeighbours: true)
    }
}
