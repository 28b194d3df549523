/// The "did you mean" part of messages.
enum GraphQLSuggestions {
    /// The sentence that offers the options, each in quotes; empty without options.
    static func sentence(_ lead: String, _ options: [String]) -> String {
        let quoted = options.prefix(5).map { "\"\($0)\"" }
        switch quoted.count {
        case 0: return ""
        case 1: return " \(lead) \(quoted[0])?"
        case 2: return " \(lead) \(quoted[0]) or \(quoted[1])?"
        default: return " \(lead) \(quoted.dropLast().joined(separator: ", ")), or \(quoted[quoted.count - 1])?"
        }
    }

    /// The options that are near the text, nearest first.
    static func near(_ text: String, _ options: [String]) -> [String] {
        let ranked = options.map { ($0, distance(text.lowercased(), $0.lowercased())) }
            .filter { option, distance in distance <= text.count * 2 / 5 + 1 }
        return ranked.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    }

    /// Edits, with a swap of neighbours as one (optimal string alignment).
    private static func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left.unicodeScalars.prefix(200)), Array(right.unicodeScalars.prefix(200)))
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                let cost = a[i] == b[j] ? 0 : 1
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + cost)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + cost) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
