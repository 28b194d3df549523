extension String {
    /// The text without white space at both ends.
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// Bytes of white space at the start.
    var leadingSpace: Int {
        utf8.count - drop { $0.isWhitespace }.utf8.count
    }
}
