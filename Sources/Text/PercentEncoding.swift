/// Bytes written as `%` and two hexadecimal digits (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// Appends the escape of a byte, with upper-case digits.
    package static func append(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "%"))
        output += Hex.text(byte, digits: 2, isUpper: true).utf8
    }

    /// The text without escapes; the text itself when one of them is malformed.
    package static func decoded(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] != UInt8(ascii: "%") {
                output.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.count, let high = Hex.value(of: bytes[index + 1]),
                let low = Hex.value(of: bytes[index + 2])
            else { return String(text) }
            output.append(high << 4 | low)
            index += 3
        }
        return String(decoding: output, as: UTF8.self)
    }
}
