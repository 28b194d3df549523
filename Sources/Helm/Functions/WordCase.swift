/// Upper and lower case by words, as Go's `strings.Title` and the goutils library have it.
enum WordCase {
    /// Whether Go's `strings.Title` starts a word behind the character.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return !(scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_")
        }
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { return false }
        return scalar.properties.isWhitespace
    }

    static func title(_ text: String) -> String {
        var output = ""
        var isStart = true
        for scalar in text.unicodeScalars {
            output += isStart ? scalar.properties.titlecaseMapping : String(scalar)
            isStart = isSeparator(scalar)
        }
        return output
    }

    static func untitle(_ text: String) -> String {
        var output = ""
        var isStart = true
        for scalar in text.unicodeScalars {
            let isSpace = scalar.properties.isWhitespace
            output += isStart && !isSpace ? scalar.properties.lowercaseMapping : String(scalar)
            isStart = isSpace
        }
        return output
    }

    /// The first byte of each word, taken for a character (`goutils.Initials` reads bytes).
    static func initials(_ text: String) -> String {
        var output = ""
        var isStart = true
        for scalar in text.unicodeScalars {
            let isSpace = scalar.properties.isWhitespace
            if isStart, !isSpace, let byte = UTF8.encode(scalar)?.first { output.unicodeScalars.append(Unicode.Scalar(byte)) }
            isStart = isSpace
        }
        return output
    }

    static func swapped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .titlecaseLetter: scalar.properties.lowercaseMapping
            case .lowercaseLetter: scalar.properties.uppercaseMapping
            default: String(scalar)
            }
        }.joined()
    }
}
