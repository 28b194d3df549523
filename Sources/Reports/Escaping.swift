extension String {
    /// Replaces single scalars and shows control characters as `\u{1b}`; a carriage return and line feed are two, though one character to Swift.
    func escaping(_ replacements: [Unicode.Scalar: String]) -> String {
        var result = ""
        for scalar in unicodeScalars {
            if let text = replacements[scalar] {
                result += text
            } else if scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7F...0x9F).contains(scalar.value) {
                // A name in a manifest must not steer the terminal or the log it is printed in.
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
