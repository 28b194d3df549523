/// Shows problems to people: place, text, source line and caret.
public struct DiagnosticRenderer: Sendable {
    public enum Style: Sendable {
        /// Text only.
        case plain
        /// With ANSI colours.
        case ansi
    }

    public var style: Style
    /// The most terminal cells a source line may take; longer ones are trimmed around the caret.
    public var maximumWidth: Int

    public init(style: Style = .plain, maximumWidth: Int = 120) {
        self.style = style
        self.maximumWidth = max(20, maximumWidth)
    }

    /// All problems in the given order, each ending in a line break.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined()
    }

    /// One problem: `path:line:col: severity: message [code]`, the source line with a caret, notes and hint.
    public func render(_ diagnostic: Diagnostic) -> String {
        var output = header(
            diagnostic.severity, diagnostic.message, code: diagnostic.code, range: diagnostic.range)
        if let range = diagnostic.range { writeExcerpt(range, severity: diagnostic.severity, to: &output) }
        for note in diagnostic.notes {
            output += header(.note, note.message, code: nil, range: note.range)
            if let range = note.range { writeExcerpt(range, severity: .note, to: &output) }
        }
        if let hint = diagnostic.hint { output += "  " + paint("hint", .hint) + ": " + DisplayText.escaped(hint) + "\n" }
        return output
    }

    private func header(_ severity: Severity, _ message: String, code: String?, range: SourceRange?) -> String {
        var output = ""
        if let range {
            output += paint(DisplayText.escaped(range.file.path) + ":" + range.position.description + ":", .place) + " "
        }
        output += paint(severity.rawValue + ":", Colour(severity)) + " "
        output += message.split(separator: "\n", omittingEmptySubsequences: false)
            .map { DisplayText.escaped(String($0)) }.joined(separator: "\n  ")
        if let code { output += " [" + DisplayText.escaped(code) + "]" }
        return output + "\n"
    }

    /// Appends the source line of a place with a caret below it.
    public func writeExcerpt(_ range: SourceRange, severity: Severity, to output: inout String) {
        let line = range.file.line(at: Int(range.start))
        let bytes = range.file.byteRange(ofLine: line)
        let window = LineWindow(
            file: range.file, line: bytes, focus: Int(range.start)..<Int(range.end), maximumWidth: maximumWidth)
        let number = String(line)
        output += "  "
        output += paint(number + " |", .gutter)
        output += " "
        output += window.text
        output += "\n  "
        output += paint(String(repeating: " ", count: number.utf8.count) + " |", .gutter)
        Self.append(Self.blank, window.focusColumn + 1, to: &output)
        if style == .plain {
            output += "^"
            Self.append(Self.tildes, window.focusWidth - 1, to: &output)
        } else {
            output += paint("^" + String(repeating: "~", count: window.focusWidth - 1), Colour(severity))
        }
        output += "\n"
    }

    private static let blank = String(repeating: " ", count: 256)
    private static let tildes = String(repeating: "~", count: 256)

    /// Appends the first characters of an ASCII text, which repeats when it is too short.
    private static func append(_ text: String, _ count: Int, to output: inout String) {
        var rest = count
        while rest > 0 {
            let part = min(rest, text.utf8.count)
            output += text[..<text.utf8.index(text.startIndex, offsetBy: part)]
            rest -= part
        }
    }

    private enum Colour: String {
        case error = "1;31"
        case warning = "1;33"
        case note = "1;36"
        case hint = "1;32"
        case place = "1"
        case gutter = "2"

        init(_ severity: Severity) {
            self =
                switch severity {
                case .error: .error
                case .warning: .warning
                case .note: .note
                }
        }
    }

    private func paint(_ text: String, _ colour: Colour) -> String {
        style == .plain ? text : "\u{1B}[" + colour.rawValue + "m" + text + "\u{1B}[0m"
    }
}
