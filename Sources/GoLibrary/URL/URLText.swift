/// Text in URLs as Go's `net/url` escapes it.
package enum URLText {
    /// `url.QueryEscape`.
    package static func queryEscaped(_ text: String) -> String { escaped(text, keeping: "-_.~", spaceAsPlus: true) }

    /// Escapes every byte but letters, digits and those to keep.
    package static func escaped(_ text: String, keeping: StaticString, spaceAsPlus: Bool = false) -> String {
        let kept = UnsafeBufferPointer(start: keeping.utf8Start, count: keeping.utf8CodeUnitCount)
        var output: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39:
                output.append(byte)
            case 0x20 where spaceAsPlus: output.append(UInt8(ascii: "+"))
            default:
                if kept.contains(byte) {
                    output.append(byte)
                } else {
                    output.append(UInt8(ascii: "%"))
                    for digit in [byte >> 4, byte & 15] { output.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
                }
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
