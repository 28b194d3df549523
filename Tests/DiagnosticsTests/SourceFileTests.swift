import Diagnostics
import Testing

@Suite struct SourceFileTests {
    @Test(arguments: [
        ("", 0, "1:1"), ("abc", 2, "1:3"), ("abc", 99, "1:4"), ("a\nb", 1, "1:2"), ("a\nb", 2, "2:1"),
        ("a\r\nb", 3, "2:1"), ("é\né", 2, "1:2"), ("a\n", 2, "2:1"), ("😀x", 4, "1:2"),
    ])
    func findsPositions(text: String, offset: Int, expected: String) {
        #expect(SourceFile(path: "f", text: text).position(at: offset).description == expected)
    }

    @Test(arguments: [("", 1), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\n\n", 2), ("\n", 1)])
    func countsLines(text: String, expected: Int) {
        #expect(SourceFile(path: "f", text: text).lineCount == expected)
    }

    @Test func cutsLineBreaks() {
        let file = SourceFile(path: "f", text: "ab\r\nc\n")
        #expect(file.text(in: file.byteRange(ofLine: 1)) == "ab")
        #expect(file.text(in: file.byteRange(ofLine: 2)) == "c")
        #expect(file.byteRange(ofLine: 9).isEmpty)
    }
}
