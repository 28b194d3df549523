/// Text of untrusted files made safe to print on a terminal.
public enum DisplayText {
    /// Replaces control characters and characters that reorder or hide text, so that a file cannot steer the terminal, and
    /// breaks what a CI server would take for a command wherever it stands in a line.
    public static func escaped(_ text: String, keepingTabs: Bool = false) -> String {
        // Nearly all text is printable ASCII and stays as it is.
        if isPlain(text) { return text }
        let scalars = Array(text.unicodeScalars), marks = CommandMarks.places(in: scalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            if marks.contains(index) { result += "\\" }
            append(scalar, to: &result, keepingTabs: keepingTabs)
        }
        return result
    }

    /// The same for text that begins a line, where `::` begins a command of GitHub Actions, also after spaces.
    public static func escapedAtLineStart(_ text: String) -> String {
        let escaped = escaped(text)
        return CommandMarks.beginsWithColons(escaped) ? "\\" + escaped : escaped
    }

    /// Text of several lines, of which all but the first begin a line of the output, after `indent`.
    public static func escapedLines(_ text: String, indent: String = "  ") -> String {
        if isPlain(text) { return text }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for index in lines.indices { lines[index] = index == 0 ? escaped(lines[index]) : escapedAtLineStart(lines[index]) }
        return lines.joined(separator: "\n" + indent)
    }

    /// Whether all characters are visible and in one cell a byte.
    public static func isPrintableASCII(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable(ByteScan.isPrintableASCII) ?? false
    }

    /// Whether the text can be printed as it is.
    public static func isPlain(_ text: String) -> Bool { text.utf8.withContiguousStorageIfAvailable(isPlain) ?? false }

    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        ByteScan.isPrintableASCII(bytes) && !CommandMarks.mayStand(in: bytes)
    }

    static func append(_ scalar: Unicode.Scalar, to result: inout String, keepingTabs: Bool) {
        if scalar == "\t", keepingTabs {
            result.unicodeScalars.append(scalar)
        } else if isUnsafe(scalar) {
            result += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }

    /// Control, format (bidirectional overrides, zero-width) and line-separating characters.
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) { return true }
        guard scalar.value >= 0xAD else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return scalar != "\u{200D}"
        default: return false
        }
    }

    /// Terminal cells of a scalar: 2 for East Asian wide characters and emoji, 0 for combining marks.
    static func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        let wide =
            (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value) || (0xAC00...0xD7A3).contains(value)
            || (0xF900...0xFAFF).contains(value) || (0xFE30...0xFE6F).contains(value)
            || (0xFF00...0xFF60).contains(value) || (0xFFE0...0xFFE6).contains(value)
            || (0x1F300...0x1FAFF).contains(value) || (0x20000...0x3FFFD).contains(value)
        return wide ? 2 : 1
    }
}
