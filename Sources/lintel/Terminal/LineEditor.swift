import CLineEditor

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads lines that people edit on a terminal, with what they wrote before and completion.
final class LineEditor {
    enum Event {
        case line(String)
        case interrupted
        case end
        case failed
    }

    /// What completes words; kept by the address that the library gets.
    private final class Completer {
        var words: (String) -> [String] = { _ in [] }
    }

    private let editor: OpaquePointer
    private let completer = Completer()

    /// What a word may go on to.
    var completions: (String) -> [String] {
        get { completer.words }
        set { completer.words = newValue }
    }

    /// Nil when standard input is no terminal.
    init?() {
        let context = Unmanaged.passUnretained(completer).toOpaque()
        let made = line_editor_make(
            "lintel",
            { word, context in
                guard let word, let context else { return nil }
                let completer = Unmanaged<Completer>.fromOpaque(context).takeUnretainedValue()
                return strdup(completer.words(String(cString: word)).joined(separator: "\n"))
            }, context)
        guard let made else { return nil }
        editor = made
    }

    deinit { line_editor_free(editor) }

    func read(_ prompt: String) -> Event {
        var status = LINE_EDITOR_LINE
        return prompt.withCString { prompt in
            let line = line_editor_read(editor, prompt, &status)
            switch status {
            case LINE_EDITOR_LINE: return line.map { .line(String(cString: $0)) } ?? .failed
            case LINE_EDITOR_INTERRUPTED: return .interrupted
            case LINE_EDITOR_END: return .end
            default: return .failed
            }
        }
    }

    func remember(_ line: String) { line_editor_remember(editor, line) }

    /// Reads earlier lines; there need not be any.
    func load(_ path: String) { _ = line_editor_load(editor, path) }

    /// Whether the lines could be written.
    func save(_ path: String) -> Bool { line_editor_save(editor, path) == 0 }

    /// Lets Ctrl+C be asked for instead of ending the program.
    static func catchInterrupts() { line_editor_catch_interrupts() }
    /// Whether Ctrl+C was pressed since this was asked last.
    static var wasInterrupted: Bool { line_editor_interrupted() != 0 }
}
