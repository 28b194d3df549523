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
}
