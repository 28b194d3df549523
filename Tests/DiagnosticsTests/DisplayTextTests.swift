import Diagnostics
import Testing

@Suite struct DisplayTextTests {
    /// Each byte at each place of texts of several lengths: text is looked at eight bytes at a time.
    @Test func printableASCII() {
        for length in 1...17 {
            for place in 0..<length {
                for byte in UInt8(0)...0x7F {
                    var bytes = [UInt8](repeating: UInt8(ascii: "~"), count: length)
                    bytes[place] = byte
                    let text = String(decoding: bytes, as: UTF8.self)
                    #expect(DisplayText.isPrintableASCII(text) == (0x20..<0x7F).contains(byte), "\(bytes)")
                }
            }
        }
        for text in ["é", "sevenup é", "12345678é", "é12345678"] { #expect(!DisplayText.isPrintableASCII(text)) }
        #expect(DisplayText.isPrintableASCII(""))
    }

    /// Commands of CI servers are broken wherever they stand; other uses of the same characters stay.
    @Test(arguments: [
        ("##vso[task.setvariable variable=a]b", "#\\#vso[task.setvariable variable=a]b"),
        ("x ##[add-mask]y", "x #\\#[add-mask]y"),
        ("a ##teamcity[blockOpened", "a #\\#teamcity[blockOpened"), ("###vso[x]", "##\\#vso[x]"),
        ("## Title [x]", "## Title [x]"),
        ("########", "########"), ("#[x]", "#[x]"), ("a::b", "a::b"), ("\u{1B}[31m", "\\u{1b}[31m"),
        ("a\u{202E}b", "a\\u{202e}b"),
    ])
    func commandMarks(_ text: String, _ expected: String) {
        #expect(DisplayText.escaped(text) == expected)
    }

    @Test(arguments: [
        ("::error ::x", "\\::error ::x"), (" \t::add-mask::x", " \\u{9}::add-mask::x"), ("  ::x", "\\  ::x"), (": :x", ": :x"),
        ("a ::x", "a ::x"), ("::", "\\::"),
    ])
    func lineStarts(_ text: String, _ expected: String) {
        #expect(DisplayText.escapedAtLineStart(text) == expected)
    }

    @Test func linesOfText() {
        #expect(DisplayText.escapedLines("::a\n::b\n c ##vso[x]") == "::a\n  \\::b\n   c #\\#vso[x]")
    }
}
