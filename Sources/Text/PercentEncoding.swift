/// Bytes written as `%` and two hexadecimal digits (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// Appends the escape of a byte, with upper-case digits.
    package static func append(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "%"))
        output += Hex.text(byte, digits: 2, isUpper: true).utf8
    }

    /// The text without escapes; what is no whole escape stays as it is.
    /// - Parameter plusIsSpace: whether `+` stands for a space, as in queries.
    package static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        if !text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) { return String(text) }
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.count, let high = Hex.value(of: bytes[index + 1]),
                let low = Hex.value(of: bytes[index + 2])
            {
                output.append(high << 4 | low)
                index += 3
                continue
            }
            output.append(byte == UInt8(ascii: "+") && plusIsSpace ? 0x20 : byte)
            index += 1
        }
        return String(decoding: output, as: UTF8.self)
    }
}
