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
        var output = TextBuffer()
        writeHeader(diagnostic.severity, diagnostic.message, code: diagnostic.code, range: diagnostic.range, to: &output)
        if let range = diagnostic.range { writeExcerpt(range, severity: diagnostic.severity, to: &output) }
        for note in diagnostic.notes {
            writeHeader(.note, note.message, code: nil, range: note.range, to: &output)
            if let range = note.range { writeExcerpt(range, severity: .note, to: &output) }
        }
        if let hint = diagnostic.hint {
            output += "  "
            paint(.hint, to: &output) { $0 += "hint" }
            output += ": "
            output += DisplayText.escaped(hint)
            output += "\n"
        }
        return output.string
    }

    private func writeHeader(
        _ severity: Severity, _ message: String, code: String?, range: SourceRange?, to output: inout TextBuffer
    ) {
        if let range {
            paint(.place, to: &output) {
                $0 += DisplayText.escapedAtLineStart(range.file.path) + ":" + range.position.description + ":"
            }
            output += " "
        }
        paint(Colour(severity), to: &output) { $0 += severity.rawValue + ":" }
        output += " "
        output += message.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                let text = line.drop { $0 == "\t" }
                return (text.startIndex == line.startIndex ? "" : "  ") + DisplayText.escapedAtLineStart(String(text))
            }.joined(separator: "\n  ")
        if let code { output += " [" + DisplayText.escaped(code) + "]" }
        output += "\n"
    }

    /// Appends the source line of a place with a caret below it.
    public func writeExcerpt(_ range: SourceRange, severity: Severity, to output: inout TextBuffer) {
        let (line, bytes) = range.file.line(around: Int(range.start))
        let window = LineWindow(
            file: range.file, line: bytes, focus: Int(range.start)..<Int(range.end), maximumWidth: maximumWidth)
        let number = String(line)
        output += "  "
        paint(.gutter, to: &output) {
            $0 += number
            $0 += " |"
        }
        output += " "
        output += window.text
        output += "\n  "
        paint(.gutter, to: &output) {
            $0.append(UInt8(ascii: " "), count: number.utf8.count)
            $0 += " |"
        }
        output.append(UInt8(ascii: " "), count: window.focusColumn + 1)
        paint(Colour(severity), to: &output) {
            $0 += "^"
            $0.append(UInt8(ascii: "~"), count: window.focusWidth - 1)
        }
        output += "\n"
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

    private func paint(_ colour: Colour, to output: inout TextBuffer, _ write: (inout TextBuffer) -> Void) {
        if style == .plain { return write(&output) }
        output += "\u{1B}["
        output += colour.rawValue
        output += "m"
        write(&output)
        output += "\u{1B}[0m"
    }
}
