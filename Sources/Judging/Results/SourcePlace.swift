package import Diagnostics

/// Where something is shown: a range of a file's text that does not cross lines.
package struct SourcePlace: Sendable {
    /// The name of the file.
    package var file: String
    package var start: Position
    /// Exclusive.
    package var end: Position
    /// The text, when it is at hand.
    package var range: SourceRange?
    /// The place is that of a credential, which no report shows.
    package var isSecret = false
    /// Bytes of the text that no report shows.
    package var hidden: [Range<Int>] = []

    package init(file: String, start: Position, end: Position, range: SourceRange? = nil) {
        self.file = file
        self.start = start
        self.end = end
        self.range = range
    }
}
