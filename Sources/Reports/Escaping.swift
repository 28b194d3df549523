extension String {
    /// Replaces single scalars; a carriage return and line feed are two, though one character to Swift.
    func escaping(_ replacements: [Unicode.Scalar: String]) -> String {
        var result = ""
        for scalar in unicodeScalars {
            if let text = replacements[scalar] { result += text } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}
