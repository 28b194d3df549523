import Text

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
        let ranked = options.map { ($0, distance(text, $0)) }
            .filter { option, distance in distance <= text.count * 2 / 5 + 1 }
        return ranked.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    }

    private static func distance(_ left: String, _ right: String) -> Int {
        func start(_ text: String) -> [Unicode.Scalar] { Array(text.lowercased().unicodeScalars.prefix(200)) }
        return Spelling.distance(start(left), start(right), swapsNeighbours: true)
    }
}
