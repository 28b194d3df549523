import Text

/// Finds what somebody probably meant.
package enum Suggestion {
    /// `; did you mean "x"?`, or nothing when no candidate is near.
    package static func text(for word: String, among candidates: some Sequence<String>) -> String {
        nearest(to: word, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// The candidate that differs least, when it differs in at most a third of the letters.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().utf8.prefix(64))
        let limit = max(1, letters.count / 3)
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().utf8.prefix(64))
            // Words differ at least as much as their lengths.
            if abs(other.count - letters.count) > limit { continue }
            let distance = distance(letters, other)
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// How many letters must be changed, put in, left out or swapped to make one word of the other, whatever their case.
    package static func edits(from word: String, to other: String) -> Int {
        distance(Array(word.lowercased().utf8), Array(other.lowercased().utf8))
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        Spelling.distance(left, right, swapsNeighbours: true)
    }
}
