/// What a text is after a trip through JSON that is read as YAML, which sigs.k8s.io/yaml makes before it prints: of the line breaks that
/// YAML knows, JSON writes U+0085 as it is, so that the reader folds lines there, and no control character above U+007E is
/// taken.
package enum TextTrip {
    /// What the reader says of a text that it does not take.
    package struct Refusal: Error {
        package let message: String
    }

    /// - Throws: `Refusal` for a text that the reader does not take.
    package static func afterTrip(_ text: String, isKey: Bool = false) throws(Refusal) -> String {
        // Most texts have no byte that such a character begins with.
        guard text.utf8.contains(where: { $0 == 0x7F || $0 == 0xC2 || $0 == 0xEF }) else { return text }
        let scalars = Array(text.unicodeScalars)
        if scalars.contains(where: isRefused) { throw Refusal(message: "yaml: control characters are not allowed") }
        guard scalars.contains(nextLine) else { return text }
        if isKey { throw Refusal(message: "yaml: did not find expected ',' or '}'") }
        return try folded(scalars[...])
    }

    private static let nextLine: Unicode.Scalar = "\u{85}"

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F...0x84, 0x86...0x9F, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// The text with its lines folded, as between double quotes: blanks around a break go, one break is a space, and of more the
    /// first goes.
    private static func folded(_ text: ArraySlice<Unicode.Scalar>) throws(Refusal) -> String {
        var result = String.UnicodeScalarView(), rest = text
        while let place = rest.firstIndex(of: nextLine) {
            let line = rest[..<place], kept = line.reversed().drop { $0 == " " }.count
            result.append(contentsOf: line.prefix(kept))
            rest = rest[place...]
            var breaks = 0
            while let first = rest.first, first == nextLine || first == " " {
                breaks += first == nextLine ? 1 : 0
                rest = rest.dropFirst()
            }
            if rest.startIndex > text.startIndex, text[rest.startIndex - 1] == nextLine, isIndicator(rest) {
                throw Refusal(message: "yaml: found unexpected document indicator")
            }
            result.append(contentsOf: breaks == 1 ? [" "] : [Unicode.Scalar](repeating: "\n", count: breaks - 1))
        }
        result.append(contentsOf: rest)
        return String(result)
    }

    /// Whether `---` or `...` stands alone at the beginning of a line.
    private static func isIndicator(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
        guard line.starts(with: "---".unicodeScalars) || line.starts(with: "...".unicodeScalars) else { return false }
        let next = line.dropFirst(3).first
        return next == " " || next == nextLine
    }
}
