import Text

/// Paths as report formats want them.
enum ReportPath {
    /// A relative reference or, for an absolute path, a `file` URI, with everything unusual percent-encoded.
    static func uri(_ path: String) -> String {
        var text = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~/!$&'()*+,;=@".utf8.contains(byte)
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + Hex.text(byte, digits: 2, isUpper: true)
            }
        }
        return text
    }
}
