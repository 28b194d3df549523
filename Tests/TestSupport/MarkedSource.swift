/// Source text with circled digits (①, ②, …) that mark places; the marks are taken out.
public struct MarkedSource: Sendable {
    /// The text without marks.
    public let text: String
    /// UTF-8 offset of each mark in `text`.
    public let marks: [Character: Int]

    public init(_ marked: String) {
        var text = ""
        var marks: [Character: Int] = [:]
        for character in marked {
            if let value = character.unicodeScalars.first?.value, (0x2460...0x2473).contains(value) {
                marks[character] = text.utf8.count
            } else {
                text.append(character)
            }
        }
        self.text = text
        self.marks = marks
    }
}
